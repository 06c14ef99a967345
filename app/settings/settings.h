#pragma once

#include <QObject>
#include <QVariant>

#include <memory>

namespace Settings {

/// Every key there is. Their names in the file, their defaults and whose they are stand in one table in rows.cpp.
enum class Key {
    Port,
    RequireAccessKey,
    StartServerWithApp,
    ActiveProfile,
    ReadOnly,
    EffectRules,      ///< "replaces=allow": where an effect is treated otherwise than the mode Ask has it
    Toolsets,         ///< names of the toolsets that are on; empty list: the default ones; "none": none
    ToolExceptions,   ///< "run_job=ask": where a tool is treated otherwise than its effect
    TrustedFunctions, ///< functions in SQL that are known to read only: "main.default.clean"
    ExportFolder,     ///< where query results are written
    SharedFolder,     ///< out of which and into which clients may move files; empty: none
    ShowNotifications,
    CloseHintShown,
    StartMinimized,
    JournalDays,
    WindowGeometry,
    WindowState
};

/// The settings file: no secrets, one table of keys. Used from the thread that made it.
class Store : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Store)

public:
    /// dataDir holds the settings file and the journal; empty: the platform's folders.
    explicit Store(const QString &dataDir, QObject *parent = nullptr);
    ~Store() override;

    /// Of what each profile has a value of its own for, the value of the profile in use.
    QVariant value(Key key) const;
    void setValue(Key key, const QVariant &value);
    /// Which profile is in use; the active one until this is called. Tells of every value that is another one then.
    void useProfile(const QString &name);

    /// Named groups of values, for rooms that keep a list (profiles).
    QStringList groups(const QString &kind) const;
    QVariantMap group(const QString &kind, const QString &name) const;
    void setGroup(const QString &kind, const QString &name, const QVariantMap &values);

    /// The folder of the settings file and the journal; made on demand, readable by its owner only.
    QString dataDir() const;
    QString journalFile() const;

    /// Empty, or why the settings are not what the file says or won't be there after a restart; for a person.
    /// A file that can't be read whole makes every workspace read-only until Key::ReadOnly is set.
    QString problem() const;
    /// Such a file: whatever else is said of what clients may do, they only read.
    bool isHeldBack() const;

Q_SIGNALS:
    void changed(Settings::Key key);
    void problemChanged();

private:
    void save();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Settings

#pragma once

#include <QSettings>
#include <QString>

namespace Settings {

/// The file behind the Store. It knows an empty or damaged file from a new one, and whether what was said is kept.
class SettingsFile
{
    Q_DISABLE_COPY_MOVE(SettingsFile)

public:
    enum class Found {
        New,
        Good,
        Damaged,   ///< emptied, or partly nonsense; what could be read of it is in the values
        Unreadable ///< nobody can say what it holds
    };

    /// Makes the file for its owner alone where there is none. One that is damaged is kept as "<name>.damaged".
    explicit SettingsFile(const QString &fileName);

    const QString &name() const { return m_name; }
    /// As the file was when the program started.
    Found found() const { return m_found; }
    bool hasCopy() const;

    QSettings &values() { return m_values; }
    /// Writes what was changed. Values that can't be written hold until the program ends.
    void save();
    /// Whether everything that was changed is in the file.
    bool isSaved() const { return m_isSaved; }

private:
    static Found prepare(const QString &fileName);

    const QString m_name;
    Found m_found;
    QSettings m_values;
    bool m_isSaved = true;
};

} // namespace Settings

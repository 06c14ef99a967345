#include "settings/settings.h"

#include "settings/caution.h"
#include "settings/folder.h"
#include "settings/rows.h"
#include "settings/settingsfile.h"

#include <QDir>
#include <QUrl>

#include <utility>

namespace Settings {

using namespace Qt::StringLiterals;

namespace {

/// A slash in a profile's name would open a group of its own.
QString escaped(const QString &name)
{
    QString text = name;
    return text.replace(u'%', u"%25"_s).replace(u'/', u"%2F"_s).replace(u'\\', u"%5C"_s);
}

QString unescaped(const QString &name)
{
    return QUrl::fromPercentEncoding(name.toUtf8());
}

} // namespace

class Store::Private
{
public:
    explicit Private(const QString &named)
        : dataDir(dataFolder(named))
        , file(settingsFolder(named) + u"/settings.ini"_s)
        , values(file.values())
    {
        makePrivateFolder(dataDir);
        const bool isCarried = carryOldPolicy(values);
        const bool isLost =
            file.found() == SettingsFile::Found::Damaged || file.found() == SettingsFile::Found::Unreadable;
        if (isLost)
            holdBack(values);
        if (isCarried || isLost)
            file.save();
    }

    /// Where a value stands that a profile has of its own.
    static QString profilePath(const QString &profile, const QString &name)
    {
        return u"ProfileRules/"_s + escaped(profile) + u'/' + name;
    }

    QString path(const Row &row) const
    {
        return row.scope == Scope::Profile ? profilePath(profile, row.name) : row.name;
    }

    QString groupPath(const QString &kind, const QString &name) const { return kind + u'/' + escaped(name); }

    QString saveProblem() const;
    QString damageProblem() const;
    QString problem() const
    {
        QStringList problems{saveProblem(), damageProblem()};
        problems.removeAll(QString());
        return problems.join(u' ');
    }

    const QString dataDir;
    SettingsFile file;
    QSettings &values;
    QString profile;
    bool isModeUnsaved = false;
    QString toldProblem;
};

QString Store::Private::saveProblem() const
{
    if (file.isSaved())
        return {};
    const QString problem =
        tr("The settings can't be saved to %1. Changes last until you quit. Check the permissions of "
           "that file and its folder, and that the disk is not full.")
            .arg(QDir::toNativeSeparators(file.name()));
    return isModeUnsaved ? problem + u' ' + tr("Read-only lasts only so long, too.") : problem;
}

QString Store::Private::damageProblem() const
{
    if (!Settings::isHeldBack(values))
        return {};
    const QString name = QDir::toNativeSeparators(file.name());
    const QString problem = file.found() == SettingsFile::Found::Unreadable
                                ? tr("The settings file %1 can't be read.").arg(name)
                                : tr("The settings file %1 was damaged or emptied.").arg(name);
    const QString copy = file.hasCopy() ? u' ' + tr("A copy was kept beside it, with the ending .damaged.") : QString();
    return problem + u' ' +
           tr("What could not be read has its default value, and every workspace is read-only until you switch that "
              "off.") +
           copy;
}

Store::Store(const QString &dataDir, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(dataDir))
{
    d->profile = value(Key::ActiveProfile).toString();
    d->toldProblem = problem();
}

Store::~Store() = default;

QVariant Store::value(Key key) const
{
    const Row &row = rowOf(key);
    // A value without a profile is the default of every profile: what an administrator writes into the file.
    return row.accepted(d->values.value(d->path(row), d->values.value(row.name)));
}

void Store::setValue(Key key, const QVariant &value)
{
    const Row &row = rowOf(key);
    const QVariant before = this->value(key);
    d->values.setValue(d->path(row), value);
    if (key == Key::ReadOnly) {
        endHoldingBack(d->values);
        d->isModeUnsaved = value.toBool();
    }
    save();
    if (before != this->value(key))
        Q_EMIT changed(key);
}

void Store::useProfile(const QString &name)
{
    QHash<Key, QVariant> before;
    for (const Row &row : allRows()) {
        if (row.scope == Scope::Profile)
            before.insert(row.key, value(row.key));
    }
    d->profile = name;
    for (auto old = before.cbegin(); old != before.cend(); ++old) {
        if (*old != value(old.key()))
            Q_EMIT changed(old.key());
    }
}

QStringList Store::groups(const QString &kind) const
{
    d->values.beginGroup(kind);
    QStringList names;
    for (const QString &name : d->values.childGroups())
        names.append(unescaped(name));
    d->values.endGroup();
    return names;
}

QVariantMap Store::group(const QString &kind, const QString &name) const
{
    QVariantMap values;
    d->values.beginGroup(d->groupPath(kind, name));
    for (const QString &key : d->values.childKeys())
        values.insert(key, d->values.value(key));
    d->values.endGroup();
    return values;
}

void Store::setGroup(const QString &kind, const QString &name, const QVariantMap &values)
{
    Q_ASSERT(!kind.isEmpty() && !name.isEmpty());
    d->values.beginGroup(d->groupPath(kind, name));
    d->values.remove(QString());
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        d->values.setValue(value.key(), value.value());
    d->values.endGroup();
    save();
}

QString Store::dataDir() const
{
    makePrivateFolder(d->dataDir);
    return d->dataDir;
}

QString Store::journalFile() const
{
    return dataDir() + u"/journal.sqlite"_s;
}

QString Store::problem() const
{
    return d->problem();
}

bool Store::isHeldBack() const
{
    return Settings::isHeldBack(d->values);
}

void Store::save()
{
    d->file.save();
    d->isModeUnsaved = d->isModeUnsaved && !d->file.isSaved();
    if (d->problem() == std::exchange(d->toldProblem, d->problem()))
        return;
    Q_EMIT problemChanged();
}

} // namespace Settings

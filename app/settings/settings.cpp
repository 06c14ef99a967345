#include "settings/settings.h"

#include "settings/folder.h"
#include "settings/rows.h"

#include <QDir>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>

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
    explicit Private(const QString &dataDir)
        : dataDir(dataDir.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                    : QDir(dataDir).absolutePath())
        , settingsDir(dataDir.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                                        : this->dataDir)
        , fileName(preparedFile(settingsDir))
        , file(fileName, QSettings::IniFormat)
    {
        makePrivateFolder(this->dataDir);
        // Sections are parsed when they are asked for, and say nothing of their faults before.
        file.allKeys();
        damaged = file.status() == QSettings::FormatError;
        if (damaged) {
            // The next write drops the lines that could not be read.
            QFile::remove(fileName + u".damaged"_s);
            QFile::copy(fileName, fileName + u".damaged"_s);
        }
    }

    static QString preparedFile(const QString &folder)
    {
        makePrivateFolder(folder);
        const QString name = folder + u"/settings.ini"_s;
        makePrivateFile(name);
        return name;
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

    const QString dataDir;
    const QString settingsDir;
    const QString fileName;
    QSettings file;
    QString profile;
    bool damaged = false;
};

Store::Store(const QString &dataDir, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(dataDir))
{
    d->profile = value(Key::ActiveProfile).toString();
}

Store::~Store() = default;

QVariant Store::value(Key key) const
{
    const Row &row = rowOf(key);
    // A value without a profile is the default of every profile: what an administrator writes into the file.
    return row.accepted(d->file.value(d->path(row), d->file.value(row.name)));
}

void Store::setValue(Key key, const QVariant &value)
{
    const Row &row = rowOf(key);
    const QVariant before = this->value(key);
    d->file.setValue(d->path(row), value);
    d->file.sync();
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
    d->file.beginGroup(kind);
    QStringList names;
    for (const QString &name : d->file.childGroups())
        names.append(unescaped(name));
    d->file.endGroup();
    return names;
}

QVariantMap Store::group(const QString &kind, const QString &name) const
{
    QVariantMap values;
    d->file.beginGroup(d->groupPath(kind, name));
    for (const QString &key : d->file.childKeys())
        values.insert(key, d->file.value(key));
    d->file.endGroup();
    return values;
}

void Store::setGroup(const QString &kind, const QString &name, const QVariantMap &values)
{
    Q_ASSERT(!kind.isEmpty() && !name.isEmpty());
    d->file.beginGroup(d->groupPath(kind, name));
    d->file.remove(QString());
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        d->file.setValue(value.key(), value.value());
    d->file.endGroup();
    d->file.sync();
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
    const QString file = QDir::toNativeSeparators(d->fileName);
    if (!d->file.isWritable())
        return tr("The settings can't be saved to %1. Changes last until you quit. Check the permissions of that file "
                  "and its folder, and that the disk is not full.")
            .arg(file);
    if (d->damaged)
        return tr("The settings file %1 is damaged. What could not be read has its default value; a copy of the file "
                  "was kept beside it, with the ending .damaged.")
            .arg(file);
    return {};
}

} // namespace Settings

#include "tools/kit/local/localfolder.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Tools {

// What a person's folders let others do is inherited, and their own by default; renaming never replaces. Links, which
// only an administrator can make, and junctions are looked for before each step.

namespace {

LocalFolder::Kind kindOfInfo(const QFileInfo &info)
{
    if (info.isSymLink() || info.isJunction())
        return LocalFolder::Kind::Link;
    if (!info.exists())
        return LocalFolder::Kind::Nothing;
    if (info.isDir())
        return LocalFolder::Kind::Folder;
    return info.isFile() ? LocalFolder::Kind::File : LocalFolder::Kind::Other;
}

bool isOneName(const QString &name)
{
    return !name.isEmpty() && name != "."_L1 && name != ".."_L1 && !name.contains(u'/') && !name.contains(u'\\') &&
           !name.contains(u':');
}

} // namespace

LocalFolder::LocalFolder(const QString &path, Missing missing)
    : m_path(path)
{
    if (missing == Missing::IsMade && !QDir().mkpath(path))
        m_problem = u"it cannot be made"_s;
    else
        check();
}

LocalFolder::LocalFolder(const QString &path, int)
    : m_path(path)
{
    if (kindOfInfo(QFileInfo(path)) == Kind::Link)
        m_problem = u"it is a link, or no folder"_s;
    else
        check();
}

LocalFolder::~LocalFolder() = default;

void LocalFolder::check()
{
    if (!QFileInfo(m_path).isDir())
        m_problem = u"it is a link, or no folder"_s;
}

std::shared_ptr<LocalFolder> LocalFolder::below(const QString &name, Missing missing) const
{
    const QString path = isOneName(name) ? QString(m_path + u'/' + name) : QString();
    if (missing == Missing::IsMade && !path.isEmpty())
        QDir().mkdir(path);
    return std::shared_ptr<LocalFolder>(new LocalFolder(path, -1));
}

QList<LocalFolder::Entry> LocalFolder::entries(qsizetype most) const
{
    QList<Entry> found;
    const QDir::Filters all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    const QFileInfoList infos = QDir(m_path).entryInfoList(all, QDir::Name);
    for (const QFileInfo &info : infos.first(std::min(infos.size(), most)))
        found.append({info.fileName(), kindOfInfo(info), info.size()});
    return found;
}

LocalFolder::Kind LocalFolder::kindOf(const QString &name) const
{
    return isOneName(name) ? kindOfInfo(QFileInfo(m_path + u'/' + name)) : Kind::Other;
}

LocalFolder::Naming LocalFolder::create(const QString &name, QFile *file)
{
    file->setFileName(m_path + u'/' + name);
    if (isOneName(name) && file->open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return Naming::Done;
    m_problem = file->errorString();
    return file->exists() ? Naming::Taken : Naming::Failed;
}

bool LocalFolder::open(const QString &name, QFile *file)
{
    file->setFileName(m_path + u'/' + name);
    if (kindOf(name) == Kind::File && file->open(QIODevice::ReadOnly))
        return true;
    m_problem = u"it is no ordinary file"_s;
    return false;
}

LocalFolder::Naming LocalFolder::rename(const QString &from, const QString &to)
{
    QFile file(m_path + u'/' + from);
    if (isOneName(to) && file.rename(m_path + u'/' + to))
        return Naming::Done;
    m_problem = file.errorString();
    return QFile::exists(m_path + u'/' + to) ? Naming::Taken : Naming::Failed;
}

void LocalFolder::remove(const QString &name)
{
    if (isOneName(name))
        QFile::remove(m_path + u'/' + name);
}

} // namespace Tools

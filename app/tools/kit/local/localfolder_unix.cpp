#include "tools/kit/local/localfolder.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// A name as the system wants it; empty for what would lead elsewhere.
QByteArray oneName(const QString &name)
{
    const QByteArray encoded = QFile::encodeName(name);
    const bool leads = encoded == "." || encoded == ".." || encoded.contains('/') || encoded.contains('\0');
    return leads ? QByteArray() : encoded;
}

LocalFolder::Kind kindOfMode(mode_t mode)
{
    if (S_ISREG(mode))
        return LocalFolder::Kind::File;
    if (S_ISDIR(mode))
        return LocalFolder::Kind::Folder;
    return S_ISLNK(mode) ? LocalFolder::Kind::Link : LocalFolder::Kind::Other;
}

LocalFolder::Entry entryOf(int folder, const QByteArray &encoded)
{
    struct stat facts = {};
    LocalFolder::Entry entry{.name = QFile::decodeName(encoded)};
    const bool isReadable = QFile::encodeName(entry.name) == encoded;
    if (isReadable && ::fstatat(folder, encoded.constData(), &facts, AT_SYMLINK_NOFOLLOW) == 0) {
        entry.kind = kindOfMode(facts.st_mode);
        entry.size = facts.st_size;
    }
    return entry;
}

} // namespace

LocalFolder::LocalFolder(const QString &path, Missing missing)
    : m_path(path)
{
    const QByteArray encoded = QFile::encodeName(path);
    if (missing == Missing::IsMade) {
        QDir().mkpath(QFileInfo(path).absolutePath());
        ::mkdir(encoded.constData(), S_IRWXU);
    }
    m_handle = ::open(encoded.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check();
}

LocalFolder::LocalFolder(const QString &path, int handle)
    : m_path(path)
    , m_handle(handle)
{
    check();
}

LocalFolder::~LocalFolder()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

void LocalFolder::check()
{
    struct stat facts = {};
    if (m_handle < 0 || ::fstat(m_handle, &facts) != 0) {
        failed(errno);
        if (errno == ELOOP || errno == ENOTDIR)
            m_problem = u"it is a link, or no folder"_s;
        return;
    }
    // Where every user has a group of their own number, as on Debian and Fedora, it has nobody else in it.
    const bool isGroupOfOne = facts.st_gid == facts.st_uid;
    const mode_t others = isGroupOfOne ? S_IWOTH : S_IWGRP | S_IWOTH;
    // In a folder like /tmp nobody can rename or remove what is another one's.
    const bool isOpenToOthers = (facts.st_mode & others) && !(facts.st_mode & S_ISVTX);
    const bool isOurs = facts.st_uid == ::geteuid() || (facts.st_uid == 0 && (facts.st_mode & S_ISVTX));
    if (!isOurs || isOpenToOthers)
        m_problem = u"other users can write to it, and could put other files into it"_s;
}

std::shared_ptr<LocalFolder> LocalFolder::below(const QString &name, Missing missing) const
{
    const QByteArray encoded = oneName(name);
    if (missing == Missing::IsMade && !encoded.isEmpty())
        ::mkdirat(m_handle, encoded.constData(), S_IRWXU);
    const int handle = ::openat(m_handle, encoded.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return std::shared_ptr<LocalFolder>(new LocalFolder(m_path + u'/' + name, handle));
}

QList<LocalFolder::Entry> LocalFolder::entries(qsizetype most) const
{
    QList<Entry> found;
    const int again = ::openat(m_handle, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = again < 0 ? nullptr : ::fdopendir(again);
    if (!listing && again >= 0)
        ::close(again);
    while (listing && found.size() < most) {
        const dirent *next = ::readdir(listing);
        if (!next)
            break;
        if (const QByteArray encoded(next->d_name); encoded != "." && encoded != "..")
            found.append(entryOf(m_handle, encoded));
    }
    if (listing)
        ::closedir(listing);
    std::ranges::sort(found, {}, &Entry::name);
    return found;
}

LocalFolder::Kind LocalFolder::kindOf(const QString &name) const
{
    struct stat facts = {};
    const QByteArray encoded = oneName(name);
    if (::fstatat(m_handle, encoded.constData(), &facts, AT_SYMLINK_NOFOLLOW) == 0)
        return kindOfMode(facts.st_mode);
    return errno == ENOENT && !encoded.isEmpty() ? Kind::Nothing : Kind::Other;
}

LocalFolder::Naming LocalFolder::create(const QString &name, QFile *file)
{
    const int handle = ::openat(m_handle, oneName(name).constData(),
                                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (handle < 0)
        return failed(errno);
    if (file->open(handle, QIODevice::WriteOnly, QFileDevice::AutoCloseHandle))
        return Naming::Done;
    ::close(handle);
    return failed(EIO);
}

bool LocalFolder::open(const QString &name, QFile *file)
{
    // A pipe would wait for its other end.
    const int handle =
        ::openat(m_handle, oneName(name).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (handle < 0) {
        failed(errno);
        return false;
    }
    struct stat facts = {};
    const bool isFile = ::fstat(handle, &facts) == 0 && S_ISREG(facts.st_mode);
    if (isFile && file->open(handle, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return true;
    ::close(handle);
    m_problem = u"it is no ordinary file"_s;
    return false;
}

LocalFolder::Naming LocalFolder::rename(const QString &from, const QString &to)
{
    const QByteArray part = oneName(from);
    const QByteArray whole = oneName(to);
#ifdef RENAME_NOREPLACE
    if (::renameat2(m_handle, part.constData(), m_handle, whole.constData(), RENAME_NOREPLACE) == 0)
        return Naming::Done;
    // Some file systems, and old kernels, do not know the flag.
    if (errno != EINVAL && errno != ENOSYS)
        return failed(errno);
#endif
    if (::linkat(m_handle, part.constData(), m_handle, whole.constData(), 0) != 0)
        return failed(errno);
    ::unlinkat(m_handle, part.constData(), 0);
    return Naming::Done;
}

void LocalFolder::remove(const QString &name)
{
    ::unlinkat(m_handle, oneName(name).constData(), 0);
}

LocalFolder::Naming LocalFolder::failed(int error)
{
    m_problem = QString::fromLocal8Bit(std::strerror(error));
    return error == EEXIST || error == ELOOP ? Naming::Taken : Naming::Failed;
}

} // namespace Tools

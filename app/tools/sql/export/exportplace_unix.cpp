#include "tools/sql/export/exportplace.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tools {

ExportPlace::ExportPlace(const QString &folder)
    : m_folder(folder)
{
    const QByteArray path = QFile::encodeName(folder);
    QDir().mkpath(QFileInfo(folder).absolutePath());
    ::mkdir(path.constData(), S_IRWXU);
    m_handle = ::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat facts = {};
    if (m_handle < 0 || ::fstat(m_handle, &facts) != 0) {
        failed(errno);
        return;
    }
    // In a folder like /tmp nobody can rename or remove what is another one's.
    const bool isOpenToOthers = (facts.st_mode & (S_IWGRP | S_IWOTH)) && !(facts.st_mode & S_ISVTX);
    const bool isOurs = facts.st_uid == ::geteuid() || (facts.st_uid == 0 && (facts.st_mode & S_ISVTX));
    if (!isOurs || isOpenToOthers)
        m_problem = u"other users can write to it, and could put another file in an export's place"_s;
}

ExportPlace::~ExportPlace()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

ExportPlace::Naming ExportPlace::create(const QString &name, QFile *file)
{
    const int handle = ::openat(m_handle, QFile::encodeName(name).constData(),
                                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (handle < 0)
        return failed(errno);
    if (file->open(handle, QIODevice::WriteOnly, QFileDevice::AutoCloseHandle))
        return Naming::Done;
    ::close(handle);
    return failed(EIO);
}

ExportPlace::Naming ExportPlace::rename(const QString &from, const QString &to)
{
    const QByteArray part = QFile::encodeName(from);
    const QByteArray whole = QFile::encodeName(to);
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

void ExportPlace::remove(const QString &name)
{
    ::unlinkat(m_handle, QFile::encodeName(name).constData(), 0);
}

ExportPlace::Naming ExportPlace::failed(int error)
{
    m_problem = QString::fromLocal8Bit(std::strerror(error));
    return error == EEXIST || error == ELOOP ? Naming::Taken : Naming::Failed;
}

} // namespace Tools

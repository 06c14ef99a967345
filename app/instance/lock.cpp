#include "instance/lock.h"

#include <QCoreApplication>
#include <QDir>
#include <QSysInfo>

namespace Instance {

using namespace Qt::StringLiterals;

Lock::Lock(const QString &dataDir)
    : m_file(dataDir + u"/bricktray.lock"_s)
{
    // No age makes it stale, only a process that is gone: the application runs for weeks.
    m_file.setStaleLockTime(0);
}

QLockFile::LockError Lock::tryLock()
{
    if (m_file.tryLock(0))
        return QLockFile::NoError;
    // Removing asks the kernel for the file's lock first, and so fails while its owner lives.
    if (m_file.error() == QLockFile::LockFailedError && wasLeftByAnotherBoot() && m_file.removeStaleLockFile() &&
        m_file.tryLock(0))
        return QLockFile::NoError;
    return m_file.error();
}

/// In a container every run has the same process id and another host name, which QLockFile takes for a living owner.
bool Lock::wasLeftByAnotherBoot() const
{
    qint64 pid = 0;
    QString host;
    QString application;
    return m_file.getLockInfo(&pid, &host, &application) &&
           (pid == QCoreApplication::applicationPid() || host != QSysInfo::machineHostName());
}

} // namespace Instance

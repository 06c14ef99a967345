#pragma once

#include <QLockFile>
#include <QString>

namespace Instance {

/// Who the one is: a lock file in the data folder, held for as long as the process lives.
class Lock
{
public:
    explicit Lock(const QString &dataDir);

    /// LockFailedError when another process holds it; other errors when the file can't be written.
    QLockFile::LockError tryLock();
    bool isHeld() const { return m_file.isLocked(); }

private:
    bool wasLeftByAnotherBoot() const;

    QLockFile m_file;
};

} // namespace Instance

#include "credentials/secretservice.h"

namespace Credentials {

QCoro::Task<bool> hasLockedEntry(QPointer<QObject>, QString, QString)
{
    co_return false;
}

} // namespace Credentials

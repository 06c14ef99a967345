#include "credentials/secretservice.h"

namespace Credentials {

QCoro::Task<bool> hasLockedEntry(QString, QString)
{
    co_return false;
}

} // namespace Credentials

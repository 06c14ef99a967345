#include "credentials/accesskey.h"

#include "common/bytes.h"

namespace Credentials {

QByteArray newAccessKey()
{
    return "bricktray_" + Bytes::base64Url(Bytes::random(32));
}

} // namespace Credentials

#pragma once

#include <QByteArray>

namespace Credentials {

/// A new access key for our own port: 256 random bits, base64url, prefixed so that a person recognises it.
QByteArray newAccessKey();

inline constexpr auto AccessKeyEntry = "access-key"; ///< its key in the keychain

} // namespace Credentials

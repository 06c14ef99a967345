#pragma once

#include <QByteArray>

namespace Bytes {

/// So many bytes that nobody can guess: from the system's generator, fit for keys.
QByteArray random(qsizetype count);

/// The bytes as letters, digits, "-" and "_", without padding.
QByteArray base64Url(const QByteArray &bytes);

/// Takes the same time wherever the first difference is, so that a secret can't be guessed byte by byte. That depends
/// on the length of what is expected alone.
bool isSame(const QByteArray &given, const QByteArray &expected);

} // namespace Bytes

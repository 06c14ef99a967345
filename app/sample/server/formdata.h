#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace Sample {

/// Whether the body is a form with files in it (RFC 7578).
bool isForm(const QByteArray &contentType);

/// The form as the JSON that asks for the same: a file in base64, true and false as such, everything else as text.
QJsonObject formAsJson(const QByteArray &contentType, const QByteArray &body);

} // namespace Sample

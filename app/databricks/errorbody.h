#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Databricks {

/// What an error answer says, whatever shape it has. The texts are as they came: clean them before showing.
struct ErrorBody
{
    QString code;    ///< "RESOURCE_DOES_NOT_EXIST"; empty where the shape has none
    QString message; ///< empty when the body says nothing
};

/// The shapes: {error_code, message}, {error} of the 1.2 API and of OAuth, SCIM's {detail, status, scimType},
/// "CODE: message", an HTML page, plain text.
ErrorBody readErrorBody(const QByteArray &contentType, const QByteArray &body);

/// Whether a JSON object is an error and nothing else: some endpoints answer HTTP 200 with one.
bool isErrorBody(const QJsonObject &json);

} // namespace Databricks

#include "tools/workspace/workspaceobjects.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/kit/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

QJsonObject workspaceRow(const QJsonObject &object)
{
    QJsonObject row = textsOf(object, {u"path"_s, u"object_type"_s, u"language"_s});
    if (object.contains("size"_L1))
        row.insert("size"_L1, object.value("size"_L1).toInteger());
    addText(row, u"modified_at"_s, timeText(object.value("modified_at"_L1).toInteger()));
    return row;
}

Schema workspaceRowSchema()
{
    return Schema()
        .text(u"path"_s, {})
        .text(u"object_type"_s, u"NOTEBOOK, DIRECTORY, FILE, LIBRARY, REPO or DASHBOARD"_s)
        .text(u"language"_s, u"Of a notebook"_s)
        .integer(u"size"_s, u"Of a file, in bytes"_s)
        .text(u"modified_at"_s, {})
        .require({u"path"_s, u"object_type"_s});
}

QCoro::Task<QJsonObject> workspaceStatus(ToolCall call, QString path)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, path);
    const QJsonObject status = co_await call.workspace().get(u"/api/2.0/workspace/get-status"_s, query);
    co_return status;
}

QCoro::Task<QString> workspaceTarget(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    const QJsonObject status = co_await workspaceStatus(call, path);
    const QString language = status.value("language"_L1).toString();
    QString words = status.value("object_type"_L1).toString() + u' ' + status.value("path"_L1).toString(path);
    if (!language.isEmpty())
        words += u" (%1)"_s.arg(language);
    const QString target = Text::visible(words);
    co_return target;
}

QCoro::Task<QByteArray> exportedBytes(ToolCall call, QString path, QString format)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, path);
    query.addQueryItem(u"format"_s, format);
    const QJsonObject exported = co_await call.workspace().get(u"/api/2.0/workspace/export"_s, query);
    const std::optional<QByteArray> decoded = fromBase64(exported.value("content"_L1).toString());
    if (!decoded)
        throw ApiError(ApiError::Kind::BadAnswer,
                       u"The workspace sent content that is not base64 as its API promises."_s);
    const QByteArray bytes = *decoded;
    co_return bytes;
}

} // namespace Tools

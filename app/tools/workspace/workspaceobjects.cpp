#include "tools/workspace/workspaceobjects.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/kit/required.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

QJsonObject workspaceRow(const QJsonObject &object)
{
    QJsonObject row = textsOf(object, {u"path"_s, u"object_type"_s, u"language"_s});
    if (!row.contains("object_type"_L1))
        row.insert("object_type"_L1, u"UNKNOWN"_s);
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

namespace {

/// What the workspace takes off the name of a file that it imports as a notebook.
QString withoutNotebookEnding(const QString &path)
{
    static const QRegularExpression ending(u"\\.(py|sql|scala|r|ipynb|rmd|html|dbc)$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return QString(path).remove(ending);
}

QCoro::Task<QJsonObject> statusAt(ToolCall call, QString path)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, path);
    const QJsonObject status = co_await call.workspace().get(u"/api/2.0/workspace/get-status"_s, query);
    mustHave(status, {u"path"_s});
    co_return status;
}

} // namespace

bool mayLoseEnding(const QString &path)
{
    return withoutNotebookEnding(path) != path;
}

QCoro::Task<QJsonObject> workspaceStatus(ToolCall call, QString path)
{
    bool isId = false;
    path.toULongLong(&isId);
    if (isId)
        throw ApiError(ApiError::Kind::BadRequest,
                       u"%1 is an object id, not a path, and no API tells the path: list_workspace and "
                       "search_notebooks find paths, and a person opens a notebook of this id at %2."_s.arg(
                           path, notebookPage(call, path)));
    const QString bare = withoutNotebookEnding(path);
    try {
        const QJsonObject status = co_await statusAt(call, path);
        co_return status;
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::NotFound || bare == path)
            throw;
    }
    const QJsonObject status = co_await statusAt(call, bare);
    co_return status;
}

QString objectInWords(const QJsonObject &status)
{
    const QString language = status.value("language"_L1).toString();
    const QString words = status.value("object_type"_L1).toString() + u' ' + status.value("path"_L1).toString();
    return Text::visible(language.isEmpty() ? words : u"%1 (%2)"_s.arg(words, language));
}

QString notebookPage(const ToolCall &call, const QString &objectId)
{
    QUrl page = call.workspace().host();
    page.setPath(u"/"_s);
    page.setFragment(u"notebook/"_s + objectId);
    return page.toString();
}

QCoro::Task<QString> workspaceTarget(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    const QJsonObject status = co_await statusAt(call, path);
    const QString target = objectInWords(status);
    co_return target;
}

QCoro::Task<QByteArray> exportedBytes(ToolCall call, QString path, QString format)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, path);
    query.addQueryItem(u"format"_s, format);
    const QJsonObject exported = co_await call.workspace().get(u"/api/2.0/workspace/export"_s, query);
    if (!exported.contains("content"_L1) && !exported.contains("file_type"_L1))
        throw ApiError(ApiError::Kind::BadAnswer, u"The workspace's answer has no content."_s);
    const std::optional<QByteArray> decoded = fromBase64(exported.value("content"_L1).toString());
    if (!decoded)
        throw ApiError(ApiError::Kind::BadAnswer,
                       u"The workspace sent content that is not base64 as its API promises."_s);
    const QByteArray bytes = *decoded;
    co_return bytes;
}

bool isRefusal(const ApiError &error)
{
    return error.kind() == ApiError::Kind::PermissionDenied || error.kind() == ApiError::Kind::NotFound;
}

} // namespace Tools

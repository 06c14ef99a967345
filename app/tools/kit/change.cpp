#include "tools/kit/change.h"

#include "tools/kit/answer.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

QCoro::Task<AfterChange> readAfterChange(ToolCall call, QString path)
{
    AfterChange after;
    try {
        after.object = co_await call.workspace().get(path);
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        after.note =
            u" The change was made, do not repeat it; how things stand now could not be read: "_s + error.text();
    }
    co_return after;
}

QString madeId(const QJsonObject &answer, const QString &key)
{
    const QString id = idText(answer, key);
    if (id.isEmpty() || id == "0"_L1)
        throw ApiError(ApiError::Kind::BadAnswer,
                       u"The workspace answered without the %1 of what was to be made."_s.arg(key))
            .setInDoubt(true);
    return id;
}

QCoro::Task<> sendChange(ToolCall call, QByteArray verb, QString path, QUrlQuery query, QJsonObject body)
{
    const QByteArray json = jsonText(body).toUtf8();
    const Databricks::Content content = co_await call.workspace().send(verb, path, query, json);
    const bool isEmpty = content.bytes.trimmed().isEmpty();
    if (isEmpty || QJsonDocument::fromJson(content.bytes).isObject())
        co_return;
    const bool isPage = content.contentType.startsWith("text/html");
    throw ApiError(ApiError::Kind::BadAnswer,
                   isPage ? u"The answer is a web page, not data."_s : u"The answer is not valid JSON."_s)
        .setRequest(QString::fromLatin1(verb) + u' ' + path)
        .setInDoubt(true);
}

} // namespace Tools

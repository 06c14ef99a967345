#include "tools/kit/change.h"

#include "tools/kit/answer.h"

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

QCoro::Task<> putWhole(ToolCall call, QString path, QJsonObject whole)
{
    const QByteArray verb = "PUT";
    const QByteArray body = jsonText(whole).toUtf8();
    const QUrlQuery none;
    co_await call.workspace().send(verb, path, none, body);
}

} // namespace Tools

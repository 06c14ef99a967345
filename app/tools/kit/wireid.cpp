#include "tools/kit/wireid.h"

#include "tools/kit/answer.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

qint64 wireId(const ToolCall &call, const QString &argument)
{
    const QString text = call.text(argument);
    bool isNumber = false;
    const qint64 id = text.trimmed().toLongLong(&isNumber);
    if (!isNumber || id < 0)
        throw ApiError(ApiError::Kind::BadRequest, u"%1 must be a number such as 1042938475610293, not \"%2\"."_s.arg(
                                                       argument, clean(text).left(60)));
    return id;
}

QString idText(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? QString::number(value.toInteger()) : clean(value.toString());
}

} // namespace Tools

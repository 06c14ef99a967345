#include "tools/kit/required.h"

#include <QList>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

bool saysNothing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty()) ||
           (value.isDouble() && value.toDouble() == 0);
}

} // namespace

void mustHave(const QJsonObject &answer, const QStringList &members, Purpose purpose)
{
    for (const QString &member : members) {
        if (saysNothing(answer.value(member)))
            throw ApiError(ApiError::Kind::BadAnswer, u"The workspace's answer has no %1."_s.arg(member))
                .setInDoubt(purpose == Purpose::Changing);
    }
}

bool isEndOfAll(const ApiError &error)
{
    using Kind = ApiError::Kind;
    static const QList<Kind> kinds{Kind::Cancelled,   Kind::NoCredentials, Kind::Unauthenticated, Kind::Tls,
                                   Kind::Unreachable, Kind::Redirected,    Kind::Forbidden};
    return kinds.contains(error.kind());
}

} // namespace Tools

#include "databricks/answererror.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

struct Row
{
    Failure failure;
    ApiError::Kind kind;
    bool mayBeDone; ///< the workspace may have got the request
};

constexpr std::array rows{
    Row{Failure::Refused, ApiError::Kind::Unreachable, false},
    Row{Failure::Unreachable, ApiError::Kind::Unreachable, false},
    Row{Failure::Lost, ApiError::Kind::Unreachable, true},
    Row{Failure::TimedOut, ApiError::Kind::Timeout, true},
    Row{Failure::Tls, ApiError::Kind::Tls, false},
    Row{Failure::Cut, ApiError::Kind::BadAnswer, true},
    Row{Failure::TooLong, ApiError::Kind::BadAnswer, true},
    Row{Failure::Garbled, ApiError::Kind::BadAnswer, true},
    Row{Failure::Stopped, ApiError::Kind::Cancelled, true},
};

} // namespace

QJsonObject readAnswer(const Answer &answer)
{
    if (answer.body.trimmed().isEmpty())
        return {};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(answer.body, &error);
    if (document.isObject())
        return document.object();
    const bool page = answer.contentType.toLower().contains("html") || answer.body.trimmed().startsWith('<');
    if (page)
        throw ApiError(ApiError::Kind::BadAnswer, u"The answer is a web page, not data: a login page or a proxy's."_s);
    if (error.error != QJsonParseError::NoError)
        throw ApiError(ApiError::Kind::BadAnswer, u"The answer is not valid JSON: %1."_s.arg(error.errorString()));
    throw ApiError(ApiError::Kind::BadAnswer, u"The answer is JSON, but not an object."_s);
}

ApiError errorOf(const Answer &answer, bool isRead)
{
    const auto row = std::ranges::find(rows, answer.failure, &Row::failure);
    if (row != rows.end()) {
        const bool inDoubt = row->mayBeDone && !isRead;
        return ApiError(row->kind, inDoubt ? QString(answer.words + u" The workspace may or may not have done what was "
                                                                    "asked; check before repeating it."_s)
                                           : answer.words);
    }
    if (!answer.redirect.isEmpty()) {
        return ApiError(
            ApiError::Kind::Redirected,
            u"The workspace sent the request on to %1, and was not followed: the token goes to the workspace "
            "only. That is how a login page or a private link answers."_s.arg(answer.redirect.host()));
    }
    return ApiError::fromAnswer(answer.status, answer.contentType, answer.body, answer.reasonPhrase);
}

} // namespace Databricks

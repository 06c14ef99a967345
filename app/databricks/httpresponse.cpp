#include "databricks/httpresponse.h"

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

bool isPage(const HttpResponse &response)
{
    return response.contentType.toLower().contains("html");
}

ApiError pageInsteadOfData()
{
    return {ApiError::Kind::BadAnswer, u"The answer is a web page, not data: a login page or a proxy's."_s};
}

QJsonObject jsonOf(const HttpResponse &response)
{
    if (response.body.trimmed().isEmpty())
        return {};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(response.body, &error);
    if (document.isObject())
        return document.object();
    if (response.body.trimmed().startsWith('<'))
        throw pageInsteadOfData();
    if (error.error != QJsonParseError::NoError)
        throw ApiError(ApiError::Kind::BadAnswer, u"The answer is not valid JSON: %1."_s.arg(error.errorString()));
    throw ApiError(ApiError::Kind::BadAnswer, u"The answer is JSON, but not an object."_s);
}

ApiError errorOf(const HttpResponse &response, bool isRead)
{
    const auto row = std::ranges::find(rows, response.failure, &Row::failure);
    if (row != rows.end())
        return ApiError(row->kind, response.words).setInDoubt(row->mayBeDone && !isRead);
    if (!response.redirect.isEmpty()) {
        return ApiError(
            ApiError::Kind::Redirected,
            u"The workspace sent the request on to %1, and was not followed: the token goes to the workspace "
            "only. That is how a login page or a private link answers."_s.arg(response.redirect.host()));
    }
    // 501 and 503 say that nothing was done; behind the others the work may have gone on.
    const bool mayBeDone = response.status >= 500 && response.status != 501 && response.status != 503;
    return ApiError::fromAnswer(response.status, response.contentType, response.body, response.reasonPhrase)
        .setInDoubt(mayBeDone && !isRead);
}

} // namespace Databricks

#include "databricks/httpresponse.h"

#include "databricks/errorbody.h"
#include "databricks/exactjson.h"

#include <QJsonDocument>
#include <QUrlQuery>

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
    const QJsonDocument document = QJsonDocument::fromJson(withExactNumbers(response.body), &error);
    if (document.isObject()) {
        const QJsonObject object = document.object();
        if (isErrorBody(object))
            throw ApiError::fromAnswer(response.status, response.contentType, response.body, response.reasonPhrase);
        return object;
    }
    if (response.body.trimmed().startsWith('<'))
        throw pageInsteadOfData();
    if (error.error != QJsonParseError::NoError)
        throw ApiError(ApiError::Kind::BadAnswer, u"The answer is not valid JSON: %1."_s.arg(error.errorString()));
    throw ApiError(ApiError::Kind::BadAnswer, u"The answer is JSON, but not an object."_s);
}

bool isLogin(const QUrl &redirect)
{
    const QString page = redirect.path().section(u'/', -1).toLower();
    return page == u"login.html" || page == u"login" || page == u"signin";
}

ApiError errorOf(const HttpResponse &response, bool isRead)
{
    const auto row = std::ranges::find(rows, response.failure, &Row::failure);
    if (row != rows.end())
        return ApiError(row->kind, response.words).setInDoubt(row->mayBeDone && !isRead);
    if (isLogin(response.redirect)) {
        const QString reason = QUrlQuery(response.redirect).queryItemValue(u"error"_s).section(u':', 0, 0);
        return ApiError(ApiError::Kind::Redirected,
                        reason.isEmpty() ? u"The workspace sent the request on to its login page."_s
                                         : u"The workspace sent the request on to its login page: %1."_s.arg(reason));
    }
    if (!response.redirect.isEmpty()) {
        return ApiError(
            ApiError::Kind::Redirected,
            u"The workspace sent the request on to %1, and was not followed: the token goes to the workspace "
            "only."_s.arg(response.redirect.host()));
    }
    // 501 and 503 say that nothing was done; behind the others the work may have gone on.
    const bool mayBeDone = response.status >= 500 && response.status != 501 && response.status != 503;
    return ApiError::fromAnswer(response.status, response.contentType, response.body, response.reasonPhrase)
        .setInDoubt(mayBeDone && !isRead);
}

} // namespace Databricks

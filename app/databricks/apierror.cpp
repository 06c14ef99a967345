#include "databricks/apierror.h"

#include "common/secrets.h"
#include "databricks/errorbody.h"
#include "databricks/errorcauses.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

using Kind = ApiError::Kind;

struct Code
{
    QLatin1StringView code;
    Kind kind;
    const char *advice;
};

constexpr std::array codes{
    Code{"BAD_REQUEST"_L1, Kind::BadRequest, ""},
    Code{"INVALID_PARAMETER_VALUE"_L1, Kind::BadRequest, "Correct the value that the message names."},
    Code{"MALFORMED_REQUEST"_L1, Kind::BadRequest, ""},
    Code{"INVALID_STATE"_L1, Kind::InvalidState, ""},
    Code{"UNAUTHENTICATED"_L1, Kind::Unauthenticated, ""},
    Code{"PERMISSION_DENIED"_L1, Kind::PermissionDenied, ""},
    Code{"NOT_FOUND"_L1, Kind::NotFound, ""},
    Code{"RESOURCE_DOES_NOT_EXIST"_L1, Kind::NotFound, ""},
    Code{"ENDPOINT_NOT_FOUND"_L1, Kind::NotFound,
         "This workspace has no such API: its version may be another one, such as 2.0 or 2.1, or the workspace's URL "
         "is wrong."},
    Code{"ABORTED"_L1, Kind::Conflict, "Another change got in between; read the current state, then try again."},
    Code{"ALREADY_EXISTS"_L1, Kind::Conflict, "Use the one that exists, or choose another name."},
    Code{"RESOURCE_ALREADY_EXISTS"_L1, Kind::Conflict, "Use the one that exists, or choose another name."},
    Code{"RESOURCE_CONFLICT"_L1, Kind::Conflict, ""},
    Code{"RESOURCE_EXHAUSTED"_L1, Kind::RateLimited,
         "A limit or quota of the workspace is reached; wait or free something."},
    Code{"REQUEST_LIMIT_EXCEEDED"_L1, Kind::RateLimited, ""},
    Code{"TEMPORARILY_UNAVAILABLE"_L1, Kind::Unavailable, ""},
    Code{"DEADLINE_EXCEEDED"_L1, Kind::Unavailable, "The workspace took too long; ask for less or try again."},
    Code{"CANCELLED"_L1, Kind::ServerFault, "The workspace cancelled the request itself."},
    Code{"NOT_IMPLEMENTED"_L1, Kind::ServerFault, "This workspace does not offer that feature."},
    Code{"INTERNAL_ERROR"_L1, Kind::ServerFault, ""},
    Code{"UNKNOWN"_L1, Kind::ServerFault, ""},
    Code{"DATA_LOSS"_L1, Kind::ServerFault, "Data may be damaged; tell the workspace's administrator."},
    Code{"FEATURE_DISABLED"_L1, Kind::BadRequest, "A workspace administrator can switch the feature on."},
    Code{"MAX_NOTEBOOK_SIZE_EXCEEDED"_L1, Kind::BadRequest,
         "The notebook is too large for this; ask for a smaller one."},
    Code{"MAX_BLOCK_SIZE_EXCEEDED"_L1, Kind::BadRequest, "Send at most 1 MB at a time."},
    Code{"DIRECTORY_NOT_EMPTY"_L1, Kind::BadRequest, "Delete its contents first, or delete recursively."},
};

struct Status
{
    int status;
    Kind kind;
};

constexpr std::array statuses{
    Status{400, Kind::BadRequest},  Status{401, Kind::Unauthenticated}, Status{403, Kind::PermissionDenied},
    Status{404, Kind::NotFound},    Status{409, Kind::Conflict},        Status{429, Kind::RateLimited},
    Status{499, Kind::ServerFault}, Status{503, Kind::Unavailable},     Status{504, Kind::Unavailable},
};

struct Advice
{
    Kind kind;
    const char *advice;
};

constexpr std::array advices{
    Advice{Kind::BadRequest, "Check the arguments."},
    Advice{Kind::Unauthenticated,
           "The token is wrong, expired or revoked: create a new one in the workspace (Settings > "
           "Developer > Access tokens) and enter it in Bricktray."},
    Advice{Kind::PermissionDenied, "The signed-in user may not do this; ask the owner or a workspace administrator for "
                                   "access."},
    Advice{Kind::NotFound, "Check the id or name; listing shows what exists and is visible to this user."},
    Advice{Kind::Conflict, "Read the current state, then decide."},
    Advice{Kind::InvalidState, "Read the current state; it may have just changed, or the thing is not in a state that "
                               "allows this."},
    Advice{Kind::RateLimited, "The workspace is getting too many requests; wait a minute, then try again."},
    Advice{Kind::Unavailable, "The workspace is busy or being maintained; try again in a few minutes."},
    Advice{Kind::ServerFault, "The fault is on the workspace's side; try again later, and tell an administrator if it "
                              "stays."},
    Advice{Kind::NoCredentials, "Enter a token for this workspace in Bricktray."},
    Advice{Kind::Unreachable, "Check the network, the VPN or proxy, and the workspace's URL."},
    Advice{Kind::Tls, "Bricktray does not send a token over a connection it cannot trust."},
    Advice{Kind::Timeout, "Ask for less at once, or try again in a few minutes."},
    Advice{Kind::Redirected,
           "Check the workspace's URL; if it is right, sign-in or private link blocks this network: use "
           "the VPN, or ask an administrator."},
    Advice{Kind::BadAnswer,
           "Something between here and the workspace may have changed the answer; check the workspace's "
           "URL and the proxy."},
    Advice{Kind::Forbidden, ""},
    Advice{Kind::Cancelled, ""},
};

const Code *findCode(const QString &code)
{
    const auto found = std::ranges::find_if(codes, [&code](const Code &row) { return code == row.code; });
    return found == codes.end() ? nullptr : &*found;
}

/// Bad and expired tokens are answered with 403, too: {"error_code": 403, "message": "Invalid access token."} and
/// "Token is expiring within 30 seconds" (databricks-sdk-go#873, databricks-vscode#583).
bool isTokenRefusal(int status, const QString &message)
{
    static const std::array phrases{u"Invalid access token"_s, u"token expired"_s, u"Token is expir"_s};
    return status == 403 && std::ranges::any_of(phrases, [&message](const QString &phrase) {
               return message.contains(phrase, Qt::CaseInsensitive);
           });
}

/// By error_code first, then by HTTP status, with the known quirks.
Kind kindOfAnswer(int status, const QString &code, const QString &message)
{
    if (isTokenRefusal(status, message))
        return Kind::Unauthenticated;
    // clusters/get, jobs/get and runs/get say so with 400 INVALID_PARAMETER_VALUE.
    if (status == 400 && message.contains(u"does not exist"_s) &&
        (code.isEmpty() || code == u"INVALID_PARAMETER_VALUE"))
        return Kind::NotFound;
    if (const Code *row = findCode(code))
        return row->kind;
    const auto found = std::ranges::find(statuses, status, &Status::status);
    if (found != statuses.end())
        return found->kind;
    // A code that nobody knows, in an answer whose status is good.
    if (status < 300)
        return Kind::BadAnswer;
    return status >= 500 ? Kind::ServerFault : Kind::BadRequest;
}

QString adviceFor(Kind kind, const QString &code)
{
    // The quirk makes a NotFound of a code that elsewhere means something else.
    if (const Code *row = findCode(code); row && row->kind == kind && *row->advice)
        return QString::fromLatin1(row->advice);
    const auto found = std::ranges::find(advices, kind, &Advice::kind);
    return found == advices.end() ? QString() : QString::fromLatin1(found->advice);
}

/// Whether the general advice on errors of this kind is to send the same thing again.
bool isAboutRepeating(Kind kind)
{
    static const std::array kinds{Kind::RateLimited, Kind::Unavailable, Kind::ServerFault, Kind::Timeout};
    return std::ranges::find(kinds, kind) != kinds.end();
}

QString sentence(const QString &text)
{
    const bool ended =
        text.isEmpty() || text.endsWith(u'.') || text.endsWith(u'!') || text.endsWith(u'?') || text.endsWith(u'…');
    return ended ? text : QString(text + u'.');
}

} // namespace

ApiError::ApiError(Kind kind, const QString &message)
    : m_kind(kind)
    , m_message(Text::shown(message))
    , m_what(m_message.toUtf8())
{}

ApiError ApiError::fromAnswer(int status, const QByteArray &contentType, const QByteArray &body,
                              const QString &reasonPhrase)
{
    const ErrorBody said = readErrorBody(contentType, body);
    const QString code = Text::shown(said.code, 100);
    QString message = Text::shown(said.message);
    if (message.isEmpty())
        message = status < 300 ? u"The answer is an error without words."_s
                               : u"HTTP %1 %2"_s.arg(status).arg(Text::shown(reasonPhrase, 200)).trimmed();
    ApiError error(kindOfAnswer(status, code, message), message);
    error.m_status = status;
    error.m_code = code;
    return error;
}

const char *ApiError::what() const noexcept
{
    return m_what.constData();
}

QString ApiError::advice() const
{
    if (const QString known = adviceByCause(m_code, m_message); !known.isEmpty())
        return known;
    // The workspace's own words with a code that nobody knows: neither a proxy nor the URL is to blame.
    if (m_kind == Kind::BadAnswer && !m_code.isEmpty())
        return {};
    // What may have been done already must not be tried again before somebody has looked.
    return m_inDoubt && isAboutRepeating(m_kind) ? QString() : adviceFor(m_kind, m_code);
}

QString ApiError::text() const
{
    QString text = m_message;
    if (!m_code.isEmpty() && !m_message.contains(m_code)) {
        while (text.endsWith(u'.'))
            text.chop(1);
        text += u" ("_s + m_code + u')';
    }
    text = sentence(text);
    if (const QString next = advice(); !next.isEmpty())
        text += u' ' + next;
    if (m_inDoubt)
        text += u" The workspace may or may not have done what was asked: check before repeating it."_s;
    return text;
}

ApiError &ApiError::setRequest(const QString &request)
{
    m_request = Text::shown(request, 500);
    m_what = QString(m_request + u": "_s + m_message).toUtf8();
    return *this;
}

ApiError &ApiError::setInDoubt(bool inDoubt)
{
    m_inDoubt = inDoubt;
    return *this;
}

} // namespace Databricks

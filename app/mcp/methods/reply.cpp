#include "mcp/methods/reply.h"

#include <QHash>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

// What a result has in the modern era only.
constexpr std::array ModernMembers{QLatin1StringView("resultType"), QLatin1StringView("ttlMs"),
                                   QLatin1StringView("cacheScope")};

int modernStatus(int code)
{
    static const QHash<int, int> statuses{
        {ErrorCode::ParseError, 400},     {ErrorCode::InvalidRequest, 400},    {ErrorCode::MethodNotFound, 404},
        {ErrorCode::HeaderMismatch, 400}, {ErrorCode::MissingCapability, 400}, {ErrorCode::UnsupportedVersion, 400},
    };
    return statuses.value(code, 200);
}

int codeIn(const Revision &revision, int code)
{
    const bool isRenamed = code == ErrorCode::ResourceNotFound && revision.era == Era::Modern;
    return isRenamed ? ErrorCode::InvalidParams : code;
}

class Reporter
{
public:
    Reporter(ResponderPtr responder, QJsonValue token)
        : m_responder(std::move(responder))
        , m_token(std::move(token))
    {}

    void operator()(double done, double total, const QString &message)
    {
        if (!std::isfinite(done) || done <= m_last)
            return;
        m_last = done;
        QJsonObject params{{u"progressToken"_s, m_token}, {u"progress"_s, done}};
        if (std::isfinite(total) && total > 0)
            params[u"total"_s] = total;
        if (!message.isEmpty())
            params[u"message"_s] = message;
        m_responder->notify(notificationMessage(u"notifications/progress"_s, params));
    }

private:
    ResponderPtr m_responder;
    QJsonValue m_token;
    double m_last = -std::numeric_limits<double>::infinity();
};

} // namespace

Reply::Reply(QJsonValue id, Revision revision, QJsonObject serverInfo, ResponderPtr responder)
    : m_id(std::move(id))
    , m_revision(revision)
    , m_serverInfo(std::move(serverInfo))
    , m_responder(std::move(responder))
{}

void Reply::result(const QJsonObject &result) const
{
    m_responder->send(resultMessage(m_id, shaped(result)));
}

void Reply::error(const Error &error) const
{
    Error sent = error;
    sent.code = codeIn(m_revision, error.code);
    m_responder->send(errorMessage(m_id, sent), m_revision.era == Era::Modern ? modernStatus(sent.code) : 200);
}

QJsonObject Reply::shaped(QJsonObject result) const
{
    if (m_revision.era == Era::Legacy) {
        for (const QLatin1StringView member : ModernMembers)
            result.remove(member);
        return result;
    }
    if (!result.contains("resultType"_L1))
        result["resultType"_L1] = u"complete"_s;
    QJsonObject meta = result.value("_meta"_L1).toObject();
    meta[MetaKey::ServerInfo] = m_serverInfo;
    result["_meta"_L1] = meta;
    return result;
}

QJsonObject cacheable(QJsonObject result, std::chrono::milliseconds freshFor)
{
    result["ttlMs"_L1] = qint64(freshFor.count());
    result["cacheScope"_L1] = u"private"_s;
    return result;
}

RequestContext::Progress progressTo(const ResponderPtr &responder, const QJsonValue &token)
{
    if (!isRequestId(token))
        return {};
    // Shared: the copies of an invocation must agree on the last value.
    const auto reporter = std::make_shared<Reporter>(responder, token);
    return [reporter](double done, double total, const QString &message) { (*reporter)(done, total, message); };
}

RequestContext::Log logTo(const ResponderPtr &responder, LogLevel from)
{
    return [responder, from](LogLevel level, const QJsonValue &data, const QString &logger) {
        if (level < from)
            return;
        QJsonObject params{{u"level"_s, logLevelName(level)}, {u"data"_s, data}};
        if (!logger.isEmpty())
            params["logger"_L1] = logger;
        responder->notify(notificationMessage(u"notifications/message"_s, params));
    };
}

} // namespace Mcp

#include "mcp/methods/reply.h"

#include "mcp/protocol/envelope.h"

#include <QHash>

#include <array>

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

} // namespace

Reply::Reply(QJsonValue id, Revision revision, QJsonObject serverInfo, AnswerPtr answer)
    : m_id(std::move(id))
    , m_revision(revision)
    , m_serverInfo(std::move(serverInfo))
    , m_answer(std::move(answer))
{}

void Reply::result(const QJsonObject &result) const
{
    m_answer->send(resultMessage(m_id, shaped(result)));
}

void Reply::error(const Error &error) const
{
    Error sent = error;
    sent.code = codeIn(m_revision, error.code);
    m_answer->send(errorMessage(m_id, sent), m_revision.era == Era::Modern ? modernStatus(sent.code) : 200);
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

} // namespace Mcp

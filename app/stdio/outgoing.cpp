#include "stdio/outgoing.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Stdio {

namespace {

constexpr QLatin1StringView VersionKey("io.modelcontextprotocol/protocolVersion");

/// The member of params that Mcp-Name repeats.
constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 3> NamedMethods{{
    {QLatin1StringView("tools/call"), QLatin1StringView("name")},
    {QLatin1StringView("prompts/get"), QLatin1StringView("name")},
    {QLatin1StringView("resources/read"), QLatin1StringView("uri")},
}};

/// What a header can't carry goes in base64, as the specification has it; so does what looks like that already.
QByteArray headerText(const QString &text)
{
    const QByteArray plain = text.toUtf8();
    const bool isVisible = std::all_of(plain.begin(), plain.end(), [](char c) { return c >= 0x20 && c < 0x7f; }) &&
                           plain == plain.trimmed();
    const bool looksCoded = plain.startsWith("=?base64?") && plain.endsWith("?=");
    return isVisible && !looksCoded ? plain : "=?base64?" + plain.toBase64() + "?=";
}

Headers modernHeaders(const QString &revision, const QString &method, const QJsonObject &params)
{
    Headers headers{{"MCP-Protocol-Version", headerText(revision)}, {"Mcp-Method", headerText(method)}};
    const auto named = std::find_if(NamedMethods.begin(), NamedMethods.end(),
                                    [&method](const auto &row) { return row.first == method; });
    if (named != NamedMethods.end() && params.value(named->second).isString())
        headers.emplaceBack("Mcp-Name", headerText(params.value(named->second).toString()));
    return headers;
}

void addId(const QJsonObject &message, QJsonArray *ids)
{
    const QJsonValue id = message.value("id"_L1);
    if (message.contains("method"_L1) && (id.isString() || id.isDouble()))
        ids->append(id);
}

} // namespace

Outgoing readOutgoing(const QByteArray &line)
{
    Outgoing outgoing{.line = line};
    const QJsonDocument document = QJsonDocument::fromJson(line);
    for (const QJsonValue &element : document.array())
        addId(element.toObject(), &outgoing.ids);
    const QJsonObject message = document.object();
    const QJsonObject params = message.value("params"_L1).toObject();
    addId(message, &outgoing.ids);
    outgoing.method = message.value("method"_L1).toString();
    if (outgoing.method == "notifications/cancelled"_L1 && params.contains("requestId"_L1))
        outgoing.cancelled = params.value("requestId"_L1);

    const QString revision = params.value("_meta"_L1).toObject().value(VersionKey).toString();
    outgoing.isModern = !revision.isEmpty();
    if (outgoing.isModern)
        outgoing.headers = modernHeaders(revision, outgoing.method, params);
    return outgoing;
}

} // namespace Stdio

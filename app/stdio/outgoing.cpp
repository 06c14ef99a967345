#include "stdio/outgoing.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Stdio {

namespace {

constexpr qsizetype Most = qsizetype(16) * 1024 * 1024; ///< in bytes
constexpr qsizetype Overhead = 1024;                    ///< of a line, roughly

qsizetype sizeOf(const Outgoing &outgoing)
{
    return outgoing.line.size() + Overhead;
}

/// What a header can't carry goes in base64, as the specification has it; so does what looks like that already.
QByteArray headerText(const QString &text)
{
    const QByteArray plain = text.toUtf8();
    const bool isVisible = std::all_of(plain.begin(), plain.end(), [](char c) { return c >= 0x20 && c < 0x7f; }) &&
                           plain == plain.trimmed();
    const bool looksCoded = plain.startsWith(Mcp::CodedHeaderBegin) && plain.endsWith(Mcp::CodedHeaderEnd);
    return isVisible && !looksCoded ? plain : Mcp::CodedHeaderBegin + plain.toBase64() + Mcp::CodedHeaderEnd;
}

Headers modernHeaders(const QString &revision, const QString &method, const QJsonObject &params)
{
    Headers headers{{Mcp::HeaderName::ProtocolVersion, headerText(revision)},
                    {Mcp::HeaderName::Method, headerText(method)}};
    const std::optional<QLatin1StringView> member = Mcp::mirroredParam(method);
    if (member && params.value(*member).isString())
        headers.emplaceBack(Mcp::HeaderName::Name, headerText(params.value(*member).toString()));
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
    if (outgoing.method == Mcp::MethodName::Cancelled && params.contains("requestId"_L1))
        outgoing.cancelled = params.value("requestId"_L1);

    const QString revision = params.value("_meta"_L1).toObject().value(Mcp::MetaKey::ProtocolVersion).toString();
    outgoing.isModern = !revision.isEmpty();
    if (outgoing.isModern)
        outgoing.headers = modernHeaders(revision, outgoing.method, params);
    return outgoing;
}

bool Backlog::isFull() const
{
    return m_size > Most;
}

void Backlog::append(const Outgoing &outgoing)
{
    m_lines.append(outgoing);
    m_size += sizeOf(outgoing);
}

Outgoing Backlog::takeFirst()
{
    Outgoing first = m_lines.takeFirst();
    m_size -= sizeOf(first);
    return first;
}

bool Backlog::remove(const QJsonValue &id)
{
    const auto found = std::find_if(m_lines.cbegin(), m_lines.cend(), [&id](const Outgoing &outgoing) {
        return outgoing.ids.size() == 1 && outgoing.ids.first() == id;
    });
    if (found == m_lines.cend())
        return false;
    m_size -= sizeOf(*found);
    m_lines.erase(found);
    return true;
}

} // namespace Stdio

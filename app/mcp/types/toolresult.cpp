#include "mcp/types/toolresult.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

QJsonObject textBlock(const QString &text)
{
    return {{u"type"_s, u"text"_s}, {u"text"_s, text}};
}

} // namespace

ToolResult::ToolResult(const QString &text)
    : m_content{textBlock(text)}
{}

ToolResult::ToolResult(const QString &text, const QJsonObject &structuredContent)
    : m_content{textBlock(text)}
    , m_structuredContent(structuredContent)
{}

ToolResult::ToolResult(const QJsonArray &content)
    : m_content(content)
{}

ToolResult::ToolResult(const QJsonArray &content, const QJsonObject &structuredContent)
    : m_content(content)
    , m_structuredContent(structuredContent)
{}

ToolResult ToolResult::error(const QString &text)
{
    ToolResult result(text);
    result.m_isError = true;
    return result;
}

ToolResult ToolResult::inputRequired(const InputRequired &input)
{
    ToolResult result;
    result.m_input = input;
    return result;
}

QString ToolResult::text() const
{
    QStringList texts;
    for (const QJsonValue &block : m_content) {
        if (block[u"type"_s].toString() == u"text"_s)
            texts << block[u"text"_s].toString();
    }
    return texts.join(u'\n');
}

} // namespace Mcp

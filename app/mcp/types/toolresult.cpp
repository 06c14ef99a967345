#include "mcp/types/toolresult.h"

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

void ToolResult::setTable(const QString &rowsKey, const QStringList &columns)
{
    m_rowsKey = rowsKey;
    m_columns = columns;
}

void ToolResult::addNote(const QString &sentence)
{
    // The last words: images and files that an answer may hold stay where they are.
    for (qsizetype i = m_content.size() - 1; i >= 0; --i) {
        QJsonObject block = m_content.at(i).toObject();
        if (block.value(u"type"_s) != u"text"_s)
            continue;
        block.insert(u"text"_s, QString(block.value(u"text"_s).toString() + u'\n' + sentence));
        m_content.replace(i, block);
        break;
    }
    if (m_structuredContent.isEmpty())
        return;
    const QString before = m_structuredContent.value(u"note"_s).toString();
    m_structuredContent.insert(u"note"_s, before.isEmpty() ? sentence : QString(before + u' ' + sentence));
}

void ToolResult::addFirst(const QString &sentence)
{
    for (qsizetype i = 0; i < m_content.size(); ++i) {
        QJsonObject block = m_content.at(i).toObject();
        if (block.value(u"type"_s) != u"text"_s)
            continue;
        block.insert(u"text"_s, QString(sentence + u'\n' + block.value(u"text"_s).toString()));
        m_content.replace(i, block);
        break;
    }
    if (m_structuredContent.isEmpty())
        return;
    const QString before = m_structuredContent.value(u"summary"_s).toString();
    m_structuredContent.insert(u"summary"_s, before.isEmpty() ? sentence : QString(sentence + u' ' + before));
}

QJsonObject ToolResult::foldedContent() const
{
    if (m_rowsKey.isEmpty())
        return m_structuredContent;
    QJsonArray folded;
    const QJsonArray rows = m_structuredContent.value(m_rowsKey).toArray();
    for (const QJsonValue row : rows) {
        QJsonArray cells;
        for (const QString &column : m_columns) {
            const QJsonValue cell = row[column];
            cells.append(cell.isUndefined() ? QJsonValue() : cell);
        }
        folded.append(cells);
    }
    QJsonObject content = m_structuredContent;
    content.insert(m_rowsKey == u"columns"_s ? u"header"_s : u"columns"_s, QJsonArray::fromStringList(m_columns));
    content.insert(m_rowsKey, folded);
    return content;
}

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

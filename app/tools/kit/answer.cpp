#include "tools/kit/answer.h"

#include "common/visible.h"
#include "tools/kit/listing.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

QString cell(const QJsonValue &value)
{
    QString text;
    if (value.isString())
        text = value.toString();
    else if (value.isDouble())
        text = value.toInteger(0) == value.toInteger(1) ? QString::number(value.toInteger())
                                                        : QString::number(value.toDouble());
    else if (value.isBool())
        text = value.toBool() ? u"true"_s : u"false"_s;
    else if (value.isArray())
        text = QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    else if (value.isObject())
        text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    // One row is one line, whatever a name holds.
    text = text.simplified().replace(u'|', u'¦');
    return text.isEmpty() ? u"-"_s : text;
}

} // namespace

QString clean(const QString &text)
{
    return Text::visible(text);
}

QString beginning(const QString &text, qsizetype characters)
{
    const bool split = characters > 0 && characters < text.size() && text.at(characters - 1).isHighSurrogate();
    return text.left(split ? characters - 1 : characters);
}

QString textTable(const Columns &columns, const QJsonArray &rows)
{
    QStringList headings;
    for (const auto &[key, heading] : columns)
        headings.append(heading);
    QStringList lines{headings.join(" | "_L1)};
    for (const QJsonValue value : rows) {
        const QJsonObject row = value.toObject();
        QStringList cells;
        for (const auto &[key, heading] : columns)
            cells.append(cell(row.value(key)));
        lines.append(cells.join(" | "_L1));
    }
    return lines.join(u'\n');
}

Mcp::ToolResult listAnswer(const QString &headline, const Columns &columns, const QString &rowsKey,
                           const Listed &listed)
{
    QJsonObject structured{
        {rowsKey, listed.rows}, {"total"_L1, listed.total}, {"total_is_exact"_L1, listed.totalIsExact}};
    QString text = headline;
    if (!listed.rows.isEmpty())
        text += u'\n' + textTable(columns, listed.rows);
    if (!listed.nextPageToken.isEmpty()) {
        structured.insert("next_page_token"_L1, listed.nextPageToken);
        text += u"\nThese are %1 of %2. For the next ones call again with the same arguments and page_token \"%3\"."_s
                    .arg(listed.rows.size())
                    .arg(listed.totalInWords(), listed.nextPageToken);
    }
    return Mcp::ToolResult(text, structured);
}

Mcp::ToolResult factsAnswer(const QString &headline, const QJsonObject &facts)
{
    QStringList lines{headline};
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        if (!fact->isNull())
            lines.append(fact.key() + ": "_L1 + cell(*fact));
    }
    return Mcp::ToolResult(lines.join(u'\n'), facts);
}

QString timeText(qint64 milliseconds)
{
    if (milliseconds <= 0)
        return {};
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::utc()).toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s);
}

} // namespace Tools

#include "tools/kit/answer.h"

#include "common/credentialnames.h"
#include "common/secrets.h"
#include "common/visible.h"

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
    else if (value.isArray() || value.isObject())
        text = jsonText(value);
    // One row is one line, whatever a name holds.
    text = text.simplified().replace(u'|', u'¦');
    return text.isEmpty() ? u"-"_s : text;
}

} // namespace

QString beginning(const QString &text, qsizetype characters)
{
    const bool split = characters > 0 && characters < text.size() && text.at(characters - 1).isHighSurrogate();
    return text.left(split ? characters - 1 : characters);
}

QString shortened(const QString &text, qsizetype characters)
{
    return text.size() <= characters
               ? text
               : u"%1 … (%2 characters in all)"_s.arg(beginning(text, characters), QString::number(text.size()));
}

QString sentence(const QString &text)
{
    const bool isEnded = text.isEmpty() || text.endsWith(u'.') || text.endsWith(u'!') || text.endsWith(u'?');
    return isEnded ? text : QString(text + u'.');
}

QString textTable(const Columns &columns, const QJsonArray &rows)
{
    QStringList headings;
    for (const auto &[key, heading] : columns)
        headings.append(heading);
    QStringList lines{headings.join(" | "_L1)};
    for (const QJsonValue row : rows) {
        QStringList cells;
        for (qsizetype i = 0; i < columns.size(); ++i)
            cells.append(cell(row.isArray() ? row[i] : row[columns.at(i).first]));
        lines.append(cells.join(" | "_L1));
    }
    return lines.join(u'\n');
}

QString dataCell(const QJsonValue &cell)
{
    if (cell.isNull() || cell.isUndefined())
        return u"null"_s;
    QString text = cell.isString() ? cell.toString() : jsonText(cell);
    if (text.isEmpty())
        return u"\"\""_s;
    return text.replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s).replace(u'|', u"\\|"_s);
}

QString dataTable(const QStringList &headings, const QJsonArray &rows)
{
    QStringList lines{headings.join(" | "_L1)};
    for (const QJsonValue row : rows) {
        QStringList cells;
        for (qsizetype i = 0; i < headings.size(); ++i)
            cells.append(dataCell(row.isArray() ? row[i] : row[headings.at(i)]));
        lines.append(cells.join(" | "_L1));
    }
    return lines.join(u'\n');
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

QJsonObject textsOf(const QJsonObject &object, const QStringList &keys)
{
    QJsonObject texts;
    addTexts(texts, object, keys);
    return texts;
}

void addTexts(QJsonObject &facts, const QJsonObject &object, const QStringList &keys)
{
    for (const QString &key : keys)
        addText(facts, key, Text::visible(object.value(key).toString()));
}

void addText(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

QString idText(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? QString::number(value.toInteger()) : Text::visible(value.toString());
}

QString jsonText(const QJsonValue &value)
{
    // A document holds no bare value: wrapped into an array, and the brackets taken off.
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.sliced(1, json.size() - 2));
}

qsizetype jsonBytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).size();
}

qsizetype jsonBytes(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact).size();
}

QJsonValue safeJson(const QJsonValue &value)
{
    if (value.isString())
        return Text::visible(Text::masked(value.toString()));
    if (value.isArray()) {
        QJsonArray safe;
        for (const QJsonValue element : value.toArray())
            safe.append(safeJson(element));
        return safe;
    }
    // A JavaScript number, which is what a client makes of it, is exact to 2^53.
    constexpr qint64 Exact = qint64(1) << 53;
    if (value.isDouble() && qAbs(value.toInteger()) > Exact)
        return QString::number(value.toInteger());
    if (!value.isObject())
        return value;
    QJsonObject safe;
    const QJsonObject members = value.toObject();
    for (auto member = members.begin(); member != members.end(); ++member) {
        const bool hidden = member->isString() && Text::isCredentialName(member.key());
        safe.insert(Text::visible(member.key()), hidden ? QJsonValue(Text::mask()) : safeJson(*member));
    }
    return safe;
}

} // namespace Tools

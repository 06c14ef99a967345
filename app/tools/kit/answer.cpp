#include "tools/kit/answer.h"

#include "common/credentialnames.h"
#include "common/json.h"
#include "common/secrets.h"
#include "common/visible.h"

#include <QJsonDocument>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

QString valueText(const QJsonValue &value)
{
    if (value.isDouble())
        return Json::isInteger(value) ? QString::number(value.toInteger())
                                      : QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.isString() ? value.toString() : jsonText(value);
}

QString cell(const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined())
        return u"-"_s;
    // One row is one line, and a cell ends where a bar stands between blanks, whatever a name holds.
    const QString text = valueText(value).simplified().replace(u" | "_s, u" ¦ "_s);
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

Answer::Answer(const QString &summary)
    : m_text(summary)
    , m_object{{"summary"_L1, summary}}
{}

void Answer::add(const QString &part)
{
    if (!part.isEmpty())
        m_text += u'\n' + part;
}

Answer &Answer::facts(const QJsonObject &facts)
{
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        m_object.insert(fact.key(), *fact);
        if (!fact->isNull())
            add(fact.key() + ": "_L1 + valueText(*fact).simplified());
    }
    return *this;
}

Answer &Answer::stated(const QString &name, const QJsonValue &value)
{
    m_object.insert(name, value);
    return *this;
}

Answer &Answer::stated(const QJsonObject &facts)
{
    for (auto fact = facts.begin(); fact != facts.end(); ++fact)
        m_object.insert(fact.key(), *fact);
    return *this;
}

Answer &Answer::table(const QString &name, const Columns &columns, const QJsonArray &rows)
{
    for (const auto &column : columns)
        m_columns.append(column.first);
    m_rowsKey = name;
    return this->rows(name, {}, columns, rows);
}

Answer &Answer::cells(const QString &name, const QJsonArray &columns, const QJsonArray &rows, const QString &text)
{
    m_object.insert("columns"_L1, columns);
    m_object.insert(name, rows);
    add(text);
    return *this;
}

Answer &Answer::data(const QString &name, const QStringList &headings, const QJsonArray &rows)
{
    m_columns = headings;
    m_rowsKey = name;
    m_object.insert(name, rows);
    if (!rows.isEmpty())
        add(dataTable(headings, rows));
    return *this;
}

Answer &Answer::rows(const QString &name, const QString &heading, const Columns &columns, const QJsonArray &rows)
{
    m_object.insert(name, rows);
    if (rows.isEmpty())
        return *this;
    add(heading);
    add(textTable(columns, rows));
    return *this;
}

Answer &Answer::objects(const QString &name, const QJsonArray &objects, const QString &text)
{
    m_object.insert(name, objects);
    add(text);
    return *this;
}

Answer &Answer::text(const QString &name, const QString &heading, const QString &text)
{
    if (text.isEmpty())
        return *this;
    m_object.insert(name, text);
    add(heading);
    add(text);
    return *this;
}

Answer &Answer::note(const QString &words)
{
    if (!words.isEmpty())
        m_notes.append(sentence(words));
    return *this;
}

Answer &Answer::next(const QString &sentence)
{
    m_next = sentence;
    return *this;
}

Answer &Answer::nextPage(const QString &token, const QString &words)
{
    return facts({{"next_page_token"_L1, token}})
        .next(words.isEmpty() ? u"More: repeat with this page_token."_s : words);
}

Mcp::ToolResult Answer::result() const
{
    QJsonObject object = m_object;
    QStringList lines{m_text};
    lines += m_notes;
    if (!m_notes.isEmpty())
        object.insert("note"_L1, m_notes.join(u' '));
    if (!m_next.isEmpty()) {
        object.insert("next"_L1, m_next);
        lines += m_next;
    }
    Mcp::ToolResult result(lines.join(u'\n'), object);
    if (!m_rowsKey.isEmpty())
        result.setTable(m_rowsKey, m_columns);
    return result;
}

Mcp::ToolResult factsAnswer(const QString &headline, const QJsonObject &facts)
{
    return Answer(headline).facts(facts);
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

qsizetype jsonBytes(const QJsonValue &value)
{
    return Json::compact(value).size();
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

#include "tools/sql/export/csvwriter.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// Longer than any row the API gives; what goes beyond is not rows.
constexpr qsizetype LongestRow = 64 * 1024 * 1024;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

QByteArray csvField(const QString &text)
{
    const QByteArray field = text.toUtf8();
    const bool plain = !field.contains(',') && !field.contains('"') && !field.contains('\n') && !field.contains('\r');
    return plain ? field : '"' + QByteArray(field).replace('"', "\"\"") + '"';
}

bool isFormula(const QString &text)
{
    static const QRegularExpression number(u"^[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$"_s);
    constexpr QStringView beginnings = u"=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";
    return !text.isEmpty() && beginnings.contains(text.front()) && !number.match(text).hasMatch();
}

} // namespace

QByteArray csvLine(const QJsonArray &cells, Formulas formulas)
{
    QByteArrayList fields;
    for (const QJsonValue cell : cells) {
        const QString text = cell.toVariant().toString();
        const bool isEscaped = formulas == Formulas::Escaped && isFormula(text);
        fields.append(cell.isNull() ? "null"_ba : csvField(isEscaped ? QString(u'\'' + text) : text));
    }
    return fields.join(',') + '\n';
}

JsonRowsToCsv::JsonRowsToCsv(QIODevice *target, Formulas formulas)
    : m_target(target)
    , m_formulas(formulas)
{
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

qint64 JsonRowsToCsv::writeData(const char *data, qint64 size)
{
    for (qint64 i = 0; i < size; ++i)
        take(data[i]);
    if (m_place == Place::Wrong)
        setErrorString(u"what the workspace gave are not rows"_s);
    else if (m_failed)
        setErrorString(m_target->errorString());
    return m_place == Place::Wrong || m_failed ? -1 : size;
}

void JsonRowsToCsv::take(char c)
{
    switch (m_place) {
    case Place::Before:
        if (!isSpace(c))
            m_place = c == '[' ? Place::Rows : Place::Wrong;
        break;
    case Place::Rows:
        takeInRows(c);
        break;
    case Place::Row:
        takeInRow(c);
        break;
    case Place::Text:
        takeInText(c);
        break;
    case Place::After:
        if (!isSpace(c))
            m_place = Place::Wrong;
        break;
    case Place::Wrong:
        break;
    }
}

void JsonRowsToCsv::takeInRows(char c)
{
    if (c == '[') {
        m_row = "[";
        m_place = Place::Row;
    } else if (c == ']') {
        m_place = Place::After;
    } else if (c != ',' && !isSpace(c)) {
        m_place = Place::Wrong;
    }
}

void JsonRowsToCsv::takeInRow(char c)
{
    m_row += c;
    if (c == '"')
        m_place = Place::Text;
    else if (c == ']')
        endRow();
    else if (c == '[' || c == '{' || m_row.size() > LongestRow)
        m_place = Place::Wrong;
}

void JsonRowsToCsv::takeInText(char c)
{
    m_row += c;
    if (m_escaped)
        m_escaped = false;
    else if (c == '\\')
        m_escaped = true;
    else if (c == '"')
        m_place = Place::Row;
    if (m_row.size() > LongestRow)
        m_place = Place::Wrong;
}

void JsonRowsToCsv::endRow()
{
    const QJsonDocument row = QJsonDocument::fromJson(m_row);
    m_place = row.isArray() ? Place::Rows : Place::Wrong;
    if (!row.isArray())
        return;
    const QByteArray line = csvLine(row.array(), m_formulas);
    m_failed = m_failed || m_target->write(line) != line.size();
    ++m_rows;
}

} // namespace Tools

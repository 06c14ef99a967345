#include "sample/notebooks/notebookvalue.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Value = NotebookValue;

QString doubleText(double value)
{
    const QString text = QString::number(value, 'g', QLocale::FloatingPointShortest);
    return text.contains(u'.') || text.contains(u'e') || text.contains(u'n') ? text : QString(text + u".0"_s);
}

NotebookError error(const QString &name, const QString &message)
{
    return {name, message};
}

/// Lists and data frames have operators, too, and % fills in a text.
bool isBeyondNumbers(QChar sign, const Value &left, const Value &right)
{
    const auto is = [](const Value &value) {
        return std::holds_alternative<Frame>(value) || std::holds_alternative<QJsonArray>(value);
    };
    return is(left) || is(right) || (sign == u'%' && std::holds_alternative<QString>(left));
}

/// A text so many times; nullopt where it is not a text and a whole number.
std::optional<QString> repeated(const Value &text, const Value &count)
{
    const auto *words = std::get_if<QString>(&text);
    const auto *times = std::get_if<qint64>(&count);
    if (!words || !times)
        return std::nullopt;
    return words->repeated(qBound(qint64(0), *times, qint64(10'000))).left(100'000);
}

} // namespace

std::optional<double> numberOf(const NotebookValue &value)
{
    if (const auto *whole = std::get_if<qint64>(&value))
        return double(*whole);
    if (const auto *number = std::get_if<double>(&value))
        return *number;
    if (const auto *truth = std::get_if<bool>(&value))
        return *truth ? 1 : 0;
    return std::nullopt;
}

NotebookValue valueOf(const QJsonValue &cell)
{
    if (cell.isArray())
        return cell.toArray();
    bool isWhole = false;
    bool isNumber = false;
    const qint64 whole = cell.toString().toLongLong(&isWhole);
    const double number = cell.toString().toDouble(&isNumber);
    return cell.isNull() ? Value() : isWhole ? Value(whole) : isNumber ? Value(number) : Value(cell.toString());
}

NotebookValue calculated(QChar sign, const NotebookValue &left, const NotebookValue &right)
{
    const auto *leftText = std::get_if<QString>(&left);
    const auto *rightText = std::get_if<QString>(&right);
    if (leftText && rightText && sign == u'+')
        return QString(*leftText + *rightText);
    if (sign == u'*') {
        if (const auto many = repeated(left, right) ? repeated(left, right) : repeated(right, left))
            return *many;
    }
    if (isBeyondNumbers(sign, left, right))
        throw notUnderstood(u"… %1 …"_s.arg(sign == u'|' ? u"//"_s : sign == u'^' ? u"**"_s : QString(sign)));
    const auto a = numberOf(left);
    const auto b = numberOf(right);
    if (!a || !b)
        throw error(u"TypeError"_s, u"unsupported operand type(s) for %1"_s.arg(sign));
    if ((sign == u'/' || sign == u'%' || sign == u'|') && *b == 0)
        throw error(u"ZeroDivisionError"_s, u"division by zero"_s);
    const double result = sign == u'+'   ? *a + *b
                          : sign == u'-' ? *a - *b
                          : sign == u'*' ? *a * *b
                          : sign == u'/' ? *a / *b
                          : sign == u'|' ? std::floor(*a / *b)
                          : sign == u'^' ? std::pow(*a, *b)
                                         : *a - *b * std::floor(*a / *b);
    const auto isWhole = [](const Value &value) {
        return std::holds_alternative<qint64>(value) || std::holds_alternative<bool>(value);
    };
    const bool whole = isWhole(left) && isWhole(right) && sign != u'/';
    return whole && std::abs(result) < 9e15 ? Value(qint64(result)) : Value(result);
}

QString shownValue(const NotebookValue &value, bool quoted)
{
    if (const auto *whole = std::get_if<qint64>(&value))
        return QString::number(*whole);
    if (const auto *number = std::get_if<double>(&value))
        return doubleText(*number);
    if (const auto *truth = std::get_if<bool>(&value))
        return *truth ? u"True"_s : u"False"_s;
    if (const auto *text = std::get_if<QString>(&value))
        return quoted ? QString(u'\'' + *text + u'\'') : *text;
    if (std::holds_alternative<Frame>(value))
        return u"DataFrame"_s;
    if (const auto *items = std::get_if<QJsonArray>(&value)) {
        QStringList shown;
        for (const QJsonValue item : *items)
            shown.append(shownValue(valueOf(item), true));
        return u'[' + shown.join(", "_L1) + u']';
    }
    return u"None"_s;
}

NotebookError notUnderstood(const QString &what)
{
    return {u"NotImplementedError"_s,
            u"The sample workspace runs SQL and a few forms of Python, and this is none of them: %1 (it knows "
            "assignments, numbers, texts and f-strings, print, display, raise, spark.sql, spark.table and spark.range "
            "with count, limit, first, collect and show, dbutils.widgets and dbutils.notebook.exit)"_s.arg(
                what.trimmed().section(u'\n', 0, 0).left(120))};
}

} // namespace Sample

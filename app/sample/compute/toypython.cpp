#include "sample/compute/toypython.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QString>

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// A division by zero in an expression.
struct ZeroDivision
{};

/// Code comes from strangers: no recursion without an end.
constexpr int deepest = 50;

/// Recursive descent: sum, product, power, atom.
class Reader
{
public:
    Reader(const QString &text, const QHash<QString, double> &names)
        : m_text(text)
        , m_names(names)
    {}

    std::optional<double> read()
    {
        const double value = sum();
        skipSpace();
        return m_failed || m_at != m_text.size() ? std::nullopt : std::optional(value);
    }

private:
    void skipSpace()
    {
        while (m_at < m_text.size() && m_text.at(m_at).isSpace())
            ++m_at;
    }

    bool take(QLatin1StringView sign)
    {
        skipSpace();
        if (!QStringView(m_text).mid(m_at).startsWith(sign))
            return false;
        m_at += sign.size();
        return true;
    }

    double sum()
    {
        double value = product();
        while (!m_failed) {
            if (take("+"_L1))
                value += product();
            else if (take("-"_L1))
                value -= product();
            else
                break;
        }
        return value;
    }

    double product()
    {
        double value = power();
        while (!m_failed) {
            if (take("//"_L1))
                value = std::floor(value / divisor());
            else if (take("/"_L1))
                value /= divisor();
            else if (take("%"_L1))
                value = std::fmod(value, divisor());
            else if (take("*"_L1))
                value *= power();
            else
                break;
        }
        return value;
    }

    double divisor()
    {
        const double value = power();
        if (!m_failed && value == 0)
            throw ZeroDivision();
        return value;
    }

    double power()
    {
        const double value = atom();
        return take("**"_L1) ? std::pow(value, power()) : value;
    }

    double atom()
    {
        if (++m_depth > deepest)
            m_failed = true;
        if (m_failed)
            return 0;
        if (take("-"_L1))
            return -atom();
        if (take("("_L1)) {
            const double value = sum();
            m_failed = m_failed || !take(")"_L1);
            --m_depth;
            return value;
        }
        skipSpace();
        const qsizetype start = m_at;
        while (m_at < m_text.size() &&
               (m_text.at(m_at).isLetterOrNumber() || m_text.at(m_at) == u'_' || m_text.at(m_at) == u'.'))
            ++m_at;
        const QString word = m_text.mid(start, m_at - start);
        bool isNumber = false;
        const double number = word.toDouble(&isNumber);
        m_failed = !isNumber && !m_names.contains(word);
        --m_depth;
        return isNumber ? number : m_names.value(word);
    }

    const QString m_text;
    const QHash<QString, double> &m_names;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
};

/// The value of +, -, *, /, //, %, ** and parentheses over numbers and named numbers; nothing for any other text.
/// Throws ZeroDivision.
std::optional<double> arithmetic(const QString &text, const QHash<QString, double> &names)
{
    return Reader(text, names).read();
}

constexpr int mostRows = 10'000;

QString anchored(QLatin1StringView pattern)
{
    return QRegularExpression::anchoredPattern(pattern);
}

QJsonObject column(const QString &name, const QString &type)
{
    return {{u"name"_s, name}, {u"type"_s, QString(u'"' + type + u'"')}, {u"metadata"_s, u"{}"_s}};
}

QJsonObject table(const QJsonArray &schema, const QJsonArray &data)
{
    return {{u"resultType"_s, u"table"_s},
            {u"schema"_s, schema},
            {u"data"_s, data},
            {u"truncated"_s, false},
            {u"isJsonSchema"_s, true}};
}

QJsonObject rangeTable(int rows)
{
    QJsonArray data;
    for (int i = 0; i < std::min(rows, mostRows); ++i)
        data.append(QJsonArray{i});
    return table({column(u"id"_s, u"long"_s)}, data);
}

/// What display() of anything else shows.
QJsonObject smallTable()
{
    return table({column(u"region"_s, u"string"_s), column(u"orders"_s, u"long"_s), column(u"amount"_s, u"double"_s)},
                 {QJsonArray{u"north"_s, 12, 1480.5}, QJsonArray{u"south"_s, 9, 977.25},
                  QJsonArray{u"west"_s, QJsonValue(), 310.0}});
}

QJsonObject picture()
{
    return {{u"resultType"_s, u"image"_s},
            {u"fileName"_s,
             u"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
             "WjR9awAAAABJRU5ErkJggg=="_s}};
}

/// As a runtime reports it: colours in the summary as spans, in the traceback as escape sequences.
QJsonObject failure(const QString &type, const QString &message, const QString &line)
{
    const QString escape(QChar(0x1b));
    const QString cause = escape +
                          u"[0;31m---------------------------------------------------------------------------"_s +
                          escape + u"[0m\n"_s + escape + u"[0;31m"_s + type + escape +
                          u"[0m                         Traceback (most recent call last)\nFile "_s + escape +
                          u"[0;32m<command-1>, line 1"_s + escape + u"[0m\n----> 1 "_s + line + u"\n\n"_s + escape +
                          u"[0;31m"_s + type + escape + u"[0m: "_s + message;
    return {{u"resultType"_s, u"error"_s},
            {u"summary"_s, u"<span class=\"ansi-red-fg\">%1</span>: %2"_s.arg(type, message.toHtmlEscaped())},
            {u"cause"_s, cause}};
}

} // namespace

QString ToyPython::printed(const Value &value, bool quoted)
{
    if (const auto *text = std::get_if<QString>(&value))
        return quoted ? QString(u'\'' + *text + u'\'') : *text;
    const double number = std::get<double>(value);
    return number == std::floor(number) && std::abs(number) < 1e15 ? QString::number(qint64(number))
                                                                   : QString::number(number, 'g', 15);
}

ToyPython::Value ToyPython::expression(const QString &text)
{
    static const QRegularExpression literal(anchored("[rf]?(['\"])([^'\"]*)\\1"_L1));
    static const QRegularExpression repeated(anchored("(['\"])([^'\"]*)\\1\\s*\\*\\s*(\\d{1,6})"_L1));
    if (const auto match = literal.match(text); match.hasMatch())
        return match.captured(2).replace("\\n"_L1, "\n"_L1);
    if (const auto match = repeated.match(text); match.hasMatch())
        return match.captured(2).replace("\\n"_L1, "\n"_L1).repeated(match.captured(3).toInt()).left(1'000'000);
    if (const auto known = m_variables.constFind(text); known != m_variables.constEnd())
        return *known;
    QHash<QString, double> numbers;
    for (auto variable = m_variables.cbegin(); variable != m_variables.cend(); ++variable) {
        if (const auto *number = std::get_if<double>(&*variable))
            numbers.insert(variable.key(), *number);
    }
    try {
        if (const std::optional<double> value = arithmetic(text, numbers))
            return *value;
    } catch (const ZeroDivision &) {
        throw Raised{u"ZeroDivisionError"_s, u"division by zero"_s};
    }
    static const QRegularExpression name(anchored("[A-Za-z_]\\w*"_L1));
    if (name.match(text).hasMatch())
        throw Raised{u"NameError"_s, u"name '%1' is not defined"_s.arg(text)};
    return u"(The sample workspace understands a dozen forms of Python, and this is none of them: %1)"_s.arg(text);
}

void ToyPython::statement(const QString &line)
{
    static const QRegularExpression import(anchored("(?:import|from)\\s.*|#.*|%.*"_L1));
    static const QRegularExpression print(anchored("print\\((.*)\\)"_L1));
    static const QRegularExpression raise(anchored("raise\\s+(\\w+)(?:\\((?:['\"](.*)['\"])?\\))?"_L1));
    static const QRegularExpression sleep(anchored("time\\.sleep\\(\\s*([\\d.]+)\\s*\\)"_L1));
    static const QRegularExpression range(
        anchored("(?:display\\()?spark\\.range\\((\\d{1,9})\\)(?:\\)|\\.display\\(\\))"_L1));
    static const QRegularExpression display(anchored("display\\(.*\\)|.*\\.display\\(\\)"_L1));
    static const QRegularExpression assignment(anchored("([A-Za-z_]\\w*)\\s*=\\s*([^=].*)"_L1));

    if (import.match(line).hasMatch())
        return;
    if (const auto match = print.match(line); match.hasMatch())
        m_output.append(printed(expression(match.captured(1).trimmed()), false));
    else if (const auto raised = raise.match(line); raised.hasMatch())
        throw Raised{raised.captured(1), raised.captured(2)};
    else if (const auto slept = sleep.match(line); slept.hasMatch())
        m_seconds += slept.captured(1).toDouble();
    else if (const auto rows = range.match(line); rows.hasMatch())
        m_shown = rangeTable(rows.captured(1).toInt());
    else if (display.match(line).hasMatch())
        m_shown = smallTable();
    else if (line == "plt.show()"_L1)
        m_shown = picture();
    else if (line.startsWith("plt."_L1))
        return;
    else if (const auto set = assignment.match(line); set.hasMatch())
        m_variables.insert(set.captured(1), expression(set.captured(2).trimmed()));
    else
        m_output.append(printed(expression(line), true));
}

ToyRun ToyPython::run(const QString &code)
{
    m_output.clear();
    m_shown = {};
    m_seconds = 0;
    const QStringList lines = code.split(QRegularExpression(u"[\\n;]"_s), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        try {
            if (!line.trimmed().isEmpty())
                statement(line.trimmed());
        } catch (const Raised &raised) {
            return {failure(raised.type, raised.message, line.trimmed()), m_seconds};
        }
    }
    if (!m_shown.isEmpty())
        return {m_shown, m_seconds};
    return {{{u"resultType"_s, u"text"_s}, {u"data"_s, m_output.join(u'\n')}}, m_seconds};
}

} // namespace Sample

#include "sample/notebooks/notebookpython.h"

#include "sample/notebooks/notebookarguments.h"

#include <QRegularExpression>
#include <QStringList>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// How deep in parentheses the text ends, and whether within a text of three quotes. Comments end at their line.
class Nesting
{
public:
    bool isOpen() const { return m_depth > 0 || !m_quote.isEmpty(); }
    int depth() const { return m_depth; }
    bool inQuote() const { return !m_quote.isEmpty(); }

    void read(const QString &text)
    {
        for (qsizetype i = 0; i < text.size(); ++i)
            i += step(text, i);
        if (m_quote.size() == 1)
            m_quote.clear();
    }
    /// Reads what stands at i; returns how much more than a character that was.
    qsizetype step(const QString &text, qsizetype i)
    {
        const QStringView three = QStringView(text).mid(i, 3);
        const QChar one = text.at(i);
        if (!m_quote.isEmpty()) {
            if (one == u'\\')
                return 1;
            if (QStringView(text).mid(i, m_quote.size()) == m_quote)
                return std::exchange(m_quote, QString()).size() - 1;
            return 0;
        }
        if (three == "\"\"\""_L1 || three == "'''"_L1) {
            m_quote = three.toString();
            return 2;
        }
        if (one == u'"' || one == u'\'')
            m_quote = one;
        else if (one == u'#')
            return text.size();
        else if (one == u'(' || one == u'[' || one == u'{')
            ++m_depth;
        else if (one == u')' || one == u']' || one == u'}')
            --m_depth;
        return 0;
    }

private:
    int m_depth = 0;
    QString m_quote;
};

QString withoutComment(const QString &line)
{
    Nesting nesting;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line.at(i) == u'#' && !nesting.inQuote())
            return line.left(i);
        i += nesting.step(line, i);
    }
    return line;
}

QRegularExpression whole(QLatin1StringView pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern),
                              QRegularExpression::DotMatchesEverythingOption);
}

/// The arguments of a call as texts: what is not needed is not evaluated.
NotebookArguments<QString> argumentTexts(const QString &text)
{
    static const QRegularExpression keyword(whole("([A-Za-z_]\\w*)\\s*=(?!=)\\s*(.*)"_L1));
    NotebookArguments<QString> all;
    for (const QString &part : separatedArguments(text)) {
        const QString one = part.trimmed();
        if (const auto match = keyword.match(one); match.hasMatch())
            all.named.append({match.captured(1), match.captured(2)});
        else if (!one.isEmpty() && !all.named.isEmpty())
            throw NotebookError{u"SyntaxError"_s, u"positional argument follows keyword argument"_s};
        else if (!one.isEmpty())
            all.inOrder.append(one);
    }
    return all;
}

} // namespace

/// A form of a statement, and what runs it.
struct NotebookPython::Form
{
    QRegularExpression pattern;
    std::function<void(NotebookPython &, const QRegularExpressionMatch &, CellOutput &)> run;
};

QStringList separatedArguments(const QString &text, QChar sign)
{
    QStringList parts{QString()};
    Nesting nesting;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == sign && !nesting.isOpen()) {
            parts.append(QString());
            continue;
        }
        const qsizetype more = nesting.step(text, i);
        parts.last() += text.mid(i, more + 1);
        i += more;
    }
    return parts;
}

QString NotebookPython::run(const QString &code, CellOutput &output, qsizetype &line)
{
    const QStringList lines = code.split(u'\n');
    QString shown;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        line = i + 1;
        Nesting nesting;
        nesting.read(lines.at(i));
        QString logical = nesting.isOpen() ? lines.at(i) : withoutComment(lines.at(i));
        while (nesting.isOpen() && i + 1 < lines.size()) {
            nesting.read(lines.at(++i));
            logical += u'\n' + lines.at(i);
        }
        if (logical.trimmed().isEmpty())
            continue;
        if (logical.at(0).isSpace())
            throw notUnderstood(logical);
        for (const QString &part : separatedArguments(logical, u';')) {
            if (!part.trimmed().isEmpty())
                shown = statement(part.trimmed(), output);
        }
    }
    return shown;
}

const QList<NotebookPython::Form> &NotebookPython::forms()
{
    using Match = QRegularExpressionMatch;
    const auto nothing = [](NotebookPython &, const Match &, CellOutput &) {};
    static const QList<Form> all{
        {whole("(import|from)\\s.*"_L1),
         [](NotebookPython &python, const Match &match, CellOutput &) { python.import(match.captured()); }},
        {whole("spark\\s*=\\s*SparkSession\\..*|pass"_L1), nothing},
        {whole("plt\\.show\\(.*\\)"_L1),
         [](NotebookPython &, const Match &, CellOutput &output) { output.hasPicture = true; }},
        // What a session is set up by, and what draws before it is shown, does nothing here.
        {whole("%(pip|matplotlib|load_ext|autoreload|config)\\b.*|plt\\..*"_L1), nothing},
        {whole("time\\.sleep\\((.*)\\)"_L1),
         [](NotebookPython &python, const Match &match, CellOutput &output) {
             output.seconds += numberOf(evaluated(match.captured(1), python.m_scope)).value_or(0);
         }},
        {whole("print\\((.*)\\)"_L1), [](NotebookPython &python, const Match &match,
                                         CellOutput &output) { python.print(match.captured(1), output); }},
        {whole("(.*)\\.show\\((.*)\\)"_L1),
         [](NotebookPython &python, const Match &match, CellOutput &output) {
             python.show(match.captured(1), match.captured(2), output);
         }},
        {whole("display\\((.*)\\)|(.*)\\.display\\(\\)"_L1),
         [](NotebookPython &python, const Match &match, CellOutput &output) {
             python.display(match.captured(1) + match.captured(2), output);
         }},
        {whole("raise\\s+(\\w+)(?:\\((.*)\\))?"_L1),
         [](NotebookPython &python, const Match &match, CellOutput &) {
             python.raise(match.captured(1), match.captured(2).trimmed());
         }},
        {whole("dbutils\\.widgets\\.(text|dropdown|combobox|multiselect)\\((.*)\\)"_L1),
         [](NotebookPython &python, const Match &match, CellOutput &) {
             python.makeWidget(match.captured(1), match.captured(2));
         }},
        {whole("([A-Za-z_]\\w*)\\s*(?::\\s*[A-Za-z_][\\w.\\[\\], |]*?)?\\s*([+*-]?)=(?!=)\\s*(.*)"_L1),
         [](NotebookPython &python, const Match &match, CellOutput &) {
             python.assign(match.captured(1), match.captured(2), match.captured(3));
         }},
    };
    return all;
}

QString NotebookPython::statement(const QString &text, CellOutput &output)
{
    for (const Form &form : forms()) {
        if (const auto match = form.pattern.match(text); match.hasMatch()) {
            form.run(*this, match, output);
            return {};
        }
    }
    return expression(text);
}

/// Of "a.b as c" the name c is there then, of "a.b" the name a.
void NotebookPython::import(const QString &text)
{
    static const QRegularExpression form(whole("(?:from\\s+\\S+\\s+)?import\\s+(.*)"_L1));
    static const QRegularExpression noise(u"#[^\\n]*|[()]"_s);
    const QString list = form.match(text).captured(1).remove(noise);
    for (const QString &part : list.split(u',')) {
        const QString one = part.simplified();
        const QString name = one.contains(" as "_L1) ? one.section(u' ', -1) : one.section(u'.', 0, 0);
        if (!name.isEmpty())
            m_scope.names.insert(name, Imported());
    }
}

NotebookValue NotebookPython::argument(const Given &given, const QString &name, const NotebookValue &fallback)
{
    return given.contains(name) ? evaluated(given.value(name), m_scope) : fallback;
}

void NotebookPython::print(const QString &arguments, CellOutput &output)
{
    const NotebookArguments<QString> texts = argumentTexts(arguments);
    QStringList words;
    for (const QString &text : texts.inOrder)
        words.append(shownValue(evaluated(text, m_scope)));
    const Given given = NotebookArguments<QString>{{}, texts.named}.by(u"print"_s, {u"sep"_s, u"end"_s, u"flush"_s});
    const auto word = [&](const QString &name, const QString &usual) {
        const NotebookValue value = argument(given, name, {});
        return std::holds_alternative<std::monostate>(value) ? usual : shownValue(value);
    };
    output.text += words.join(word(u"sep"_s, u" "_s)) + word(u"end"_s, u"\n"_s);
}

/// https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.show.html
void NotebookPython::show(const QString &frame, const QString &arguments, CellOutput &output)
{
    const Given given = argumentTexts(arguments).by(u"show"_s, {u"n"_s, u"truncate"_s});
    const NotebookValue value = evaluated(frame, m_scope);
    const NotebookValue rows = argument(given, u"n"_s, qint64(20));
    const NotebookValue width = argument(given, u"truncate"_s, true);
    if (!std::holds_alternative<Frame>(value) || !std::holds_alternative<qint64>(rows) || !numberOf(width))
        throw notUnderstood(u"%1.show(%2)"_s.arg(frame, arguments));
    QueryRows::Showing how{qsizetype(std::get<qint64>(rows))};
    if (const auto *usual = std::get_if<bool>(&width); !usual || !*usual)
        how.width = qsizetype(*numberOf(width));
    output.text += rowsOf(std::get<Frame>(value), m_scope).asText(how);
}

void NotebookPython::display(const QString &expression, CellOutput &output)
{
    const NotebookValue value = evaluated(expression, m_scope);
    if (const auto *frame = std::get_if<Frame>(&value))
        output.table = rowsOf(*frame, m_scope);
    else
        output.text += shownValue(value) + u'\n';
}

void NotebookPython::raise(const QString &name, const QString &words)
{
    throw NotebookError{name, words.isEmpty() ? QString() : shownValue(evaluated(words, m_scope))};
}

void NotebookPython::makeWidget(const QString &kind, const QString &arguments)
{
    const Given given = argumentTexts(arguments).by(
        u"dbutils.widgets."_s + kind, kind == "text"_L1
                                          ? QStringList{u"name"_s, u"defaultValue"_s, u"label"_s}
                                          : QStringList{u"name"_s, u"defaultValue"_s, u"choices"_s, u"label"_s});
    if (!given.contains(u"name"_s) || !given.contains(u"defaultValue"_s))
        throw notUnderstood(u"dbutils.widgets.%1(%2)"_s.arg(kind, arguments));
    const QString name = shownValue(argument(given, u"name"_s, {}));
    if (!m_scope.parameters.contains(name))
        m_scope.parameters.insert(name, shownValue(argument(given, u"defaultValue"_s, {})));
}

void NotebookPython::assign(const QString &name, const QString &sign, const QString &value)
{
    m_scope.names.insert(name, evaluated(sign.isEmpty() ? value : u"%1 %2 (%3)"_s.arg(name, sign, value), m_scope));
}

QString NotebookPython::expression(const QString &text)
{
    static const QRegularExpression block(u"^(def|class|for|if|while|with|try|assert|lambda|return|async)\\b"_s);
    if (block.match(text).hasMatch())
        throw notUnderstood(text);
    const NotebookValue value = evaluated(text, m_scope);
    // A data frame would be shown by its columns, which is little use.
    if (std::holds_alternative<std::monostate>(value) || std::holds_alternative<Frame>(value))
        return {};
    return shownValue(value, true) + u'\n';
}

} // namespace Sample

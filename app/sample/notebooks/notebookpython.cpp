#include "sample/notebooks/notebookpython.h"

#include <QRegularExpression>
#include <QStringList>

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

} // namespace

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

QString NotebookPython::statement(const QString &text, CellOutput &output)
{
    static const QRegularExpression import(whole("(import|from)\\s.*"_L1));
    static const QRegularExpression session(whole("spark\\s*=\\s*SparkSession\\..*"_L1));
    static const QRegularExpression print(whole("print\\((.*)\\)"_L1));
    static const QRegularExpression display(whole("display\\((.*)\\)|(.*)\\.display\\(\\)"_L1));
    static const QRegularExpression show(whole("(.*)\\.show\\(\\)"_L1));
    static const QRegularExpression raise(whole("raise\\s+(\\w+)(?:\\((.*)\\))?"_L1));
    static const QRegularExpression widget(whole("dbutils\\.widgets\\.(text|dropdown)\\((.*)\\)"_L1));
    static const QRegularExpression assignment(whole("([A-Za-z_]\\w*)\\s*([+*-]?)=(?!=)\\s*(.*)"_L1));

    static const QRegularExpression sleep(whole("time\\.sleep\\((.*)\\)"_L1));
    // What a session is set up by, and what draws before it is shown, does nothing here.
    static const QRegularExpression silent(whole("%(pip|matplotlib|load_ext|autoreload|config)\\b.*|plt\\..*"_L1));

    if (import.match(text).hasMatch() || session.match(text).hasMatch() || text == "pass"_L1)
        return {};
    if (text == "plt.show()"_L1)
        output.hasPicture = true;
    if (silent.match(text).hasMatch())
        return {};
    if (const auto slept = sleep.match(text); slept.hasMatch()) {
        output.seconds += numberOf(evaluated(slept.captured(1), m_scope)).value_or(0);
        return {};
    }
    if (const auto printed = print.match(text); printed.hasMatch()) {
        QStringList words;
        for (const QString &argument : separatedArguments(printed.captured(1))) {
            if (!argument.trimmed().isEmpty())
                words.append(shownValue(evaluated(argument.trimmed(), m_scope)));
        }
        output.text += words.join(u' ') + u'\n';
    } else if (const auto shown = show.match(text); shown.hasMatch()) {
        const NotebookValue value = evaluated(shown.captured(1), m_scope);
        if (!std::holds_alternative<Frame>(value))
            throw notUnderstood(text);
        output.text += rowsOf(std::get<Frame>(value), m_scope).asText();
    } else if (const auto table = display.match(text); table.hasMatch()) {
        const NotebookValue value = evaluated(table.captured(1) + table.captured(2), m_scope);
        if (const auto *frame = std::get_if<Frame>(&value))
            output.table = rowsOf(*frame, m_scope);
        else
            output.text += shownValue(value) + u'\n';
    } else if (const auto raised = raise.match(text); raised.hasMatch()) {
        const QString words = raised.captured(2).trimmed();
        throw NotebookError{raised.captured(1), words.isEmpty() ? QString() : shownValue(evaluated(words, m_scope))};
    } else if (const auto made = widget.match(text); made.hasMatch()) {
        const QStringList given = separatedArguments(made.captured(2));
        const QString name = shownValue(evaluated(given.value(0).trimmed(), m_scope));
        if (!m_scope.parameters.contains(name))
            m_scope.parameters.insert(name, shownValue(evaluated(given.value(1).trimmed(), m_scope)));
    } else if (const auto set = assignment.match(text); set.hasMatch()) {
        const QString sign = set.captured(2);
        const QString value =
            sign.isEmpty() ? set.captured(3) : u"%1 %2 (%3)"_s.arg(set.captured(1), sign, set.captured(3));
        m_scope.names.insert(set.captured(1), evaluated(value, m_scope));
    } else {
        static const QRegularExpression block(u"^(def|class|for|if|while|with|try|assert|lambda|return|async)\\b"_s);
        if (block.match(text).hasMatch())
            throw notUnderstood(text);
        const NotebookValue value = evaluated(text, m_scope);
        // A data frame would be shown by its columns, which is little use.
        if (!std::holds_alternative<std::monostate>(value) && !std::holds_alternative<Frame>(value))
            return shownValue(value, true) + u'\n';
    }
    return {};
}

} // namespace Sample

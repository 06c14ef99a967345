#include "sample/notebooks/notebookexpression.h"

#include "sample/notebooks/notebookcalls.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Value = NotebookValue;

/// Code comes from strangers: no recursion without an end.
constexpr int deepest = 40;

/// A name that Python or the runtime gives to every notebook: it is never "not defined".
bool isGiven(const QString &name)
{
    static const QSet<QString> words{
        u"spark"_s,    u"sc"_s,     u"sqlContext"_s, u"dbutils"_s, u"display"_s,   u"displayHTML"_s, u"table"_s,
        u"sql"_s,      u"print"_s,  u"len"_s,        u"int"_s,     u"float"_s,     u"str"_s,         u"bool"_s,
        u"bytes"_s,    u"list"_s,   u"dict"_s,       u"set"_s,     u"tuple"_s,     u"object"_s,      u"type"_s,
        u"range"_s,    u"zip"_s,    u"map"_s,        u"filter"_s,  u"sorted"_s,    u"sum"_s,         u"min"_s,
        u"max"_s,      u"abs"_s,    u"any"_s,        u"all"_s,     u"enumerate"_s, u"round"_s,       u"isinstance"_s,
        u"open"_s,     u"input"_s,  u"repr"_s,       u"iter"_s,    u"next"_s,      u"getattr"_s,     u"Exception"_s,
        u"__name__"_s, u"lambda"_s, u"not"_s,        u"await"_s,   u"yield"_s,     u"del"_s,         u"break"_s,
        u"continue"_s, u"global"_s, u"nonlocal"_s,   u"return"_s,  u"assert"_s,    u"raise"_s,       u"_"_s};
    return words.contains(name);
}

/// What stands between the quotes, its escape sequences read. Throws notUnderstood for the rarer ones.
QString unescaped(const QString &text)
{
    static const QHash<QChar, QString> known{{u'n', u"\n"_s}, {u't', u"\t"_s}, {u'r', u"\r"_s},   {u'\\', u"\\"_s},
                                             {u'\'', u"'"_s}, {u'"', u"\""_s}, {u'\n', QString()}};
    QString read;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != u'\\') {
            read += text.at(i);
            continue;
        }
        const QString sequence = text.mid(i, 2);
        const auto meant = known.constFind(text.mid(++i, 1).isEmpty() ? QChar() : text.at(i));
        if (meant == known.cend())
            throw notUnderstood(sequence);
        read += *meant;
    }
    return read;
}

/// Recursive descent: sum, product, what stands behind an atom, atom.
class Expression
{
public:
    /// What Checks reads the expression and evaluates nothing: a name that is not there is no error of the code
    /// before it is known that the rest is understood, as in sum(x for x in all).
    enum class Does { Evaluates, Checks };

    Expression(const QString &text, NotebookScope &scope, int depth, Does does)
        : m_text(text)
        , m_scope(scope)
        , m_depth(depth)
        , m_does(does)
    {}

    Value whole()
    {
        const Value value = sum();
        skipSpace();
        if (m_at != m_text.size())
            throw notUnderstood(m_text);
        return value;
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
    QString word()
    {
        skipSpace();
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && (m_text.at(m_at).isLetterOrNumber() || m_text.at(m_at) == u'_'))
            ++m_at;
        return m_text.mid(begin, m_at - begin);
    }

    bool checks() const { return m_does == Does::Checks; }
    Value combined(QChar sign, const Value &left, const Value &right) const
    {
        return checks() ? Value() : calculated(sign, left, right);
    }

    Value sum()
    {
        if (++m_depth > deepest)
            throw notUnderstood(m_text);
        Value value = product();
        while (true) {
            if (take("+"_L1))
                value = combined(u'+', value, product());
            else if (take("-"_L1))
                value = combined(u'-', value, product());
            else
                break;
        }
        --m_depth;
        return value;
    }

    Value product()
    {
        Value value = signedAtom();
        while (true) {
            if (take("*"_L1))
                value = combined(u'*', value, signedAtom());
            else if (take("//"_L1))
                value = combined(u'|', value, signedAtom());
            else if (take("/"_L1))
                value = combined(u'/', value, signedAtom());
            else if (take("%"_L1))
                value = combined(u'%', value, signedAtom());
            else
                return value;
        }
    }

    Value signedAtom()
    {
        bool isNegative = false;
        while (take("-"_L1))
            isNegative = !isNegative;
        Value value = behind(atom());
        if (take("**"_L1))
            value = combined(u'^', value, signedAtom());
        return isNegative ? combined(u'-', qint64(0), value) : value;
    }

    Value behind(Value value)
    {
        while (true) {
            if (take("["_L1)) {
                const Value index = sum();
                if (!take("]"_L1))
                    throw notUnderstood(m_text);
                value = checks() ? Value() : item(value, index);
            } else if (take("."_L1)) {
                const QString name = word();
                if (!take("("_L1))
                    throw notUnderstood(m_text);
                const NotebookArguments<Value> given = arguments();
                value = checks() ? Value() : notebookMethod(value, name, given, m_scope);
            } else {
                return value;
            }
        }
    }

    Value item(const Value &value, const Value &index) const
    {
        const auto *at = std::get_if<qint64>(&index);
        const auto *items = std::get_if<QJsonArray>(&value);
        if (!at || !items)
            throw notUnderstood(m_text);
        const qint64 place = *at < 0 ? *at + items->size() : *at;
        if (place < 0 || place >= items->size())
            throw NotebookError{u"IndexError"_s, u"list index out of range"_s};
        return valueOf(items->at(place));
    }

    NotebookArguments<Value> arguments()
    {
        static const QRegularExpression keyword(u"\\s*([A-Za-z_]\\w*)\\s*=(?!=)"_s);
        NotebookArguments<Value> all;
        while (!take(")"_L1)) {
            const auto match = keyword.match(m_text, m_at, QRegularExpression::NormalMatch,
                                             QRegularExpression::AnchorAtOffsetMatchOption);
            m_at += match.capturedLength();
            if (match.hasMatch())
                all.named.append({match.captured(1), sum()});
            else if (all.named.isEmpty())
                all.inOrder.append(sum());
            else
                throw NotebookError{u"SyntaxError"_s, u"positional argument follows keyword argument"_s};
            if (take(")"_L1))
                break;
            if (!take(","_L1))
                throw notUnderstood(m_text);
        }
        return all;
    }

    Value atom()
    {
        skipSpace();
        if (take("("_L1)) {
            const Value value = sum();
            if (!take(")"_L1))
                throw notUnderstood(m_text);
            return value;
        }
        static const QRegularExpression number(u"\\d+(\\.\\d+)?(e[+-]?\\d+)?"_s);
        const auto opts = QRegularExpression::AnchorAtOffsetMatchOption;
        if (const auto match = number.match(m_text, m_at, QRegularExpression::NormalMatch, opts); match.hasMatch()) {
            m_at += match.capturedLength();
            return match.capturedLength(1) + match.capturedLength(2) > 0 ? Value(match.captured().toDouble())
                                                                         : Value(match.captured().toLongLong());
        }
        static const QRegularExpression text(
            u"([fr]?)(\"\"\"([\\s\\S]*?)\"\"\"|'''([\\s\\S]*?)'''|\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)')"_s);
        if (const auto match = text.match(m_text, m_at, QRegularExpression::NormalMatch, opts); match.hasMatch()) {
            m_at += match.capturedLength();
            QString inside = match.captured(3) + match.captured(4) + match.captured(5) + match.captured(6);
            if (match.captured(1) != "r"_L1)
                inside = unescaped(inside);
            return match.captured(1) == "f"_L1 ? interpolated(inside) : Value(inside);
        }
        QString name = word();
        if (name.isEmpty())
            throw notUnderstood(m_text);
        const auto known = m_scope.names.constFind(name);
        const bool isImported = known != m_scope.names.cend() && std::holds_alternative<Imported>(*known);
        if (known != m_scope.names.cend() && !isImported)
            return *known;
        static const QHash<QString, Value> constants{{u"None"_s, {}}, {u"True"_s, true}, {u"False"_s, false}};
        if (const auto constant = constants.constFind(name); constant != constants.cend())
            return *constant;
        while (name.size() < 60 && take("."_L1))
            name += u'.' + word();
        if (take("("_L1)) {
            const NotebookArguments<Value> given = arguments();
            return checks() ? Value() : notebookCall(name, given, m_scope);
        }
        if (name.contains(u'.') || isImported || isGiven(name) || m_scope.names.contains(u"*"_s))
            throw notUnderstood(m_text);
        if (checks())
            return {};
        throw NotebookError{u"NameError"_s, u"name '%1' is not defined"_s.arg(name)};
    }

    QString interpolated(const QString &form)
    {
        QString filled;
        for (qsizetype i = 0; i < form.size(); ++i) {
            if (form.mid(i, 2) == "{{"_L1 || form.mid(i, 2) == "}}"_L1) {
                filled += form.at(i++);
            } else if (form.at(i) == u'{') {
                const qsizetype end = form.indexOf(u'}', i);
                if (end < 0)
                    throw NotebookError{u"SyntaxError"_s, u"f-string: expecting '}'"_s};
                const QString inside = form.mid(i + 1, end - i - 1);
                const qsizetype colon = inside.indexOf(u':');
                const Value value = Expression(inside.left(colon), m_scope, m_depth + 1, m_does).whole();
                if (!checks())
                    filled += colon < 0 ? shownValue(value) : formatted(value, inside.mid(colon + 1));
                i = end;
            } else {
                filled += form.at(i);
            }
        }
        return filled;
    }

    QString formatted(const Value &value, const QString &format) const
    {
        static const QRegularExpression known(u"^(,?)(?:\\.(\\d)f)?$"_s);
        const auto match = known.match(format);
        const auto number = numberOf(value);
        if (!match.hasMatch() || !number)
            throw notUnderstood(m_text);
        QString text =
            match.capturedLength(2) > 0 ? QString::number(*number, 'f', match.captured(2).toInt()) : shownValue(value);
        if (match.capturedLength(1) > 0) {
            const qsizetype point = text.contains(u'.') ? text.indexOf(u'.') : text.size();
            for (qsizetype i = point - 3; i > (text.startsWith(u'-') ? 1 : 0); i -= 3)
                text.insert(i, u',');
        }
        return text;
    }

    const QString m_text;
    NotebookScope &m_scope;
    int m_depth;
    const Does m_does;
    qsizetype m_at = 0;
};

} // namespace

NotebookValue evaluated(const QString &expression, NotebookScope &scope)
{
    Expression(expression, scope, 0, Expression::Does::Checks).whole();
    return Expression(expression, scope, 0, Expression::Does::Evaluates).whole();
}

QueryRows rowsOf(const Frame &frame, NotebookScope &scope)
{
    if (frame.rows)
        return *frame.rows;
    QueryRows rows = scope.answers.next(frame.sql);
    if (!rows.failure.isEmpty())
        throw NotebookError{u"AnalysisException"_s, rows.failure};
    return rows;
}

} // namespace Sample

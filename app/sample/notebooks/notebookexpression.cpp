#include "sample/notebooks/notebookexpression.h"

#include "sample/notebooks/notebookcalls.h"

#include <QRegularExpression>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Value = NotebookValue;

/// Code comes from strangers: no recursion without an end.
constexpr int deepest = 40;

/// Recursive descent: sum, product, what stands behind an atom, atom.
class Expression
{
public:
    Expression(const QString &text, NotebookScope &scope, int depth)
        : m_text(text)
        , m_scope(scope)
        , m_depth(depth)
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

    Value sum()
    {
        if (++m_depth > deepest)
            throw notUnderstood(m_text);
        Value value = product();
        while (true) {
            if (take("+"_L1))
                value = calculated(u'+', value, product());
            else if (take("-"_L1))
                value = calculated(u'-', value, product());
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
                value = calculated(u'*', value, signedAtom());
            else if (take("//"_L1))
                value = calculated(u'|', value, signedAtom());
            else if (take("/"_L1))
                value = calculated(u'/', value, signedAtom());
            else if (take("%"_L1))
                value = calculated(u'%', value, signedAtom());
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
            value = calculated(u'^', value, signedAtom());
        return isNegative ? calculated(u'-', qint64(0), value) : value;
    }

    Value behind(Value value)
    {
        while (true) {
            if (take("["_L1)) {
                const Value index = sum();
                const auto *at = std::get_if<qint64>(&index);
                const auto *items = std::get_if<QJsonArray>(&value);
                if (!take("]"_L1) || !at || !items)
                    throw notUnderstood(m_text);
                if (*at < 0 || *at >= items->size())
                    throw NotebookError{u"IndexError"_s, u"list index out of range"_s};
                value = valueOf(items->at(*at));
            } else if (take("."_L1)) {
                const QString name = word();
                if (!take("("_L1))
                    throw notUnderstood(m_text);
                value = notebookMethod(value, name, arguments(), m_scope);
            } else {
                return value;
            }
        }
    }

    QList<Value> arguments()
    {
        QList<Value> all;
        if (take(")"_L1))
            return all;
        do
            all.append(sum());
        while (take(","_L1));
        if (!take(")"_L1))
            throw notUnderstood(m_text);
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
                inside.replace("\\n"_L1, "\n"_L1).replace("\\\""_L1, "\""_L1).replace("\\'"_L1, "'"_L1);
            return match.captured(1) == "f"_L1 ? interpolated(inside) : Value(inside);
        }
        QString name = word();
        if (name.isEmpty())
            throw notUnderstood(m_text);
        if (const auto known = m_scope.names.constFind(name); known != m_scope.names.cend())
            return *known;
        if (name == "None"_L1)
            return {};
        while (name.size() < 60 && take("."_L1))
            name += u'.' + word();
        if (take("("_L1))
            return notebookCall(name, arguments(), m_scope);
        if (name.contains(u'.'))
            throw notUnderstood(m_text);
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
                const Value value = Expression(inside.left(colon), m_scope, m_depth + 1).whole();
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
    qsizetype m_at = 0;
};

} // namespace

NotebookValue evaluated(const QString &expression, NotebookScope &scope)
{
    return Expression(expression, scope, 0).whole();
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

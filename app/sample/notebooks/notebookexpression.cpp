#include "sample/notebooks/notebookvalue.h"

#include <QRegularExpression>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Value = NotebookValue;

/// Code comes from strangers: no recursion without an end.
constexpr int deepest = 40;

NotebookError error(const QString &name, const QString &message)
{
    return {name, message};
}

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
            if (take("**"_L1))
                throw notUnderstood(m_text);
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
        const Value value = behind(atom());
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
                    throw error(u"IndexError"_s, u"list index out of range"_s);
                value = valueOf(items->at(*at));
            } else if (take("."_L1)) {
                const QString name = word();
                if (!take("("_L1))
                    throw notUnderstood(m_text);
                value = method(value, name, arguments());
            } else {
                return value;
            }
        }
    }

    Value method(const Value &value, const QString &name, const QList<Value> &given)
    {
        if (const auto *frame = std::get_if<Frame>(&value)) {
            const qint64 *count = given.isEmpty() ? nullptr : std::get_if<qint64>(&given.first());
            if (name == "count"_L1 && !frame->rows)
                return valueOf(rowsOf({u"SELECT count(*) FROM (%1)"_s.arg(frame->sql)}, m_scope).first());
            if (name == "count"_L1)
                return qint64(frame->rows->rows.size());
            if (name == "limit"_L1 && count && !frame->rows)
                return Frame{u"SELECT * FROM (%1) LIMIT %2"_s.arg(frame->sql).arg(*count)};
            if (name == "collect"_L1)
                return rowsOf(*frame, m_scope).rows;
            if (name == "first"_L1)
                return valueOf(rowsOf(*frame, m_scope).rows.at(0));
            if (name == "cache"_L1 || name == "toPandas"_L1)
                return value;
        }
        if (const auto *text = std::get_if<QString>(&value); text && given.isEmpty()) {
            if (name == "upper"_L1)
                return text->toUpper();
            if (name == "lower"_L1)
                return text->toLower();
            if (name == "strip"_L1)
                return text->trimmed();
        }
        throw notUnderstood(m_text);
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
            return called(name, arguments());
        if (name.contains(u'.'))
            throw notUnderstood(m_text);
        throw error(u"NameError"_s, u"name '%1' is not defined"_s.arg(name));
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
                    throw error(u"SyntaxError"_s, u"f-string: expecting '}'"_s);
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

    Value called(const QString &name, const QList<Value> &given)
    {
        const QString text = given.isEmpty() ? QString() : shownValue(given.first());
        const bool one = given.size() == 1;
        if (name == "spark.sql"_L1 && one)
            return sqlFrame(text);
        if ((name == "spark.table"_L1 || name == "spark.read.table"_L1) && one)
            return Frame{u"SELECT * FROM "_s + text};
        if (name == "spark.range"_L1 && one)
            return Frame{u"SELECT id FROM range(%1)"_s.arg(qMin<qint64>(text.toLongLong(), QueryRows::Most))};
        if (name == "dbutils.widgets.get"_L1 && one) {
            if (!m_scope.parameters.contains(text))
                throw error(u"InputWidgetNotDefined"_s, u"No input widget named %1 is defined"_s.arg(text));
            return m_scope.parameters.value(text).toString();
        }
        if (name == "dbutils.notebook.exit"_L1 && one)
            throw NotebookExit{text};
        if (name == "str"_L1 && one)
            return text;
        if (name == "len"_L1 && one && std::holds_alternative<QJsonArray>(given.first()))
            return qint64(std::get<QJsonArray>(given.first()).size());
        if ((name == "int"_L1 || name == "float"_L1) && one)
            return converted(name, given.first());
        if (name == "round"_L1 && !given.isEmpty() && numberOf(given.first())) {
            const double factor = std::pow(10, given.size() > 1 ? numberOf(given.at(1)).value_or(0) : 0);
            const double rounded = std::round(*numberOf(given.first()) * factor) / factor;
            return given.size() > 1 ? Value(rounded) : Value(qint64(rounded));
        }
        throw notUnderstood(name + u"(…)"_s);
    }

    static Value converted(const QString &name, const Value &value)
    {
        bool isNumber = true;
        const double number = numberOf(value) ? *numberOf(value) : shownValue(value).toDouble(&isNumber);
        if (!isNumber)
            throw error(u"ValueError"_s, u"could not convert to %1: %2"_s.arg(name, shownValue(value, true)));
        return name == "int"_L1 ? Value(qint64(number)) : Value(number);
    }

    /// A statement that is no query runs at once.
    Value sqlFrame(const QString &sql)
    {
        static const QRegularExpression query(u"^\\s*(select|with|values|table|show|describe)\\b"_s,
                                              QRegularExpression::CaseInsensitiveOption);
        Frame frame{sql.trimmed()};
        if (!query.match(sql).hasMatch())
            frame.rows = rowsOf(frame, m_scope);
        return frame;
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

} // namespace Sample

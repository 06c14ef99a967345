#include "sample/sql/expressions/expressiontype.h"

#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr int MostDigits = 38;

/// A number's type. What is no decimal and can be taken for one has the digits that it would have.
struct Type
{
    enum class Kind { Nothing, Whole, Decimal, Double };

    Kind kind = Kind::Nothing; ///< NULL, or not a number
    int precision = 0;
    int scale = 0;
};

using Kind = Type::Kind;

/// Digits before the point go first when there are too many.
Type decimal(int precision, int scale)
{
    if (precision > MostDigits) {
        scale = std::max(MostDigits - (precision - scale), std::min(scale, 6));
        precision = MostDigits;
    }
    return {Kind::Decimal, precision, scale};
}

Type namedType(const QString &text)
{
    static const QHash<QString, int> digits{{u"tinyint"_s, 3}, {u"smallint"_s, 5}, {u"int"_s, 10}, {u"bigint"_s, 20}};
    if (text.startsWith("decimal("_L1))
        return {Kind::Decimal, text.section(u'(', 1).section(u',', 0, 0).toInt(),
                text.section(u',', 1).chopped(1).toInt()};
    if (text == "double"_L1 || text == "float"_L1)
        return {Kind::Double};
    return digits.contains(text) ? Type{Kind::Whole, digits.value(text), 0} : Type();
}

Type literal(const QString &text)
{
    if (text.contains(u'e', Qt::CaseInsensitive))
        return {Kind::Double};
    const int scale = text.contains(u'.') ? static_cast<int>(text.section(u'.', 1).size()) : 0;
    const int precision = static_cast<int>(QString(text).remove(u'.').size());
    return {scale > 0 ? Kind::Decimal : Kind::Whole, precision, scale};
}

Type calculated(const QString &sign, const Type &a, const Type &b)
{
    if (a.kind == Kind::Nothing || b.kind == Kind::Nothing)
        return {};
    if (a.kind == Kind::Double || b.kind == Kind::Double)
        return {Kind::Double};
    if (a.kind == Kind::Whole && b.kind == Kind::Whole)
        return sign == "/"_L1 ? Type{Kind::Double} : Type{Kind::Whole, std::max(a.precision, b.precision), 0};
    const int scale = std::max(a.scale, b.scale);
    const int before = std::max(a.precision - a.scale, b.precision - b.scale);
    if (sign == "*"_L1)
        return decimal(a.precision + b.precision + 1, a.scale + b.scale);
    if (sign == "/"_L1) {
        const int digits = std::max(6, a.scale + b.precision + 1);
        return decimal(a.precision - a.scale + b.scale + digits, digits);
    }
    if (sign == "%"_L1)
        return decimal(std::min(a.precision - a.scale, b.precision - b.scale) + scale, scale);
    return decimal(before + scale + 1, scale);
}

/// What takes either.
Type wider(const Type &a, const Type &b)
{
    if (a.kind == Kind::Nothing || b.kind == Kind::Nothing)
        return a.kind == Kind::Nothing ? b : a;
    if (a.kind == Kind::Double || b.kind == Kind::Double)
        return {Kind::Double};
    const int scale = std::max(a.scale, b.scale);
    const int before = std::max(a.precision - a.scale, b.precision - b.scale);
    return {a.kind == b.kind ? a.kind : Kind::Decimal, std::min(before + scale, MostDigits), scale};
}

/// Thrown for a form that is not read.
struct Unread
{};

class Reader
{
public:
    Reader(const SqlTokens &tokens, const ColumnTypes &columns, int depth)
        : m_tokens(tokens)
        , m_columns(columns)
        , m_depth(depth)
    {
        if (depth > 30)
            throw Unread();
    }

    Type whole()
    {
        const Type type = sum();
        if (m_at != m_tokens.size())
            throw Unread();
        return type;
    }

private:
    bool symbol(QLatin1StringView text) const { return m_at < m_tokens.size() && m_tokens.at(m_at).isSymbol(text); }
    Type inside(const SqlTokens &tokens) const { return Reader(tokens, m_columns, m_depth + 1).whole(); }

    Type sum()
    {
        Type type = product();
        while (symbol("+"_L1) || symbol("-"_L1)) {
            const QString sign = m_tokens.at(m_at++).text;
            type = calculated(sign, type, product());
        }
        return type;
    }

    Type product()
    {
        Type type = atom();
        while (symbol("*"_L1) || symbol("/"_L1) || symbol("%"_L1)) {
            const QString sign = m_tokens.at(m_at++).text;
            type = calculated(sign, type, atom());
        }
        return type;
    }

    Type atom()
    {
        if (m_at >= m_tokens.size())
            throw Unread();
        const SqlToken token = m_tokens.at(m_at);
        if (token.isSymbol("-"_L1)) {
            ++m_at;
            return atom();
        }
        if (token.isSymbol("("_L1))
            return inside(parenthesized(m_tokens, m_at));
        if (token.kind == SqlToken::Kind::Number) {
            ++m_at;
            return literal(token.text);
        }
        if (token.isWord("CASE"_L1))
            return choice();
        if (token.isWord("NULL"_L1)) {
            ++m_at;
            return {};
        }
        if (!token.isIdentifier())
            throw Unread();
        if (m_at + 1 < m_tokens.size() && m_tokens.at(m_at + 1).isSymbol("("_L1))
            return call(token.text.toLower());
        return namedType(m_columns(readName(m_tokens, m_at).last()));
    }

    /// CASE … THEN a … ELSE b END
    Type choice()
    {
        Type type;
        int depth = 0;
        qsizetype begin = -1;
        for (++m_at; m_at < m_tokens.size(); ++m_at) {
            const SqlToken &token = m_tokens.at(m_at);
            const bool ends = token.isWord("WHEN"_L1) || token.isWord("ELSE"_L1) || token.isWord("END"_L1);
            if (depth == 0 && ends && begin >= 0) {
                type = wider(type, inside(m_tokens.mid(begin, m_at - begin)));
                begin = -1;
            }
            if (depth == 0 && token.isWord("END"_L1)) {
                ++m_at;
                return type;
            }
            if (depth == 0 && (token.isWord("THEN"_L1) || token.isWord("ELSE"_L1)))
                begin = m_at + 1;
            depth += token.isSymbol("("_L1) || token.isWord("CASE"_L1)  ? 1
                     : token.isSymbol(")"_L1) || token.isWord("END"_L1) ? -1
                                                                        : 0;
        }
        throw Unread();
    }

    Type call(const QString &function)
    {
        SqlTokens given = parenthesized(m_tokens, ++m_at);
        while (m_at + 1 < m_tokens.size() && m_tokens.at(m_at + 1).isSymbol("("_L1) &&
               (m_tokens.at(m_at).isWord("OVER"_L1) || m_tokens.at(m_at).isWord("FILTER"_L1)))
            parenthesized(m_tokens, ++m_at);
        if (function == "cast"_L1 || function == "try_cast"_L1) {
            qsizetype as = given.size() - 1;
            while (as > 0 && !given.at(as).isWord("AS"_L1))
                --as;
            return namedType(readType(given, ++as));
        }
        if (!given.isEmpty() && given.first().isWord("DISTINCT"_L1))
            given.removeFirst();
        const QList<SqlTokens> arguments = separated(given);
        static const QSet<QString> same{u"min"_s, u"max"_s, u"any_value"_s, u"first"_s,
                                        u"abs"_s, u"lag"_s, u"lead"_s,      u"nullif"_s};
        static const QSet<QString> anyOf{u"coalesce"_s, u"nvl"_s, u"ifnull"_s, u"greatest"_s, u"least"_s};
        if (anyOf.contains(function)) {
            Type type;
            for (const SqlTokens &argument : arguments)
                type = wider(type, inside(argument));
            return type;
        }
        if (same.contains(function))
            return inside(arguments.first());
        if (function == "sum"_L1 || function == "avg"_L1 || function == "mean"_L1 || function == "round"_L1)
            return reduced(function, inside(arguments.first()), arguments);
        throw Unread();
    }

    static Type reduced(const QString &function, const Type &type, const QList<SqlTokens> &arguments)
    {
        if (type.kind != Kind::Decimal)
            return type.kind == Kind::Whole && function != "sum"_L1 && function != "round"_L1 ? Type{Kind::Double}
                                                                                              : type;
        if (function == "sum"_L1)
            return {Kind::Decimal, std::min(type.precision + 10, MostDigits), type.scale};
        if (function != "round"_L1)
            return decimal(type.precision + 4, type.scale + 4);
        const int digits = arguments.size() > 1 ? arguments.at(1).value(0).text.toInt() : 0;
        const int scale = std::min(type.scale, digits);
        return {Kind::Decimal, std::min(type.precision - type.scale + 1 + scale, MostDigits), scale};
    }

    const SqlTokens m_tokens;
    const ColumnTypes &m_columns;
    const int m_depth;
    qsizetype m_at = 0;
};

} // namespace

QString decimalTypeOf(const SqlTokens &expression, const ColumnTypes &columns)
{
    try {
        const Type type = Reader(expression, columns, 0).whole();
        if (type.kind == Kind::Decimal)
            return u"decimal(%1,%2)"_s.arg(type.precision).arg(type.scale);
    } catch (const Unread &) {
        return {};
    } catch (const SqlFailure &) {
        return {};
    }
    return {};
}

} // namespace Sample

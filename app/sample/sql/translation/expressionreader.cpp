#include "sample/sql/translation/expressionreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/expressions/operators.h"
#include "sample/sql/functions/functions.h"
#include "sample/sql/queries/subqueries.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/translation/atomreader.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Of a + b + c …; reading more takes long.
constexpr int MostTerms = 500;

} // namespace

SqlValue ExpressionReader::whole()
{
    const SqlValue value = expression();
    requireEnd();
    return value;
}

QList<SqlValue> ExpressionReader::list()
{
    QList<SqlValue> values;
    while (!isAtEnd()) {
        values.append(expression());
        if (!isAtEnd() && (!takesSymbol(","_L1) || isAtEnd()))
            refuse();
    }
    return values;
}

SqlValue ExpressionReader::expression()
{
    QList<SqlValue> values{conjunction()};
    while (takesWord("OR"_L1))
        values.append(conjunction());
    return values.size() == 1 ? values.first() : combined(u"OR"_s, values);
}

SqlValue ExpressionReader::conjunction()
{
    QList<SqlValue> values{negation()};
    while (takesWord("AND"_L1))
        values.append(negation());
    return values.size() == 1 ? values.first() : combined(u"AND"_s, values);
}

SqlValue ExpressionReader::negation()
{
    const Nesting nesting(m_context.statement);
    if (takesWord("NOT"_L1) || takesSymbol("!"_L1))
        return truth(u"(NOT $1)"_s, {negation()});
    return predicate();
}

SqlValue ExpressionReader::predicate()
{
    static const QStringList signs{u"="_s, u"=="_s, u"<=>"_s, u"<>"_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s};
    if (const auto row = rowInQuery())
        return *row;
    SqlValue left = operand();
    while (!isAtEnd()) {
        if (const QString sign = takenSymbol(signs); !sign.isEmpty()) {
            left = compared(sign, left, operand());
            continue;
        }
        const qsizetype before = m_at;
        const bool isNegated = takesWord("NOT"_L1);
        const auto behind = predicateBehind(left);
        if (!behind) {
            m_at = before;
            break;
        }
        left = isNegated ? truth(u"(NOT $1)"_s, {*behind}) : *behind;
    }
    return left;
}

std::optional<SqlValue> ExpressionReader::predicateBehind(const SqlValue &left)
{
    struct Word
    {
        QLatin1StringView word;
        SqlValue (ExpressionReader::*read)(const SqlValue &left);
    };
    static constexpr Word words[] = {
        {"IS"_L1, &ExpressionReader::isWhat},      {"BETWEEN"_L1, &ExpressionReader::isBetween},
        {"IN"_L1, &ExpressionReader::isIn},        {"LIKE"_L1, &ExpressionReader::isLike},
        {"ILIKE"_L1, &ExpressionReader::isIlike},  {"RLIKE"_L1, &ExpressionReader::isRlike},
        {"REGEXP"_L1, &ExpressionReader::isRlike},
    };
    for (const Word &one : words) {
        if (takesWord(one.word))
            return (this->*one.read)(left);
    }
    return std::nullopt;
}

/// IS [NOT] NULL, TRUE, FALSE, DISTINCT FROM …
SqlValue ExpressionReader::isWhat(const SqlValue &left)
{
    const QString isnt = takesWord("NOT"_L1) ? u" IS NOT "_s : u" IS "_s;
    if (takesWord("NULL"_L1))
        return computed(u'(' + left.sql + isnt + u"NULL)"_s, u"boolean"_s, {left});
    if (takesWords({"DISTINCT"_L1, "FROM"_L1})) {
        const SqlValue same = compared(u"<=>"_s, left, operand());
        return isnt == " IS "_L1 ? truth(u"(NOT $1)"_s, {same}) : same;
    }
    for (const auto &[word, value] : {std::pair("TRUE"_L1, u"1)"_s), std::pair("FALSE"_L1, u"0)"_s)}) {
        if (takesWord(word))
            return truth(u"($1"_s + isnt + value, {left});
    }
    refuse();
}

SqlValue ExpressionReader::isBetween(const SqlValue &left)
{
    const SqlValue least = operand();
    if (!takesWord("AND"_L1))
        refuse();
    return combined(u"AND"_s, {compared(u">="_s, left, least), compared(u"<="_s, left, operand())});
}

SqlValue ExpressionReader::isIn(const SqlValue &left)
{
    const SqlTokens tokens = takenBrackets();
    if (isQuery(tokens))
        return membership({left}, tokens, m_context);
    const QList<SqlValue> all = alike(QList<SqlValue>{left} + ExpressionReader(tokens, m_context).list());
    QStringList listed;
    for (const SqlValue &value : all.mid(1))
        listed.append(value.sql);
    if (listed.isEmpty())
        refuse();
    return computed(u"(%1 IN (%2))"_s.arg(all.first().sql, listed.join(", "_L1)), u"boolean"_s, all);
}

/// (a, b) IN (SELECT …)
std::optional<SqlValue> ExpressionReader::rowInQuery()
{
    if (!isSymbol("("_L1))
        return std::nullopt;
    qsizetype behind = m_at;
    const SqlTokens row = parenthesized(m_tokens, behind);
    const bool isNegated = takes(m_tokens, behind, {"NOT"_L1});
    if (isQuery(row) || !takes(m_tokens, behind, {"IN"_L1}) || !m_tokens.value(behind).isSymbol("("_L1))
        return std::nullopt;
    const QList<SqlValue> values = ExpressionReader(row, m_context).list();
    if (values.size() < 2)
        return std::nullopt;
    m_at = behind;
    const SqlTokens tokens = takenBrackets();
    if (!isQuery(tokens))
        throw SqlFailure::unsupported(u"IN with a list of rows"_s);
    const SqlValue found = membership(values, tokens, m_context);
    return isNegated ? truth(u"(NOT $1)"_s, {found}) : found;
}

/// SQLite has no character that escapes % and _, where Databricks has the backslash.
SqlValue ExpressionReader::likePattern(const SqlValue &left, const SqlValue &pattern)
{
    QString escape = u"'\\'"_s;
    if (takesWord("ESCAPE"_L1)) {
        if (ahead(0).kind != SqlToken::Kind::Text || ahead(0).text.size() != 1)
            refuse();
        escape = inSqlite(m_tokens.at(m_at++));
    }
    const QList<SqlValue> texts{coerced(left, u"string"_s), coerced(pattern, u"string"_s)};
    return computed(filled(u"($1 LIKE $2 ESCAPE "_s + escape + u')', texts), u"boolean"_s, texts);
}

void ExpressionReader::refuseQuantifier() const
{
    for (const auto word : {"ANY"_L1, "ALL"_L1, "SOME"_L1}) {
        if (is(word))
            throw SqlFailure::unsupported(u"LIKE "_s + QString(word));
    }
}

SqlValue ExpressionReader::isLike(const SqlValue &left)
{
    refuseQuantifier();
    return likePattern(left, operand());
}

SqlValue ExpressionReader::isIlike(const SqlValue &left)
{
    refuseQuantifier();
    const auto lower = [](const SqlValue &value) {
        return value.isLiteral ? textValue(value.literal.toLower()) : called({u"lower"_s, {value}});
    };
    return likePattern(lower(left), lower(operand()));
}

SqlValue ExpressionReader::isRlike(const SqlValue &left)
{
    refuseQuantifier();
    const SqlValue pattern = operand();
    if (pattern.isLiteral && !QRegularExpression(pattern.literal).isValid()) {
        throw SqlFailure(u"INVALID_PARAMETER_VALUE.PATTERN"_s,
                         u"The value of the pattern is invalid: '%1'."_s.arg(pattern.literal), u"22023"_s);
    }
    return called({u"rlike"_s, {left, pattern}});
}

SqlValue ExpressionReader::operand()
{
    SqlValue value = sum();
    QString first;
    while (true) {
        const QString sign = takenSymbol({u"&"_s, u"|"_s, u"^"_s});
        if (sign.isEmpty())
            return value;
        if (sign == "^"_L1 || (!first.isEmpty() && first != sign))
            throw SqlFailure::unsupported(u"this mixture of bits by "_s + sign);
        first = sign;
        const QList<SqlValue> both{coerced(value, u"bigint"_s), coerced(sum(), u"bigint"_s)};
        value = computed(filled(u"($1 "_s + sign + u" $2)"_s, both), commonType(both), both);
    }
}

SqlValue ExpressionReader::sum()
{
    SqlValue value = product();
    for (int terms = 1;; ++terms) {
        if (terms > MostTerms)
            throw SqlFailure::unsupported(u"expressions this long"_s);
        const QString sign = takenSymbol({u"+"_s, u"-"_s, u"||"_s});
        if (sign.isEmpty())
            return value;
        value = sign == "||"_L1 ? joined(value, product()) : calculated(sign, value, product());
    }
}

SqlValue ExpressionReader::product()
{
    SqlValue value = signedValue();
    for (int terms = 1;; ++terms) {
        if (terms > MostTerms)
            throw SqlFailure::unsupported(u"expressions this long"_s);
        const QString sign = takesWord("DIV"_L1) ? u"DIV"_s : takenSymbol({u"*"_s, u"/"_s, u"%"_s});
        if (sign.isEmpty())
            return value;
        value = calculated(sign, value, signedValue());
    }
}

SqlValue ExpressionReader::signedValue()
{
    const Nesting nesting(m_context.statement);
    const QString sign = takenSymbol({u"-"_s, u"+"_s, u"~"_s});
    if (sign == "-"_L1)
        return negated(signedValue());
    if (sign == "+"_L1)
        return signedValue();
    if (sign.isEmpty())
        return postfix();
    const SqlValue value = coerced(signedValue(), u"bigint"_s);
    return computed(u"(~%1)"_s.arg(value.sql), value.type, {value});
}

SqlValue ExpressionReader::postfix()
{
    AtomReader atom(m_tokens, m_context, m_at);
    SqlValue value = atom.read();
    m_at = atom.at();
    while (!isAtEnd()) {
        if (ahead(0).kind == SqlToken::Kind::Parameter)
            throw SqlFailure::unsupported(u"paths into JSON such as value:field"_s);
        if (isSymbol("["_L1))
            throw SqlFailure::unsupported(u"elements of arrays and maps"_s);
        if (isSymbol("."_L1))
            throw SqlFailure::unsupported(u"fields of what is computed"_s);
        if (!takesSymbol("::"_L1))
            break;
        value = castTo(value, readType(m_tokens, m_at));
    }
    return value;
}

} // namespace Sample

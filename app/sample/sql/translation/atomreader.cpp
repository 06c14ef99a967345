#include "sample/sql/translation/atomreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/expressions/numbertexts.h"
#include "sample/sql/expressions/operators.h"
#include "sample/sql/functions/datearithmetic.h"
#include "sample/sql/queries/subqueries.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/translation/callreader.h"
#include "sample/sql/translation/expressionreader.h"
#include "sample/sql/translation/intervalreader.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;

/// Words that no column is called unless in backticks.
const QSet<QString> Reserved{u"FROM"_s,    u"WHERE"_s,  u"GROUP"_s, u"ORDER"_s, u"HAVING"_s, u"LIMIT"_s,
                             u"UNION"_s,   u"ON"_s,     u"WHEN"_s,  u"THEN"_s,  u"ELSE"_s,   u"END"_s,
                             u"AND"_s,     u"OR"_s,     u"AS"_s,    u"JOIN"_s,  u"SELECT"_s, u"INTERSECT"_s,
                             u"BETWEEN"_s, u"EXCEPT"_s, u"IN"_s,    u"LIKE"_s,  u"SET"_s};

} // namespace

SqlValue AtomReader::read()
{
    const Nesting nesting(m_context.statement);
    if (isAtEnd())
        refuse();
    switch (m_tokens.at(m_at).kind) {
    case Kind::Number:
        return number();
    case Kind::Text:
        return text();
    case Kind::Parameter:
        return parameter();
    case Kind::Word:
    case Kind::Name:
        return word();
    case Kind::Symbol:
        break;
    }
    if (isSymbol("?"_L1))
        throw SqlFailure::unsupported(u"parameters without a name"_s);
    if (!isSymbol("("_L1))
        refuse();
    return bracketed();
}

SqlValue AtomReader::number()
{
    const auto value = numberIn(m_tokens.at(m_at).text);
    if (!value)
        refuse();
    ++m_at;
    return *value;
}

/// Texts one behind the other are one.
SqlValue AtomReader::text()
{
    QString text;
    while (!isAtEnd() && m_tokens.at(m_at).kind == Kind::Text)
        text += m_tokens.at(m_at++).text;
    return textValue(text);
}

SqlValue AtomReader::parameter()
{
    const QString name = m_tokens.at(m_at++).text;
    QStringList &named = m_context.statement.found.parameters;
    if (!named.contains(name))
        named.append(name);
    return {u':' + name, m_context.statement.parameterTypes.value(name, u"void"_s)};
}

SqlValue AtomReader::bracketed()
{
    const SqlTokens tokens = takenBrackets();
    return isQuery(tokens) ? scalarSubquery(tokens, m_context) : ExpressionReader(tokens, m_context).whole();
}

SqlValue AtomReader::word()
{
    struct Form
    {
        QLatin1StringView word;
        bool (AtomReader::*applies)() const; ///< by what stands behind the word
        SqlValue (AtomReader::*read)();
    };
    static constexpr Form forms[] = {
        {"NULL"_L1, &AtomReader::always, &AtomReader::null},
        {"TRUE"_L1, &AtomReader::always, &AtomReader::yes},
        {"FALSE"_L1, &AtomReader::always, &AtomReader::no},
        {"CASE"_L1, &AtomReader::always, &AtomReader::choice},
        {"EXISTS"_L1, &AtomReader::opens, &AtomReader::exists},
        {"INTERVAL"_L1, &AtomReader::hasCount, &AtomReader::interval},
        {"DATE"_L1, &AtomReader::hasText, &AtomReader::timeLiteral},
        {"TIMESTAMP"_L1, &AtomReader::hasText, &AtomReader::timeLiteral},
    };
    const SqlToken &token = m_tokens.at(m_at);
    for (const Form &form : forms) {
        if (token.isWord(form.word) && (this->*form.applies)())
            return (this->*form.read)();
    }
    if (token.kind == SqlToken::Kind::Word && Reserved.contains(token.text.toUpper()))
        refuse();
    return opens() ? call() : name();
}

SqlValue AtomReader::call()
{
    CallReader reader(m_tokens, m_context, m_at);
    const SqlValue value = reader.read();
    m_at = reader.at();
    return value;
}

SqlValue AtomReader::expression()
{
    ExpressionReader reader(m_tokens, m_context, m_at);
    const SqlValue value = reader.expression();
    m_at = reader.at();
    return value;
}

SqlValue AtomReader::exists()
{
    ++m_at;
    return existence(takenBrackets(), m_context);
}

bool AtomReader::hasCount() const
{
    const SqlToken next = ahead(1);
    return m_at + 1 < m_tokens.size() &&
           (next.kind == Kind::Text || next.kind == Kind::Number || next.isSymbol("("_L1) || next.isSymbol("-"_L1) ||
            next.isSymbol("+"_L1) || (next.isIdentifier() && (isTimeUnit(ahead(2).text) || ahead(2).isSymbol("("_L1))));
}

SqlValue AtomReader::name()
{
    const SqlToken token = m_tokens.at(m_at);
    const QStringList parts = readName(m_tokens, m_at);
    if (isSymbol("("_L1))
        throw CallReader(m_tokens, m_context, m_at).noSuchFunction(parts);
    const auto alias =
        parts.size() == 1 ? m_context.aliases.constFind(parts.first().toLower()) : m_context.aliases.cend();
    const bool hasAlias = alias != m_context.aliases.cend();
    if (hasAlias && m_context.aliasesFirst)
        return *alias;
    if (const auto hit = m_context.scope.find(parts)) {
        if (hit->depth == 0)
            return columnValue(hit->sql, hit->type);
        m_context.outerColumns->append({hit->sql, hit->depth});
        return {hit->sql, hit->type};
    }
    if (hasAlias)
        return *alias;
    static const QSet<QString> withoutBrackets{u"current_date"_s, u"current_timestamp"_s, u"current_user"_s,
                                               u"session_user"_s, u"user"_s};
    if (parts.size() == 1 && token.kind == Kind::Word && withoutBrackets.contains(token.text.toLower()))
        return CallReader(m_tokens, m_context, m_at).resultOf({token.text.toLower()});
    throw SqlFailure::noSuchColumn(parts.join(u'.'));
}

SqlValue AtomReader::null()
{
    ++m_at;
    return nothing();
}

SqlValue AtomReader::yes()
{
    ++m_at;
    return {u"1"_s, u"boolean"_s};
}

SqlValue AtomReader::no()
{
    ++m_at;
    return {u"0"_s, u"boolean"_s};
}

/// CASE [value] WHEN … THEN … ELSE … END
SqlValue AtomReader::choice()
{
    std::optional<SqlValue> chosenBy;
    if (!(++m_at, is("WHEN"_L1)))
        chosenBy = expression();
    QList<SqlValue> conditions;
    QList<SqlValue> results;
    while (takesWord("WHEN"_L1)) {
        const SqlValue when = expression();
        conditions.append(chosenBy ? compared(u"="_s, *chosenBy, when) : coerced(when, u"boolean"_s));
        if (!takesWord("THEN"_L1))
            refuse();
        results.append(expression());
    }
    const bool hasElse = takesWord("ELSE"_L1);
    if (hasElse)
        results.append(expression());
    if (conditions.isEmpty() || !takesWord("END"_L1))
        refuse();
    const QList<SqlValue> same = alike(results);
    QString sql = u"CASE"_s;
    for (qsizetype i = 0; i < conditions.size(); ++i)
        sql += u" WHEN %1 THEN %2"_s.arg(conditions.at(i).sql, same.at(i).sql);
    sql += hasElse ? u" ELSE "_s + same.last().sql + u" END"_s : u" END"_s;
    return computed(sql, commonType(results), conditions + same);
}

SqlValue AtomReader::interval()
{
    IntervalReader reader(m_tokens, m_context, m_at + 1);
    const SqlValue value = reader.read();
    m_at = reader.at();
    return value;
}

SqlValue AtomReader::timeLiteral()
{
    const QString type = m_tokens.at(m_at).text.toLower();
    m_at += 2;
    return typedLiteral(type, m_tokens.at(m_at - 1).text);
}

} // namespace Sample

#include "sample/sql/translation/callreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/functions/functiontable.h"
#include "sample/sql/queries/subqueries.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/translation/clauses.h"
#include "sample/sql/translation/expressionreader.h"
#include "sample/sql/translation/session.h"
#include "sample/sql/translation/windowreader.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

using Kind = SqlToken::Kind;

namespace {

/// A function of the sample alone: a statement that takes so long.
constexpr auto Sleep = "sleep_seconds"_L1;

} // namespace

SqlValue CallReader::read()
{
    struct Form
    {
        QLatin1StringView function;
        SqlValue (CallReader::*read)();
    };
    static constexpr Form forms[] = {
        {"CAST"_L1, &CallReader::cast},    {"TRY_CAST"_L1, &CallReader::cast},     {"EXTRACT"_L1, &CallReader::extract},
        {"TRIM"_L1, &CallReader::trimmed}, {"POSITION"_L1, &CallReader::position},
    };
    for (const Form &form : forms) {
        if (is(form.function))
            return (this->*form.read)();
    }
    return plain();
}

SqlValue CallReader::inside(const SqlTokens &tokens) const
{
    return ExpressionReader(tokens, m_context).whole();
}

SqlValue CallReader::cast()
{
    const bool tries = is("TRY_CAST"_L1);
    const SqlTokens tokens = (++m_at, takenBrackets());
    ExpressionReader reader(tokens, m_context);
    const SqlValue value = reader.expression();
    qsizetype at = reader.at();
    if (!takes(tokens, at, {"AS"_L1}))
        throw SqlFailure::syntax(tokens.value(at).text);
    const QString type = readType(tokens, at);
    if (at < tokens.size())
        throw SqlFailure::syntax(tokens.at(at).text);
    return castTo(value, type, tries ? CastFailure::GivesNull : CastFailure::Raises);
}

/// EXTRACT(YEAR FROM d)
SqlValue CallReader::extract()
{
    const SqlTokens tokens = (++m_at, takenBrackets());
    if (tokens.size() < 3 || !tokens.at(1).isWord("FROM"_L1))
        throw SqlFailure::syntax(tokens.value(1).text);
    return called({u"extract"_s, {textValue(tokens.first().text), inside(tokens.mid(2))}});
}

/// TRIM(x), TRIM(BOTH a FROM x), TRIM(LEADING FROM x)
SqlValue CallReader::trimmed()
{
    static const QHash<QString, QString> functions{{u"LEADING"_s, u"ltrim"_s}, {u"TRAILING"_s, u"rtrim"_s}};
    const SqlTokens tokens = (++m_at, takenBrackets());
    const QString side = tokens.value(0).text.toUpper();
    const bool hasSide = functions.contains(side) || side == "BOTH"_L1;
    const auto from = std::ranges::find_if(tokens, [](const SqlToken &token) { return token.isWord("FROM"_L1); });
    if (from == tokens.end())
        return called({u"trim"_s, ExpressionReader(tokens, m_context).list()});
    const qsizetype at = from - tokens.begin();
    const SqlTokens characters = tokens.mid(hasSide ? 1 : 0, at - (hasSide ? 1 : 0));
    const QList<SqlValue> texts{coerced(inside(tokens.mid(at + 1)), u"string"_s),
                                characters.isEmpty() ? textValue(u" "_s) : coerced(inside(characters), u"string"_s)};
    return computed(filled(functions.value(side, u"trim"_s) + u"($1, $2)"_s, texts), u"string"_s, texts);
}

/// POSITION(a IN b), POSITION(a, b)
SqlValue CallReader::position()
{
    const SqlTokens tokens = (++m_at, takenBrackets());
    ExpressionReader reader(tokens, m_context);
    const SqlValue wanted = reader.operand();
    qsizetype at = reader.at();
    if (!takes(tokens, at, {"IN"_L1}) && !tokens.value(at++).isSymbol(","_L1))
        throw SqlFailure::syntax(tokens.value(at).text);
    return called({u"position"_s, {wanted, inside(tokens.mid(at))}});
}

SqlValue CallReader::plain()
{
    const QString written = m_tokens.at(m_at++).text;
    const QString function = written.toLower();
    if (!isComputed(function) && !isOfTheSession(function) && function != Sleep)
        throw noSuchFunction({written});
    SqlCall call = argumentsOf(function, takenBrackets());
    if (is("IGNORE"_L1) || is("RESPECT"_L1) || is("WITHIN"_L1))
        throw SqlFailure::unsupported(m_tokens.at(m_at).text.toUpper() + u" behind a function"_s);
    if (is("FILTER"_L1) && ahead(1).isSymbol("("_L1)) {
        const SqlTokens filter = (++m_at, takenBrackets());
        if (!filter.value(0).isWord("WHERE"_L1))
            refuse();
        call.filter = inside(filter.mid(1));
    }
    if (takesWord("OVER"_L1))
        call.over = window();
    return resultOf(call);
}

SqlCall CallReader::argumentsOf(const QString &function, SqlTokens tokens) const
{
    SqlCall call{function};
    if (tokens.size() == 1 && tokens.first().isSymbol("*"_L1)) {
        call.isStar = true;
        return call;
    }
    if (!tokens.isEmpty() && (tokens.first().isWord("DISTINCT"_L1) || tokens.first().isWord("ALL"_L1)))
        call.isDistinct = tokens.takeFirst().isWord("DISTINCT"_L1);
    // SUBSTRING(a FROM b FOR c)
    if (function == "substring"_L1 || function == "substr"_L1) {
        for (SqlToken &token : tokens) {
            if (token.isWord("FROM"_L1) || token.isWord("FOR"_L1))
                token = {Kind::Symbol, u","_s, token.at};
        }
    }
    if (tailOf(tokens) < tokens.size() && !isQuery(tokens))
        throw SqlFailure::unsupported(u"ORDER BY inside of a function"_s);
    const QList<SqlTokens> parts = separated(tokens);
    const bool hasUnit = takesUnit(function) && parts.size() == 3 && parts.first().size() == 1;
    if (hasUnit) {
        call.unit = parts.first().first().text;
        tokens = tokens.mid(2);
    }
    call.arguments = ExpressionReader(tokens, m_context).list();
    return call;
}

SqlValue CallReader::resultOf(const SqlCall &call) const
{
    StatementReading &statement = m_context.statement;
    if (const auto value = sessionValue(call, statement.defaults))
        return *value;
    if (call.name == Sleep && call.arguments.size() == 1) {
        const double seconds = call.arguments.first().literal.toDouble();
        statement.found.delay += std::chrono::milliseconds(qRound64(qBound(0.0, seconds, 3600.0) * 1000));
        return call.arguments.first();
    }
    return called(call);
}

SqlFailure CallReader::noSuchFunction(const QStringList &name) const
{
    const StatementReading &statement = m_context.statement;
    if (statement.catalog.data().functions.contains(SqlCatalog::fullName(name, statement.defaults)))
        return SqlFailure::unsupported(u"the functions of Unity Catalog"_s);
    if (name.size() == 1 && isBuiltIn(name.first().toLower()))
        return SqlFailure::unsupported(u"the function "_s + name.first().toLower());
    return {u"UNRESOLVED_ROUTINE"_s, u"Cannot resolve routine `%1` on search path."_s.arg(name.join("`.`"_L1)),
            u"42883"_s};
}

/// OVER (…) or OVER name.
SqlValue CallReader::window()
{
    if (isSymbol("("_L1))
        return WindowReader(takenBrackets(), m_context).read();
    const QString name = m_tokens.value(m_at++).text.toLower();
    if (!m_context.windows.contains(name)) {
        throw SqlFailure(u"MISSING_WINDOW_SPECIFICATION"_s,
                         u"Window specification is not defined in the WINDOW clause for %1."_s.arg(name), u"42P20"_s);
    }
    return WindowReader(m_context.windows.value(name), m_context).read();
}

} // namespace Sample

#pragma once

#include "sample/sql/translation/clauses.h"
#include "sample/sql/translation/expressioncontext.h"

namespace Sample {

/// The queries behind WITH that a query may name, with their columns, by name in small letters.
using NamedQueries = QHash<QString, QList<SampleColumn>>;

/// Where a query stands.
struct QueryPlace
{
    StatementReading &statement;
    NamedQueries named = {};
    const Scope *outer = nullptr; ///< of the query that it is a part of
};

/// Reads queries (https://docs.databricks.com/sql/language-manual/sql-ref-syntax-qry-query). All that it reads throws
/// SqlFailure.
class QueryReader
{
public:
    explicit QueryReader(const QueryPlace &place)
        : m_place(place)
    {}

    SqlQuery read(const SqlTokens &tokens);

    /// VALUES (1, 'a'), (2, 'b')
    SqlQuery values(const SqlTokens &rows) const;

private:
    QString nameQueries(const SqlTokens &tokens, qsizetype &i);
    SqlQuery body(const SqlTokens &tokens) const;
    SqlQuery term(const SqlTokens &tokens) const;
    SqlQuery sorted(SqlQuery query, const SqlClauses &tail) const;

    QueryPlace m_place;
};

/// What expressions of a query may refer to. scope and outerColumns must outlive it.
ExpressionContext contextOf(const QueryPlace &place, const Scope &scope, QList<OuterColumn> *outerColumns);

/// " LIMIT 5 OFFSET 1" as SQLite has it.
QString limitOf(const SqlClauses &clauses, const ExpressionContext &context);

} // namespace Sample

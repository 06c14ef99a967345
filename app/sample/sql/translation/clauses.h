#pragma once

#include "sample/sql/translation/sqltokens.h"

#include <QHash>

namespace Sample {

/// The clauses of a query by the words that begin them, "GROUP BY", without these words.
using SqlClauses = QHash<QString, SqlTokens>;

/// Splits a query, or what follows one, at the clauses that are not in parentheses. Throws SqlFailure for those that
/// come twice or in another order.
SqlClauses clausesOf(const SqlTokens &tokens);

/// Where ORDER BY, LIMIT or OFFSET begin, which are of a query as a whole; the end where there is none.
qsizetype tailOf(const SqlTokens &tokens);

/// A part of a query between UNION, INTERSECT and EXCEPT.
struct SetTerm
{
    QString joinedBy = {}; ///< "UNION ALL"; empty for the first
    SqlTokens tokens = {};
};

QList<SetTerm> setTermsOf(const SqlTokens &tokens);

/// As Databricks calls a column without an alias: count(1), year(d), (a + b).
QString columnNameOf(const SqlTokens &item);

} // namespace Sample

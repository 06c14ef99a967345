#pragma once

#include "sample/sql/expressions/sqlvalue.h"
#include "sample/sql/translation/scope.h"
#include "sample/sql/translation/sqlquery.h"
#include "sample/sql/translation/sqltranslation.h"

#include <QHash>

#include <functional>

namespace Sample {

/// What all parts of a statement share while it is read.
struct StatementReading
{
    const SqlCatalog &catalog;
    const SqlDefaults &defaults;
    const QHash<QString, QString> &parameterTypes;
    int depth = 0; ///< in how many views
    SqlTranslation found = {};
    int nesting = 0; ///< how deep what is read lies in other expressions and queries
};

/// One level of nesting for as long as it lives. Throws SqlFailure where there are too many: each takes the stack.
class Nesting
{
    Q_DISABLE_COPY_MOVE(Nesting)

public:
    explicit Nesting(StatementReading &statement);
    ~Nesting() { --m_statement.nesting; }

private:
    StatementReading &m_statement;
};

/// What the expressions of a query may refer to.
struct ExpressionContext
{
    StatementReading &statement;
    const Scope &scope;
    std::function<SqlQuery(const SqlTokens &tokens)> readQuery; ///< reads a subquery
    QList<OuterColumn> *outerColumns;                           ///< takes those that belong further out
    QHash<QString, SqlValue> aliases = {};                      ///< of the SELECT list, by name in small letters
    bool aliasesFirst = false;                                  ///< they hide columns, as in ORDER BY
    QHash<QString, SqlTokens> windows = {};                     ///< WINDOW name AS (…), by name in small letters
};

} // namespace Sample

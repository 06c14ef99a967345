#pragma once

#include "sample/sql/sqltables.h"

#include <QList>

namespace Sample {

/// A column that a subquery takes from a query around it.
struct OuterColumn
{
    QString sql;
    int depth = 1; ///< 1: from the query that the subquery stands in, 2: from the one around that …
};

/// A query as SQLite runs it.
struct SqlQuery
{
    QString sql;
    QList<SampleColumn> columns;
    bool isSimple = true;   ///< it can stand beside UNION as it is
    bool hasOneRow = false; ///< it has one row at most
    QList<OuterColumn> outerColumns = {};
};

} // namespace Sample

#pragma once

#include "sample/sql/expressions/sqltype.h"

#include <QList>
#include <QStringList>

namespace Sample {

/// A part of an INTERVAL: so many of a unit.
struct SqlSpan
{
    QString count; ///< as SQLite computes it
    QString unit;  ///< "MONTH"
};

/// An expression of Databricks SQL as SQLite computes it, and what is known of it.
struct SqlValue
{
    QString sql;
    QString type;            ///< as Unity Catalog spells it; "void" of NULL
    QString literal = {};    ///< the text or the digits, where it is a literal
    bool isLiteral = false;  ///< a text or a number
    bool aggregates = false; ///< it calls an aggregate function
    bool windows = false;    ///< it calls a window function
    /// Its columns that stand outside of aggregate functions: each by the expressions around it, itself first. Where
    /// one of these is grouped by, the column may stand there.
    QList<QStringList> columns = {};
    QList<SqlSpan> spans = {}; ///< of an INTERVAL
    /// Of a + b or a || b, the same without its parentheses: SQLite takes some thirty one in the other.
    QString chain = {};
    QString chainedBy = {}; ///< "+" for a - b too, "*", "||"
};

inline TypeFamily familyOf(const SqlValue &value)
{
    return familyOf(value.type);
}

/// A value that is made of others.
SqlValue computed(const QString &sql, const QString &type, const QList<SqlValue> &of);

/// A column of the query itself.
SqlValue columnValue(const QString &sql, const QString &type);

/// A text or a number as a literal.
SqlValue textValue(const QString &text);
SqlValue numberValue(const QString &digits, const QString &type);

/// NULL.
SqlValue nothing();

/// a + b + c, where a is what a + b gave; the operands are as SQLite takes them.
SqlValue chained(const SqlValue &a, const QString &sign, const SqlValue &b, const QString &type);

/// As calculatedType takes it: the digits of a literal are those that it has.
Operand operandOf(const SqlValue &value);

/// Fills $1 … in a form of SQL with the values.
QString filled(const QString &form, const QStringList &values);
QString filled(const QString &form, const QList<SqlValue> &values);

} // namespace Sample

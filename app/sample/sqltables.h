#pragma once

#include <QList>
#include <QString>

namespace Sample {

/// A column of a sample table, its type as Unity Catalog spells it ("bigint", "decimal(18,2)").
struct SampleColumn
{
    QString name;
    QString typeText;
    QString comment = {};
};

/// A table that the sample workspace has from the start, and that its SQL can query.
struct SampleTable
{
    QString catalog;
    QString schema;
    QString name;
    QString comment;
    QString owner;
    QList<SampleColumn> columns;

    /// "samples.nyctaxi.trips"
    QString fullName() const;
};

/// Catalog by catalog, schema by schema, in alphabetical order. The same for as long as the program runs; tables that
/// statements create or drop are the SQL engine's own affair.
const QList<SampleTable> &sampleTables();

} // namespace Sample

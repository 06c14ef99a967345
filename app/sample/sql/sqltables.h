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

/// A table or view as SQL sees it.
struct SampleTable
{
    QString catalog;
    QString schema;
    QString name;
    QString comment;
    QString owner;
    QList<SampleColumn> columns;
    QString id = {};    ///< Unity Catalog's table_id; a new table of the same name has another
    QString query = {}; ///< of a view: what it shows

    /// "samples.nyctaxi.trips"
    QString fullName() const;
};

/// What type_name says of a type: "LONG" for "bigint", "DECIMAL" for "decimal(18,2)".
QString apiTypeName(const QString &typeText);

/// The tables with invented rows that the workspace begins with, catalog by catalog, in alphabetical order.
const QList<SampleTable> &sampleTables();

} // namespace Sample

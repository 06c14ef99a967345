#pragma once

#include "sample/sql/sqltables.h"

#include <QList>
#include <QString>
#include <QVariant>

namespace Sample {

/// system.access.table_lineage (https://docs.databricks.com/admin/system-tables/lineage), those of its columns that
/// say something here.
SampleTable lineageTable();

/// Something that read a table or files and, where it has a target, wrote a table.
struct LineageEvent
{
    QString entity; ///< "JOB", "NOTEBOOK", …
    QString id;
    QString run; ///< empty: none is recorded
    QString user;
    QString source;
    QString path; ///< of files that were read instead of a table
    QString target;
};

/// What Unity Catalog recorded: the system table and the lineage API tell of the same.
QList<LineageEvent> lineageEvents();

/// A column, and one that is computed from it; both with their tables.
struct ColumnLineage
{
    QString source;
    QString target;
};
QList<ColumnLineage> columnLineage();

/// An event a day, back from yesterday: what the workspace's jobs, notebooks and pipelines say that they do.
QList<QVariantList> lineageRows();

} // namespace Sample

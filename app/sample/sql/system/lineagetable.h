#pragma once

#include "sample/sql/sqltables.h"

#include <QList>
#include <QVariant>

namespace Sample {

/// system.access.table_lineage (https://docs.databricks.com/admin/system-tables/lineage), those of its columns that
/// say something here.
SampleTable lineageTable();

/// An event a day, back from yesterday: what the workspace's jobs, notebooks and pipelines say that they do.
QList<QVariantList> lineageRows();

} // namespace Sample

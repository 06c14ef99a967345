#pragma once

#include "sample/sql/sqltables.h"

#include <QList>
#include <QVariant>

namespace Sample {

struct ClusterLife;

// What the account used and what that costs at list prices
// (https://docs.databricks.com/admin/system-tables/billing), those columns that say something here. Structs are JSON in
// SQLite.

SampleTable usageTable();
SampleTable listPricesTable();

/// 90 days back from today: warehouses, a job and a pipeline of this workspace, each as its owner uses it; and a row a
/// day for each cluster that was up then, for as long as it was.
QList<QVariantList> usageRows(const QList<ClusterLife> &clusters);
QList<QVariantList> listPriceRows();

} // namespace Sample

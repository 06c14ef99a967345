#pragma once

#include "sample/sql/sqltables.h"

#include <QList>
#include <QVariant>

namespace Sample {

// What the account used and what that costs at list prices
// (https://docs.databricks.com/admin/system-tables/billing), those columns that say something here. Structs are JSON in
// SQLite.

SampleTable usageTable();
SampleTable listPricesTable();

/// 90 days back from today: warehouses, jobs, clusters and pipelines of this workspace, each as its owner uses it.
QList<QVariantList> usageRows();
QList<QVariantList> listPriceRows();

} // namespace Sample

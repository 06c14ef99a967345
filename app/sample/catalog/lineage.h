#pragma once

#include "sample/server/router.h"

#include <QList>
#include <QString>

namespace Sample {

/// Something that read a table or files and, where it has a target, wrote a table.
struct LineageEvent
{
    QString entity; ///< "JOB", "NOTEBOOK", …
    QString source;
    QString path; ///< of files that were read instead of a table
    QString target;
};

/// What Unity Catalog recorded: the system table and the lineage API tell of the same.
const QList<LineageEvent> &lineageEvents();

/// table-lineage (https://docs.databricks.com/aws/en/data-governance/unity-catalog/data-lineage): the tables next to a
/// table, and who reads and writes it.
QList<Route> lineageRoutes();

} // namespace Sample

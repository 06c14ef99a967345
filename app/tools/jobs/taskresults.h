#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// What a task gave that is neither a notebook's result nor a log: a query's, an alert's or a dashboard's, dbt's. Kinds
/// that are not known are shown as they are. Empty where there is none.
/// https://docs.databricks.com/api/workspace/jobs/getrunoutput
QString taskResult(const QJsonObject &output);

} // namespace Tools

#pragma once

#include "tools/sql/export/exports.h"

#include "databricks/workspace.h"

#include <QCoroTask>
#include <QJsonObject>

#include <memory>

namespace Tools {

/// Writes the rows of a statement that succeeded, chunk by chunk: from links (CSV or JSON_ARRAY) or from the API's own
/// answers. Does not throw; what it did stands in work. answer is the API's about the statement.
QCoro::Task<> writeExport(std::shared_ptr<ExportWork> work, Databricks::Workspace workspace, QJsonObject answer);

} // namespace Tools

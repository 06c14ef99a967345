#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QJsonObject>

namespace Tools {

/// "/api/2.1/unity-catalog/tables", or "/api/2.1/unity-catalog/tables/main.default.orders".
QString catalogPath(const QString &family, const QString &name = {});

/// max_results=0: pages of the size the workspace chooses, as the API recommends. They may be empty and not the last.
QUrlQuery catalogPages();

/// A comment as a row of a list shows it: its beginning, with "…" where there is more.
QString briefComment(const QJsonObject &object);

/// created_at, created_by, updated_at and updated_by of a securable, those that are there.
void addHistory(QJsonObject &facts, const QJsonObject &object);

/// "(day DATE, region STRING)" of a function's input_params.
QString parametersText(const QJsonObject &function);

/// What get_table answers.
Schema tableSchema();
QCoro::Task<Mcp::ToolResult> getTable(ToolCall call);
QCoro::Task<Mcp::ToolResult> searchTables(ToolCall call);

QCoro::Task<Mcp::ToolResult> getTableLineage(ToolCall call);
/// What get_table_lineage answers.
Schema lineageSchema();

} // namespace Tools

#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>

#include <chrono>

namespace Tools {

/// "/api/2.0/sql/statements/{id}" and what follows it.
QString statementPath(const QString &id, const QString &more = {});

/// A statement's state as the answer of submit or get says it: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED, CLOSED.
QString statementState(const QJsonObject &answer);
bool isUnderWay(const QJsonObject &answer);

/// The arguments of whatever runs a statement: statement, warehouse_id, catalog, schema, parameters.
Schema statementSchema();

/// The arguments statement, catalog, schema and parameters as the body of a submission, on this warehouse.
QJsonObject statementBody(const ToolCall &call, const QString &warehouseId);

/// Sends a statement, once, and waits for its end, at most so long; returns the API's last answer about it. A call that
/// is stopped meanwhile cancels the statement in Databricks. Throws ApiError; one that leaves in doubt whether the
/// statement runs says so.
QCoro::Task<QJsonObject> runStatement(ToolCall call, QJsonObject body, std::chrono::milliseconds wait);

/// Waits for the end of a statement that runs already, and does not cancel it.
QCoro::Task<QJsonObject> watchStatement(ToolCall call, QString id, std::chrono::milliseconds wait);

/// Of a result whose chunks come again and again.
Databricks::ApiError endlessResult();

/// What a failed, cancelled or closed statement says, with its error class and SQLSTATE, as a tool's error.
QString failureText(const QJsonObject &answer);

} // namespace Tools

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
/// SUCCEEDED, or CLOSED: it succeeded, and what its answer does not hold of the result is kept no longer.
bool hasSucceeded(const QJsonObject &answer);
/// Of a statement that succeeded without a result that can be read any more.
bool isResultGone(const QJsonObject &answer);

/// The arguments of whatever runs a statement: statement, warehouse_id, catalog, schema, parameters.
Schema statementSchema();

/// The arguments statement, catalog, schema and parameters as the body of a submission, on this warehouse.
QJsonObject statementBody(const ToolCall &call, const QString &warehouseId);

/// Sends a statement, once, and waits for its end, at most so long; returns the API's last answer about it, with
/// "warehouse_failure" where its warehouse cannot be started. A call that
/// is stopped meanwhile cancels the statement in Databricks. Throws ApiError; one that leaves in doubt whether the
/// statement runs says so.
QCoro::Task<QJsonObject> runStatement(ToolCall call, QJsonObject body, std::chrono::milliseconds wait);

/// Waits for the end of a statement that runs already, and does not cancel it.
QCoro::Task<QJsonObject> watchStatement(ToolCall call, QString id, std::chrono::milliseconds wait);

/// An error of a statement that was asked for by its id, in words where it is not found: the statement API knows a
/// user's own statements, for about an hour; the history knows all of them and no rows.
Databricks::ApiError unknownStatement(const Databricks::ApiError &error, const QString &id);

/// Of a result whose chunks come again and again.
Databricks::ApiError endlessResult();

/// What a failed or cancelled statement says, with its error class and SQLSTATE, as a tool's error.
QString failureText(const QJsonObject &answer);
/// Whether that is because the system tables are not there for this user.
bool missesSystemTables(const QString &failure);
/// What there is to say of one whose result is gone. Only a statement that is known to read may be sent again for it.
QString goneText(const QJsonObject &answer, bool reads);

} // namespace Tools

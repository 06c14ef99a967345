#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>

namespace Tools {

/// An object of the workspace tree as a tool's answer shows it.
QJsonObject workspaceRow(const QJsonObject &object);
Schema workspaceRowSchema();

/// Where a person opens the notebook of this object id.
QString notebookPage(const ToolCall &call, const QString &objectId);

/// Whether the workspace may take the ending off this path: "etl.py", where the file is a notebook's source.
bool mayLoseEnding(const QString &path);

/// What get-status says of a path. A notebook that was imported as a file is also found with the file's ending, which
/// the workspace took off: "path" says where it is. An object id in place of a path throws ApiError with words.
QCoro::Task<QJsonObject> workspaceStatus(ToolCall call, QString path);

/// "NOTEBOOK /Shared/etl/load (SQL)".
QString objectInWords(const QJsonObject &status);

/// The same of exactly the path that the call works on, for who is asked to approve it.
QCoro::Task<QString> workspaceTarget(ToolCall call);

/// Whether a folder or an object is kept from this user, or gone meanwhile: what a walk through a tree goes on after.
bool isRefusal(const Databricks::ApiError &error);

/// What workspace/import takes: 10 MB of base64.
inline constexpr qsizetype ImportBytes = 10 * 1024 * 1024 / 4 * 3;

/// How many bytes of code an answer may carry: each costs a model more than one of prose, about 8,000 tokens in all.
inline constexpr qsizetype CodeBytes = 32 * 1024;

/// What an object is exported as: its bytes. Throws ApiError.
QCoro::Task<QByteArray> exportedBytes(ToolCall call, QString path, QString format);

} // namespace Tools

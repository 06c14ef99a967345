#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonArray>

namespace Tools {

/// The cells of a notebook that was run, from the page that jobs/runs/export gives of it: {cell (from 0), source,
/// result, error}, each text cleaned and cut to what a model needs. Throws ApiError BadAnswer where the page holds no
/// notebook.
QJsonArray cellsOf(const QString &page);

/// The same of a task's run. Throws ApiError.
QCoro::Task<QJsonArray> readCells(ToolCall call, qint64 taskRunId);

/// The cells as text: each with its number, its code and what it gave.
QString cellsText(const QJsonArray &cells);

} // namespace Tools

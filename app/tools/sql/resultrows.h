#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonArray>
#include <QJsonObject>

namespace Tools {

/// Rows of a statement's result as an answer carries them: cleaned, long cells cut, within the byte budget.
class ResultRows
{
public:
    QJsonArray rows; ///< arrays of texts and nulls
    qint64 first = 0;
    qint64 next = -1; ///< the row that did not fit; -1: these were the last
    qsizetype cutCells = 0;
    QString problem; ///< why the rows that follow could not be read; empty where nothing failed
};

/// How long a cell may be, in bytes.
inline constexpr qsizetype CellBytes = 2048;

/// Reads rows from first on (or from the beginning of chunk, unless that is -1), at most limit, following the chunks.
/// answer is the API's about a statement that succeeded. Throws ApiError; a chunk that cannot be read costs nothing of
/// the rows before it.
QCoro::Task<ResultRows> readRows(ToolCall call, QJsonObject answer, qint64 first, qint64 chunk, qint64 limit);

} // namespace Tools

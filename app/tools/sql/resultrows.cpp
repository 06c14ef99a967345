#include "tools/sql/resultrows.h"

#include "tools/kit/answer.h"
#include "tools/sql/statement.h"

#include "common/visible.h"
#include "databricks/pageguard.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

/// The chunk that holds a row; -1 where the manifest does not tell.
qint64 chunkOf(const QJsonArray &chunks, qint64 row)
{
    for (const QJsonValue value : chunks) {
        const QJsonObject chunk = value.toObject();
        const qint64 offset = chunk.value("row_offset"_L1).toInteger();
        if (row >= offset && row < offset + chunk.value("row_count"_L1).toInteger())
            return chunk.value("chunk_index"_L1).toInteger();
    }
    return -1;
}

QJsonArray cleaned(const QJsonArray &row, qsizetype &cutCells)
{
    QJsonArray cells;
    for (const QJsonValue cell : row) {
        if (cell.isNull()) {
            cells.append(QJsonValue::Null);
            continue;
        }
        const QString text = Text::visible(cell.isString() ? cell.toString() : cell.toVariant().toString());
        const QString shortened = Text::cut(text, CellBytes);
        cutCells += shortened.size() == text.size() ? 0 : 1;
        cells.append(shortened);
    }
    return cells;
}

QCoro::Task<QJsonObject> readChunk(ToolCall call, QString id, qint64 chunk)
{
    const QString path = statementPath(id, u"/result/chunks/%1"_s.arg(chunk));
    const QJsonObject result = co_await call.workspace().get(path);
    co_return result;
}

} // namespace

QCoro::Task<ResultRows> readRows(ToolCall call, QJsonObject answer, qint64 first, qint64 chunk, qint64 limit)
{
    const QString id = answer.value("statement_id"_L1).toString();
    const QJsonObject manifest = answer.value("manifest"_L1).toObject();
    QJsonObject result = answer.value("result"_L1).toObject();
    const qint64 total = manifest.value("total_row_count"_L1).toInteger();
    const qint64 begin = chunk >= 0 ? chunk : chunkOf(manifest.value("chunks"_L1).toArray(), first);
    if (begin > 0)
        result = co_await readChunk(call, id, begin);
    if (chunk >= 0)
        first = result.value("row_offset"_L1).toInteger();

    ResultRows read;
    read.first = first;
    if (chunk < 0 && total > 0 && first >= total)
        co_return read;
    qsizetype bytes = 0;
    Databricks::PageGuard guard(endlessResult());
    qint64 index = result.value("row_offset"_L1).toInteger();
    while (true) {
        const QJsonArray rows = result.value("data_array"_L1).toArray();
        for (const QJsonValue value : rows) {
            if (index++ < first)
                continue;
            qsizetype cutCells = 0;
            const QJsonArray row = cleaned(value.toArray(), cutCells);
            bytes += jsonBytes(row);
            if (read.rows.size() >= limit || (bytes > RowBytes && !read.rows.isEmpty())) {
                read.next = index - 1;
                co_return read;
            }
            read.rows.append(row);
            read.cutCells += cutCells;
        }
        const qint64 next = result.value("next_chunk_index"_L1).toInteger(-1);
        if (next < 0)
            break;
        if (read.rows.size() >= limit) {
            read.next = index;
            co_return read;
        }
        try {
            guard.reading(QString::number(result.value("chunk_index"_L1).toInteger()));
            result = co_await readChunk(call, id, next);
        } catch (const ApiError &error) {
            if (read.rows.isEmpty() || error.kind() == ApiError::Kind::Cancelled)
                throw;
            read.problem = error.message();
            read.next = index;
            co_return read;
        }
    }
    // Never a silent loss: the chunks must bring what the manifest promises.
    if (index < total && first < total) {
        read.problem = u"The workspace announced %1 rows and gave %2 of them."_s.arg(total).arg(index);
        if (read.rows.isEmpty())
            throw ApiError(ApiError::Kind::BadAnswer, read.problem);
    }
    co_return read;
}

} // namespace Tools

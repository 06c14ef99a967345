#include "tools/sql/statementresult.h"

#include "tools/kit/answer.h"
#include "tools/sql/nearobjects.h"
#include "tools/sql/resultrows.h"
#include "tools/sql/statement.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

QJsonArray columnsOf(const QJsonObject &manifest)
{
    QJsonArray columns;
    const QJsonObject schema = manifest.value("schema"_L1).toObject();
    for (const QJsonValue value : schema.value("columns"_L1).toArray()) {
        const QJsonObject column = value.toObject();
        const QString type = column.value("type_text"_L1).toString(column.value("type_name"_L1).toString());
        columns.append(QJsonObject{{"name"_L1, Text::visible(column.value("name"_L1).toString())},
                                   {"type"_L1, Text::visible(type)}});
    }
    return columns;
}

QString tableText(const QJsonArray &columns, const QJsonArray &rows)
{
    QStringList headings;
    for (const QJsonValue column : columns)
        headings.append(u"%1 (%2)"_s.arg(dataCell(column["name"_L1]), column["type"_L1].toString()));
    return dataTable(headings, rows);
}

/// A statement that succeeded and whose result is kept no longer.
ToolResult gone(const QJsonObject &answer, const StatementView &view)
{
    return factsAnswer(goneText(answer, view.reads),
                       {{"statement_id"_L1, answer.value("statement_id"_L1)}, {"state"_L1, statementState(answer)}});
}

/// One that waits for a warehouse which does not come.
ToolResult stranded(const QJsonObject &answer, const StatementView &view)
{
    return ToolResult::error(
        u"Statement %1 is still PENDING%2, and its warehouse cannot be started: %3 It stays PENDING while Databricks "
        "tries again: cancel_statement ends it. Choose another warehouse (list_warehouses), or tell the person."_s.arg(
            Text::visible(answer.value("statement_id"_L1).toString()), view.where,
            sentence(answer.value("warehouse_failure"_L1).toString())));
}

Answer underWay(const QJsonObject &answer, const StatementView &view)
{
    const QString id = answer.value("statement_id"_L1).toString();
    const QString state = statementState(answer);
    Answer result(u"The statement is still %1%2."_s.arg(state, view.where));
    result.stated(u"state"_s, state).facts({{"statement_id"_L1, id}});
    if (!view.warehouseId.isEmpty())
        result.stated(u"warehouse_id"_s, view.warehouseId);
    result.note(view.notice);
    result.next(u"Do not send it again: it goes on, and get_statement with this statement_id gives its result when it "
                "is there; cancel_statement stops it."_s);
    return result;
}

/// What the answer does not show, and how to get it; empty where it shows all.
QString leftOut(const QString &id, const QJsonObject &manifest, const ResultRows &read, const StatementView &view)
{
    const qint64 total = manifest.value("total_row_count"_L1).toInteger();
    QStringList notes;
    if (read.rows.isEmpty() && read.first > 0) {
        notes.append(u"There is no row %1: the result has %2 rows."_s.arg(read.first).arg(total));
    } else if (read.next >= 0 || read.first > 0) {
        QString note =
            u"These are rows %1 to %2 of %3."_s.arg(read.first).arg(read.first + read.rows.size() - 1).arg(total);
        if (read.next >= 0)
            note += u" For the next ones call get_statement with statement_id \"%1\" and first_row %2."_s.arg(id).arg(
                read.next);
        notes.append(note);
    }
    if (manifest.value("truncated"_L1).toBool()) {
        notes.append(
            view.isById
                ? u"The statement has more rows, but was sent with row_limit %1 and its result holds no others. Send "
                  "its text anew with a larger row_limit, or give export_query the text as statement."_s.arg(total)
                : u"The statement has more rows: only the first %1 were asked for. Send it with a larger row_limit, or "
                  "write all rows to a file with export_query."_s.arg(total));
    }
    if (read.cutCells > 0)
        notes.append(
            u"%1 cells were longer than %2 bytes and are cut; they end in \"…\". Ask for them with substring()."_s
                .arg(read.cutCells)
                .arg(CellBytes));
    return notes.join(u'\n');
}

} // namespace

Schema statementResultSchema()
{
    return Schema()
        .text(u"statement_id"_s, u"For get_statement, cancel_statement and export_query"_s)
        .text(u"state"_s, u"PENDING or RUNNING: ask again with get_statement; SUCCEEDED"_s)
        .text(u"warehouse_id"_s, {})
        .rows(u"columns"_s, {}, Schema().text(u"name"_s, {}).text(u"type"_s, {}))
        .cells(u"rows"_s, u"In the order of columns"_s)
        .integer(u"total_row_count"_s, u"How many rows the result has"_s)
        .flag(u"truncated"_s, u"The statement has more rows than the result"_s)
        .integer(u"cut_cells"_s, u"How many cells were too long and are cut"_s)
        .integer(u"next_row"_s, u"There are more rows: give it to get_statement as first_row"_s)
        .require({u"statement_id"_s, u"state"_s});
}

namespace {

/// ": the first 5000 rows, 194 of them here"; of a change how many rows it changed.
QString rowsInWords(const QJsonObject &manifest, const QJsonArray &columns, const ResultRows &read)
{
    if (columns.isEmpty())
        return u"; it gives no rows"_s;
    const bool isChange = columns.first()["name"_L1] == "num_affected_rows"_L1;
    if (isChange && read.rows.size() == 1)
        return u": %1 rows changed"_s.arg(read.rows.first()[0].toString());
    const qint64 total = manifest.value("total_row_count"_L1).toInteger();
    const QString first = manifest.value("truncated"_L1).toBool() ? u"the first "_s : QString();
    const QString here = read.rows.size() < total ? u", %1 of them here"_s.arg(read.rows.size()) : QString();
    return u": %1%2 rows%3"_s.arg(first).arg(total).arg(here);
}

} // namespace

QCoro::Task<ToolResult> statementAnswer(ToolCall call, QJsonObject answer, StatementView view)
{
    if (answer.contains("warehouse_failure"_L1))
        co_return stranded(answer, view);
    if (isUnderWay(answer))
        co_return underWay(answer, view);
    if (!hasSucceeded(answer)) {
        const QString near = co_await nearObjects(call, answer);
        co_return ToolResult::error(failureText(answer) + near);
    }
    if (isResultGone(answer))
        co_return gone(answer, view);
    const QString id = answer.value("statement_id"_L1).toString();
    const QJsonObject manifest = answer.value("manifest"_L1).toObject();
    if (answer.value("result"_L1).toObject().contains("external_links"_L1)) {
        co_return ToolResult::error(
            u"The result of statement %1 lies in files, not in the workspace's answer. Write it to a file here "
            "with export_query and this statement_id, or send the statement with execute_sql."_s.arg(id));
    }
    const ResultRows read = co_await readRows(call, answer, view.firstRow, view.chunk, view.rowLimit);
    const QJsonArray columns = columnsOf(manifest);
    const qint64 total = manifest.value("total_row_count"_L1).toInteger();
    const bool isTruncated = manifest.value("truncated"_L1).toBool();

    Answer result(u"The statement SUCCEEDED%1%2."_s.arg(view.where, rowsInWords(manifest, columns, read)));
    result.stated(u"state"_s, u"SUCCEEDED"_s).facts({{"statement_id"_L1, id}});
    if (!view.warehouseId.isEmpty())
        result.stated(u"warehouse_id"_s, view.warehouseId);
    // Of a result that was cut it would be no more than what was asked for.
    if (!columns.isEmpty() && !isTruncated)
        result.stated(u"total_row_count"_s, total);
    result.cells(u"rows"_s, columns, read.rows, columns.isEmpty() ? QString() : tableText(columns, read.rows));
    if (isTruncated)
        result.stated(u"truncated"_s, true);
    if (read.cutCells > 0)
        result.stated(u"cut_cells"_s, read.cutCells);
    if (read.next >= 0)
        result.stated(u"next_row"_s, read.next);
    result.note(leftOut(id, manifest, read, view));
    if (!read.problem.isEmpty())
        result.stated(u"problem"_s, read.problem)
            .note(u"The rows that follow could not be read: "_s + sentence(read.problem));
    result.note(view.remark);
    co_return result;
}

} // namespace Tools

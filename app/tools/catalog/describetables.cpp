#include "tools/catalog/describetables.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/sql/resultrows.h"
#include "tools/sql/statement.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype MostTables = 10;
constexpr qsizetype ColumnBytes = 12 * 1024; ///< of all the tables together
constexpr qsizetype CellLength = 60;
/// For each statement; what takes longer is not known.
constexpr auto StatementWait = 8s;

/// A warehouse that runs already: a description is not worth starting one.
struct RunningWarehouse
{
    QString id;      ///< empty where none runs
    QString problem; ///< why that is not known
};

QCoro::Task<RunningWarehouse> runningWarehouse(ToolCall call)
{
    RunningWarehouse running;
    try {
        const QJsonObject answer = co_await call.workspace().get(u"/api/2.0/sql/warehouses"_s);
        for (const QJsonValue warehouse : answer.value("warehouses"_L1).toArray()) {
            const QString id = warehouse["id"_L1].toString();
            const bool isUsual = id == call.session().defaultWarehouseId;
            if (warehouse["state"_L1] == "RUNNING"_L1 && (running.id.isEmpty() || isUsual))
                running.id = id;
        }
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        running.problem = error.text();
    }
    const RunningWarehouse result = running;
    co_return result;
}

/// What a statement that only reads gave.
struct QueryRows
{
    QStringList columns;
    QJsonArray rows;
    QString problem; ///< why there are none
};

QCoro::Task<QueryRows> rowsOf(ToolCall call, QString statement, QString warehouseId)
{
    const QJsonObject body{{"statement"_L1, statement}, {"warehouse_id"_L1, warehouseId}};
    QueryRows found;
    try {
        const QJsonObject answer = co_await runStatement(call, body, StatementWait);
        if (isUnderWay(answer)) {
            const QString id = answer.value("statement_id"_L1).toString();
            co_await call.beyondCall().post(statementPath(id, u"/cancel"_s));
            found.problem = u"that takes longer than %1 s"_s.arg(StatementWait.count());
        } else if (statementState(answer) == "SUCCEEDED"_L1) {
            const ResultRows read = co_await readRows(call, answer, 0, -1, 100);
            found.rows = read.rows;
            for (const QJsonValue column : answer.value("manifest"_L1)["schema"_L1]["columns"_L1].toArray())
                found.columns.append(column["name"_L1].toString());
            found.problem = read.problem;
        } else {
            found.problem = Text::line(failureText(answer), 200);
        }
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        found.problem = error.text();
    }
    const QueryRows result = found;
    co_return result;
}

QStringList columnsText(const QJsonArray &columns, qsizetype bytes)
{
    QStringList texts;
    for (const QJsonValue column : columns) {
        const QString comment = Text::line(column["comment"_L1].toString(), 200);
        QString text = Text::visible(column["name"_L1].toString() + u' ' + column["type_text"_L1].toString());
        if (const QString mask = column["mask"_L1]["function_name"_L1].toString(); !mask.isEmpty())
            text += " (masked by "_L1 + Text::line(mask, 200) + u')';
        if (!comment.isEmpty())
            text += ": "_L1 + comment;
        bytes -= text.size();
        if (bytes < 0 && !texts.isEmpty()) {
            texts.append(u"… %1 more columns: get_table lists them"_s.arg(columns.size() - texts.size()));
            break;
        }
        texts.append(text);
    }
    return texts;
}

QStringList sampleText(const QJsonArray &columns, const QJsonArray &rows)
{
    QStringList names;
    for (const QJsonValue column : columns)
        names.append(Text::line(column["name"_L1].toString(), CellLength));
    QStringList lines;
    if (!rows.isEmpty())
        lines.append(names.join(" | "_L1));
    for (const QJsonValue row : rows) {
        QStringList cells;
        for (const QJsonValue cell : row.toArray())
            cells.append(cell.isNull() ? u"null"_s : Text::line(cell.toString(), CellLength));
        lines.append(cells.join(" | "_L1));
    }
    return lines;
}

/// Rows and size as they are now, by SQL where a warehouse runs, else what the catalog remembers.
QCoro::Task<QJsonObject> extent(ToolCall call, QJsonObject table, QString warehouseId)
{
    QJsonObject facts;
    const QJsonObject properties = table.value("properties"_L1).toObject();
    QString rows = properties.value("spark.sql.statistics.numRows"_L1).toString();
    QString bytes = properties.value("spark.sql.statistics.totalSize"_L1).toString();
    const QString type = table.value("table_type"_L1).toString();
    const bool isTable = type == "MANAGED"_L1 || type == "EXTERNAL"_L1;
    if (!warehouseId.isEmpty() && isTable) {
        const QString count = "SELECT count(*) FROM "_L1 + sqlNameOf(table);
        const QueryRows counted = co_await rowsOf(call, count, warehouseId);
        rows = counted.rows.at(0)[0].toString(rows);
        if (!counted.problem.isEmpty())
            facts.insert("note"_L1, QString(u"The rows could not be read: "_s + counted.problem));
    }
    if (bytes.isEmpty() && !warehouseId.isEmpty() && isTable && table.value("data_source_format"_L1) == "DELTA"_L1) {
        const QString detail = "DESCRIBE DETAIL "_L1 + sqlNameOf(table);
        const QueryRows told = co_await rowsOf(call, detail, warehouseId);
        const qsizetype size = told.columns.indexOf(u"sizeInBytes"_s);
        if (!told.problem.isEmpty())
            facts.insert("size"_L1, QString(u"could not be read: "_s + told.problem));
        else if (size >= 0 && !told.rows.isEmpty())
            bytes = told.rows.at(0)[size].toString();
    }
    addText(facts, u"rows"_s, Text::visible(rows));
    if (!bytes.isEmpty())
        facts.insert("size"_L1, u"%1 bytes"_s.arg(Text::visible(bytes)));
    if (rows.isEmpty())
        facts.insert("rows"_L1, warehouseId.isEmpty() && isTable ? u"not known: no SQL warehouse runs to count them"_s
                                                                 : u"not known"_s);
    const QJsonObject result = facts;
    co_return result;
}

QString describedText(const QJsonObject &facts)
{
    QStringList lines;
    lines.append(facts.value("full_name"_L1).toString());
    for (const auto key : {"problem"_L1, "table_type"_L1, "data_source_format"_L1, "owner"_L1, "rows"_L1, "size"_L1,
                           "comment"_L1, "row_filter"_L1, "note"_L1}) {
        if (const QString text = facts.value(key).toString(); !text.isEmpty())
            lines.append(key + ": "_L1 + text);
    }
    for (const QJsonValue column : facts.value("columns"_L1).toArray())
        lines.append("  "_L1 + column.toString());
    const QJsonArray sample = facts.value("sample"_L1).toArray();
    if (!sample.isEmpty())
        lines.append(u"sample:"_s);
    for (const QJsonValue row : sample)
        lines.append("  "_L1 + row.toString());
    return lines.join(u'\n');
}

QCoro::Task<QJsonObject> describe(ToolCall call, QString name, QString warehouseId, qsizetype bytes)
{
    QJsonObject facts{{"full_name"_L1, Text::visible(name)}};
    try {
        const QJsonObject table = co_await call.workspace().get(catalogPath(u"tables"_s, name));
        addTexts(facts, table, {u"full_name"_s, u"table_type"_s, u"data_source_format"_s, u"owner"_s, u"comment"_s});
        const QString filter = table.value("row_filter"_L1)["function_name"_L1].toString();
        if (!filter.isEmpty())
            facts.insert("row_filter"_L1, QString(Text::visible(filter) + u" decides which rows a user sees"_s));
        const QJsonArray columns = table.value("columns"_L1).toArray();
        facts.insert("columns"_L1, QJsonArray::fromStringList(columnsText(columns, bytes)));
        const QJsonObject more = co_await extent(call, table, warehouseId);
        for (auto fact = more.begin(); fact != more.end(); ++fact)
            facts.insert(fact.key(), *fact);
        const qint64 wanted = call.number(u"sample_rows"_s);
        if (wanted > 0 && !warehouseId.isEmpty()) {
            const QString query = u"SELECT * FROM %1 LIMIT %2"_s.arg(sqlNameOf(table)).arg(wanted);
            const QueryRows sample = co_await rowsOf(call, query, warehouseId);
            facts.insert("sample"_L1, QJsonArray::fromStringList(sampleText(columns, sample.rows)));
            if (!sample.problem.isEmpty())
                facts.insert("note"_L1, QString(u"The sample could not be read: "_s + sample.problem));
        }
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        facts.insert("problem"_L1, error.text());
    }
    const QJsonObject result = facts;
    co_return result;
}

QCoro::Task<ToolResult> describeTables(ToolCall call)
{
    const QStringList names = call.texts(u"tables"_s);
    if (names.isEmpty() || names.size() > MostTables)
        co_return ToolResult::error(u"Give 1 to %1 full names in tables."_s.arg(MostTables));
    const RunningWarehouse warehouse = co_await runningWarehouse(call);
    QJsonArray tables;
    QStringList texts;
    qsizetype problems = 0;
    for (const QString &name : names) {
        const QJsonObject facts = co_await describe(call, name, warehouse.id, ColumnBytes / names.size());
        problems += facts.contains("problem"_L1) ? 1 : 0;
        tables.append(facts);
        texts.append(describedText(facts));
    }
    if (problems == names.size())
        co_return ToolResult::error(texts.join(u'\n'));
    Answer answer(u"%1 tables described."_s.arg(names.size() - problems));
    answer.objects(u"tables"_s, tables, texts.join(u'\n'));
    if (!warehouse.problem.isEmpty())
        answer.note(u"Which SQL warehouse runs could not be read: "_s + warehouse.problem);
    else if (call.number(u"sample_rows"_s) > 0 && warehouse.id.isEmpty())
        answer.note(u"No sample: no SQL warehouse runs. query_sql starts one."_s);
    co_return answer;
}

} // namespace

Tool describeTablesTool()
{
    return {
        .name = u"describe_tables"_s,
        .title = u"Describe tables"_s,
        .description = u"Describes several tables at once: columns with types and comments, rows, size, a sample."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema()
                           .texts(u"tables"_s, u"Full names, such as main.default.orders; at most 10"_s)
                           .integer(u"sample_rows"_s, u"Rows to show of each; default 0"_s, 0, 5)
                           .require({u"tables"_s}),
        .outputSchema =
            Schema()
                .rows(u"tables"_s, {}, Schema().text(u"full_name"_s, {}).texts(u"columns"_s, {}).texts(u"sample"_s, {}))
                .require({u"tables"_s}),
        .run = &describeTables,
    };
}

} // namespace Tools

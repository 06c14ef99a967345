#include "tools/catalog/tablelineage.h"

#include "tools/catalog/lineageentities.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"
#include "tools/sql/resultrows.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include "common/visible.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// So many bytes of rows of each kind.
constexpr qsizetype PartBytes = 5 * 1024;
/// Clients give up after about a minute.
constexpr auto LongestWait = 40s;
constexpr qint64 MostRows = 500;

/// A row for each neighbour and what read or wrote it; one that reads and writes no table (a query, a dashboard) has no
/// neighbour. A table's own maintenance (OPTIMIZE) is recorded with the table as both source and target, and left
/// out.
constexpr auto Query = R"(SELECT
  CASE WHEN target_table_full_name = :table THEN 'upstream' ELSE 'downstream' END AS direction,
  CASE WHEN target_table_full_name = :table THEN coalesce(source_table_full_name, source_path)
       ELSE coalesce(target_table_full_name, target_path) END AS neighbour,
  entity_type,
  entity_id,
  max(event_time) AS last_seen,
  count(*) AS events
FROM system.access.table_lineage
WHERE event_date >= :since
  AND ((target_table_full_name = :table AND coalesce(source_table_full_name, source_path) IS NOT NULL)
    OR source_table_full_name = :table)
  AND coalesce(source_table_full_name, '') <> coalesce(target_table_full_name, '')
GROUP BY 1, 2, 3, 4
ORDER BY direction DESC, last_seen DESC, neighbour)"_L1;

QJsonObject parameter(const QString &name, const QString &value, const QString &type)
{
    return {{"name"_L1, name}, {"value"_L1, value}, {"type"_L1, type}};
}

QJsonObject lineageBody(const QString &table, const QString &since, const QString &warehouseId)
{
    return {{"statement"_L1, QString(Query)},
            {"warehouse_id"_L1, warehouseId},
            {"parameters"_L1,
             QJsonArray{parameter(u"table"_s, table, u"STRING"_s), parameter(u"since"_s, since, u"DATE"_s)}}};
}

/// A cell of the query's answer as text; null is none.
QString cellText(const QJsonValue &row, int column)
{
    return Text::visible(row[column].toString());
}

LineageEntity entityOf(const QJsonValue &row)
{
    return {entityKind(cellText(row, 2)), cellText(row, 3)};
}

/// What the rows are about: tables upstream, tables downstream, or those that read and make no table.
enum class Side { Upstream, Downstream, Readers };

Side sideOf(const QJsonValue &row)
{
    if (row[0] == "upstream"_L1)
        return Side::Upstream;
    return row[1].isNull() ? Side::Readers : Side::Downstream;
}

QJsonArray rowsOf(const QJsonArray &rows, Side side, const QHash<QString, QString> &names)
{
    QJsonArray found;
    for (const QJsonValue value : rows) {
        if (sideOf(value) != side)
            continue;
        QJsonObject row;
        addText(row, u"name"_s, cellText(value, 1));
        addText(row, u"entity_type"_s, cellText(value, 2));
        addText(row, u"entity_id"_s, cellText(value, 3));
        addText(row, u"entity_name"_s, names.value(entityOf(value).key()));
        addText(row, u"last_seen"_s, anyTimeText(value[4]));
        row.insert("events"_L1, value[5].toString().toLongLong());
        found.append(row);
    }
    return found;
}

const Columns EntityColumns{{u"entity_type"_s, u"by"_s},
                            {u"entity_name"_s, u"called"_s},
                            {u"entity_id"_s, u"its id"_s},
                            {u"last_seen"_s, u"last seen"_s},
                            {u"events"_s, u"events"_s}};

/// The rows below their heading, and how many there are of how many.
void addPart(Answer &answer, const QString &name, const QString &heading, const Columns &columns,
             const QJsonArray &rows)
{
    const RowsPart part = rowsPart(rows, 0, PartBytes);
    answer.rows(name, heading + u':', columns, part.rows);
    if (!part.isWhole())
        answer.note(u"%1: the first %2 of %3 are shown; ask for fewer days."_s.arg(heading)
                        .arg(part.rows.size())
                        .arg(part.total));
}

Answer lineageAnswer(const QString &table, const QString &since, const ResultRows &result,
                     const QHash<QString, QString> &names)
{
    const QJsonArray upstream = rowsOf(result.rows, Side::Upstream, names);
    const QJsonArray downstream = rowsOf(result.rows, Side::Downstream, names);
    const QJsonArray readers = rowsOf(result.rows, Side::Readers, names);
    const QString counted = u"%1 upstream, %2 downstream, %3 that only read it"_s.arg(
        QString::number(upstream.size()), QString::number(downstream.size()), QString::number(readers.size()));
    Answer answer(u"Lineage of %1 since %2, as Unity Catalog recorded it: %3."_s.arg(table, since, counted));
    answer.stated(u"full_name"_s, table).stated(u"since"_s, since);
    const Columns columns = Columns{{u"name"_s, u"table or path"_s}} + EntityColumns;
    addPart(answer, u"upstream"_s, u"Upstream tables"_s, columns, upstream);
    addPart(answer, u"downstream"_s, u"Downstream tables"_s, columns, downstream);
    addPart(answer, u"readers"_s, u"Readers"_s, EntityColumns, readers);
    if (result.next >= 0)
        answer.note(u"There are more rows than the %1 read; ask for fewer days, or query system.access.table_lineage "
                    "with query_sql."_s.arg(result.rows.size()));
    return answer;
}

Schema lineageSchema()
{
    const Schema neighbour = Schema()
                                 .text(u"name"_s, u"A table's full name, or the path of files"_s)
                                 .text(u"entity_type"_s, u"What did it: JOB, NOTEBOOK, PIPELINE, DBSQL_QUERY, …"_s)
                                 .text(u"entity_id"_s, {})
                                 .text(u"entity_name"_s, {})
                                 .text(u"last_seen"_s, {})
                                 .integer(u"events"_s, {});
    return Schema()
        .text(u"full_name"_s, {})
        .text(u"since"_s, {})
        .rows(u"upstream"_s, u"What the table is made from"_s, neighbour)
        .rows(u"downstream"_s, u"What is made from the table"_s, neighbour)
        .rows(u"readers"_s, u"What reads the table and makes none from it"_s, neighbour)
        .require({u"full_name"_s, u"upstream"_s, u"downstream"_s});
}

QCoro::Task<ToolResult> getTableLineage(ToolCall call)
{
    // Unity Catalog keeps names in lower case, whatever the user writes.
    const QString table = plainName(call.text(u"full_name"_s)).toLower();
    const QString since =
        QDateTime::currentDateTimeUtc().addDays(-call.number(u"days"_s, 90)).date().toString(Qt::ISODate);
    call.setTarget(Text::visible(table));
    const QJsonObject body = lineageBody(table, since, QString());
    const SentStatement sent = co_await runOnWarehouse(call, body, LongestWait);
    const QJsonObject answer = sent.answer;
    if (answer.contains("warehouse_failure"_L1))
        co_return ToolResult::error(u"The lineage query waits on %1, which cannot be started: %2"_s.arg(
            sent.warehouse.inWords(), answer.value("warehouse_failure"_L1).toString()));
    if (isUnderWay(answer))
        co_return ToolResult::error(
            u"The lineage query still runs on %1; a warehouse may need minutes to start. Do not ask again: call "
            "get_statement with statement_id %2 for its rows."_s.arg(
                sent.warehouse.inWords(), Text::visible(answer.value("statement_id"_L1).toString())));
    if (isResultGone(answer))
        co_return ToolResult::error(goneText(answer, true));
    if (!hasSucceeded(answer)) {
        const QString failure = failureText(answer);
        if (!missesSystemTables(failure))
            co_return ToolResult::error(failure);
        co_return ToolResult::error(
            u"Lineage is off here: it is read from the system table system.access.table_lineage, which this workspace "
            u"does "
            "not have or this user may not read. An account administrator can enable the system schema access and "
            "grant "
            "USE CATALOG on system, USE SCHEMA and SELECT on system.access. Databricks said: "_s +
            failure);
    }
    const ResultRows rows = co_await readRows(call, answer, 0, -1, MostRows);
    if (rows.rows.isEmpty())
        co_await mustExist(call, table);
    QList<LineageEntity> entities;
    for (const QJsonValue row : rows.rows)
        entities.append(entityOf(row));
    const QHash<QString, QString> names = co_await entityNames(call, entities);
    Answer lineage = lineageAnswer(Text::visible(table), since, rows, names);
    lineage.note(u"What only names the table may be missing: search_notebooks finds it in sources."_s);
    lineage.note(unreadNames(names)).note(notebookPages(call, entities));
    co_return lineage;
}

} // namespace

Tool tableLineageTool()
{
    return {
        .name = u"get_table_lineage"_s,
        .title = u"Get table lineage"_s,
        .description = u"Shows table lineage: what it is made from and what depends on it. Runs SQL on a warehouse."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema()
                           .text(u"full_name"_s, u"catalog.schema.table"_s)
                           .integer(u"days"_s, u"Days back; default 90"_s, 1, 365)
                           .text(u"warehouse_id"_s, u"Default: the profile's, else one that runs"_s)
                           .require({u"full_name"_s}),
        .outputSchema = lineageSchema(),
        .run = &getTableLineage,
    };
}

} // namespace Tools

#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/text/times.h"
#include "tools/sql/resultrows.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include "common/visible.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What costs are summed by, and the column of system.billing.usage that says it
/// (https://docs.databricks.com/aws/en/admin/system-tables/billing).
const QList<std::pair<QString, QString>> &groups()
{
    static const QList<std::pair<QString, QString>> all{
        {u"product"_s, u"u.billing_origin_product"_s},
        {u"sku"_s, u"u.sku_name"_s},
        {u"day"_s, u"u.usage_date"_s},
        {u"workspace"_s, u"u.workspace_id"_s},
        {u"user"_s, u"u.identity_metadata.run_as"_s},
        {u"job"_s, u"u.usage_metadata.job_id"_s},
        {u"cluster"_s, u"u.usage_metadata.cluster_id"_s},
        {u"warehouse"_s, u"u.usage_metadata.warehouse_id"_s},
        {u"pipeline"_s, u"u.usage_metadata.dlt_pipeline_id"_s},
        {u"endpoint"_s, u"u.usage_metadata.endpoint_name"_s},
    };
    return all;
}

/// List prices hold from price_start_time on, until the next one. %1 stands for the column, %2 for the order. Costs are
/// rounded where they are shown: a sum of rounded ones would be another one for each grouping.
constexpr auto Query = R"(SELECT
  CAST(%1 AS STRING) AS item,
  round(sum(u.usage_quantity * p.pricing.default), 6) AS cost,
  p.currency_code AS currency,
  round(sum(u.usage_quantity), 2) AS usage,
  u.usage_unit AS unit,
  min(u.usage_date) AS first_day
FROM system.billing.usage u
LEFT JOIN system.billing.list_prices p
  ON u.sku_name = p.sku_name AND u.cloud = p.cloud AND u.usage_unit = p.usage_unit
  AND u.usage_start_time >= p.price_start_time
  AND (p.price_end_time IS NULL OR u.usage_start_time < p.price_end_time)
WHERE u.usage_date >= :since AND u.usage_date <= :until AND (:workspace = '' OR u.workspace_id = :workspace)
GROUP BY 1, 3, 5
ORDER BY %2)"_L1;

/// Its last column.
constexpr qsizetype FirstDay = 5;

/// A span that begins with days of nothing: whether nothing was used then, or it is older than the records, the table
/// does not tell. Empty where there is usage from the beginning on.
QString firstDayNote(const QJsonArray &rows, const QDate &since)
{
    QString first;
    for (const QJsonValue row : rows) {
        const QString day = row[FirstDay].toString();
        if (first.isEmpty() || day < first)
            first = day;
    }
    return first.left(10) <= since.toString(Qt::ISODate)
               ? QString()
               : u"The first usage recorded in these days is of %1."_s.arg(Text::visible(first.left(10)));
}

QJsonObject parameter(const QString &name, const QString &value, const QString &type = u"STRING"_s)
{
    return {{"name"_L1, name}, {"value"_L1, value}, {"type"_L1, type}};
}

/// "1240.50 USD", by currency where there are several.
QString sumText(const QJsonArray &rows)
{
    QMap<QString, double> sums;
    for (const QJsonValue row : rows) {
        if (!row[2].toString().isEmpty())
            sums[row[2].toString()] += row[1].toString().toDouble();
    }
    QStringList texts;
    for (auto sum = sums.begin(); sum != sums.end(); ++sum)
        texts.append(QString::number(*sum, 'f', 2) + u' ' + sum.key());
    return texts.isEmpty() ? u"nothing"_s : texts.join(" and "_L1);
}

/// With the cost to the cent, and with words for usage that belongs to none: "no warehouse".
QJsonArray shownRow(QJsonArray row, const QString &by)
{
    if (row.at(0).isNull())
        row[0] = QString(u"no "_s + by);
    if (!row.at(1).isNull())
        row[1] = QString::number(row.at(1).toString().toDouble(), 'f', 2);
    row.removeAt(FirstDay);
    return row;
}

QCoro::Task<ToolResult> getUsageCost(ToolCall call)
{
    const QString by = call.text(u"group_by"_s, u"product"_s);
    QString column;
    for (const auto &[name, expression] : groups())
        column = name == by ? expression : column;
    const std::optional<QDateTime> end = timeArgument(call, u"end"_s);
    const std::optional<QDateTime> start = timeArgument(call, u"start"_s);
    const QDate until = end.value_or(QDateTime::currentDateTimeUtc()).toUTC().date();
    const QDate since = start ? start->toUTC().date() : until.addDays(1 - call.number(u"days"_s, 30));
    if (start && call.has(u"days"_s))
        throw ApiError(ApiError::Kind::BadRequest, u"Give start or days, not both."_s);
    if (since > until)
        throw ApiError(ApiError::Kind::BadRequest,
                       u"start, %1, is after end, %2."_s.arg(since.toString(Qt::ISODate), until.toString(Qt::ISODate)));
    const WarehouseChoice warehouse = co_await chooseWarehouse(call);
    QJsonArray parameters;
    parameters.append(parameter(u"since"_s, since.toString(Qt::ISODate), u"DATE"_s));
    parameters.append(parameter(u"until"_s, until.toString(Qt::ISODate), u"DATE"_s));
    parameters.append(parameter(u"workspace"_s, call.text(u"workspace_id"_s)));
    const QJsonObject body{
        {"statement"_L1, QString(Query).arg(column, by == "day"_L1 ? u"item DESC"_s : u"cost DESC NULLS LAST"_s)},
        {"warehouse_id"_L1, warehouse.id},
        {"parameters"_L1, parameters}};
    const QJsonObject answer = co_await runStatement(call, body, 40s);
    if (isUnderWay(answer))
        co_return ToolResult::error(
            u"The query still runs on %1. Do not ask again: call get_statement with statement_id %2 for its rows."_s
                .arg(warehouse.inWords(), Text::visible(answer.value("statement_id"_L1).toString())));
    if (statementState(answer) != "SUCCEEDED"_L1) {
        const QString failure = failureText(answer);
        co_return ToolResult::error(
            missesSystemTables(failure)
                ? u"Costs are read from system.billing.usage and list_prices, which this workspace does not "
                  "have or this user may not read. An account administrator can grant USE CATALOG on system, "
                  "and USE SCHEMA and SELECT on system.billing. Databricks said: "_s +
                      failure
                : failure);
    }
    const qint64 limit = call.number(u"limit"_s, 25);
    const ResultRows all = co_await readRows(call, answer, 0, -1, 10'000);
    QJsonArray rows;
    for (qsizetype i = 0; i < std::min<qsizetype>(limit, all.rows.size()); ++i)
        rows.append(shownRow(all.rows.at(i).toArray(), by));
    const QString headline =
        u"Usage from %1 to %2 (UTC) by %3: %4 at list prices, without discounts and the cloud's own costs."_s.arg(
            since.toString(Qt::ISODate), until.toString(Qt::ISODate), by, sumText(all.rows));
    const QStringList columns{by, u"cost"_s, u"currency"_s, u"usage"_s, u"unit"_s};
    Answer result(headline);
    result.cells(u"rows"_s, QJsonArray::fromStringList(columns), rows,
                 rows.isEmpty() ? QString() : dataTable(columns, rows));
    result.note(firstDayNote(all.rows, since));
    if (rows.size() < all.rows.size() || all.next >= 0) {
        const QString note = u"The %1 %4 of %2%3 are shown; raise limit for more."_s.arg(
            QString::number(rows.size()), all.next >= 0 ? u"at least "_s : QString(), QString::number(all.rows.size()),
            by == "day"_L1 ? u"latest"_s : u"most expensive"_s);
        result.note(note);
    }
    co_return result;
}

} // namespace

QList<Tool> usageTools()
{
    QStringList names;
    for (const auto &[name, column] : groups())
        names.append(name);
    return {
        {
            .name = u"get_usage_cost"_s,
            .title = u"Get usage and cost"_s,
            .description = u"Shows what was used and what it cost at list prices, by product, day, job, user and the "
                           "like, from the billing system tables."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema()
                               .choice(u"group_by"_s, u"Default product"_s, names)
                               .integer(u"days"_s, u"How many days up to end, itself included; default 30"_s, 1, 365)
                               .text(u"start"_s, u"First day (UTC) instead of days, such as 2026-10-01"_s)
                               .text(u"end"_s, u"Last day (UTC), included; default today"_s)
                               .text(u"workspace_id"_s, u"Only this workspace; default the whole account"_s)
                               .integer(u"limit"_s, u"At most this many rows; default 25"_s, 1, 500)
                               .text(u"warehouse_id"_s, u"To run it on; default one that suits"_s),
            .outputSchema = Schema()
                                .text(u"summary"_s, {})
                                .integer(u"total"_s, u"Rows in all"_s)
                                .cells(u"rows"_s, {})
                                .require({u"summary"_s, u"rows"_s}),
            .run = &getUsageCost,
        },
    };
}

} // namespace Tools

#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/text/times.h"
#include "tools/sql/resultrows.h"
#include "tools/sql/sqlapproval.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include "common/visible.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype QueryLength = 4000;
constexpr qsizetype PlanLength = 4000;
constexpr double GiB = 1024.0 * 1024 * 1024;

/// Of the query history's metrics (https://docs.databricks.com/api/workspace/queryhistory/list) those one would act on;
/// each says its unit.
constexpr std::array Metrics{"total_time_ms"_L1,        "compilation_time_ms"_L1, "execution_time_ms"_L1,
                             "result_fetch_time_ms"_L1, "task_total_time_ms"_L1,  "photon_total_time_ms"_L1,
                             "read_bytes"_L1,           "read_remote_bytes"_L1,   "read_cache_bytes"_L1,
                             "rows_read_count"_L1,      "rows_produced_count"_L1, "read_files_count"_L1,
                             "pruned_files_count"_L1,   "pruned_bytes"_L1,        "read_partitions_count"_L1,
                             "spill_to_disk_bytes"_L1,  "network_sent_bytes"_L1,  "write_remote_bytes"_L1};

/// "1.5 GiB"
QString sizeText(double bytes)
{
    static const std::array units{u"bytes"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s, u"TiB"_s, u"PiB"_s, u"EiB"_s};
    std::size_t unit = 0;
    while (bytes >= 1024 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    return u"%1 %2"_s.arg(bytes, 0, 'f', unit == 0 ? 0 : 1).arg(units.at(unit));
}

/// What the metrics say about where the time went.
QStringList findings(const QJsonObject &metrics)
{
    const auto of = [&metrics](QLatin1StringView key) { return double(metrics.value(key).toInteger()); };
    QStringList found;
    if (metrics.value("result_from_cache"_L1).toBool())
        found.append(u"The result came from the cache: the times say nothing of the query itself."_s);
    if (of("spill_to_disk_bytes"_L1) > 0)
        found.append(u"It spilled %1 to disk: its joins or aggregations need more memory, or less data."_s.arg(
            sizeText(of("spill_to_disk_bytes"_L1))));
    const double files = of("read_files_count"_L1);
    if (files > 100 && of("pruned_files_count"_L1) < files / 10)
        found.append(
            u"Hardly any files were skipped (%1 read, %2 pruned): a filter on a clustering or partition column "
            "would read less."_s.arg(qint64(files))
                .arg(qint64(of("pruned_files_count"_L1))));
    if (of("compilation_time_ms"_L1) > of("execution_time_ms"_L1) && of("compilation_time_ms"_L1) > 2000)
        found.append(u"It took longer to plan than to run."_s);
    if (of("result_fetch_time_ms"_L1) > of("execution_time_ms"_L1) && of("result_fetch_time_ms"_L1) > 2000)
        found.append(u"Fetching the rows took longer than computing them: ask for fewer."_s);
    return found;
}

QCoro::Task<ToolResult> getQuery(ToolCall call)
{
    const QString id = call.text(u"statement_id"_s);
    QUrlQuery query{{u"include_metrics"_s, u"true"_s}, {u"max_results"_s, u"1"_s}};
    Databricks::addQueryItem(query, u"filter_by.statement_ids"_s, id);
    const QString path = u"/api/2.0/sql/history/queries"_s;
    const QJsonObject answer = co_await call.workspace().get(path, query);
    const QJsonObject found = answer.value("res"_L1)[0].toObject();
    if (found.isEmpty())
        co_return ToolResult::error(
            u"The query history has no statement %1 that this user may see; list_queries lists "
            "those of the last days. A statement shows up some seconds after its end."_s.arg(Text::visible(id)));
    const QJsonObject metrics = found.value("metrics"_L1).toObject();
    QJsonObject facts = textsOf(found, {u"status"_s, u"user_name"_s, u"executed_as_user_name"_s, u"warehouse_id"_s,
                                        u"statement_type"_s, u"client_application"_s});
    facts.insert("statement_id"_L1, Text::visible(id));
    addText(facts, u"started"_s, timeText(found.value("query_start_time_ms"_L1).toInteger()));
    addText(facts, u"ended"_s, timeText(found.value("query_end_time_ms"_L1).toInteger()));
    if (found.contains("duration"_L1))
        facts.insert("duration_ms"_L1, found.value("duration"_L1).toInteger());
    addText(facts, u"error_message"_s,
            shortened(Text::visible(found.value("error_message"_L1).toString()), QueryLength));
    for (const QLatin1StringView key : Metrics) {
        if (metrics.value(key).toInteger() > 0)
            facts.insert(key, metrics.value(key).toInteger());
    }
    const QStringList hints = findings(metrics);
    addText(facts, u"findings"_s, hints.join(u' '));
    Answer result(u"Statement %1 is %2."_s.arg(Text::visible(id), facts.value("status"_L1).toString()));
    result.facts(facts).text(u"query_text"_s, u"query_text:"_s,
                             shortened(Text::visible(found.value("query_text"_L1).toString()), QueryLength));
    const bool isMeasured =
        std::ranges::any_of(Metrics, [&metrics](QLatin1StringView key) { return metrics.value(key).toInteger() > 0; });
    if (!isMeasured)
        result.note(u"No metrics (bytes, files, spill) are recorded for this statement."_s);
    co_return result;
}

/// Bytes of "2.3 MiB" as a plan spells it; -1 where it is none.
double bytesOf(const QString &number, const QString &unit)
{
    static const QStringList units{u"B"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s, u"TiB"_s, u"PiB"_s, u"EiB"_s};
    bool ok = false;
    double bytes = number.toDouble(&ok);
    qsizetype power = units.indexOf(unit);
    if (!ok || power < 0)
        return -1;
    for (; power > 0; --power)
        bytes *= 1024;
    return bytes;
}

/// What the relations of the optimized plan hold together: what a query reads at most, after pruning by partitions.
/// -1 where the plan does not say.
double estimatedBytes(const QString &plan)
{
    static const QRegularExpression relation(
        u"^[^\\n]*Relation\\b[^\\n]*Statistics\\(sizeInBytes=([0-9.E+]+) ?([A-Za-z]+)"_s,
        QRegularExpression::MultilineOption);
    double sum = -1;
    auto matches = relation.globalMatch(plan);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const double bytes = bytesOf(match.captured(1), match.captured(2));
        if (bytes >= 0)
            sum = std::max(sum, 0.0) + bytes;
    }
    return sum;
}

/// A join of every row with every row, as Spark's plans spell it.
bool multipliesRows(const QString &plan)
{
    static const QRegularExpression cartesian(
        u"CartesianProduct|BroadcastNestedLoopJoin|\\bJoin (?:Cross\\b|Inner(?:, Statistics\\(|\\s*$))"_s,
        QRegularExpression::MultilineOption);
    return cartesian.match(plan).hasMatch();
}

/// What the number of bytes says nothing of; empty where a plan joins nothing.
QString unestimated(const QString &plan)
{
    if (multipliesRows(plan))
        return u" It joins every row with every row of the other side: the rows in between may be as many as the "
               u"product "
               "of both, which that number does not cover. It may run long however little it reads."_s;
    return plan.contains(u"Join"_s) ? u" The rows that its joins produce are not covered by that number."_s : QString();
}

QCoro::Task<ToolResult> explainSql(ToolCall call)
{
    // EXPLAIN runs nothing, yet plans what it explains; a second statement behind a semicolon it does not.
    if (!deedOf(call).reads())
        co_return ToolResult::error(u"Only one statement that is known to read can be explained. Nothing was sent."_s);
    const WarehouseChoice warehouse = co_await chooseWarehouse(call);
    QJsonObject body = statementBody(call, warehouse.id);
    body.insert("statement"_L1, QString(u"EXPLAIN COST "_s + call.text(u"statement"_s)));
    const QJsonObject answer = co_await runStatement(call, body, 40s);
    if (isUnderWay(answer))
        co_return ToolResult::error(
            u"It is still being explained on %1. Do not ask again: call get_statement with statement_id %2."_s.arg(
                warehouse.inWords(), Text::visible(answer.value("statement_id"_L1).toString())));
    if (statementState(answer) != "SUCCEEDED"_L1)
        co_return ToolResult::error(failureText(answer));
    const ResultRows rows = co_await readRows(call, answer, 0, -1, 10'000);
    QStringList lines;
    for (const QJsonValue row : rows.rows)
        lines.append(row[0].toString());
    // Whole, as the API gave it: cells of an answer are cut.
    const QString whole = answer.value("result"_L1)["data_array"_L1][0][0].toString();
    const QString plan = whole.isEmpty() ? lines.join(u'\n') : whole;
    const double bytes = estimatedBytes(plan);
    Answer result(u"How the statement would be carried out:"_s);
    QString words = u"The plan does not say how much it reads."_s;
    if (bytes >= 0) {
        result.facts({{"estimated_bytes"_L1, bytes}});
        words = u"It reads about %1 at most."_s.arg(sizeText(bytes));
    }
    if (call.has(u"max_gib"_s) && bytes >= 0) {
        const bool fits = bytes <= call.real(u"max_gib"_s) * GiB;
        result.stated(u"within_limit"_s, fits);
        words += fits ? u" That is within the limit (true)."_s
                      : u" That is more than the limit of %1 GiB: filter on a partition or clustering column, or read "
                        "fewer tables."_s.arg(call.real(u"max_gib"_s));
    }
    words += unestimated(plan);
    const QString shown = shortened(Text::visible(plan), PlanLength);
    result.text(u"plan"_s, u"Plan:"_s, shown).note(words);
    co_return result;
}

} // namespace

QList<Tool> queryDetailTools()
{
    return {
        {
            .name = u"get_query"_s,
            .title = u"Get query"_s,
            .description =
                u"Shows one statement of the query history: its text, times, bytes and files read, spill, and "
                "why it was slow."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                Schema().text(u"statement_id"_s, u"From list_queries or query_sql"_s).require({u"statement_id"_s}),
            .outputSchema = Schema().text(u"statement_id"_s, {}).text(u"query_text"_s, {}).require({u"statement_id"_s}),
            .run = &getQuery,
        },
        {
            .name = u"explain_sql"_s,
            .title = u"Explain SQL"_s,
            .description =
                u"Explains a query without running it: about how many bytes it would read, and its plan. Ask "
                "before a query of large tables."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = statementSchema()
                               .number(u"max_gib"_s, u"Say whether it reads more GiB than this"_s)
                               .require({u"statement"_s}),
            .outputSchema = Schema()
                                .text(u"summary"_s, {})
                                .number(u"estimated_bytes"_s, {})
                                .flag(u"within_limit"_s, {})
                                .text(u"plan"_s, {})
                                .require({u"summary"_s}),
            .run = &explainSql,
            .deciding = {u"statement"_s},
        },
    };
}

} // namespace Tools

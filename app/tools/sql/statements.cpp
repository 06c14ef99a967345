#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/effects.h"
#include "tools/kit/schema.h"
#include "tools/sql/export/exports.h"
#include "tools/sql/sessionwords.h"
#include "tools/sql/sqlapproval.h"
#include "tools/sql/statement.h"
#include "tools/sql/statementresult.h"
#include "tools/sql/warehouses/warehousechoice.h"
#include "tools/sql/warehouses/warehousehealth.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qint64 UsualRows = 100;
constexpr qint64 UsualWait = 40;

/// What a model is told of a statement that waits for its warehouse. PENDING alone does not mean that it is starting.
QString warehouseNotice(const QJsonObject &warehouse)
{
    const QString state = Text::visible(warehouse.value("state"_L1).toString());
    return state.isEmpty() || state == "RUNNING"_L1
               ? QString()
               : u"Its warehouse is %1: a serverless one takes seconds, others some minutes."_s.arg(state);
}

/// The warehouse as it is; empty where this user may not see it.
QCoro::Task<QJsonObject> warehouseNow(ToolCall call, QString warehouseId)
{
    try {
        const QJsonObject warehouse = co_await call.workspace().get(warehousePath(warehouseId));
        co_return warehouse;
    } catch (const ApiError &error) {
        // A user may send statements to a warehouse that they may not look at.
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
    }
    co_return QJsonObject();
}

QCoro::Task<ToolResult> runSql(ToolCall call, bool reads)
{
    StatementView view;
    view.rowLimit = call.number(u"row_limit"_s, UsualRows);
    view.reads = reads;
    view.remark = sessionNote(call.text(u"statement"_s));
    QJsonObject body = statementBody(call, QString());
    body.insert("row_limit"_L1, view.rowLimit);
    body.insert("disposition"_L1, u"INLINE"_s);
    body.insert("format"_L1, u"JSON_ARRAY"_s);
    const std::chrono::seconds wait(call.number(u"wait_seconds"_s, UsualWait));
    const SentStatement sent = co_await runOnWarehouse(call, body, wait);
    QJsonObject answer = sent.answer;
    view.warehouseId = sent.warehouse.id;
    view.where = u" on "_s + sent.warehouse.inWords();
    if (statementState(answer) == "PENDING"_L1 && !answer.contains("warehouse_failure"_L1)) {
        const QJsonObject warehouse = co_await warehouseNow(call, sent.warehouse.id);
        const QString failure = launchFailure(warehouse);
        if (!failure.isEmpty())
            answer.insert("warehouse_failure"_L1, failure);
        view.notice = warehouseNotice(warehouse);
    }
    const ToolResult result = co_await statementAnswer(call, answer, view);
    co_return result;
}

QCoro::Task<ToolResult> executeSql(ToolCall call)
{
    return runSql(call, deedOf(call).reads());
}

/// Only what is known to read: clients that ask before each tool that may change something need not ask before this.
QCoro::Task<ToolResult> querySql(ToolCall call)
{
    const SqlDeed deed = deedOf(call);
    if (!deed.reads()) {
        QString what = u"This changes data"_s;
        if (!deed.reasons.isEmpty())
            what = u"This is not known to only read (%1)"_s.arg(deed.reasons.join("; "_L1));
        else if (!deed.verb.isEmpty())
            what = u"%1 changes data"_s.arg(deed.verb);
        const Calls::Policy &policy = call.session().policy();
        const bool isDenied = policy.decide(u"execute_sql"_s, deed.effects) == Calls::Decision::Deny;
        co_return ToolResult::error(isDenied ? QString(what + u". "_s + Calls::denial(policy, deed.effects))
                                             : QString(what + u": use execute_sql. Nothing was done."_s));
    }
    const ToolResult result = co_await runSql(call, true);
    co_return result;
}

QCoro::Task<ToolResult> getStatement(ToolCall call)
{
    const QString id = call.text(u"statement_id"_s);
    StatementView view;
    view.isById = true;
    view.firstRow = call.number(u"first_row"_s);
    view.chunk = call.number(u"chunk"_s, -1);
    view.rowLimit = call.number(u"row_limit"_s, UsualRows);
    const std::chrono::seconds wait(call.number(u"wait_seconds"_s));
    QJsonObject answer;
    try {
        answer = co_await watchStatement(call, id, wait);
    } catch (const ApiError &error) {
        throw unknownStatement(error, id);
    }
    const bool isInFiles = answer.value("result"_L1).toObject().contains("external_links"_L1);
    const auto work = call.session().exports->find(call.workspace().name(), id);
    if (work && isInFiles) {
        const QString path = work->file.partPath();
        const QString text = u"The statement succeeded, and export_query is writing its result to %1: %2 so far."_s;
        const QJsonObject facts{{"statement_id"_L1, id},
                                {"state"_L1, statementState(answer)},
                                {"total_row_count"_L1, work->totalRows},
                                {"export_path"_L1, path},
                                {"export_rows"_L1, qint64(work->rows)}};
        co_return factsAnswer(text.arg(path, rowsSoFar(*work)), facts);
    }
    const ToolResult result = co_await statementAnswer(call, answer, view);
    co_return result;
}

QCoro::Task<ToolResult> cancelStatement(ToolCall call)
{
    const QString id = call.text(u"statement_id"_s);
    QJsonObject before;
    try {
        before = co_await call.workspace().get(statementPath(id));
    } catch (const ApiError &error) {
        throw unknownStatement(error, id);
    }
    QJsonObject facts{{"statement_id"_L1, id}, {"state"_L1, statementState(before)}};
    if (!isUnderWay(before))
        co_return factsAnswer(u"Statement %1 is over already: it is %2."_s.arg(id, statementState(before)), facts);
    co_await call.workspace().post(statementPath(id, u"/cancel"_s));
    // A cancellation may lose the race against the statement's own end.
    const QJsonObject after = co_await watchStatement(call, id, 5s);
    const QString state = statementState(after);
    facts.insert("state"_L1, state);
    if (state == "CANCELED"_L1)
        co_return factsAnswer(u"Statement %1 is cancelled."_s.arg(id), facts);
    if (isUnderWay(after))
        co_return factsAnswer(
            u"Statement %1 is being cancelled; it is %2 still. Call get_statement to see its state."_s.arg(id, state),
            facts);
    co_return factsAnswer(u"Statement %1 ended before it could be cancelled: it is %2."_s.arg(id, state), facts);
}

Calls::Effects effectsOfStatement(const ToolCall &call)
{
    return deedOf(call).effects;
}

Calls::Effects effectsOfCancelling(const ToolCall &call)
{
    return ending(call, StartedWork::Kind::Statement, call.text(u"statement_id"_s));
}

Schema runSchema()
{
    return statementSchema()
        .integer(u"row_limit"_s, u"Most rows; default 100"_s, 1, 10'000)
        .integer(u"wait_seconds"_s, u"Seconds to wait; default 40"_s, 0, 45)
        .require({u"statement"_s});
}

Schema statementIdSchema()
{
    return Schema().text(u"statement_id"_s, u"From query_sql or execute_sql"_s).require({u"statement_id"_s});
}

} // namespace

QList<Tool> statementTools()
{
    return {
        {
            .name = u"query_sql"_s,
            .title = u"Query with SQL"_s,
            .description = u"Run a SQL query that only reads and return its rows. "
                           "A query longer than the wait goes on: get_statement has its rows."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = runSchema(),
            .outputSchema = statementResultSchema(),
            .run = &querySql,
        },
        asSql({
            .name = u"execute_sql"_s,
            .title = u"Run SQL"_s,
            .description =
                u"Executes SQL that changes data: insert rows, create or alter a table, delete, merge, grant. "
                "The person may be asked first. Use query_sql for what only reads."_s,
            .effects = Calls::anyEffect(),
            .inputSchema = runSchema(),
            .outputSchema = statementResultSchema(),
            .run = &executeSql,
            .effectsOf = &effectsOfStatement,
            .effectRange = u"as the statement does: reads to destroys"_s,
        }),
        {
            .name = u"get_statement"_s,
            .title = u"Get SQL statement"_s,
            .description = u"Shows a SQL statement's state and, when it has succeeded, its rows; kept for an hour."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                statementIdSchema()
                    .integer(u"first_row"_s, u"next_row of an earlier answer"_s, 0, std::numeric_limits<qint64>::max())
                    .integer(u"chunk"_s, u"Begin with this chunk instead"_s, 0, std::numeric_limits<int>::max())
                    .integer(u"row_limit"_s, u"Most rows; default 100"_s, 1, 10'000)
                    .integer(u"wait_seconds"_s, u"Seconds to wait; default 0"_s, 0, 45),
            .outputSchema = statementResultSchema(),
            .run = &getStatement,
        },
        {
            .name = u"cancel_statement"_s,
            .title = u"Cancel SQL statement"_s,
            .description = u"Cancels a SQL statement that is pending or running."_s,
            .effects = Calls::Effect::Adds | Calls::Effect::Destroys,
            .inputSchema = statementIdSchema(),
            .outputSchema = Schema()
                                .text(u"statement_id"_s, {})
                                .text(u"state"_s, u"The state afterwards"_s)
                                .require({u"statement_id"_s, u"state"_s}),
            .run = &cancelStatement,
            .effectsOf = &effectsOfCancelling,
            .leastEffects = Calls::Effect::Adds,
            .effectRange = u"adds for a statement of its own, else destroys"_s,
            .idempotent = true,
        },
    };
}

} // namespace Tools

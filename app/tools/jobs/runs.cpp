#include "tools/jobs/runs.h"

#include "tools/jobs/jobreading.h"
#include "tools/jobs/nestedruns.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/effects.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What jobs/runs/list gives in a page at most.
const QString RunsPerPage = u"24"_s;
/// A workspace has tens of thousands of runs, 24 a page: more are not counted.
constexpr qsizetype CountedRuns = 96;
constexpr qsizetype LookedAtRuns = 480;
constexpr qsizetype ShownIterations = 20;

QString timeArgument(const ToolCall &call, const QString &name)
{
    const QString text = call.text(name);
    if (text.isEmpty())
        return {};
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid())
        throw ApiError(ApiError::Kind::BadRequest, u"%1 must be a time such as 2026-11-22T08:00:00Z."_s.arg(name));
    return QString::number(time.toMSecsSinceEpoch());
}

QCoro::Task<ToolResult> listRuns(ToolCall call)
{
    QUrlQuery query{{u"limit"_s, RunsPerPage}};
    if (call.has(u"job_id"_s))
        query.addQueryItem(u"job_id"_s, QString::number(call.id(u"job_id"_s)));
    const bool active = call.flag(u"active_only"_s);
    const bool completed = call.flag(u"completed_only"_s);
    if (active && completed)
        co_return ToolResult::error(u"Give active_only or completed_only, not both: no run is both."_s);
    if (active)
        query.addQueryItem(u"active_only"_s, u"true"_s);
    if (completed)
        query.addQueryItem(u"completed_only"_s, u"true"_s);
    if (call.has(u"run_type"_s))
        query.addQueryItem(u"run_type"_s, call.text(u"run_type"_s));
    for (const QString &name : {u"start_time_from"_s, u"start_time_to"_s}) {
        const QString time = timeArgument(call, name);
        if (!time.isEmpty())
            query.addQueryItem(name, time);
    }
    Listing listing(u"/api/2.2/jobs/runs/list"_s, query, u"runs"_s, &runRow);
    listing.countedBy([](const QJsonObject &run) { return runState(run).isOver() ? u"over"_s : u"active"_s; })
        .countingTo(CountedRuns)
        .lookingAt(LookedAtRuns)
        .from(call, {.usual = 24});
    const bool failedOnly = call.flag(u"failed_only"_s);
    if (failedOnly)
        listing.matching([](const QJsonObject &run) { return runState(run).failed(); });
    const Listed listed = co_await readListing(call.workspace(), listing);

    QString headline = u"Found %1 runs, newest first"_s.arg(listed.totalInWords());
    if (const qsizetype running = listed.counts.value(u"active"_s); running > 0)
        headline += u" (%1 of them active)"_s.arg(running);
    const Columns columns{{u"run_id"_s, u"run id"_s},   {u"run_name"_s, u"name"_s},      {u"state"_s, u"state"_s},
                          {u"result"_s, u"result"_s},   {u"start_time"_s, u"started"_s}, {u"duration"_s, u"duration"_s},
                          {u"trigger"_s, u"trigger"_s}, {u"job_id"_s, u"job id"_s}};
    co_return listAnswer(headline + u':', columns, u"runs"_s, listed);
}

QCoro::Task<ToolResult> getRun(ToolCall call)
{
    const QJsonObject run = co_await readRun(call, call.id(u"run_id"_s));
    QJsonArray tasks;
    for (const QJsonValue task : run.value("tasks"_L1).toArray())
        tasks.append(taskRunRow(task.toObject()));
    const RowsPart part = rowsPart(tasks, call.number(u"first_task"_s), AnswerBytes);

    QJsonObject facts = runFacts(run);
    const QJsonArray repairs = run.value("repair_history"_L1).toArray();
    if (!repairs.isEmpty())
        addText(facts, u"latest_repair_id"_s, idText(repairs.last().toObject(), u"id"_s));
    const QString headline = u"Run %1 (%2) is %3."_s.arg(facts.value("run_id"_L1).toString(),
                                                         facts.value("run_name"_L1).toString(), runState(run).words());
    QString text = factsAnswer(headline, facts).text();
    if (!part.rows.isEmpty()) {
        const Columns columns{
            {u"task_key"_s, u"task"_s},     {u"run_id"_s, u"run id"_s},      {u"state"_s, u"state"_s},
            {u"result"_s, u"result"_s},     {u"kind"_s, u"kind"_s},          {u"detail"_s, u"detail"_s},
            {u"duration"_s, u"duration"_s}, {u"cluster_id"_s, u"cluster"_s}, {u"depends_on"_s, u"depends on"_s},
            {u"message"_s, u"message"_s}};
        text += u"\n%1 tasks:\n"_s.arg(part.total) + textTable(columns, part.rows);
    }
    if (const QString note = part.note(u"tasks"_s, u"first_task"_s); !note.isEmpty())
        text += u'\n' + note;
    const QJsonArray iterations = run.value("iterations"_L1).toArray();
    if (const QString words = iterationsText(iterations); !words.isEmpty()) {
        const QJsonArray failed = failedOnes(iterations);
        QJsonArray rows;
        for (qsizetype i = 0; i < std::min(failed.size(), ShownIterations); ++i)
            rows.append(taskRunRow(failed.at(i).toObject()));
        facts.insert("iterations"_L1, words);
        facts.insert("failed_iterations"_L1, rows);
        text += u'\n' + words + u'.';
        if (!rows.isEmpty())
            text +=
                u"\nFailed:\n"_s +
                textTable({{u"run_id"_s, u"run id"_s}, {u"result"_s, u"result"_s}, {u"message"_s, u"message"_s}}, rows);
        if (rows.size() < failed.size())
            text += u"\nThe first %1 of %2 failed ones are shown."_s.arg(rows.size()).arg(failed.size());
    }
    if (const QString problem = Text::visible(run.value("problem"_L1).toString()); !problem.isEmpty()) {
        facts.insert("problem"_L1, problem);
        text += u"\nThe run could not be read to its end: "_s + sentence(problem);
    }
    if (runState(run).failed())
        text += u"\nCall diagnose_run to see why it failed."_s;
    facts.insert("tasks"_L1, part.rows);
    facts.insert("task_count"_L1, part.total);
    co_return ToolResult(text, facts);
}

QCoro::Task<ToolResult> cancelRun(ToolCall call)
{
    const qint64 id = call.id(u"run_id"_s);
    const QJsonObject run = co_await readRun(call, id);
    if (runState(run).isOver())
        co_return factsAnswer(
            u"Run %1 is over already: %2. Nothing was cancelled."_s.arg(id).arg(runState(run).words()), runFacts(run));
    const QJsonObject body{{"run_id"_L1, id}};
    co_await call.workspace().post(u"/api/2.2/jobs/runs/cancel"_s, body);
    const QJsonObject now = co_await readRun(call, id);
    co_return factsAnswer(u"Run %1 is being cancelled. Call get_run to see when it is over."_s.arg(id), runFacts(now));
}

Calls::Effects effectsOfCancelling(const ToolCall &call)
{
    return ending(call, StartedWork::Kind::Run, call.text(u"run_id"_s).trimmed());
}

} // namespace

Tool listRunsTool()
{
    return {
        .name = u"list_runs"_s,
        .title = u"List runs"_s,
        .description = u"Lists runs of one job or of all, newest first, with state, result and duration. Runs are kept "
                       "for 60 days."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = withPages(
            Schema()
                .text(u"job_id"_s, u"Only runs of this job"_s)
                .flag(u"active_only"_s, u"Only runs that are not over"_s)
                .flag(u"completed_only"_s, u"Only runs that are over"_s)
                .flag(u"failed_only"_s, u"Only runs that did not succeed"_s)
                .choice(u"run_type"_s, u"Only runs of this type; one-off runs are SUBMIT_RUN"_s,
                        {u"JOB_RUN"_s, u"WORKFLOW_RUN"_s, u"SUBMIT_RUN"_s})
                .text(u"start_time_from"_s, u"Only runs started at or after this time, such as 2026-11-22T08:00:00Z"_s)
                .text(u"start_time_to"_s, u"Only runs started at or before this time"_s),
            {.usual = 24, .most = 200}),
        .outputSchema = listedSchema(u"runs"_s, runRowSchema()),
        .run = &listRuns,
    };
}

Tool getRunTool()
{
    return {
        .name = u"get_run"_s,
        .title = u"Get run"_s,
        .description = u"Shows one run: state, result, times, its page, and its tasks with their own run ids and "
                       "states. For a failed one call diagnose_run instead."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = withFirstTask(runIdSchema()),
        .outputSchema = runFactsSchema()
                            .text(u"latest_repair_id"_s, {})
                            .rows(u"tasks"_s, {}, taskRunRowSchema())
                            .integer(u"task_count"_s, u"How many there are in all"_s)
                            .require({u"state"_s, u"tasks"_s}),
        .run = &getRun,
    };
}

Tool cancelRunTool()
{
    return {
        .name = u"cancel_run"_s,
        .title = u"Cancel run"_s,
        .description = u"Cancels a run with all its tasks; what they were doing is lost. A run that is over already is "
                       "a success."_s,
        .effects = Calls::Effect::Adds | Calls::Effect::Destroys,
        .inputSchema = runIdSchema(),
        .outputSchema = runFactsSchema(),
        .run = &cancelRun,
        .effectsOf = &effectsOfCancelling,
        .leastEffects = Calls::Effect::Adds,
        .effectRange = u"adds for a run of its own, else destroys"_s,
        .target = &runTarget,
        .idempotent = true,
    };
}

} // namespace Tools

#include "tools/jobs/runs.h"

#include "tools/jobs/jobconsequence.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/nestedruns.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/effects.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What jobs/runs/list gives in a page at most.
const QString RunsPerPage = u"24"_s;
/// A workspace has tens of thousands of runs, 24 a page: more are not counted.
constexpr qsizetype CountedRuns = 96;
constexpr qsizetype LookedAtRuns = 1200;
constexpr qint64 UsualRuns = 24;
constexpr qsizetype ShownIterations = 20;

/// " started 2026-11-27 00:00:00 UTC to 2026-11-27 23:59:59 UTC": what was made of the times that were given.
QString spanWords(const std::optional<QDateTime> &from, const std::optional<QDateTime> &to)
{
    const auto text = [](const QDateTime &time) { return timeText(time.toMSecsSinceEpoch()); };
    if (from && to)
        return u" started %1 to %2"_s.arg(text(*from), text(*to));
    if (from)
        return u" started from %1 on"_s.arg(text(*from));
    return to ? u" started until %1"_s.arg(text(*to)) : QString();
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
    const bool failedOnly = call.flag(u"failed_only"_s);
    if (active && failedOnly)
        co_return ToolResult::error(u"Give active_only or failed_only, not both: a run that failed is over."_s);
    if (active)
        query.addQueryItem(u"active_only"_s, u"true"_s);
    if (completed)
        query.addQueryItem(u"completed_only"_s, u"true"_s);
    if (call.has(u"run_type"_s))
        query.addQueryItem(u"run_type"_s, call.text(u"run_type"_s));
    const std::optional<QDateTime> from = timeArgument(call, u"start_time_from"_s);
    const std::optional<QDateTime> to = endArgument(call, u"start_time_to"_s);
    for (const auto &[name, time] : {std::pair(u"start_time_from"_s, from), std::pair(u"start_time_to"_s, to)}) {
        if (time)
            query.addQueryItem(name, QString::number(time->toMSecsSinceEpoch()));
    }
    Listing listing(u"/api/2.2/jobs/runs/list"_s, query, u"runs"_s, &runRow);
    listing.countedBy([](const QJsonObject &run) { return runState(run).isOver() ? u"over"_s : u"active"_s; })
        .countingTo(CountedRuns)
        .lookingAt(LookedAtRuns)
        .from(call, {.usual = UsualRuns});
    if (failedOnly)
        listing.matching(
            [](const QJsonObject &run) { return runState(run).failed() && !runState(run).wasCancelled(); });
    const Listed listed = co_await readListing(call.workspace(), listing);

    QString headline = u"Found %1 runs%2, newest first"_s.arg(listed.totalInWords(), spanWords(from, to));
    if (const qsizetype running = listed.counts.value(u"active"_s); running > 0)
        headline += u" (%1 of them active)"_s.arg(running);
    const Columns columns{{u"run_id"_s, u"run id"_s},   {u"run_name"_s, u"name"_s},      {u"state"_s, u"state"_s},
                          {u"result"_s, u"result"_s},   {u"start_time"_s, u"started"_s}, {u"duration"_s, u"duration"_s},
                          {u"trigger"_s, u"trigger"_s}, {u"job_id"_s, u"job id"_s}};
    Answer answer = listAnswer(headline + u':', columns, u"runs"_s, listed);
    if (failedOnly && !listed.nextPageToken.isEmpty() && listed.rows.size() < call.number(u"limit"_s, UsualRuns))
        answer.note(u"Looked through %1 runs; the next page looks further back."_s.arg(LookedAtRuns));
    co_return answer;
}

QCoro::Task<ToolResult> getRun(ToolCall call)
{
    const QJsonObject run = co_await readRun(call, call.id(u"run_id"_s));
    QJsonArray tasks;
    for (const QJsonValue task : run.value("tasks"_L1).toArray())
        tasks.append(taskRunRow(task.toObject()));
    const RowsPart part = rowsPart(tasks, call.number(u"first_task"_s), RowBytes);

    QJsonObject facts = runFacts(run);
    const QJsonArray repairs = repairRows(run);
    if (!repairs.isEmpty())
        addText(facts, u"latest_repair_id"_s, repairs.last()["repair_id"_L1].toString());
    const QString headline = u"Run %1 (%2) is %3."_s.arg(facts.value("run_id"_L1).toString(),
                                                         facts.value("run_name"_L1).toString(), runState(run).words());
    Answer answer(headline);
    Columns columns{{u"task_key"_s, u"task"_s},
                    {u"run_id"_s, u"run id"_s},
                    {u"state"_s, u"state"_s},
                    {u"result"_s, u"result"_s},
                    {u"kind"_s, u"kind"_s},
                    {u"notebook_path"_s, u"notebook"_s},
                    {u"detail"_s, u"detail"_s},
                    {u"start_time"_s, u"started"_s},
                    {u"duration"_s, u"duration"_s},
                    {u"cluster_id"_s, u"cluster"_s},
                    {u"depends_on"_s, u"depends on"_s},
                    {u"message"_s, u"message"_s}};
    const auto hasParameters = [](const QJsonValue &row) { return row.toObject().contains("parameters"_L1); };
    if (std::any_of(part.rows.begin(), part.rows.end(), hasParameters))
        columns.append({u"parameters"_s, u"parameters"_s});
    answer.facts(facts).stated(u"task_count"_s, part.total);
    answer.rows(u"tasks"_s, u"%1 tasks:"_s.arg(part.total), columns, part.rows);
    answer.note(part.note(u"tasks"_s, u"first_task"_s));
    if (!repairs.isEmpty()) {
        const Columns history{{u"type"_s, u"type"_s},          {u"repair_id"_s, u"repair id"_s},
                              {u"start_time"_s, u"started"_s}, {u"duration"_s, u"duration"_s},
                              {u"result"_s, u"result"_s},      {u"tasks"_s, u"tasks"_s}};
        answer.rows(u"repairs"_s, u"Repairs:"_s, history, repairs);
    }
    const QJsonArray iterations = run.value("iterations"_L1).toArray();
    if (const QString words = iterationsText(iterations); !words.isEmpty()) {
        // Those that failed first: they are what is mostly looked for.
        QJsonArray rows;
        for (const bool failed : {true, false}) {
            for (const QJsonValue iteration : iterations) {
                if (rows.size() < ShownIterations && failedItself(iteration.toObject()) == failed)
                    rows.append(taskRunRow(iteration.toObject()));
            }
        }
        answer.facts({{"iterations"_L1, words}});
        answer.rows(u"iteration_runs"_s, u"Iterations (get_run_output takes their run ids):"_s,
                    {{u"run_id"_s, u"run id"_s},
                     {u"parameters"_s, u"parameters"_s},
                     {u"result"_s, u"result"_s},
                     {u"message"_s, u"message"_s}},
                    rows);
        if (rows.size() < iterations.size())
            answer.note(u"The first %1 of %2 iterations are shown, failed ones first."_s.arg(rows.size())
                            .arg(iterations.size()));
    }
    if (const QString problem = Text::visible(run.value("problem"_L1).toString()); !problem.isEmpty())
        answer.stated(u"problem"_s, problem).note(u"The run could not be read to its end: "_s + sentence(problem));
    if (runState(run).failed() && !runState(run).wasCancelled())
        answer.next(u"Call diagnose_job_run to see why it failed."_s);
    else if (!replacedAttempts(run).isEmpty())
        answer.next(u"Call diagnose_job_run to see why the attempts failed that were repaired."_s);
    co_return answer;
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
    const bool isContinuous = run.value("trigger"_L1) == "CONTINUOUS"_L1;
    const QString next =
        isContinuous ? u" Its job is continuous and starts the next one by itself, unless it is paused."_s : QString();
    co_return factsAnswer(u"Run %1 is being cancelled.%2 Call get_run to see when it is over."_s.arg(id).arg(next),
                          runFacts(now));
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
        .description = u"Lists job runs, newest first: state, result, start, duration; kept for 60 days."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = withPages(Schema()
                                     .text(u"job_id"_s, u"Only runs of this job"_s)
                                     .flag(u"active_only"_s, u"Only those not over"_s)
                                     .flag(u"completed_only"_s, u"Only those over"_s)
                                     .flag(u"failed_only"_s, u"Only failed, not repaired ones"_s)
                                     .choice(u"run_type"_s, u"Only runs of this type; one-off runs are SUBMIT_RUN"_s,
                                             {u"JOB_RUN"_s, u"WORKFLOW_RUN"_s, u"SUBMIT_RUN"_s})
                                     .text(u"start_time_from"_s, u"Started then or later, "_s + TimeForms)
                                     .text(u"start_time_to"_s, u"Started then or before"_s),
                                 {.usual = UsualRuns, .most = 200}),
        .outputSchema = listedSchema(u"runs"_s, runRowSchema()),
        .run = &listRuns,
    };
}

Tool getRunTool()
{
    return {
        .name = u"get_run"_s,
        .title = u"Get run"_s,
        .description =
            u"Shows one run: state, result, times, parameters, tasks. For a failed one use diagnose_job_run."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = withFirstTask(runIdSchema()),
        .outputSchema = runFactsSchema()
                            .text(u"latest_repair_id"_s, {})
                            .rows(u"repairs"_s, {}, repairRowSchema())
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
        .description = u"Cancels a run with all its tasks; what they were doing is lost."_s,
        .effects = Calls::Effect::Adds | Calls::Effect::Destroys,
        .inputSchema = runIdSchema(),
        .outputSchema = runFactsSchema(),
        .run = &cancelRun,
        .effectsOf = &effectsOfCancelling,
        .leastEffects = Calls::Effect::Adds,
        .effectRange = u"adds for a run of its own, else destroys"_s,
        .target = &runTarget,
        .consequence = &cancellationOfRun,
        .idempotent = true,
    };
}

} // namespace Tools

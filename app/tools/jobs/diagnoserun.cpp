#include "tools/jobs/diagnoserun.h"

#include "tools/clusters/clusterwords.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"

#include "common/visible.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

// The bounds of an answer: 4 × 7 KiB of output and 2 × 8 events, with room for names and words.
constexpr qsizetype ShownTasks = 4;
constexpr qsizetype OutputBytes = 7 * 1024;
constexpr qsizetype ShownClusters = 2;
constexpr int ShownEvents = 8;
constexpr qsizetype ShownNames = 50;

/// A failed request's words, for a diagnosis that goes on without what was asked for. Throws when the call was
/// cancelled.
QString problemWords(const ApiError &error)
{
    if (error.kind() == ApiError::Kind::Cancelled)
        throw error;
    return error.text();
}

/// A cluster that failed tasks ran on, and when they did.
struct FailedOn
{
    QString clusterId;
    qint64 start = 0; ///< 0: not known
    qint64 end = 0;
};

QCoro::Task<QJsonObject> clusterOrProblem(ToolCall call, FailedOn cluster)
{
    QJsonObject facts{{"cluster_id"_L1, cluster.clusterId}};
    QJsonObject body{{"cluster_id"_L1, cluster.clusterId}, {"order"_L1, "DESC"_L1}, {"page_size"_L1, ShownEvents}};
    // What happened to a shared cluster before or after, or at an attempt that was repaired since, explains nothing.
    constexpr qint64 Minute = 60'000;
    if (cluster.start > 0)
        body.insert("start_time"_L1, cluster.start - 10 * Minute);
    if (cluster.end > 0)
        body.insert("end_time"_L1, cluster.end + Minute);
    try {
        const QJsonObject answer = co_await call.workspace().readByPost(u"/api/2.1/clusters/events"_s, body);
        QJsonArray events;
        for (const QJsonValue event : answer.value("events"_L1).toArray())
            events.append(clusterEventRow(event.toObject()));
        facts.insert("events"_L1, events);
        if (events.isEmpty())
            facts.insert("note"_L1, u"no event of that time is recorded"_s);
    } catch (const ApiError &error) {
        addText(facts, u"problem"_s, u"Its events could not be read: %1"_s.arg(problemWords(error)));
    }
    const QJsonObject result = facts;
    co_return result;
}

struct TasksToExplain
{
    QJsonArray failed;
    QStringList heldBack;
    QList<FailedOn> clusters;

    void ranOn(const QString &clusterId, const QJsonObject &task)
    {
        const qint64 start = task.value("start_time"_L1).toInteger();
        const qint64 end = task.value("end_time"_L1).toInteger();
        const auto known = std::ranges::find(clusters, clusterId, &FailedOn::clusterId);
        if (known == clusters.end()) {
            clusters.append({clusterId, start, end});
        } else {
            known->start = std::min(known->start, start);
            known->end = known->end > 0 && end > 0 ? std::max(known->end, end) : 0;
        }
    }
};

TasksToExplain tasksToExplain(const QJsonObject &run)
{
    TasksToExplain tasks;
    for (const QJsonValue value : latestTasks(run)) {
        const QJsonObject task = value.toObject();
        const RunState state = runState(task);
        if (!state.failed())
            continue;
        const QJsonObject row = taskRunRow(task);
        // The other side of a condition would not have run anyway.
        if (task.value("state"_L1)["result_state"_L1] == "EXCLUDED"_L1)
            continue;
        if (state.heldBack()) {
            tasks.heldBack.append(row.value("task_key"_L1).toString());
            continue;
        }
        tasks.failed.append(task);
        const QString cluster = row.value("cluster_id"_L1).toString();
        if (!cluster.isEmpty())
            tasks.ranOn(cluster, task);
    }
    const QString own = Text::visible(run.value("cluster_instance"_L1)["cluster_id"_L1].toString());
    if (!tasks.failed.isEmpty() && tasks.clusters.isEmpty() && !own.isEmpty())
        tasks.ranOn(own, run);
    return tasks;
}

QString clusterText(const QJsonObject &cluster)
{
    const QString id = cluster.value("cluster_id"_L1).toString();
    if (cluster.contains("problem"_L1))
        return u"Cluster %1: %2"_s.arg(id, cluster.value("problem"_L1).toString());
    const Columns columns{
        {u"time"_s, u"time"_s}, {u"type"_s, u"type"_s}, {u"user"_s, u"user"_s}, {u"details"_s, u"details"_s}};
    const QJsonArray events = cluster.value("events"_L1).toArray();
    return "cluster_id: "_L1 + id +
           (events.isEmpty() ? u"\nnote: "_s + cluster.value("note"_L1).toString()
                             : u"\nEvents during the run:\n"_s + textTable(columns, events));
}

/// What the attempts gave that failed before a repair took their place.
QCoro::Task<QJsonArray> failedAttempts(ToolCall call, QStringList runIds)
{
    QJsonArray failed;
    for (qsizetype i = 0; i < runIds.size() && failed.size() < ShownTasks; ++i) {
        QJsonObject attempt{{"run_id"_L1, runIds.at(i)}};
        try {
            const QUrlQuery query{{u"run_id"_s, runIds.at(i)}};
            attempt = co_await call.workspace().get(u"/api/2.2/jobs/runs/get"_s, query);
        } catch (const ApiError &error) {
            addText(attempt, u"output_problem"_s, u"This attempt could not be read: "_s + problemWords(error));
            failed.append(attempt);
            continue;
        }
        if (!runState(attempt).failed() || runState(attempt).heldBack())
            continue;
        const QJsonObject output = co_await outputOrProblem(call, attempt, OutputBytes);
        failed.append(output);
    }
    co_return failed;
}

QString headline(const QJsonObject &facts, const RunState &state)
{
    const QString run =
        u"Run %1 (%2)"_s.arg(facts.value("run_id"_L1).toString(), facts.value("run_name"_L1).toString());
    if (!state.isOver())
        return u"%1 is not over: it is %2."_s.arg(run, state.state);
    if (state.wasCancelled())
        return u"%1 was cancelled: %2. %3"_s.arg(run, state.words(), state.message);
    if (!state.failed())
        return u"%1 did not fail: it is %2."_s.arg(run, state.words());
    return u"%1 failed: %2. %3"_s.arg(run, state.words(), state.message);
}

QCoro::Task<ToolResult> diagnoseRun(ToolCall call)
{
    const QJsonObject run = co_await readRun(call, call.id(u"run_id"_s));
    const TasksToExplain tasks = tasksToExplain(run);
    const QJsonObject facts = runFacts(run);
    Answer answer(headline(facts, runState(run)));
    answer.facts(facts);

    QJsonArray failed;
    QStringList texts;
    const QStringList replaced = replacedAttempts(run);
    if (runState(run).isOver() && !runState(run).failed() && !replaced.isEmpty()) {
        // It is well now: what is asked for is why it was not before.
        const QJsonArray attempts = co_await failedAttempts(call, replaced);
        for (const QJsonValue attempt : attempts)
            texts.append(outputText(attempt.toObject()));
        if (!attempts.isEmpty())
            answer.objects(u"failed_attempts"_s, attempts,
                           u"Failed before it was repaired:\n"_s + texts.join("\n\n"_L1));
        if (replaced.size() > ShownTasks)
            answer.note(u"%1 attempts were replaced; of those that failed at most %2 are shown. get_run names all."_s
                            .arg(replaced.size())
                            .arg(ShownTasks));
        texts.clear();
    }
    for (qsizetype i = 0; i < std::min(tasks.failed.size(), ShownTasks); ++i) {
        const QJsonObject output = co_await outputOrProblem(call, tasks.failed.at(i).toObject(), OutputBytes);
        failed.append(output);
        texts.append(outputText(output));
    }
    answer.objects(u"failed_tasks"_s, failed, texts.join("\n\n"_L1));
    if (failed.size() < tasks.failed.size())
        answer.note(
            u"%1 of %2 failed tasks are shown. Call get_run for the others, and get_run_output with a task_key."_s
                .arg(failed.size())
                .arg(tasks.failed.size()));
    if (!tasks.heldBack.isEmpty() && !tasks.failed.isEmpty()) {
        QString names = tasks.heldBack.mid(0, ShownNames).join(", "_L1);
        if (tasks.heldBack.size() > ShownNames)
            names += u" and %1 more"_s.arg(tasks.heldBack.size() - ShownNames);
        answer.stated(u"held_back_tasks"_s, QJsonArray::fromStringList(tasks.heldBack.mid(0, ShownNames)));
        answer.note("Did not run because of that: "_L1 + names);
    }
    QJsonArray clusters;
    texts.clear();
    const QList<FailedOn> shownClusters = tasks.clusters.mid(0, ShownClusters);
    for (const FailedOn &failedOn : shownClusters) {
        const QJsonObject cluster = co_await clusterOrProblem(call, failedOn);
        clusters.append(cluster);
        texts.append(clusterText(cluster));
    }
    answer.objects(u"clusters"_s, clusters, texts.join(u'\n'));
    if (clusters.size() < tasks.clusters.size()) {
        QStringList others;
        const QList<FailedOn> named = tasks.clusters.mid(ShownClusters, ShownNames);
        for (const FailedOn &one : named)
            others.append(one.clusterId);
        answer.note(u"The failed tasks also ran on other clusters; call list_cluster_events for: "_s +
                    others.join(", "_L1));
    }
    if (!failed.isEmpty())
        answer.next(u"When the cause is mended, repair_run with this run_id runs the failed tasks again."_s);
    co_return answer;
}

Schema diagnosisSchema()
{
    return runFactsSchema()
        .rows(u"failed_tasks"_s, {},
              taskOutputSchema().text(u"output_problem"_s, u"Why its output could not be read"_s))
        .rows(u"failed_attempts"_s, u"Of a run that was repaired with success: what failed before"_s,
              taskOutputSchema().text(u"output_problem"_s, u"Why it could not be read"_s))
        .rows(u"clusters"_s, u"The clusters the failed tasks ran on, and what happened to them meanwhile"_s,
              Schema()
                  .text(u"cluster_id"_s, {})
                  .rows(u"events"_s, u"The last ones, newest first"_s,
                        Schema().text(u"time"_s, {}).text(u"type"_s, {}).text(u"user"_s, {}).text(u"details"_s, {}))
                  .text(u"problem"_s, u"Why its events could not be read"_s))
        .require({u"state"_s, u"failed_tasks"_s});
}

} // namespace

Tool diagnoseRunTool()
{
    return {
        .name = u"diagnose_job_run"_s,
        .title = u"Diagnose job run"_s,
        .description = u"Says why a job run failed: the failed tasks with their error, notebook and end of output, the "
                       "tasks held back, and what happened to their clusters meanwhile."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = runIdSchema(),
        .outputSchema = diagnosisSchema(),
        .run = &diagnoseRun,
        .formerNames = {u"diagnose_run"_s},
    };
}

} // namespace Tools

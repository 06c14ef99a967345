#include "tools/jobs/runs.h"

#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"

#include "databricks/pageguard.h"

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
/// Arrays of jobs and runs come 100 elements a page, and hold 1000 at most.
constexpr int MostPages = 20;

/// An object of the jobs API whose arrays come in pages: those under keys are put together.
QCoro::Task<QJsonObject> readPaged(ToolCall call, QString path, QUrlQuery query, QString settingsKey, QStringList keys)
{
    QJsonObject whole;
    QHash<QString, QJsonArray> arrays;
    QString pageToken;
    const ApiError endless(ApiError::Kind::BadAnswer, u"%1 does not end: the workspace repeats its pages."_s.arg(path));
    Databricks::PageGuard guard(endless, MostPages);
    do {
        guard.reading(pageToken);
        QUrlQuery pageQuery = query;
        if (!pageToken.isEmpty())
            Databricks::addQueryItem(pageQuery, u"page_token"_s, pageToken);
        const QJsonObject part = co_await call.workspace().get(path, pageQuery);
        const QJsonObject holder = settingsKey.isEmpty() ? part : part.value(settingsKey).toObject();
        for (const QString &key : keys) {
            for (const QJsonValue element : holder.value(key).toArray())
                arrays[key].append(element);
        }
        if (pageToken.isEmpty())
            whole = part;
        pageToken = part.value("next_page_token"_L1).toString();
    } while (!pageToken.isEmpty());
    QJsonObject holder = settingsKey.isEmpty() ? whole : whole.value(settingsKey).toObject();
    for (const QString &key : keys) {
        if (!arrays.value(key).isEmpty())
            holder.insert(key, arrays.value(key));
    }
    if (settingsKey.isEmpty())
        co_return holder;
    whole.insert(settingsKey, holder);
    const QJsonObject result = whole;
    co_return result;
}

QUrlQuery idQuery(const QString &name, qint64 id)
{
    return QUrlQuery{{name, QString::number(id)}};
}

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

} // namespace

QCoro::Task<QJsonObject> readRun(ToolCall call, qint64 runId)
{
    QUrlQuery query = idQuery(u"run_id"_s, runId);
    query.addQueryItem(u"include_history"_s, u"true"_s);
    const QStringList keys{u"tasks"_s};
    const QJsonObject run = co_await readPaged(call, u"/api/2.2/jobs/runs/get"_s, query, QString(), keys);
    call.setTarget(clean(run.value("run_name"_L1).toString()));
    co_return run;
}

QCoro::Task<QJsonObject> readJob(ToolCall call, qint64 jobId)
{
    const QStringList keys{u"tasks"_s, u"parameters"_s, u"job_clusters"_s};
    const QUrlQuery query = idQuery(u"job_id"_s, jobId);
    const QJsonObject job = co_await readPaged(call, u"/api/2.2/jobs/get"_s, query, u"settings"_s, keys);
    call.setTarget(clean(job.value("settings"_L1)["name"_L1].toString()));
    co_return job;
}

QCoro::Task<QString> runTarget(ToolCall call)
{
    const qint64 id = call.id(u"run_id"_s);
    const QJsonObject run = co_await call.workspace().get(u"/api/2.2/jobs/runs/get"_s, idQuery(u"run_id"_s, id));
    const QString name = clean(run.value("run_name"_L1).toString());
    co_return name;
}

QCoro::Task<QString> jobTarget(ToolCall call)
{
    const qint64 id = call.id(u"job_id"_s);
    const QJsonObject job = co_await call.workspace().get(u"/api/2.2/jobs/get"_s, idQuery(u"job_id"_s, id));
    const QString name = clean(job.value("settings"_L1)["name"_L1].toString());
    co_return name;
}

QJsonObject runFacts(const QJsonObject &run)
{
    QJsonObject facts = runRow(run);
    addText(facts, u"message"_s, runState(run).message);
    addText(facts, u"run_page_url"_s, clean(run.value("run_page_url"_L1).toString()));
    addText(facts, u"end_time"_s, timeText(run.value("end_time"_L1).toInteger()));
    addText(facts, u"creator_user_name"_s, clean(run.value("creator_user_name"_L1).toString()));
    return facts;
}

Schema runIdSchema()
{
    return Schema().text(u"run_id"_s, u"Id of the run"_s).require({u"run_id"_s});
}

Schema jobIdSchema()
{
    return Schema().text(u"job_id"_s, u"Id of the job"_s).require({u"job_id"_s});
}

Schema runRowSchema()
{
    return Schema()
        .text(u"run_id"_s, {})
        .text(u"job_id"_s, {})
        .text(u"run_name"_s, {})
        .text(u"state"_s, {})
        .text(u"result"_s, u"How it ended, such as SUCCESS; absent while it runs"_s)
        .text(u"start_time"_s, {})
        .text(u"duration"_s, {})
        .text(u"trigger"_s, {});
}

Schema taskRunRowSchema()
{
    return Schema()
        .text(u"task_key"_s, {})
        .text(u"run_id"_s, u"The task's own run id"_s)
        .text(u"state"_s, {})
        .text(u"result"_s, {})
        .text(u"message"_s, {})
        .text(u"duration"_s, {})
        .text(u"cluster_id"_s, {})
        .text(u"depends_on"_s, {});
}

Schema runFactsSchema()
{
    return runRowSchema()
        .text(u"message"_s, u"The workspace's words on the state"_s)
        .text(u"run_page_url"_s, u"The run's page in the workspace"_s)
        .text(u"end_time"_s, {})
        .text(u"creator_user_name"_s, {})
        .require({u"run_id"_s});
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
        const Columns columns{{u"task_key"_s, u"task"_s},         {u"run_id"_s, u"run id"_s},
                              {u"state"_s, u"state"_s},           {u"result"_s, u"result"_s},
                              {u"duration"_s, u"duration"_s},     {u"cluster_id"_s, u"cluster"_s},
                              {u"depends_on"_s, u"depends on"_s}, {u"message"_s, u"message"_s}};
        text += u"\n%1 tasks:\n"_s.arg(part.total) + textTable(columns, part.rows);
    }
    if (const QString note = part.note(u"tasks"_s, u"first_task"_s); !note.isEmpty())
        text += u'\n' + note;
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

} // namespace Tools

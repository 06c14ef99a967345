#include "tools/host/catalogue.h"
#include "tools/jobs/diagnoserun.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/runjob.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runs.h"
#include "tools/jobs/runwords.h"
#include "tools/jobs/schedules/schedulewords.h"
#include "tools/jobs/taskchanges.h"
#include "tools/jobs/taskkinds.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// The API knows no part of a name: so many jobs are looked at for one answer.
constexpr qsizetype LookedAtJobs = 5000;
constexpr qsizetype DescriptionCharacters = 2000;
constexpr qsizetype OtherCharacters = 1500;
/// The latest runs, in which a listed job's last result is looked for.
constexpr qsizetype RunsForResults = 96;
/// The same of a job that is asked for: some may be active.
constexpr qsizetype RunsOfAJob = 4;
/// So many jobs that are not among them are asked for by themselves.
constexpr qsizetype MostAskedJobs = 12;

QJsonObject jobRow(const QJsonObject &job)
{
    const QJsonObject settings = job.value("settings"_L1).toObject();
    QJsonObject row{{"job_id"_L1, idText(job, u"job_id"_s)},
                    {"name"_L1, Text::visible(settings.value("name"_L1).toString())}};
    addText(row, u"schedule"_s, scheduleText(settings));
    addText(row, u"creator_user_name"_s, Text::visible(job.value("creator_user_name"_L1).toString()));
    return row;
}

Schema jobRowSchema()
{
    return Schema()
        .text(u"job_id"_s, {})
        .text(u"name"_s, {})
        .text(u"schedule"_s, u"When it runs, in words; absent: only when somebody starts it"_s)
        .text(u"last_result_utc"_s,
              u"Of its last finished run, and when that began; of an active one since when it is"_s)
        .text(u"creator_user_name"_s, {});
}

/// The latest runs: of one job, or of all where none is named.
Listing latestRuns(const QString &jobId, qsizetype count)
{
    QUrlQuery query{{u"limit"_s, QString::number(std::min<qsizetype>(count, 24))}};
    if (!jobId.isEmpty())
        query.addQueryItem(u"job_id"_s, jobId);
    Listing listing(u"/api/2.2/jobs/runs/list"_s, query, u"runs"_s, [](const QJsonObject &run) {
        const RunState state = runState(run);
        const QString start = timeText(run.value("start_time"_L1).toInteger()).left(16);
        return QJsonObject{{"job"_L1, idText(run, u"job_id"_s)},
                           {"isOver"_L1, state.isOver()},
                           {"result"_L1, state.isOver() ? QString(state.result + u' ' + start)
                                                        : u"%1 since %2"_s.arg(state.state, start)}};
    });
    listing.lookingAt(count).countingTo(count).from(QString(), count);
    return listing;
}

/// Adds what the runs of a listing, newest first, tell of their jobs: of each the newest active and the last finished.
void addResults(QHash<QString, QString> &results, const QJsonArray &runs)
{
    QHash<QString, QStringList> told;
    QSet<QString> finished;
    for (const QJsonValue run : runs) {
        const QString job = run["job"_L1].toString();
        const bool isOver = run["isOver"_L1].toBool();
        if (finished.contains(job) || (!isOver && !told.value(job).isEmpty()))
            continue;
        if (isOver)
            finished.insert(job);
        told[job].append(run["result"_L1].toString());
    }
    for (auto one = told.cbegin(); one != told.cend(); ++one) {
        if (!results.contains(one.key()))
            results.insert(one.key(), one.value().join(", before "_L1));
    }
}

/// How the last finished run of each job ended, "FAILED 2026-11-27 06:00", after what is under way, "RUNNING since
/// 2026-11-28 06:00". The latest runs of the workspace tell most, and jobs that run seldom are asked for by themselves,
/// as many as an answer has time for.
QCoro::Task<QHash<QString, QString>> lastResults(ToolCall call, QStringList jobs)
{
    QHash<QString, QString> results;
    qsizetype asked = 0;
    jobs.prepend(QString());
    for (const QString &job : std::as_const(jobs)) {
        if (results.contains(job) || asked > MostAskedJobs)
            continue;
        const Listing listing = latestRuns(job, job.isEmpty() ? RunsForResults : RunsOfAJob);
        const Listed runs = co_await readListing(call.workspace(), listing);
        ++asked;
        addResults(results, runs.rows);
        if (!job.isEmpty() && !results.contains(job))
            results.insert(job, u"never ran"_s);
    }
    const QHash<QString, QString> found = results;
    co_return found;
}

QCoro::Task<ToolResult> listJobs(ToolCall call)
{
    QUrlQuery query{{u"limit"_s, u"100"_s}};
    if (call.has(u"name"_s))
        Databricks::addQueryItem(query, u"name"_s, call.text(u"name"_s));
    Listing listing(u"/api/2.2/jobs/list"_s, query, u"jobs"_s, &jobRow);
    listing.from(call);
    const QString part = call.text(u"name_contains"_s);
    if (!part.isEmpty())
        listing
            .matching([part](const QJsonObject &job) {
                return nameHolds(job.value("settings"_L1)["name"_L1].toString(), part);
            })
            .lookingAt(LookedAtJobs);
    Listed listed = co_await readListing(call.workspace(), listing);
    QString problem;
    if (!listed.rows.isEmpty()) {
        try {
            QStringList ids;
            for (const QJsonValue row : std::as_const(listed.rows))
                ids.append(row["job_id"_L1].toString());
            const QHash<QString, QString> results = co_await lastResults(call, ids);
            const auto isKnown = [&results](const QString &id) { return results.contains(id); };
            if (!std::ranges::all_of(ids, isKnown))
                problem =
                    u"Where no last result is given, there is none in the newest %1 runs; list_runs with job_id has it."_s
                        .arg(RunsForResults);
            for (qsizetype i = 0; i < listed.rows.size(); ++i) {
                QJsonObject row = listed.rows.at(i).toObject();
                addText(row, u"last_result_utc"_s, results.value(row.value("job_id"_L1).toString()));
                listed.rows.replace(i, row);
            }
        } catch (const ApiError &error) {
            if (error.kind() == ApiError::Kind::Cancelled)
                throw;
            problem = u"The last results could not be read: %1"_s.arg(error.text());
        }
    }
    const Columns columns{{u"job_id"_s, u"id"_s},
                          {u"name"_s, u"name"_s},
                          {u"schedule"_s, u"schedule"_s},
                          {u"last_result_utc"_s, u"last result (UTC)"_s},
                          {u"creator_user_name"_s, u"creator"_s}};
    Answer answer = listAnswer(u"Found %1 jobs:"_s.arg(listed.totalInWords()), columns, u"jobs"_s, listed);
    answer.note(problem);
    co_return answer;
}

QString compute(const QJsonObject &task)
{
    if (task.contains("existing_cluster_id"_L1))
        return "cluster "_L1 + Text::visible(task.value("existing_cluster_id"_L1).toString());
    if (task.contains("job_cluster_key"_L1))
        return "job cluster "_L1 + Text::visible(task.value("job_cluster_key"_L1).toString());
    if (task.contains("new_cluster"_L1))
        return u"its own new cluster"_s;
    return u"serverless or its own kind's compute"_s;
}

QJsonObject taskRow(const QJsonObject &task)
{
    QJsonObject row{{"task_key"_L1, Text::visible(task.value("task_key"_L1).toString())}};
    addText(row, u"kind"_s, taskKind(task));
    addText(row, u"runs"_s, taskSubject(task));
    addText(row, u"compute"_s, compute(task));
    addText(row, u"parameters"_s, taskParameters(task));
    addText(row, u"depends_on"_s, dependsOnText(task));
    const QString runIf = Text::visible(task.value("run_if"_L1).toString());
    addText(row, u"run_if"_s, runIf == "ALL_SUCCESS"_L1 ? QString() : runIf);
    if (task.value("disabled"_L1).toBool())
        row.insert("disabled"_L1, true);
    addText(row, u"settings"_s, taskSettings(task));
    return row;
}

Schema taskRowSchema()
{
    return Schema()
        .text(u"task_key"_s, {})
        .text(u"kind"_s, u"notebook, python, sql, pipeline, …"_s)
        .text(u"runs"_s, u"The notebook, file or other thing it runs"_s)
        .text(u"compute"_s, {})
        .text(u"depends_on"_s, {})
        .text(u"run_if"_s, u"When it runs, unless ALL_SUCCESS of those it depends on"_s)
        .flag(u"disabled"_s, {})
        .text(u"parameters"_s, u"What it is given: name=value"_s)
        .text(u"settings"_s, u"Its other settings that are no defaults: name=value"_s);
}

/// What a job is set to beside what get_job tells for itself, as compact JSON.
QString otherSettings(const QJsonObject &settings)
{
    static const QSet<QString> Told{
        u"name"_s,           u"description"_s, u"schedule"_s, u"trigger"_s, u"continuous"_s,
        u"tasks"_s,          u"parameters"_s,  u"tags"_s,     u"problem"_s, u"max_concurrent_runs"_s,
        u"timeout_seconds"_s};
    QJsonObject others;
    for (auto one = settings.begin(); one != settings.end(); ++one) {
        if (!Told.contains(one.key()) && !isDefault(one.key(), *one))
            others.insert(one.key(), safeJson(*one));
    }
    return others.isEmpty() ? QString() : shortened(jsonText(others), OtherCharacters);
}

/// The schedule as update_job takes it.
void addSchedule(QJsonObject &facts, const QJsonObject &settings)
{
    const QJsonObject schedule = settings.value("schedule"_L1).toObject();
    addText(facts, u"schedule_cron"_s, Text::visible(schedule.value("quartz_cron_expression"_L1).toString()));
    addText(facts, u"schedule_timezone"_s, Text::visible(schedule.value("timezone_id"_L1).toString()));
    addText(facts, u"next_run"_s, nextRunText(settings));
}

QJsonArray parameterRows(const QJsonObject &settings)
{
    QJsonArray rows;
    for (const QJsonValue one : settings.value("parameters"_L1).toArray())
        rows.append(QJsonObject{{"name"_L1, Text::visible(one["name"_L1].toString())},
                                {"default"_L1, Text::visible(one["default"_L1].toString())}});
    return rows;
}

QCoro::Task<ToolResult> getJob(ToolCall call)
{
    const QJsonObject job = co_await readJob(call, call.id(u"job_id"_s));
    const QJsonObject settings = job.value("settings"_L1).toObject();
    QJsonObject facts = jobRow(job);
    addSchedule(facts, settings);
    addText(facts, u"created_time"_s, timeText(job.value("created_time"_L1).toInteger()));
    addText(facts, u"run_as_user_name"_s, Text::visible(job.value("run_as_user_name"_L1).toString()));
    addText(facts, u"description"_s,
            shortened(Text::visible(settings.value("description"_L1).toString()), DescriptionCharacters));
    for (const auto key : {"max_concurrent_runs"_L1, "timeout_seconds"_L1}) {
        if (settings.contains(key))
            facts.insert(key, settings.value(key).toInteger());
    }
    if (settings.contains("tags"_L1))
        facts.insert("tags"_L1, safeJson(settings.value("tags"_L1)));
    addText(facts, u"other_settings"_s, otherSettings(settings));
    const QString headline = u"Job %1 (%2) runs %3."_s.arg(
        facts.value("job_id"_L1).toString(), facts.value("name"_L1).toString(),
        facts.contains("schedule"_L1) ? facts.value("schedule"_L1).toString() : u"when somebody starts it"_s);
    Answer answer(headline);
    answer.facts(facts);

    const RowsPart parameters = rowsPart(parameterRows(settings), 0, RowBytes / 4);
    if (parameters.total > 0)
        answer.rows(u"parameters"_s, u"Parameters:"_s, {{u"name"_s, u"name"_s}, {u"default"_s, u"default"_s}},
                    parameters.rows);
    if (!parameters.isWhole())
        answer.note(u"%1 of %2 parameters are shown."_s.arg(parameters.rows.size()).arg(parameters.total));
    QJsonArray rows;
    for (const QJsonValue task : settings.value("tasks"_L1).toArray())
        rows.append(taskRow(task.toObject()));
    const RowsPart tasks = rowsPart(rows, call.number(u"first_task"_s), RowBytes / 4 * 3);
    Columns columns{{u"task_key"_s, u"task"_s},
                    {u"kind"_s, u"kind"_s},
                    {u"runs"_s, u"runs"_s},
                    {u"compute"_s, u"compute"_s},
                    {u"depends_on"_s, u"depends on"_s}};
    for (const auto &column : Columns{{u"parameters"_s, u"parameters"_s},
                                      {u"run_if"_s, u"runs if"_s},
                                      {u"disabled"_s, u"disabled"_s},
                                      {u"settings"_s, u"other settings"_s}}) {
        const auto has = [&column](const QJsonValue &row) { return row.toObject().contains(column.first); };
        if (std::any_of(tasks.rows.begin(), tasks.rows.end(), has))
            columns.append(column);
    }
    answer.stated(u"task_count"_s, tasks.total);
    answer.rows(u"tasks"_s, u"%1 tasks:"_s.arg(tasks.total), columns, tasks.rows);
    answer.note(tasks.note(u"tasks"_s, u"first_task"_s));
    co_return answer;
}

} // namespace

QList<Tool> jobTools()
{
    return {
        {
            .name = u"list_jobs"_s,
            .title = u"List jobs"_s,
            .description = u"Lists jobs: schedule in words, paused or not, last result, creator."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema()
                                         .text(u"name"_s, u"The whole name, in any case"_s)
                                         .text(u"name_contains"_s, u"Part of the name, in any case"_s)),
            .outputSchema = listedSchema(u"jobs"_s, jobRowSchema()),
            .run = &listJobs,
        },
        {
            .name = u"get_job"_s,
            .title = u"Get job"_s,
            .description =
                u"Shows one job: schedule, parameters, and its tasks with what they run, on which compute and "
                "after which others."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withFirstTask(jobIdSchema()),
            .outputSchema = jobRowSchema()
                                .text(u"run_as_user_name"_s, {})
                                .text(u"description"_s, {})
                                .integer(u"max_concurrent_runs"_s, {})
                                .integer(u"timeout_seconds"_s, u"0: none"_s)
                                .map(u"tags"_s, {})
                                .text(u"schedule_cron"_s, u"The Quartz expression, as update_job takes it"_s)
                                .text(u"schedule_timezone"_s, {})
                                .text(u"next_run"_s, {})
                                .text(u"other_settings"_s, u"Those that are no defaults, as JSON"_s)
                                .rows(u"parameters"_s, {}, Schema().text(u"name"_s, {}).text(u"default"_s, {}))
                                .integer(u"parameter_count"_s, u"How many there are in all"_s)
                                .rows(u"tasks"_s, {}, taskRowSchema())
                                .integer(u"task_count"_s, u"How many there are in all"_s)
                                .require({u"job_id"_s, u"name"_s, u"tasks"_s}),
            .run = &getJob,
        },
        listRunsTool(),
        getRunTool(),
        getRunOutputTool(),
        diagnoseRunTool(),
        runJobTool(),
        cancelRunTool(),
    };
}

} // namespace Tools

#include "tools/host/catalogue.h"
#include "tools/jobs/jobconsequence.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/jobsettings.h"
#include "tools/jobs/nestedruns.h"
#include "tools/jobs/runjob.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runwords.h"
#include "tools/jobs/schedules/schedulewords.h"
#include "tools/jobs/taskchanges.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"
#include "tools/kit/required.h"
#include "tools/kit/text/nearnames.h"

#include "common/visible.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

Schema jobAnswerSchema()
{
    return Schema().text(u"job_id"_s, {}).text(u"name"_s, {}).require({u"job_id"_s});
}

// What jobs have (https://docs.databricks.com/api/workspace/jobs/update). A change of these starts nothing by itself.
const QStringList IdleSettings{u"budget_policy_id"_s,
                               u"deployment"_s,
                               u"description"_s,
                               u"edit_mode"_s,
                               u"email_notifications"_s,
                               u"environments"_s,
                               u"format"_s,
                               u"git_source"_s,
                               u"health"_s,
                               u"job_clusters"_s,
                               u"name"_s,
                               u"max_concurrent_runs"_s,
                               u"parameters"_s,
                               u"queue"_s,
                               u"notification_settings"_s,
                               u"performance_target"_s,
                               u"tags"_s,
                               u"tasks"_s,
                               u"timeout_seconds"_s,
                               u"webhook_notifications"_s};
const QStringList GrantingSettings{u"access_control_list"_s, u"run_as"_s, u"run_as_user_name"_s};
const QStringList StartingSettings{u"continuous"_s, u"schedule"_s, u"trigger"_s};

QStringList knownJobSettings()
{
    return IdleSettings + GrantingSettings + StartingSettings;
}

ToolResult jobAnswer(const QString &words, qint64 jobId, const QString &name)
{
    return factsAnswer(words, {{"job_id"_L1, QString::number(jobId)}, {"name"_L1, name}});
}

QCoro::Task<ToolResult> createJob(ToolCall call)
{
    const QJsonObject settings = jobSettings(call);
    if (const QString problem = startersProblem(settings, settings); !problem.isEmpty())
        co_return ToolResult::error(problem);
    const QString name = Text::visible(settings.value("name"_L1).toString());
    call.setTarget(name);
    const QJsonObject answer = co_await call.workspace().post(u"/api/2.2/jobs/create"_s, settings);
    mustHave(answer, {u"job_id"_s}, Purpose::Changing);
    const qint64 id = answer.value("job_id"_L1).toInteger();
    co_return jobAnswer(
        u"Job %1 (%2) was created. %3 run_job starts it."_s.arg(id).arg(name, scheduleSentence(settings)), id, name);
}

QCoro::Task<QString> newJobTarget(ToolCall call)
{
    const QString name = Text::visible(call.text(u"name"_s));
    co_return name;
}

/// How the job stands after a change; only says so where that can't be read, for the change is made all the same.
QCoro::Task<QString> standsNow(ToolCall call, qint64 id, QJsonObject before, QJsonObject changes)
{
    QString words;
    try {
        const QJsonObject job = co_await readJob(call, id);
        const QJsonObject settings = job.value("settings"_L1).toObject();
        const QString change = scheduleChange(before, settings);
        words = change.isEmpty() ? scheduleSentence(settings) : change;
    } catch (const ApiError &error) {
        words = u"How it stands now could not be read: %1"_s.arg(error.text());
    }
    const QString lost = lostWords(before, changes);
    const QString all = lost.isEmpty() ? words : words + u' ' + lost;
    co_return all;
}

/// What was asked for and is no change: a setting as it was, or one taken away that the job does not have.
QString unchangedWords(const QJsonObject &before, const QJsonObject &changes, const QStringList &removed)
{
    QStringList same;
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (before.value(change.key()) == *change)
            same.append(Text::visible(change.key()));
    }
    QStringList absent;
    for (const QString &name : removed) {
        if (!before.contains(name.section(u'.', 0, 0)))
            absent.append(Text::visible(name));
    }
    QString words;
    if (!same.isEmpty())
        words += u" As before: %1."_s.arg(same.join(", "_L1));
    if (!absent.isEmpty())
        words += u" The job had no %1."_s.arg(absent.join(", "_L1));
    return words;
}

/// A setting that is spelt almost like one that jobs have, which the workspace would pass over in silence.
QString misspelt(const ToolCall &call)
{
    const QStringList known = knownJobSettings();
    for (const QString &name : call.object(u"settings"_s).keys() + call.texts(u"fields_to_remove"_s)) {
        const QString setting = name.section(u'.', 0, 0);
        const QString near = known.contains(setting) ? QString() : didYouMean(setting, known);
        if (!near.isEmpty())
            return u"Jobs have no setting %1.%2 Nothing was changed."_s.arg(Text::line(setting, 60), near);
    }
    return {};
}

QCoro::Task<ToolResult> updateJob(ToolCall call)
{
    const qint64 id = call.id(u"job_id"_s);
    if (const QString problem = misspelt(call); !problem.isEmpty())
        co_return ToolResult::error(problem);
    const QStringList removed = call.texts(u"fields_to_remove"_s);
    const QJsonObject job = co_await readJob(call, id);
    const QJsonObject before = job.value("settings"_L1).toObject();
    const QString name = Text::visible(before.value("name"_L1).toString());
    const QJsonObject changes = jobSettings(call, before);
    if (changes.isEmpty() && removed.isEmpty())
        co_return ToolResult::error(
            u"Nothing to change was given: name what the job is to have, or fields_to_remove."_s);
    const QJsonObject after = merged(before, changes, removed);
    if (const QString problem = startersProblem(after, changes); !problem.isEmpty())
        co_return ToolResult::error(problem + u" Nothing was changed."_s);
    QJsonObject body{{"job_id"_L1, id}};
    if (!changes.isEmpty())
        body.insert("new_settings"_L1, changes);
    if (!removed.isEmpty())
        body.insert("fields_to_remove"_L1, QJsonArray::fromStringList(removed));
    co_await call.workspace().post(u"/api/2.2/jobs/update"_s, body);
    const QString fields = Text::visible((changes.keys() + removed).join(", "_L1));
    const QString stands = co_await standsNow(call, id, before, changes);
    const QString now = stands + unchangedWords(before, changes, removed);
    const QString words =
        u"Job %1 (%2) was changed: %3. %4 Runs under way go on as they were."_s.arg(id).arg(name, fields, now);
    co_return jobAnswer(words, id, name);
}

QCoro::Task<ToolResult> deleteJob(ToolCall call)
{
    const qint64 id = call.id(u"job_id"_s);
    const QString name = co_await jobTarget(call);
    call.setTarget(name);
    const QJsonObject body{{"job_id"_L1, id}};
    co_await call.workspace().post(u"/api/2.2/jobs/delete"_s, body);
    co_return jobAnswer(u"Job %1 (%2) was deleted."_s.arg(id).arg(name), id, name);
}

/// What a repair runs again and how that came out, what of it was held back once more, because what it waits for did
/// not succeed, and what failed before and still makes the run a failure.
QJsonObject repairFacts(const QJsonObject &run, const QString &repairId)
{
    const QStringList tasks = tasksOfRepair(run, repairId);
    QStringList again;
    QStringList heldBack;
    QStringList left;
    for (const QJsonValue task : latestTasks(run)) {
        const QString key = Text::visible(task["task_key"_L1].toString());
        const RunState state = runState(task.toObject());
        if (!tasks.contains(key) && failedItself(task.toObject()))
            left.append(key);
        else if (tasks.contains(key) && state.heldBack())
            heldBack.append(key);
        else if (tasks.contains(key))
            again.append(key + ": "_L1 + state.words());
    }
    QJsonObject facts{{"repair_id"_L1, repairId}};
    addText(facts, u"tasks_run_again"_s, again.join(", "_L1));
    addText(facts, u"held_back_again"_s, heldBack.join(", "_L1));
    addText(facts, u"failed_before_and_not_run_again"_s, left.join(", "_L1));
    return facts;
}

QCoro::Task<ToolResult> repairRun(ToolCall call)
{
    const qint64 id = call.id(u"run_id"_s);
    const QJsonObject run = co_await readRun(call, id);
    const RunState state = runState(run);
    if (!state.isOver())
        co_return ToolResult::error(
            u"Run %1 is %2: only a run that is over can be repaired. Call get_run until it is."_s.arg(id).arg(
                state.state));
    const QStringList tasks = call.texts(u"rerun_tasks"_s);
    const QStringList unknown = unknownTasks(run, tasks);
    if (!unknown.isEmpty())
        co_return ToolResult::error(u"Run %1 has no task %2; it has %3. Nothing was started."_s.arg(id).arg(
            someOf(unknown), namesOf(latestTasks(run))));
    if (tasks.isEmpty() && !state.failed() && state.result != "SUCCESS_WITH_FAILURES"_L1)
        co_return ToolResult::error(
            u"Run %1 has no failed tasks: it is %2. Give rerun_tasks to run tasks once more."_s.arg(id).arg(
                state.words()));

    QJsonObject body{{"run_id"_L1, id}};
    if (tasks.isEmpty())
        body.insert("rerun_all_failed_tasks"_L1, true);
    else
        body.insert("rerun_tasks"_L1, QJsonArray::fromStringList(tasks));
    if (call.flag(u"rerun_dependent_tasks"_s))
        body.insert("rerun_dependent_tasks"_L1, true);
    const QJsonObject parameters = asTexts(call.object(u"job_parameters"_s));
    if (!parameters.isEmpty())
        body.insert("job_parameters"_L1, parameters);
    const QJsonArray repairs = run.value("repair_history"_L1).toArray();
    const QJsonValue latest = repairs.isEmpty() ? QJsonValue() : repairs.last().toObject().value("id"_L1);
    if (latest.isDouble())
        body.insert("latest_repair_id"_L1, latest);
    const QJsonObject answer = co_await call.workspace().post(u"/api/2.2/jobs/runs/repair"_s, body);
    mustHave(answer, {u"repair_id"_s}, Purpose::Changing);
    const QString repairId = idText(answer, u"repair_id"_s);
    const FactsOfRun factsOfRun = [repairId](const QJsonObject &now) { return repairFacts(now, repairId); };
    const QJsonObject known{{"repair_id"_L1, repairId}};
    const ToolResult result = co_await startedRun(call, id, u"Repair"_s, known, factsOfRun);
    co_return result;
}

QCoro::Task<ToolResult> runNotebook(ToolCall call)
{
    const QString path = call.text(u"notebook_path"_s);
    call.setTarget(Text::visible(path));
    const bool serverless = call.flag(u"serverless"_s);
    if (serverless && call.has(u"cluster_id"_s))
        co_return ToolResult::error(u"Give cluster_id or serverless, not both."_s);
    const QString cluster = call.text(u"cluster_id"_s, serverless ? QString() : call.session().defaultClusterId);

    QJsonObject notebook{{"notebook_path"_L1, path}};
    const QJsonObject parameters = asTexts(call.object(u"base_parameters"_s));
    if (!parameters.isEmpty())
        notebook.insert("base_parameters"_L1, parameters);
    QJsonObject task{{"task_key"_L1, "notebook"_L1}, {"notebook_task"_L1, notebook}};
    if (!cluster.isEmpty())
        task.insert("existing_cluster_id"_L1, cluster);
    QJsonArray tasks;
    tasks.append(task);
    const QString name = call.text(u"run_name"_s, path.section(u'/', -1));
    QJsonObject body{{"run_name"_L1, name}, {"tasks"_L1, tasks}, {"idempotency_token"_L1, newIdempotencyToken()}};
    if (call.has(u"timeout_seconds"_s))
        body.insert("timeout_seconds"_L1, call.number(u"timeout_seconds"_s));
    const QJsonObject answer = co_await call.workspace().post(u"/api/2.2/jobs/runs/submit"_s, body);
    mustHave(answer, {u"run_id"_s}, Purpose::Changing);
    const QString where = cluster.isEmpty() ? u"serverless compute"_s : "cluster "_L1 + Text::visible(cluster);
    const QString what = u"Notebook %1 on %2"_s.arg(Text::visible(path), where);
    const QJsonObject more{{"compute"_L1, where}};
    const ToolResult result = co_await startedRun(call, answer.value("run_id"_L1).toInteger(), what, more);
    co_return result;
}

QCoro::Task<QString> notebookTarget(ToolCall call)
{
    const QString path = Text::visible(call.text(u"notebook_path"_s));
    co_return path;
}

/// A job that starts by itself runs what is in it: with a new schedule, or one that is no longer paused.
bool startsByItself(const ToolCall &call)
{
    const bool isNamed = call.has(u"schedule_cron"_s) || call.has(u"schedule_paused"_s);
    return isNamed && !call.flag(u"schedule_paused"_s);
}

/// Whether one of these is told to somebody when a job or one of its tasks runs: at any address.
bool tells(const QJsonValue &value)
{
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        return std::ranges::any_of(list, [](const QJsonValue &each) { return tells(each); });
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member.key() == "email_notifications"_L1 || member.key() == "webhook_notifications"_L1 || tells(*member))
            return true;
    }
    return false;
}

/// What the other settings do, of which a schedule, a trigger and a job that never ends are some. What nobody knows may
/// start it, too.
Calls::Effects effectsOfSettings(const ToolCall &call)
{
    Calls::Effects effects;
    const QJsonObject settings = call.object(u"settings"_s);
    for (auto setting = settings.begin(); setting != settings.end(); ++setting) {
        const bool isPaused = setting.value()["pause_status"_L1] == "PAUSED"_L1;
        if (GrantingSettings.contains(setting.key()))
            effects |= Calls::Effect::Grants;
        else if (!IdleSettings.contains(setting.key()) && !(StartingSettings.contains(setting.key()) && isPaused))
            effects |= Calls::Effect::RunsCode;
    }
    effects.setFlag(Calls::Effect::ReachesOut, tells(call.arguments()));
    // Without it the job runs as somebody else.
    for (const QString &name : call.texts(u"fields_to_remove"_s)) {
        if (GrantingSettings.contains(name.section(u'.', 0, 0)))
            effects |= Calls::Effect::Grants;
    }
    return effects;
}

Calls::Effects effectsOfCreating(const ToolCall &call)
{
    const Calls::Effects effects = Calls::Effect::Adds | effectsOfSettings(call);
    return startsByItself(call) ? effects | Calls::Effect::RunsCode : effects;
}

/// A job that is there may have a schedule already, which then starts what is new in it.
Calls::Effects effectsOfUpdating(const ToolCall &call)
{
    static const QStringList Running{u"tasks"_s, u"job_clusters"_s, u"git_source"_s, u"environments"_s,
                                     u"parameters"_s};
    QStringList settings = call.object(u"settings"_s).keys() + call.arguments().keys();
    for (const QString &removed : call.texts(u"fields_to_remove"_s))
        settings.append(removed.section(u'.', 0, 0));
    const bool changesWhatRuns =
        std::ranges::any_of(Running, [&settings](const QString &setting) { return settings.contains(setting); });
    const Calls::Effects effects = Calls::Effect::Replaces | effectsOfSettings(call);
    const bool runs = startsByItself(call) || changesWhatRuns;
    return runs ? effects | Calls::Effect::RunsCode : effects;
}

} // namespace

QList<Tool> jobAdminTools()
{
    return {
        {
            .name = u"create_job"_s,
            .title = u"Create job"_s,
            .description = u"Creates a job from tasks and, if wanted, a schedule. It does not start it."_s,
            .effects =
                Calls::Effect::Adds | Calls::Effect::RunsCode | Calls::Effect::Grants | Calls::Effect::ReachesOut,
            .inputSchema =
                withJobSettings(Schema().text(u"name"_s, u"Name of the job"_s)).require({u"name"_s, u"tasks"_s}),
            .outputSchema = jobAnswerSchema(),
            .run = &createJob,
            .effectsOf = &effectsOfCreating,
            .leastEffects = Calls::Effect::Adds,
            .effectRange = u"adds; runs code with a schedule"_s,
            .target = &newJobTarget,
            .consequence = &newJob,
        },
        {
            .name = u"update_job"_s,
            .title = u"Update job"_s,
            .description =
                u"Changes the named settings of a job; each replaces the old one whole, so give all tasks to change "
                "one. What is not named stays."_s,
            .effects =
                Calls::Effect::Replaces | Calls::Effect::RunsCode | Calls::Effect::Grants | Calls::Effect::ReachesOut,
            .inputSchema =
                withJobSettings(jobIdSchema()
                                    .text(u"name"_s, u"New name of the job"_s)
                                    .texts(u"fields_to_remove"_s, u"Settings to take away, such as schedule"_s)),
            .outputSchema = jobAnswerSchema(),
            .run = &updateJob,
            .effectsOf = &effectsOfUpdating,
            .leastEffects = Calls::Effect::Replaces,
            .effectRange = u"replaces; runs code with a schedule"_s,
            .target = &jobTarget,
            .consequence = &updateOfJob,
            .idempotent = true,
        },
        {
            .name = u"delete_job"_s,
            .title = u"Delete job"_s,
            .description = u"Deletes a job for good, with its schedule."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = jobIdSchema(),
            .outputSchema = jobAnswerSchema(),
            .run = &deleteJob,
            .target = &jobTarget,
            .consequence = &deletionOfJob,
        },
        {
            .name = u"repair_run"_s,
            .title = u"Repair run"_s,
            .description =
                u"Reruns the failed tasks of a run, or those of rerun_tasks, with the job's settings of now."_s,
            .effects = Calls::Effect::RunsCode,
            .inputSchema =
                withWait(runIdSchema()
                             .texts(u"rerun_tasks"_s, u"Keys of the tasks to run; all failed ones unless given"_s)
                             .flag(u"rerun_dependent_tasks"_s, u"Also the tasks that depend on them"_s)
                             .map(u"job_parameters"_s, u"Other values for the job's parameters"_s)),
            .outputSchema = runFactsSchema().text(u"repair_id"_s, {}),
            .run = &repairRun,
            .target = &runTarget,
            .consequence = &repairOfRun,
        },
        {
            .name = u"run_notebook"_s,
            .title = u"Run notebook"_s,
            .description = u"Runs a notebook once, on a cluster or serverless."_s,
            .effects = Calls::Effect::RunsCode,
            .inputSchema =
                withWait(Schema()
                             .text(u"notebook_path"_s, u"Path of the notebook"_s)
                             .text(u"cluster_id"_s, u"Default: the profile's cluster, else serverless"_s)
                             .flag(u"serverless"_s, u"Serverless in any case"_s)
                             .map(u"base_parameters"_s, u"Parameters of the notebook: name to value"_s)
                             .text(u"run_name"_s, u"Name of the run; the notebook's unless given"_s)
                             .integer(u"timeout_seconds"_s, u"Stop the run after this time; 0: never"_s, 0, 604'800)
                             .require({u"notebook_path"_s})),
            .outputSchema = runFactsSchema().text(u"compute"_s, u"What it runs on"_s),
            .run = &runNotebook,
            .target = &notebookTarget,
            .consequence = &runOfNotebook,
        },
    };
}

} // namespace Tools

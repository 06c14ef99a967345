#include "tools/jobs/jobconsequence.h"

#include "tools/jobs/jobreading.h"
#include "tools/jobs/jobsettings.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runwords.h"
#include "tools/jobs/schedules/schedulewords.h"
#include "tools/jobs/taskchanges.h"
#include "tools/kit/consequences.h"
#include "tools/kit/text/textdiff.h"

#include "common/visible.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Calls::Consequence;
using Databricks::ApiError;

namespace Tools {

namespace {

using Known = std::optional<QJsonObject>;
using Items = std::optional<KnownItems>;

/// What jobs/runs/list gives in a page at most.
constexpr qsizetype RunsPage = 24;

/// The job or the run with all its pages; nothing where it can't be known.
QCoro::Task<Known> knownJob(ToolCall call, qint64 id)
{
    Known job;
    try {
        job = co_await readJob(call, id);
    } catch (const ApiError &) {
        // Not known, which is what nothing says.
    }
    co_return job;
}

QCoro::Task<Known> knownRun(ToolCall call, qint64 id)
{
    Known run;
    try {
        run = co_await readRun(call, id);
    } catch (const ApiError &) {
        // Not known, which is what nothing says.
    }
    co_return run;
}

QCoro::Task<Items> runsOf(ToolCall call, qint64 jobId, QString which, qsizetype most)
{
    const QUrlQuery query{
        {u"job_id"_s, QString::number(jobId)}, {which, u"true"_s}, {u"limit"_s, QString::number(most)}};
    const QString path = u"/api/2.2/jobs/runs/list"_s;
    const QString key = u"runs"_s;
    return knownItems(call, path, query, key, most);
}

QString scheduleWords(const QJsonObject &settings)
{
    const QString schedule = scheduleText(settings);
    return schedule.isEmpty() ? u"It has no schedule: it runs when somebody starts it."_s
                              : u"It runs %1."_s.arg(Text::line(schedule, 200));
}

QString lastRunWords(const Items &completed)
{
    if (!completed)
        return u"How its last run ended is not known."_s;
    if (completed->items.isEmpty())
        return u"No run of it has ended in the last 60 days."_s;
    const QJsonObject run = completed->items.first().toObject();
    return u"Its last run ended %1, started %2."_s.arg(runState(run).words(),
                                                       agoText(run.value("start_time"_L1).toInteger()));
}

QString activeWords(const Items &active)
{
    if (!active)
        return u"How many of its runs are active is not known."_s;
    const QString words = active->counted(u"run"_s);
    return active->items.size() == 1 ? u"1 run of it is active now."_s : u"%1 of it are active now."_s.arg(words);
}

/// Its schedule, its last run and the ones under way.
struct JobFacts
{
    Known job;
    QStringList facts;
};

QCoro::Task<JobFacts> jobFacts(ToolCall call, qint64 id)
{
    const QString completedOnly = u"completed_only"_s;
    const QString activeOnly = u"active_only"_s;
    // Side by side: the one must not use up the other's time.
    QCoro::Task<Known> readingJob = knownJob(call, id);
    QCoro::Task<Items> readingLast = runsOf(call, id, completedOnly, 1);
    QCoro::Task<Items> readingActive = runsOf(call, id, activeOnly, RunsPage);
    JobFacts found;
    found.job = co_await readingJob;
    const Items completed = co_await readingLast;
    const Items active = co_await readingActive;
    found.facts.append(found.job ? scheduleWords(found.job->value("settings"_L1).toObject())
                                 : u"Its schedule is not known."_s);
    found.facts.append(lastRunWords(completed));
    found.facts.append(activeWords(active));
    co_return found;
}

QString indented(const QJsonObject &settings)
{
    return QString::fromUtf8(QJsonDocument(settings).toJson());
}

/// Of the settings, those that the call replaces or takes away.
QJsonObject touched(const QJsonObject &settings, const QStringList &names)
{
    QJsonObject some;
    for (const QString &name : names) {
        if (settings.contains(name))
            some.insert(name, settings.value(name));
    }
    return some;
}

/// What a change makes of a job's settings: line by line, what is lost beside that, and when it then runs.
void addChange(Consequence &consequence, const QJsonObject &before, const QJsonObject &changes,
               const QStringList &removed)
{
    const TextDiff diff = textDiff(indented(touched(before, changes.keys() + removed)), indented(changes));
    consequence.diff = diff.text;
    if (diff.text.isEmpty())
        consequence.facts.append(u"Nothing changes: these settings are what it has."_s);
    const QJsonObject after = merged(before, changes, removed);
    const QString problem = startersProblem(after, changes);
    const QStringList facts{problem.isEmpty() ? QString() : u"This will be refused: %1"_s.arg(problem),
                            scheduleChange(before, after, ChangeTime::Asked), lostWords(before, changes)};
    for (const QString &fact : facts) {
        if (!fact.isEmpty())
            consequence.facts.append(Text::line(fact, 1000));
    }
}

QStringList taskKeys(const QJsonObject &run, bool (*wanted)(const RunState &state))
{
    QStringList keys;
    for (const QJsonValue value : run.value("tasks"_L1).toArray()) {
        const QJsonObject task = value.toObject();
        if (wanted(runState(task)))
            keys.append(task.value("task_key"_L1).toString());
    }
    return keys;
}

} // namespace

QCoro::Task<Consequence> newJob(ToolCall call)
{
    Consequence consequence;
    consequence.facts.append(scheduleWords(jobSettings(call)));
    co_return consequence;
}

QCoro::Task<Consequence> updateOfJob(ToolCall call)
{
    const JobFacts found = co_await jobFacts(call, call.id(u"job_id"_s));
    Consequence consequence;
    if (found.job) {
        const QJsonObject before = found.job->value("settings"_L1).toObject();
        addChange(consequence, before, jobSettings(call, before), call.texts(u"fields_to_remove"_s));
    } else {
        consequence.facts.append(u"What it has now is not known."_s);
    }
    consequence.facts += found.facts;
    co_return consequence;
}

QCoro::Task<Consequence> deletionOfJob(ToolCall call)
{
    const JobFacts found = co_await jobFacts(call, call.id(u"job_id"_s));
    Consequence consequence;
    consequence.facts = found.facts;
    if (found.job)
        consequence.facts.append(
            u"It has %1."_s.arg(counted(found.job->value("settings"_L1)["tasks"_L1].toArray().size(), u"task"_s)));
    consequence.facts.append(u"It can't be brought back. Its notebooks and files stay."_s);
    co_return consequence;
}

QCoro::Task<Consequence> startOfJob(ToolCall call)
{
    const JobFacts found = co_await jobFacts(call, call.id(u"job_id"_s));
    Consequence consequence;
    consequence.facts = found.facts;
    if (found.job) {
        const QJsonObject settings = found.job->value("settings"_L1).toObject();
        const qint64 most = settings.value("max_concurrent_runs"_L1).toInteger(1);
        consequence.facts.append(u"At most %1 at once; one more waits or is skipped."_s.arg(counted(most, u"run"_s)));
        const qsizetype tasks = settings.value("tasks"_L1).toArray().size();
        consequence.facts.append(u"It has %1."_s.arg(counted(tasks, u"task"_s)));
        const QString runAs = Text::line(found.job->value("run_as_user_name"_L1).toString(), 120);
        if (!runAs.isEmpty())
            consequence.facts.append(u"It runs with the rights of %1."_s.arg(runAs));
    }
    co_return consequence;
}

QCoro::Task<Consequence> repairOfRun(ToolCall call)
{
    const Known run = co_await knownRun(call, call.id(u"run_id"_s));
    Consequence consequence;
    if (!run) {
        consequence.facts.append(u"How the run stands is not known."_s);
        co_return consequence;
    }
    QStringList tasks = call.texts(u"rerun_tasks"_s);
    const bool isChosen = !tasks.isEmpty();
    if (!isChosen)
        tasks = taskKeys(*run, [](const RunState &state) { return state.failed(); });
    if (const QStringList unknown = unknownTasks(*run, tasks); !unknown.isEmpty())
        consequence.facts.append(u"This will be refused: the run has no task %1."_s.arg(someOf(unknown)));
    const qsizetype total = run->value("tasks"_L1).toArray().size();
    consequence.facts.append(
        u"The run is %1, started %2."_s.arg(runState(*run).words(), agoText(run->value("start_time"_L1).toInteger())));
    consequence.facts.append(u"%1 of its %2 run once more: %3."_s.arg(tasks.size())
                                 .arg(counted(total, u"task"_s), tasks.isEmpty() ? u"none"_s : someOf(tasks, 10)));
    co_return consequence;
}

QCoro::Task<Consequence> cancellationOfRun(ToolCall call)
{
    const Known run = co_await knownRun(call, call.id(u"run_id"_s));
    Consequence consequence;
    if (!run) {
        consequence.facts.append(u"How the run stands is not known."_s);
        co_return consequence;
    }
    const QString words = runState(*run).words();
    if (runState(*run).isOver()) {
        consequence.facts.append(u"It is over already (%1): nothing is cancelled."_s.arg(words));
        co_return consequence;
    }
    const QJsonObject facts = runFacts(*run);
    const QString by = facts.value("creator_user_name"_L1).toString();
    consequence.facts.append(
        u"It is %1, started %2%3."_s.arg(words, agoText(run->value("start_time"_L1).toInteger()),
                                         by.isEmpty() ? QString() : u" by "_s + Text::line(by, 120)));
    const qsizetype total = run->value("tasks"_L1).toArray().size();
    const QStringList over = taskKeys(*run, [](const RunState &state) { return state.isOver(); });
    const QStringList going = taskKeys(*run, [](const RunState &state) { return !state.isOver(); });
    consequence.facts.append(u"%1 of its %2 are over."_s.arg(over.size()).arg(counted(total, u"task"_s)));
    if (!going.isEmpty())
        consequence.facts.append(u"What these were doing is lost: %1."_s.arg(someOf(going, 10)));
    co_return consequence;
}

QCoro::Task<Consequence> runOfNotebook(ToolCall call)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, call.text(u"notebook_path"_s));
    const QString path = u"/api/2.0/workspace/get-status"_s;
    const Known status = co_await known(call, path, query);
    const QString changed = status ? agoText(status->value("modified_at"_L1).toInteger()) : QString();
    const bool isServerless = call.flag(u"serverless"_s);
    const QString cluster = call.text(u"cluster_id"_s, isServerless ? QString() : call.session().defaultClusterId);
    Consequence consequence;
    consequence.facts.append(changed.isEmpty() ? u"When the notebook was last changed is not known."_s
                                               : u"The notebook was last changed %1."_s.arg(changed));
    if (cluster.isEmpty()) {
        consequence.facts.append(u"It runs on serverless compute, which starts for it."_s);
        co_return consequence;
    }
    QUrlQuery clusterQuery;
    Databricks::addQueryItem(clusterQuery, u"cluster_id"_s, cluster);
    const QString clusterPath = u"/api/2.1/clusters/get"_s;
    const Known found = co_await known(call, clusterPath, clusterQuery);
    const QString state = found ? Text::line(found->value("state"_L1).toString(), 40) : QString();
    const QString name = found ? Text::line(found->value("cluster_name"_L1).toString(), 120) : cluster;
    consequence.facts.append(state.isEmpty() ? u"Whether its cluster runs is not known."_s
                             : state == "RUNNING"_L1
                                 ? u"It runs on %1, which is RUNNING."_s.arg(name)
                                 : u"It runs on %1, which is %2 and starts for it."_s.arg(name, state));
    co_return consequence;
}

} // namespace Tools

#include "sample/jobs/runbook.h"

#include "sample/compute/clusterfleet.h"
#include "sample/jobs/iterations.h"
#include "sample/jobs/jobbook.h"
#include "sample/jobs/pastruns.h"
#include "sample/jobs/rundata.h"
#include "sample/server/builtin.h"
#include "sample/sql/sqlengine.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// The values with those given laid over them.
QJsonObject over(QJsonObject values, const QJsonObject &given)
{
    for (auto one = given.begin(); one != given.end(); ++one)
        values.insert(one.key(), one.value());
    return values;
}

/// The condition that came out otherwise than the task waits for, or was not asked; empty where there is none. What
/// runs in any case does not wait for one side.
QString otherSide(Run &run, const TaskRun &task)
{
    if (task.task.value("run_if"_L1) == "ALL_DONE"_L1)
        return {};
    for (const QJsonValue one : task.task.value("depends_on"_L1).toArray()) {
        const TaskRun *before = run.task(one["task_key"_L1].toString());
        const QString wanted = one["outcome"_L1].toString();
        if (before && before->outcome.result == "EXCLUDED"_L1)
            return before->key();
        if (before && before->succeeded() && !wanted.isEmpty() && before->outcome.condition != wanted)
            return before->key();
    }
    return {};
}

void end(TaskRun &task, const TaskOutcome &outcome)
{
    task.state = u"TERMINATED"_s;
    task.outcome = outcome;
    task.end = now();
}

} // namespace

RunBook::RunBook(Tempo tempo, QString user, const Tools &tools, QObject *parent)
    : QObject(parent)
    , m_tempo(tempo)
    , m_user(std::move(user))
    , m_tools(tools)
{}

void RunBook::invent(const JobBook &jobs, const ClusterFleet &fleet, const CatalogData &catalog)
{
    const QHash<qint64, ClusterRun> clusters = runsOfJobClusters(fleet);
    PastRuns past(m_tools.work, catalog, now());
    for (const SampleJob &job : jobs.jobs()) {
        for (Run &run : past.of(job, clusters.value(job.id)))
            m_runs.push_back(std::make_unique<Run>(std::move(run)));
    }
    std::sort(m_runs.begin(), m_runs.end(), [](const auto &a, const auto &b) { return a->created < b->created; });
}

const Run *RunBook::find(qint64 id) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&](const auto &run) { return run->id == id; });
    return found == m_runs.end() ? nullptr : found->get();
}

Run *RunBook::existing(qint64 id)
{
    return const_cast<Run *>(std::as_const(*this).find(id));
}

std::pair<const Run *, const TaskRun *> RunBook::findTask(qint64 id) const
{
    for (const auto &run : m_runs) {
        for (const auto *tasks : {&run->tasks, &run->replaced}) {
            for (const TaskRun &task : *tasks) {
                if (task.id == id)
                    return {run.get(), &task};
                for (const TaskRun &iteration : task.iterations) {
                    if (iteration.id == id)
                        return {run.get(), &iteration};
                }
            }
        }
    }
    return {nullptr, nullptr};
}

qint64 RunBook::start(const SampleJob &job, const Start &how)
{
    Run run;
    run.jobId = job.id;
    run.name = job.name();
    run.legacy = job.legacy;
    run.defaults = job.parameters(now());
    return add(std::move(run), job.tasks(), how).id;
}

qint64 RunBook::submit(const QString &name, const QJsonArray &tasks, const Start &how)
{
    Run run;
    run.name = name;
    run.type = u"SUBMIT_RUN"_s;
    return add(std::move(run), tasks, how).id;
}

Run &RunBook::add(Run run, const QJsonArray &tasks, const Start &how)
{
    if (Run *earlier = how.token.isEmpty() ? nullptr : existing(m_tokens.value(how.token)))
        return *earlier;
    run.id = stableId(u"new run/%1"_s.arg(++m_made));
    run.creator = m_user;
    run.created = now();
    run.parameters = how.parameters;
    if (run.jobId == 0)
        run.jobId = stableId(u"job of run/%1"_s.arg(run.id));
    const QJsonObject parameters = over(run.defaults, how.parameters);
    for (const QJsonValue value : tasks) {
        TaskRun task;
        task.task = withParameters(value.toObject(), parameters);
        task.id = stableId(u"task/%1/%2"_s.arg(run.id).arg(task.key()));
        if (how.only.isEmpty() || how.only.contains(task.key()))
            run.tasks.push_back(std::move(task));
    }
    if (!how.token.isEmpty())
        m_tokens.insert(how.token, run.id);
    m_runs.push_back(std::make_unique<Run>(std::move(run)));
    tick(*m_runs.back());
    return *m_runs.back();
}

void RunBook::cancel(qint64 id)
{
    Run *run = existing(id);
    if (!run || run->isOver())
        return;
    for (TaskRun &task : run->tasks) {
        if (!task.isOver())
            end(task, canceled());
    }
    run->state = u"TERMINATING"_s;
    tick(*run);
}

qint64 RunBook::repair(qint64 id, const QStringList &tasks, const QJsonObject &parameters, const QJsonArray &current)
{
    Run *run = existing(id);
    if (!run)
        return 0;
    run->parameters = over(run->parameters, parameters);
    const QJsonObject given = over(run->defaults, run->parameters);
    run->beginRepair(tasks, now());
    for (TaskRun &task : run->tasks) {
        if (!tasks.contains(task.key()))
            continue;
        for (const QJsonValue now : current) {
            if (now["task_key"_L1] == task.key())
                task.task = now.toObject();
        }
        task.task = withParameters(task.task, given);
    }
    run->state = u"QUEUED"_s;
    run->end = 0;
    tick(*run);
    return run->repairs.back().id;
}

void RunBook::tick(const Run &run)
{
    QTimer::singleShot(m_tempo.step, this, [this, id = run.id] {
        if (Run *due = existing(id); due && !due->isOver())
            advance(*due);
    });
}

void RunBook::advance(Run &run)
{
    if (run.state == "QUEUED"_L1) {
        run.state = u"PENDING"_s;
    } else if (run.state == "PENDING"_L1) {
        run.state = u"RUNNING"_s;
        if (run.start == 0)
            run.start = now();
        advanceTasks(run);
    } else {
        advanceTasks(run);
    }
    if (std::all_of(run.tasks.begin(), run.tasks.end(), [](const TaskRun &task) { return task.isOver(); })) {
        run.state = u"TERMINATED"_s;
        run.end = now();
        run.endRepair();
        return;
    }
    tick(run);
}

void RunBook::advanceTasks(Run &run)
{
    for (TaskRun &task : run.tasks) {
        if (task.state == "RUNNING"_L1 && !task.isWorking) {
            task.isWorking = true;
            work(run.id, task.id);
        }
    }
    for (TaskRun &task : run.tasks) {
        if (task.state != "BLOCKED"_L1)
            continue;
        const QStringList before = task.dependsOn();
        const auto all = [&](bool (TaskRun::*is)() const) {
            return std::all_of(before.begin(), before.end(), [&](const QString &key) {
                const TaskRun *one = run.task(key);
                return !one || (one->*is)(); // a task that is not part of this run keeps nobody waiting
            });
        };
        if (!all(&TaskRun::isOver))
            continue;
        if (const QString condition = otherSide(run, task); !condition.isEmpty()) {
            end(task, excluded(condition));
            continue;
        }
        if (!hasCluster(task))
            continue;
        if (all(&TaskRun::succeeded) || task.task.value("run_if"_L1) == "ALL_DONE"_L1) {
            task.state = u"RUNNING"_s;
            task.start = now();
            if (task.isForEach())
                task.iterations = iterationsOf(task);
        } else {
            end(task, upstreamFailed());
        }
    }
}

/// Whether the cluster that the task names runs; one that has ended is started.
bool RunBook::hasCluster(const TaskRun &task) const
{
    const QString id = task.task.value("existing_cluster_id"_L1).toString();
    const SampleCluster *cluster = m_tools.fleet.find(id);
    if (!cluster || cluster->state() == "RUNNING"_L1)
        return true;
    m_tools.fleet.start(id);
    return false;
}

/// Goes on with a task until a query must be answered first, or it is over.
void RunBook::work(qint64 runId, qint64 taskRunId)
{
    Run *run = existing(runId);
    const auto task =
        std::find_if(run->tasks.begin(), run->tasks.end(), [&](const TaskRun &one) { return one.id == taskRunId; });
    if (task == run->tasks.end() || task->isOver())
        return; // cancelled meanwhile
    for (TaskRun &iteration : task->iterations) {
        if (!iteration.isOver()) {
            workOn(*run, iteration, taskRunId);
            if (!iteration.isOver())
                return;
        }
    }
    if (task->isForEach())
        end(*task, outcomeOf(*task));
    else
        workOn(*run, *task, taskRunId);
}

void RunBook::workOn(const Run &run, TaskRun &unit, qint64 taskRunId)
{
    const TaskProgress progress =
        m_tools.work.progress({unit.task, unit.attempt, unit.start}, m_answers.value(unit.id));
    if (!progress.ask) {
        m_answers.remove(unit.id);
        return end(unit, progress.outcome);
    }
    const auto answered = [this, runId = run.id, unitId = unit.id, taskRunId](const SqlOutcome &outcome) {
        m_answers[unitId].append(QueryRows::of(outcome));
        work(runId, taskRunId);
    };
    m_tools.engine.run(*progress.ask, [this, answered](const SqlOutcome &outcome) {
        QTimer::singleShot(outcome.delay, this, [answered, outcome] { answered(outcome); });
    });
}

} // namespace Sample

#include "sample/jobs/runbook.h"

#include "sample/jobs/jobbook.h"
#include "sample/jobs/rundata.h"
#include "sample/server/builtin.h"

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

/// The parameters reach a notebook over those that its task names.
QJsonObject withParameters(QJsonObject task, const QJsonObject &parameters)
{
    QJsonObject notebook = task.value("notebook_task"_L1).toObject();
    if (notebook.isEmpty() || parameters.isEmpty())
        return task;
    QJsonObject all = notebook.value("base_parameters"_L1).toObject();
    for (auto one = parameters.begin(); one != parameters.end(); ++one)
        all.insert(one.key(), one.value());
    notebook.insert(u"base_parameters"_s, all);
    task.insert(u"notebook_task"_s, notebook);
    return task;
}

void end(TaskRun &task, const TaskOutcome &outcome)
{
    task.state = u"TERMINATED"_s;
    task.outcome = outcome;
    task.end = now();
}

} // namespace

RunBook::RunBook(Tempo tempo, QString user, const JobBook &jobs, QObject *parent)
    : QObject(parent)
    , m_tempo(tempo)
    , m_user(std::move(user))
{
    for (const SampleJob &job : jobs.jobs()) {
        for (Run &run : inventedRuns(job, now()))
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
        for (const TaskRun &task : run->tasks) {
            if (task.id == id)
                return {run.get(), &task};
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
    for (const QJsonValue value : tasks) {
        TaskRun task;
        task.task = withParameters(value.toObject(), how.parameters);
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

qint64 RunBook::repair(qint64 id, const QStringList &tasks)
{
    Run *run = existing(id);
    if (!run)
        return 0;
    const auto repairs = run->repairs.size();
    if (repairs == 0)
        run->repairs.append(
            QJsonObject{{u"type"_s, u"ORIGINAL"_s}, {u"start_time"_s, run->start}, {u"end_time"_s, run->end}});
    const qint64 repairId = stableId(u"repair/%1/%2"_s.arg(id).arg(repairs));
    run->repairs.append(QJsonObject{{u"id"_s, repairId}, {u"type"_s, u"REPAIR"_s}, {u"start_time"_s, now()}});
    for (TaskRun &task : run->tasks) {
        if (!tasks.contains(task.key()))
            continue;
        TaskRun again;
        again.task = task.task;
        again.attempt = task.attempt + 1;
        again.id = stableId(u"task/%1/%2/%3"_s.arg(id).arg(task.key()).arg(again.attempt));
        task = again;
    }
    run->state = u"QUEUED"_s;
    run->end = 0;
    tick(*run);
    return repairId;
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
        return;
    }
    tick(run);
}

void RunBook::advanceTasks(Run &run)
{
    for (TaskRun &task : run.tasks) {
        if (task.state == "RUNNING"_L1)
            end(task, taskOutcome(task.task, task.attempt));
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
        if (all(&TaskRun::succeeded) || task.task.value("run_if"_L1) == "ALL_DONE"_L1) {
            task.state = u"RUNNING"_s;
            task.start = now();
        } else {
            end(task, upstreamFailed());
        }
    }
}

} // namespace Sample

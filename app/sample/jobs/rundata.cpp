#include "sample/jobs/rundata.h"

#include "sample/jobs/iterations.h"
#include "sample/server/builtin.h"
#include "sample/server/hosts.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString pageUrl(qint64 jobId, qint64 runId)
{
    return u"%1/?o=3512467908812345#job/%2/run/%3"_s.arg(WorkspaceUrl).arg(jobId).arg(runId);
}

/// state is one of status.state; life_cycle_state has the same words for the ones used here.
void addState(QJsonObject &facts, const QString &state, const TaskOutcome &outcome, bool legacy)
{
    const bool over = state == "TERMINATED"_L1;
    QJsonObject old{{u"life_cycle_state"_s, state},
                    {u"state_message"_s, over ? outcome.message : QString()},
                    {u"user_cancelled_or_timedout"_s, over && outcome.result == "CANCELED"_L1}};
    if (over)
        old.insert(u"result_state"_s, outcome.result);
    facts.insert(u"state"_s, old);
    if (legacy)
        return;
    QJsonObject status{{u"state"_s, state}};
    if (over)
        status.insert(
            u"termination_details"_s,
            QJsonObject{{u"code"_s, outcome.code}, {u"type"_s, outcome.type}, {u"message"_s, outcome.message}});
    facts.insert(u"status"_s, status);
}

void addTimes(QJsonObject &facts, qint64 start, qint64 end)
{
    if (start > 0)
        facts.insert(u"start_time"_s, start);
    if (end > 0)
        facts.insert(u"end_time"_s, end);
    const qint64 worked = start > 0 && end > start ? end - start : 0;
    facts.insert(u"setup_duration"_s, 0);
    facts.insert(u"execution_duration"_s, worked);
    facts.insert(u"cleanup_duration"_s, 0);
}

} // namespace

QString TaskRun::key() const
{
    return task.value("task_key"_L1).toString();
}

QStringList TaskRun::dependsOn() const
{
    QStringList keys;
    for (const QJsonValue one : task.value("depends_on"_L1).toArray())
        keys.append(one["task_key"_L1].toString());
    return keys;
}

bool TaskRun::isForEach() const
{
    return task.contains("for_each_task"_L1);
}

bool TaskRun::isOver() const
{
    return state == "TERMINATED"_L1;
}

bool TaskRun::succeeded() const
{
    return isOver() && outcome.result == "SUCCESS"_L1;
}

bool Run::isOver() const
{
    return state == "TERMINATED"_L1;
}

TaskRun *Run::task(const QString &key)
{
    const auto found = std::find_if(tasks.begin(), tasks.end(), [&](const TaskRun &one) { return one.key() == key; });
    return found == tasks.end() ? nullptr : &*found;
}

TaskOutcome Run::outcome() const
{
    QSet<QString> inner;
    for (const TaskRun &one : tasks) {
        for (const QString &key : one.dependsOn())
            inner.insert(key);
    }
    const auto failed = [](const TaskRun &one) {
        return one.isOver() && !one.succeeded() && one.outcome.result != "EXCLUDED"_L1;
    };
    const auto leafFailed = [&](const TaskRun &one) { return failed(one) && !inner.contains(one.key()); };
    const auto first = std::find_if(tasks.begin(), tasks.end(), failed);
    if (first == tasks.end())
        return {};
    TaskOutcome outcome = first->outcome;
    outcome.output = {};
    if (outcome.result == "CANCELED"_L1)
        return outcome;
    if (std::none_of(tasks.begin(), tasks.end(), leafFailed)) {
        outcome.result = outcome.code = u"SUCCESS_WITH_FAILURES"_s;
        outcome.type = u"SUCCESS"_s;
    }
    outcome.message = u"Task %1 failed. This caused all downstream tasks to get skipped."_s.arg(first->key());
    return outcome;
}

qint64 Run::worked() const
{
    if (end <= 0)
        return 0;
    qint64 all = repairs.empty() ? std::max<qint64>(0, end - created) : 0;
    for (const Repair &one : repairs)
        all += std::max<qint64>(0, one.end - one.start);
    return all;
}

QJsonObject Run::facts() const
{
    QJsonObject facts{{u"job_id"_s, jobId},
                      {u"run_id"_s, id},
                      {u"original_attempt_run_id"_s, id},
                      {u"creator_user_name"_s, creator},
                      {u"run_name"_s, name},
                      {u"run_type"_s, type},
                      {u"trigger"_s, trigger},
                      {u"run_page_url"_s, pageUrl(jobId, id)}};
    addState(facts, state, outcome(), legacy);
    addTimes(facts, created, end);
    const qint64 took = worked();
    const qint64 setup = std::clamp<qint64>(start - created, 0, took);
    const bool isOfOneTask = tasks.size() == 1;
    facts.insert(u"run_duration"_s, took);
    facts.insert(u"setup_duration"_s, isOfOneTask ? setup : 0);
    facts.insert(u"execution_duration"_s, isOfOneTask ? took - setup : 0);
    QJsonArray given;
    for (auto one = defaults.begin(); one != defaults.end(); ++one)
        given.append(QJsonObject{{u"name"_s, one.key()},
                                 {u"default"_s, one.value()},
                                 {u"value"_s, parameters.value(one.key()).toString(one->toString())}});
    for (auto one = parameters.begin(); one != parameters.end(); ++one) {
        if (!defaults.contains(one.key()))
            given.append(QJsonObject{{u"name"_s, one.key()}, {u"value"_s, one.value()}});
    }
    if (!given.isEmpty())
        facts.insert(u"job_parameters"_s, given);
    return facts;
}

QJsonObject Run::factsOf(const TaskRun &task) const
{
    QJsonObject facts = task.task;
    facts.insert(u"run_id"_s, task.id);
    facts.insert(u"job_id"_s, jobId);
    facts.insert(u"run_name"_s, task.key());
    facts.insert(u"creator_user_name"_s, creator);
    facts.insert(u"run_page_url"_s, pageUrl(jobId, task.id));
    facts.insert(u"attempt_number"_s, task.attempt);
    const QJsonValue cluster = task.task.value("existing_cluster_id"_L1);
    if (cluster.isString() && task.start > 0)
        facts.insert(u"cluster_instance"_s, QJsonObject{{u"cluster_id"_s, cluster}});
    if (task.isForEach())
        facts.insert(u"for_each_task"_s, withStatistics(task));
    if (!task.outcome.condition.isEmpty()) {
        QJsonObject condition = task.task.value("condition_task"_L1).toObject();
        condition.insert(u"outcome"_s, task.outcome.condition);
        facts.insert(u"condition_task"_s, condition);
    }
    addState(facts, task.state, task.outcome, legacy);
    addTimes(facts, task.start, task.end);
    return facts;
}

QJsonArray Run::taskFacts() const
{
    QJsonArray facts;
    for (const TaskRun &one : tasks)
        facts.append(factsOf(one));
    return facts;
}

QJsonArray Run::repairHistory() const
{
    QJsonArray history;
    for (const Repair &one : repairs) {
        QJsonObject facts{{u"type"_s, one.id == 0 ? u"ORIGINAL"_s : u"REPAIR"_s}, {u"start_time"_s, one.start}};
        if (one.id != 0)
            facts.insert(u"id"_s, one.id);
        if (one.end > 0)
            facts.insert(u"end_time"_s, one.end);
        QJsonArray ids;
        for (const qint64 id : one.taskRuns)
            ids.append(id);
        facts.insert(u"task_run_ids"_s, ids);
        addState(facts, one.end > 0 ? u"TERMINATED"_s : state, one.outcome, legacy);
        history.append(facts);
    }
    return history;
}

void Run::beginRepair(const QStringList &keys, qint64 time)
{
    if (repairs.empty()) {
        Repair original{0, created, end, outcome(), {}};
        for (const TaskRun &task : tasks)
            original.taskRuns.append(task.id);
        repairs.push_back(original);
    }
    Repair repair{stableId(u"repair/%1/%2"_s.arg(id).arg(repairs.size())), time, 0, {}, {}};
    for (TaskRun &task : tasks) {
        if (!keys.contains(task.key()))
            continue;
        TaskRun again;
        again.task = task.task;
        again.attempt = task.attempt + 1;
        again.id = stableId(u"task/%1/%2/%3"_s.arg(id).arg(task.key()).arg(again.attempt));
        repair.taskRuns.append(again.id);
        replaced.push_back(std::exchange(task, again));
    }
    repairs.push_back(repair);
}

void Run::endRepair()
{
    if (repairs.empty() || repairs.back().end > 0)
        return;
    repairs.back().end = end;
    repairs.back().outcome = outcome();
}

namespace {

/// The task with the values of the parameters that it refers to, {{job.parameters.day}}.
QJsonObject withReferences(const QJsonObject &task, const QJsonObject &parameters)
{
    QByteArray text = QJsonDocument(task).toJson(QJsonDocument::Compact);
    if (!text.contains("{{job.parameters."))
        return task;
    for (auto one = parameters.begin(); one != parameters.end(); ++one) {
        // Into a JSON text: what a value holds is escaped as there.
        const QByteArray value = QJsonDocument(QJsonArray{*one}).toJson(QJsonDocument::Compact).mid(2).chopped(2);
        const QByteArray reference = "{{job.parameters." + one.key().toUtf8() + "}}";
        text.replace(reference, value);
    }
    return QJsonDocument::fromJson(text).object();
}

} // namespace

QJsonObject withParameters(QJsonObject task, const QJsonObject &parameters)
{
    if (parameters.isEmpty())
        return task;
    task = withReferences(task, parameters);
    QJsonObject loop = task.value("for_each_task"_L1).toObject();
    if (!loop.isEmpty()) {
        loop.insert(u"task"_s, withParameters(loop.value("task"_L1).toObject(), parameters));
        task.insert(u"for_each_task"_s, loop);
    }
    QJsonObject notebook = task.value("notebook_task"_L1).toObject();
    if (notebook.isEmpty())
        return task;
    QJsonObject all = notebook.value("base_parameters"_L1).toObject();
    for (auto one = parameters.begin(); one != parameters.end(); ++one)
        all.insert(one.key(), one.value());
    notebook.insert(u"base_parameters"_s, all);
    task.insert(u"notebook_task"_s, notebook);
    return task;
}

} // namespace Sample

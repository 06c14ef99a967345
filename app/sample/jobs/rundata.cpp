#include "sample/jobs/rundata.h"

#include "sample/jobs/jobbook.h"
#include "sample/server/builtin.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString pageUrl(qint64 jobId, qint64 runId)
{
    return u"https://adb-3512467908812345.5.azuredatabricks.net/?o=3512467908812345#job/%1/run/%2"_s.arg(jobId).arg(
        runId);
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

constexpr qint64 minute = 60'000;
constexpr qint64 day = 24 * 60 * minute;

/// Tasks stand in the file after those they depend on, so one pass settles all.
void settle(Run &run, TaskRun &task)
{
    task.start = run.start;
    bool allSucceeded = true;
    for (const QString &key : task.dependsOn()) {
        const TaskRun *before = run.task(key);
        task.start = std::max(task.start, before->end);
        allSucceeded = allSucceeded && before->succeeded();
    }
    task.state = u"TERMINATED"_s;
    if (allSucceeded || task.task.value("run_if"_L1) == "ALL_DONE"_L1) {
        task.outcome = taskOutcome(task.task, task.attempt);
        task.end = task.start + minute * (1 + task.id % 19) + 1000 * (task.id % 60);
    } else {
        task.outcome = upstreamFailed();
        task.end = task.start;
    }
}

Run pastRun(const SampleJob &job, int number, qint64 start)
{
    Run run;
    run.id = stableId(u"run/%1/%2"_s.arg(job.name()).arg(number));
    // The API's ids have 64 bits. These use them, so that a client which takes ids for doubles is found out.
    if (job.legacy)
        run.id += qint64(1) << 57;
    run.jobId = job.id;
    run.name = job.name();
    run.creator = job.creator;
    run.trigger = job.settings.contains("schedule"_L1) ? u"PERIODIC"_s : u"ONE_TIME"_s;
    run.state = u"TERMINATED"_s;
    run.created = run.start = start;
    run.legacy = job.legacy;
    for (const QJsonValue value : job.tasks()) {
        TaskRun task;
        task.task = value.toObject();
        task.id = stableId(u"task/%1/%2"_s.arg(run.id).arg(task.key()));
        task.attempt = 1;
        settle(run, task);
        run.end = std::max(run.end, task.end);
        run.tasks.push_back(std::move(task));
    }
    return run;
}

Run endlessRun(const SampleJob &job, qint64 start)
{
    Run run = pastRun(job, 0, start);
    run.state = u"RUNNING"_s;
    run.end = 0;
    for (TaskRun &task : run.tasks) {
        task.state = u"RUNNING"_s;
        task.outcome = {};
        task.end = 0;
    }
    return run;
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
    const auto failed = [](const TaskRun &one) { return one.isOver() && !one.succeeded(); };
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
    addTimes(facts, start > 0 ? start : created, end);
    facts.insert(u"run_duration"_s, end > created ? end - created : 0);
    QJsonArray given;
    for (auto one = parameters.begin(); one != parameters.end(); ++one)
        given.append(QJsonObject{{u"name"_s, one.key()}, {u"value"_s, one.value()}});
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

std::vector<Run> inventedRuns(const SampleJob &job, qint64 now)
{
    std::vector<Run> runs;
    const qint64 shift = minute * (stableId(job.name()) % 600 + 120);
    if (job.settings.contains("continuous"_L1)) {
        runs.push_back(endlessRun(job, now - shift));
        return runs;
    }
    const int count = job.settings.contains("schedule"_L1) ? 3 : 1;
    for (int i = 0; i < count; ++i)
        runs.push_back(pastRun(job, i, now - shift - day * i));
    return runs;
}

} // namespace Sample

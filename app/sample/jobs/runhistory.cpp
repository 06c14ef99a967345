#include "sample/jobs/runhistory.h"

#include "sample/jobs/jobbook.h"
#include "sample/server/stableid.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

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

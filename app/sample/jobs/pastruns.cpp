#include "sample/jobs/pastruns.h"

#include "sample/compute/clusterfleet.h"
#include "sample/files/filetree.h"
#include "sample/jobs/iterations.h"
#include "sample/jobs/jobbook.h"
#include "sample/jobs/pasttimes.h"
#include "sample/jobs/runbook.h"
#include "sample/notebooks/queryrows.h"
#include "sample/server/builtin.h"
#include "sample/sql/sqlresult.h"
#include "sample/sql/sqlworker.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 minute = 60'000;
/// So many runs a job has behind it, where its schedule made as many in 60 days; one that runs often has those of
/// three days and some hours, so that nobody takes it for one that did not run yesterday.
constexpr Reach Behind{10, 76};

struct JobClusterName
{
    qint64 job = 0;
    qint64 run = 0;
};

std::optional<JobClusterName> parsedName(const SampleCluster &cluster)
{
    static const QRegularExpression form(u"^job-(\\d+)-run-(\\d+)-"_s);
    const auto match = form.match(cluster.facts.value("cluster_name"_L1).toString());
    if (!match.hasMatch())
        return std::nullopt;
    return JobClusterName{match.captured(1).toLongLong(), match.captured(2).toLongLong()};
}

/// Makes a run fit between its start and limit, with some time to spare.
void shorten(Run &run, qint64 limit)
{
    const qint64 took = run.end - run.start;
    const qint64 may = (limit - run.start) * 4 / 5;
    if (took <= may)
        return;
    const auto moved = [&](qint64 time) { return run.start + (time - run.start) * may / std::max<qint64>(took, 1); };
    for (auto *tasks : {&run.tasks, &run.replaced}) {
        for (TaskRun &task : *tasks) {
            task.start = moved(task.start);
            task.end = moved(task.end);
            for (TaskRun &iteration : task.iterations) {
                iteration.start = moved(iteration.start);
                iteration.end = moved(iteration.end);
            }
        }
    }
    for (Repair &repair : run.repairs) {
        repair.start = moved(repair.start);
        repair.end = moved(repair.end);
    }
    run.end = moved(run.end);
}

QString triggerOf(const QJsonObject &settings)
{
    if (settings.contains("continuous"_L1))
        return u"CONTINUOUS"_s;
    const QJsonObject trigger = settings.value("trigger"_L1).toObject();
    if (trigger.contains("file_arrival"_L1))
        return u"FILE_ARRIVAL"_s;
    return settings.contains("schedule"_L1) || trigger.contains("periodic"_L1) ? u"PERIODIC"_s : u"ONE_TIME"_s;
}

} // namespace

QHash<qint64, ClusterRun> runsOfJobClusters(const ClusterFleet &fleet)
{
    QHash<qint64, ClusterRun> runs;
    for (const SampleCluster &cluster : fleet.clusters()) {
        if (const auto name = parsedName(cluster))
            runs.insert(name->job, {name->run, cluster.facts.value("start_time"_L1).toInteger()});
    }
    return runs;
}

void fitJobClusters(ClusterFleet &fleet, const RunBook &runs)
{
    QList<std::pair<QString, const Run *>> made;
    for (const SampleCluster &cluster : fleet.clusters()) {
        const auto name = parsedName(cluster);
        const Run *run = name ? runs.find(name->run) : nullptr;
        if (run && run->isOver())
            made.append({cluster.id(), run});
    }
    for (const auto &[id, run] : std::as_const(made)) {
        qint64 end = 0;
        for (const TaskRun &task : run->tasks) {
            if (task.task.value("existing_cluster_id"_L1) == id)
                end = std::max(end, task.end);
        }
        fleet.setLife(id, run->start, end > 0 ? end : run->end);
    }
}

/// The sample's rows as they are at the start, and what queries of them gave.
struct PastRuns::Rows
{
    explicit Rows(const CatalogData &data)
        : catalog(data)
    {}

    QueryRows answer(const SqlAsk &ask)
    {
        QString key = ask.statement;
        for (auto one = ask.parameters.cbegin(); one != ask.parameters.cend(); ++one) {
            // A parameter that the query does not name, such as the day of the run, makes no difference.
            if (ask.statement.contains(u':' + one.key()))
                key += u'\n' + one.key() + u'=' + one->toString();
        }
        if (!known.contains(key))
            known.insert(key, run(ask));
        return known.value(key);
    }

    QueryRows run(const SqlAsk &ask)
    {
        const SqlOutcome outcome = worker.run(ask, catalog);
        if (outcome.result)
            outcome.result->finish(QThread::currentThread());
        return QueryRows::of(outcome);
    }

    const CatalogData &catalog;
    SqlWorker worker{std::make_shared<std::atomic_bool>(false)};
    QHash<QString, QueryRows> known;
    QHash<QByteArray, TaskOutcome> outcomes; ///< by what the task does, and its attempt
};

PastRuns::PastRuns(const TaskWork &work, const CatalogData &catalog, qint64 now)
    : m_work(work)
    , m_now(now)
    , m_rows(std::make_unique<Rows>(catalog))
{}

PastRuns::~PastRuns() = default;

TaskOutcome PastRuns::outcome(const QJsonObject &task, int attempt, qint64 time)
{
    // Many tasks do the same, and did it the last times, too: each is done once.
    QJsonObject work = task;
    for (const auto key : {"task_key"_L1, "depends_on"_L1, "run_if"_L1})
        work.remove(key);
    const QByteArray key = QJsonDocument(work).toJson(QJsonDocument::Compact) + QByteArray::number(attempt);
    TaskOutcome &done = m_rows->outcomes[key];
    if (done.ran)
        return done;
    QList<QueryRows> known;
    while (true) {
        const TaskProgress progress = m_work.progress({task, attempt, time}, known);
        if (!progress.ask)
            return done = progress.outcome;
        known.append(m_rows->answer(*progress.ask));
    }
}

/// Tasks stand in the file after those they depend on, so one pass settles all.
void PastRuns::settle(Run &run, TaskRun &task)
{
    task.start = std::max(task.start, run.start);
    bool allSucceeded = true;
    for (const QString &key : task.dependsOn()) {
        const TaskRun *before = run.task(key);
        task.start = std::max(task.start, before->end);
        allSucceeded = allSucceeded && before->succeeded();
    }
    task.state = u"TERMINATED"_s;
    if (!allSucceeded && task.task.value("run_if"_L1) != "ALL_DONE"_L1) {
        task.outcome = upstreamFailed();
        task.end = task.start;
        return;
    }
    task.end = task.start + minute * (1 + task.id % 19) + 1000 * (task.id % 60);
    if (!task.isForEach()) {
        task.outcome = outcome(task.task, task.attempt, task.start);
        return;
    }
    task.iterations = iterationsOf(task);
    const qint64 share = (task.end - task.start) / std::max<qint64>(1, qint64(task.iterations.size()));
    qint64 start = task.start;
    for (TaskRun &iteration : task.iterations) {
        iteration.state = u"TERMINATED"_s;
        iteration.start = start;
        iteration.end = start += share;
        iteration.outcome = outcome(iteration.task, 0, iteration.start);
    }
    task.outcome = outcomeOf(task);
}

Run PastRuns::run(const SampleJob &job, int number, qint64 start, qint64 newestId)
{
    Run run;
    run.id = number == 0 && newestId > 0 ? newestId : stableId(u"run/%1/%2"_s.arg(job.name()).arg(number));
    // The API's ids have 64 bits. These use them, so that a client which takes ids for doubles is found out.
    if (job.legacy)
        run.id += qint64(1) << 57;
    run.jobId = job.id;
    run.name = job.name();
    run.creator = job.creator;
    run.trigger = triggerOf(job.settings);
    run.state = u"TERMINATED"_s;
    run.created = run.start = start;
    run.legacy = job.legacy;
    run.defaults = job.parameters(start);
    for (const QJsonValue value : job.tasks()) {
        TaskRun task;
        task.task = withParameters(value.toObject(), run.defaults);
        task.id = stableId(u"task/%1/%2"_s.arg(run.id).arg(task.key()));
        settle(run, task);
        run.end = std::max(run.end, task.end);
        run.tasks.push_back(std::move(task));
    }
    return run;
}

/// Somebody looked after a while, and ran what had failed once more.
void PastRuns::repair(Run &run)
{
    QStringList keys;
    for (const TaskRun &task : run.tasks) {
        if (!task.succeeded())
            keys.append(task.key());
    }
    const qint64 time = run.end + 25 * minute;
    run.beginRepair(keys, time);
    for (TaskRun &task : run.tasks) {
        if (!keys.contains(task.key()))
            continue;
        task.start = time;
        settle(run, task);
        run.end = std::max(run.end, task.end);
    }
    run.state = u"TERMINATED"_s;
    run.endRepair();
}

std::vector<Run> PastRuns::of(const SampleJob &job, const ClusterRun &newest)
{
    std::vector<Run> runs;
    const qint64 shift = minute * (stableId(job.name()) % 600 + 120);
    const QString trigger = triggerOf(job.settings);
    if (trigger == "CONTINUOUS"_L1) {
        Run endless = run(job, 0, newest.start > 0 ? newest.start : m_now - shift, newest.runId);
        endless.state = u"RUNNING"_s;
        endless.end = 0;
        for (TaskRun &task : endless.tasks) {
            task.state = u"RUNNING"_s;
            task.outcome = {};
            task.end = 0;
            task.isWorking = true; // and is never done
        }
        runs.push_back(std::move(endless));
        return runs;
    }
    // A run that has just begun is not told yet.
    QList<qint64> times = pastTimes(job.settings, m_now - minute, Behind);
    if (trigger == "FILE_ARRIVAL"_L1)
        times = {lastArrival(m_now) + minute};
    else if (trigger == "ONE_TIME"_L1)
        times = {m_now - shift};
    qint64 limit = m_now;
    for (qsizetype i = 0; i < times.size(); ++i) {
        Run past = run(job, static_cast<int>(i), times.at(i), newest.runId);
        if (job.isRepaired && past.outcome().result != "SUCCESS"_L1)
            repair(past);
        shorten(past, limit);
        limit = past.start;
        runs.push_back(std::move(past));
    }
    return runs;
}

} // namespace Sample

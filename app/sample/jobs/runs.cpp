#include "sample/jobs/runs.h"

#include "sample/jobs/jobbook.h"
#include "sample/jobs/runbook.h"
#include "sample/notebooks/notebookexport.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <algorithm>
#include <limits>
#include <ranges>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype arrayPage = 100;
constexpr qint64 mostRuns = 24; ///< in a page; also what limit=0 asks for
constexpr qint64 anyId = std::numeric_limits<qint64>::max();

ApiRefusal noSuchRun(qint64 id)
{
    return ApiRefusal::invalidParameter(u"Run %1 does not exist."_s.arg(id));
}

const Run &existing(const RunBook &runs, qint64 id)
{
    const Run *run = runs.find(id);
    if (!run)
        throw noSuchRun(id);
    return *run;
}

qint64 requiredId(const QUrlQuery &query, const QString &name)
{
    requiredText(query, name);
    return number(query, name, 0, anyId, 0);
}

qint64 requiredId(const QJsonObject &body, const QString &name)
{
    if (!body.contains(name))
        throw ApiRefusal::missingField(name);
    return number(body.value(name), name, 0, anyId, 0);
}

QJsonObject parametersOf(const QJsonObject &body)
{
    QJsonObject parameters;
    for (const auto key : {"job_parameters"_L1, "notebook_params"_L1}) {
        const QJsonObject given = body.value(key).toObject();
        for (auto one = given.begin(); one != given.end(); ++one) {
            if (!one->isString())
                throw ApiRefusal::malformed(u"%1.%2 must be text."_s.arg(key, one.key()));
            parameters.insert(one.key(), one.value());
        }
    }
    return parameters;
}

RunBook::Start startOf(const QJsonObject &body)
{
    RunBook::Start how;
    how.parameters = parametersOf(body);
    for (const QJsonValue key : body.value("only"_L1).toArray())
        how.only.append(key.toString());
    how.token = body.value("idempotency_token"_L1).toString();
    if (how.token.size() > 64)
        throw ApiRefusal::invalidParameter(u"The idempotency token must have at most 64 characters."_s);
    return how;
}

Http::Reply runNow(const JobBook &jobs, RunBook &runs, const QJsonObject &body)
{
    const qint64 id = requiredId(body, u"job_id"_s);
    const SampleJob *job = jobs.find(id);
    if (!job)
        throw ApiRefusal::invalidParameter(u"Job %1 does not exist."_s.arg(id));
    const qint64 run = runs.start(*job, startOf(body));
    return answer({{u"run_id"_s, run}, {u"number_in_job"_s, run}});
}

Http::Reply submit(RunBook &runs, const QJsonObject &body)
{
    const QJsonArray tasks = body.value("tasks"_L1).toArray();
    if (tasks.isEmpty())
        throw ApiRefusal::missingField(u"tasks"_s);
    for (const QJsonValue task : tasks)
        requiredText(task.toObject(), u"task_key"_s);
    const QString name = body.value("run_name"_L1).toString(u"Untitled"_s);
    return answer({{u"run_id"_s, runs.submit(name, tasks, startOf(body))}});
}

Http::Reply listRuns(const RunBook &runs, const QUrlQuery &query)
{
    const qint64 job = number(query, u"job_id"_s, 0, anyId, -1);
    const bool active = truth(query, u"active_only"_s).value_or(false);
    const bool completed = truth(query, u"completed_only"_s).value_or(false);
    if (active && completed)
        throw ApiRefusal::invalidParameter(u"Only one of active_only and completed_only may be true."_s);
    const bool withTasks = truth(query, u"expand_tasks"_s).value_or(false);
    const QString type = queryText(query, u"run_type"_s);
    const qint64 from = number(query, u"start_time_from"_s, 0, anyId, 0);
    const qint64 to = number(query, u"start_time_to"_s, 0, anyId, anyId);
    const qint64 limit = number(query, u"limit"_s, 0, mostRuns, 20);
    const PageWish wish{limit > 0 ? limit : mostRuns, queryText(query, u"page_token"_s)};
    // There are many runs: only those of the page are told.
    std::vector<const Run *> found;
    QJsonArray places;
    for (const auto &run : std::views::reverse(runs.runs())) {
        if ((job >= 0 && run->jobId != job) || (active && run->isOver()) || (completed && !run->isOver()) ||
            (!type.isEmpty() && run->type != type) || run->created < from || run->created > to)
            continue;
        places.append(qint64(found.size()));
        found.push_back(run.get());
    }
    const QString scope = u"runs|%1|%2%3|%4|%5|%6"_s.arg(job).arg(active).arg(completed).arg(type).arg(from).arg(to);
    QJsonObject json = page(places, u"runs"_s, wish, scope);
    QJsonArray told;
    for (const QJsonValue place : json.value("runs"_L1).toArray()) {
        const Run &run = *found.at(std::size_t(place.toInteger()));
        QJsonObject facts = run.facts();
        if (withTasks)
            facts.insert(u"tasks"_s, run.taskFacts());
        told.append(facts);
    }
    json.insert(u"runs"_s, told);
    json.insert(u"has_more"_s, !json.value("next_page_token"_L1).toString().isEmpty());
    return answer(json);
}

/// The run of a task; that of a for-each task comes with its iterations, page by page.
Http::Reply getTaskRun(const RunBook &runs, qint64 id, const QUrlQuery &query)
{
    const auto [parent, task] = runs.findTask(id);
    if (!task)
        throw noSuchRun(id);
    QJsonObject facts = parent->factsOf(*task);
    if (!task->isForEach())
        return answer(facts);
    QJsonArray iterations;
    for (const TaskRun &iteration : task->iterations)
        iterations.append(parent->factsOf(iteration));
    const QJsonObject shown =
        page(iterations, u"iterations"_s, {arrayPage, queryText(query, u"page_token"_s)}, u"iterations|%1"_s.arg(id));
    facts.insert(u"tasks"_s, QJsonArray{parent->factsOf(*task)});
    facts.insert(u"iterations"_s, shown.value("iterations"_L1));
    if (const QString next = shown.value("next_page_token"_L1).toString(); !next.isEmpty())
        facts.insert(u"next_page_token"_s, next);
    return answer(facts);
}

Http::Reply getRun(const RunBook &runs, const QUrlQuery &query)
{
    const qint64 id = requiredId(query, u"run_id"_s);
    const Run *run = runs.find(id);
    if (!run)
        return getTaskRun(runs, id, query);
    QJsonObject facts = run->facts();
    const QJsonObject tasks =
        page(run->taskFacts(), u"tasks"_s, {arrayPage, queryText(query, u"page_token"_s)}, u"run|%1"_s.arg(id));
    facts.insert(u"tasks"_s, tasks.value("tasks"_L1));
    const QString next = tasks.value("next_page_token"_L1).toString();
    if (!next.isEmpty())
        facts.insert(u"next_page_token"_s, next);
    if (truth(query, u"include_history"_s).value_or(false) && !run->repairs.empty())
        facts.insert(u"repair_history"_s, run->repairHistory());
    return answer(facts);
}

Http::Reply getOutput(const RunBook &runs, const QUrlQuery &query)
{
    const qint64 id = requiredId(query, u"run_id"_s);
    if (const Run *parent = runs.find(id)) {
        if (parent->tasks.size() != 1)
            throw ApiRefusal::invalidParameter(u"Retrieving the output of runs with multiple tasks is not supported. "
                                               "Please retrieve the output of each individual task run instead."_s);
        return getOutput(runs, QUrlQuery{{u"run_id"_s, QString::number(parent->tasks.front().id)}});
    }
    const auto [run, task] = runs.findTask(id);
    if (!task)
        throw noSuchRun(id);
    QJsonObject output = task->isOver() ? task->outcome.output : QJsonObject();
    output.insert(u"metadata"_s, run->factsOf(*task));
    return answer(output);
}

/// The notebook that a task ran, with its cells' results (https://docs.databricks.com/api/workspace/jobs/exportrun).
Http::Reply exportRun(const RunBook &runs, const QUrlQuery &query)
{
    const qint64 id = requiredId(query, u"run_id"_s);
    const QString wanted =
        word(queryText(query, u"views_to_export"_s), u"views_to_export"_s, {u"CODE"_s, u"DASHBOARDS"_s, u"ALL"_s});
    const Run *parent = runs.find(id);
    if (parent && parent->tasks.size() != 1)
        throw ApiRefusal::invalidParameter(u"Exporting runs with multiple tasks is not supported. Please export each "
                                           "individual task run instead."_s);
    const TaskRun *task = parent ? &parent->tasks.front() : runs.findTask(id).second;
    if (!task)
        throw noSuchRun(id);
    if (!task->task.contains("notebook_task"_L1))
        throw ApiRefusal::invalidParameter(u"Only notebook runs can be exported."_s);
    QJsonArray views;
    if (task->outcome.ran && wanted != "DASHBOARDS"_L1) {
        const NotebookRecord &ran = *task->outcome.ran;
        views.append(QJsonObject{{u"content"_s, exportedRun(ran.source, ran.run, task->start, task->end)},
                                 {u"name"_s, ran.source.path.section(u'/', -1)},
                                 {u"type"_s, u"NOTEBOOK"_s}});
    }
    return answer({{u"views"_s, views}});
}

Http::Reply cancelRun(RunBook &runs, const QJsonObject &body)
{
    const qint64 id = requiredId(body, u"run_id"_s);
    const auto [parent, task] = runs.findTask(id);
    runs.cancel(task ? parent->id : existing(runs, id).id);
    return answer({});
}

/// The tasks that a repair names, each once, with those that depend on them where that is asked for.
QStringList tasksToRepair(const Run &run, const QJsonObject &body)
{
    QStringList wanted;
    for (const QJsonValue key : body.value("rerun_tasks"_L1).toArray())
        wanted.append(key.toString());
    QStringList known;
    for (const TaskRun &task : run.tasks) {
        known.append(task.key());
        if (body.value("rerun_all_failed_tasks"_L1).toBool() && !task.succeeded())
            wanted.append(task.key());
    }
    wanted.removeDuplicates();
    for (const QString &key : std::as_const(wanted)) {
        if (!known.contains(key))
            throw ApiRefusal::invalidParameter(u"Task %1 does not exist in run %2."_s.arg(key).arg(run.id));
    }
    if (!body.value("rerun_dependent_tasks"_L1).toBool())
        return wanted;
    // Tasks stand in a run after those they depend on.
    for (const TaskRun &task : run.tasks) {
        const QStringList before = task.dependsOn();
        const bool depends =
            std::ranges::any_of(before, [&wanted](const QString &key) { return wanted.contains(key); });
        if (depends && !wanted.contains(task.key()))
            wanted.append(task.key());
    }
    return wanted;
}

Http::Reply repairRun(const JobBook &jobs, RunBook &runs, const QJsonObject &body)
{
    const Run &run = existing(runs, requiredId(body, u"run_id"_s));
    if (!run.isOver())
        throw ApiRefusal::invalidState(u"Run %1 is active and cannot be repaired."_s.arg(run.id));
    const qint64 latest = run.repairs.empty() ? 0 : run.repairs.back().id;
    if (latest != number(body.value("latest_repair_id"_L1), u"latest_repair_id"_s, 0, anyId, 0))
        throw ApiRefusal::invalidParameter(
            u"The latest_repair_id does not match the ID of the latest repair of run %1."_s.arg(run.id));
    const QStringList tasks = tasksToRepair(run, body);
    if (tasks.isEmpty())
        throw ApiRefusal::invalidParameter(u"There are no tasks to rerun."_s);
    const SampleJob *job = jobs.find(run.jobId);
    const QJsonArray current = job ? job->tasks() : QJsonArray();
    return answer({{u"repair_id"_s, runs.repair(run.id, tasks, parametersOf(body), current)}});
}

} // namespace

QList<Route> runRoutes(const JobBook &jobs, RunBook &runs)
{
    return {
        {"POST", u"/api/2.2/jobs/run-now"_s,
         [&jobs, &runs](const ApiRequest &ask) { return runNow(jobs, runs, ask.json); }},
        {"POST", u"/api/2.2/jobs/runs/submit"_s, [&runs](const ApiRequest &ask) { return submit(runs, ask.json); }},
        {"GET", u"/api/2.2/jobs/runs/list"_s, [&runs](const ApiRequest &ask) { return listRuns(runs, ask.query); }},
        {"GET", u"/api/2.2/jobs/runs/get"_s, [&runs](const ApiRequest &ask) { return getRun(runs, ask.query); }},
        {"GET", u"/api/2.2/jobs/runs/get-output"_s,
         [&runs](const ApiRequest &ask) { return getOutput(runs, ask.query); }},
        {"GET", u"/api/2.1/jobs/runs/export"_s, [&runs](const ApiRequest &ask) { return exportRun(runs, ask.query); }},
        {"GET", u"/api/2.2/jobs/runs/export"_s, [&runs](const ApiRequest &ask) { return exportRun(runs, ask.query); }},
        {"POST", u"/api/2.2/jobs/runs/cancel"_s, [&runs](const ApiRequest &ask) { return cancelRun(runs, ask.json); }},
        {"POST", u"/api/2.2/jobs/runs/repair"_s,
         [&jobs, &runs](const ApiRequest &ask) { return repairRun(jobs, runs, ask.json); }},
    };
}

} // namespace Sample

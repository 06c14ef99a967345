#include "sample/jobs/jobs.h"

#include "sample/jobs/jobbook.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QSet>

#include <limits>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype arrayPage = 100;

qint64 jobId(const QJsonObject &body)
{
    if (!body.contains("job_id"_L1))
        throw ApiRefusal::missingField(u"job_id"_s);
    return number(body.value("job_id"_L1), u"job_id"_s, 0, std::numeric_limits<qint64>::max(), 0);
}

const SampleJob &existing(const JobBook &book, qint64 id)
{
    const SampleJob *job = book.find(id);
    if (!job)
        throw ApiRefusal::invalidParameter(u"Job %1 does not exist."_s.arg(id));
    return *job;
}

void checkTasks(const QJsonObject &settings)
{
    QSet<QString> keys;
    const QJsonArray tasks = settings.value("tasks"_L1).toArray();
    for (const QJsonValue task : tasks) {
        const QString key = task["task_key"_L1].toString();
        if (key.isEmpty())
            throw ApiRefusal::invalidParameter(u"Missing required field: settings.tasks.task_key."_s);
        if (keys.contains(key))
            throw ApiRefusal::invalidParameter(u"Duplicate task key '%1'."_s.arg(key));
        keys.insert(key);
    }
    for (const QJsonValue task : tasks) {
        for (const QJsonValue after : task["depends_on"_L1].toArray()) {
            if (!keys.contains(after["task_key"_L1].toString()))
                throw ApiRefusal::invalidParameter(u"Task '%1' depends on the unknown task '%2'."_s.arg(
                    task["task_key"_L1].toString(), after["task_key"_L1].toString()));
        }
    }
}

/// The clusters that tasks share are among the job's.
void checkClusterKeys(const QJsonArray &tasks, const QJsonObject &settings)
{
    QSet<QString> keys;
    for (const QJsonValue cluster : settings.value("job_clusters"_L1).toArray())
        keys.insert(cluster["job_cluster_key"_L1].toString());
    for (const QJsonValue task : tasks) {
        const QString key = task["job_cluster_key"_L1].toString();
        if (!key.isEmpty() && !keys.contains(key))
            throw ApiRefusal::invalidParameter(
                u"Job cluster key '%1' of task '%2' is not defined in job_clusters."_s.arg(
                    key, task["task_key"_L1].toString()));
    }
}

/// A job starts by itself in one way at most (https://docs.databricks.com/api/workspace/jobs/create).
void checkStarters(const QJsonObject &settings)
{
    int there = 0;
    for (const auto key : {"schedule"_L1, "trigger"_L1, "continuous"_L1})
        there += settings.value(key).toObject().isEmpty() ? 0 : 1;
    if (there > 1)
        throw ApiRefusal::invalidParameter(u"A job can have only one of schedule, trigger and continuous."_s);
}

Http::Reply listJobs(const JobBook &book, const QUrlQuery &query)
{
    const QString name = queryText(query, u"name"_s);
    const bool withTasks = truth(query, u"expand_tasks"_s).value_or(false);
    const PageWish wish{number(query, u"limit"_s, 1, 100, 20), queryText(query, u"page_token"_s)};
    // Thousands may match and a hundred are shown: only those are told whole.
    QJsonArray found;
    for (std::size_t i = 0; i < book.jobs().size(); ++i) {
        if (name.isEmpty() || book.jobs().at(i).name().compare(name, Qt::CaseInsensitive) == 0)
            found.append(qint64(i));
    }
    QJsonObject json = page(found, u"jobs"_s, wish, u"jobs|"_s + name);
    QJsonArray shown;
    for (const QJsonValue index : json.value("jobs"_L1).toArray())
        shown.append(book.jobs().at(static_cast<std::size_t>(index.toInteger())).facts(withTasks));
    json.insert(u"jobs"_s, shown);
    json.insert(u"has_more"_s, !json.value("next_page_token"_L1).toString().isEmpty());
    return answer(json);
}

Http::Reply getJob(const JobBook &book, const QUrlQuery &query)
{
    requiredText(query, u"job_id"_s);
    const qint64 id = number(query, u"job_id"_s, 0, std::numeric_limits<qint64>::max(), 0);
    const SampleJob &job = existing(book, id);
    const QJsonObject tasks =
        page(job.tasks(), u"tasks"_s, {arrayPage, queryText(query, u"page_token"_s)}, u"job|%1"_s.arg(id));
    QJsonObject facts = job.facts(true);
    QJsonObject settings = job.settings;
    settings.insert(u"tasks"_s, tasks.value("tasks"_L1));
    facts.insert(u"settings"_s, settings);
    const QJsonValue runAs = job.settings.value("run_as"_L1);
    const QString user = runAs["user_name"_L1].toString(runAs["service_principal_name"_L1].toString());
    facts.insert(u"run_as_user_name"_s, user.isEmpty() ? job.creator : user);
    const QString next = tasks.value("next_page_token"_L1).toString();
    if (!next.isEmpty())
        facts.insert(u"next_page_token"_s, next);
    facts.insert(u"has_more"_s, !next.isEmpty());
    return answer(facts);
}

Http::Reply createJob(JobBook &book, const QJsonObject &settings)
{
    checkTasks(settings);
    checkClusterKeys(settings.value("tasks"_L1).toArray(), settings);
    checkStarters(settings);
    return answer({{u"job_id"_s, book.create(settings)}});
}

Http::Reply updateJob(JobBook &book, const QJsonObject &body)
{
    const qint64 id = jobId(body);
    QJsonObject settings = existing(book, id).settings;
    const QJsonObject changes = body.value("new_settings"_L1).toObject();
    checkTasks(changes);
    for (const QJsonValue field : body.value("fields_to_remove"_L1).toArray())
        settings.remove(field.toString());
    for (auto change = changes.begin(); change != changes.end(); ++change)
        settings.insert(change.key(), change.value());
    checkClusterKeys(changes.value("tasks"_L1).toArray(), settings);
    checkStarters(settings);
    book.reset(id, settings);
    return answer({});
}

Http::Reply resetJob(JobBook &book, const QJsonObject &body)
{
    const qint64 id = existing(book, jobId(body)).id;
    const QJsonObject settings = body.value("new_settings"_L1).toObject();
    if (settings.isEmpty())
        throw ApiRefusal::missingField(u"new_settings"_s);
    checkTasks(settings);
    checkStarters(settings);
    book.reset(id, settings);
    return answer({});
}

Http::Reply deleteJob(JobBook &book, const QJsonObject &body)
{
    book.remove(existing(book, jobId(body)).id);
    return answer({});
}

} // namespace

QList<Route> jobRoutes(JobBook &book)
{
    const auto at = [](QLatin1StringView name) -> QString { return u"/api/2.2/jobs/"_s + name; };
    return {
        {"GET", at("list"_L1), [&book](const ApiRequest &ask) { return listJobs(book, ask.query); }},
        {"GET", at("get"_L1), [&book](const ApiRequest &ask) { return getJob(book, ask.query); }},
        {"POST", at("create"_L1), [&book](const ApiRequest &ask) { return createJob(book, ask.json); }},
        {"POST", at("update"_L1), [&book](const ApiRequest &ask) { return updateJob(book, ask.json); }},
        {"POST", at("reset"_L1), [&book](const ApiRequest &ask) { return resetJob(book, ask.json); }},
        {"POST", at("delete"_L1), [&book](const ApiRequest &ask) { return deleteJob(book, ask.json); }},
    };
}

} // namespace Sample

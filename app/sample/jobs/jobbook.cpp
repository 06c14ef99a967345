#include "sample/jobs/jobbook.h"

#include "sample/server/builtin.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 day = 24 * 60 * 60'000;

/// A line of the file names what a task runs in one word; the API wants an object for it.
QJsonObject work(const QJsonObject &line)
{
    const auto has = [&](QLatin1StringView key) { return line.contains(key); };
    if (has("python"_L1))
        return {{u"spark_python_task"_s,
                 QJsonObject{{u"python_file"_s, line.value("python"_L1)}, {u"source"_s, u"WORKSPACE"_s}}}};
    if (has("sql"_L1))
        return {{u"sql_task"_s, QJsonObject{{u"query"_s, QJsonObject{{u"query_id"_s, line.value("sql"_L1)}}},
                                            {u"warehouse_id"_s, u"74d1e8a2b6f3c09e"_s}}}};
    if (has("inputs"_L1)) {
        const QJsonObject parameters{{line.value("input"_L1).toString(), u"{{input}}"_s}};
        const QJsonObject notebook{{u"notebook_path"_s, line.value("notebook"_L1)},
                                   {u"base_parameters"_s, parameters},
                                   {u"source"_s, u"WORKSPACE"_s}};
        const QJsonObject inner{{u"task_key"_s, QString(line.value("task_key"_L1).toString() + u"_iteration"_s)},
                                {u"notebook_task"_s, notebook}};
        const QJsonDocument inputs(line.value("inputs"_L1).toArray());
        return {
            {u"for_each_task"_s, QJsonObject{{u"inputs"_s, QString::fromUtf8(inputs.toJson(QJsonDocument::Compact))},
                                             {u"concurrency"_s, 2},
                                             {u"task"_s, inner}}}};
    }
    if (has("pipeline"_L1))
        return {{u"pipeline_task"_s, QJsonObject{{u"pipeline_id"_s, line.value("pipeline"_L1)}}}};
    return {{u"notebook_task"_s,
             QJsonObject{{u"notebook_path"_s, line.value("notebook"_L1)}, {u"source"_s, u"WORKSPACE"_s}}}};
}

QJsonObject task(const QJsonObject &line)
{
    QJsonObject task = work(line);
    task.insert(u"task_key"_s, line.value("task_key"_L1));
    task.insert(u"run_if"_s, line.value("run_if"_L1).toString(u"ALL_SUCCESS"_s));
    task.insert(u"timeout_seconds"_s, 0);
    if (line.contains("cluster"_L1))
        task.insert(u"existing_cluster_id"_s, line.value("cluster"_L1));
    QJsonArray after;
    for (const QJsonValue key : line.value("after"_L1).toArray())
        after.append(QJsonObject{{u"task_key"_s, key}});
    if (!after.isEmpty())
        task.insert(u"depends_on"_s, after);
    return task;
}

QJsonArray tasks(const QJsonObject &line)
{
    QJsonArray tasks;
    for (const QJsonValue value : line.value("tasks"_L1).toArray())
        tasks.append(task(value.toObject()));
    const int fanOut = line.value("fan_out"_L1).toInt();
    for (int i = 1; i <= fanOut; ++i) {
        const QString key = u"partition_%1"_s.arg(i, 3, 10, QLatin1Char('0'));
        tasks.append(task({{u"task_key"_s, key},
                           {u"notebook"_s, u"/Workspace/Production/fanout/partition"_s},
                           {u"after"_s, QJsonArray{u"plan"_s}}}));
    }
    return tasks;
}

void addTrigger(QJsonObject &settings, const QJsonObject &line)
{
    const QJsonObject schedule = line.value("schedule"_L1).toObject();
    const QString status = schedule.value("paused"_L1).toBool() ? u"PAUSED"_s : u"UNPAUSED"_s;
    if (!schedule.isEmpty())
        settings.insert(u"schedule"_s, QJsonObject{{u"quartz_cron_expression"_s, schedule.value("cron"_L1)},
                                                   {u"timezone_id"_s, schedule.value("timezone"_L1)},
                                                   {u"pause_status"_s, status}});
    if (line.contains("continuous"_L1))
        settings.insert(u"continuous"_s, QJsonObject{{u"pause_status"_s, u"UNPAUSED"_s}});
    if (line.contains("periodic"_L1))
        settings.insert(u"trigger"_s,
                        QJsonObject{{u"pause_status"_s, u"UNPAUSED"_s}, {u"periodic"_s, line.value("periodic"_L1)}});
    if (line.contains("file_arrival"_L1))
        settings.insert(u"trigger"_s,
                        QJsonObject{{u"pause_status"_s, u"UNPAUSED"_s},
                                    {u"file_arrival"_s, QJsonObject{{u"url"_s, line.value("file_arrival"_L1)}}}});
}

QJsonObject settings(const QJsonObject &line)
{
    QJsonObject settings{
        {u"name"_s, line.value("name"_L1)}, {u"email_notifications"_s, QJsonObject()},
        {u"timeout_seconds"_s, 0},          {u"max_concurrent_runs"_s, line.value("max_concurrent_runs"_L1).toInt(1)},
        {u"format"_s, u"MULTI_TASK"_s},     {u"queue"_s, QJsonObject{{u"enabled"_s, true}}},
        {u"tasks"_s, tasks(line)}};
    addTrigger(settings, line);
    if (line.contains("tags"_L1))
        settings.insert(u"tags"_s, line.value("tags"_L1));
    QJsonArray parameters;
    const QJsonObject defaults = line.value("parameters"_L1).toObject();
    for (auto one = defaults.begin(); one != defaults.end(); ++one)
        parameters.append(QJsonObject{{u"name"_s, one.key()}, {u"default"_s, one.value()}});
    if (!parameters.isEmpty())
        settings.insert(u"parameters"_s, parameters);
    return settings;
}

} // namespace

QString SampleJob::name() const
{
    return settings.value("name"_L1).toString();
}

QJsonArray SampleJob::tasks() const
{
    return settings.value("tasks"_L1).toArray();
}

QJsonObject SampleJob::parameters(qint64 start) const
{
    QJsonObject values;
    const QString day = QDateTime::fromMSecsSinceEpoch(start).toUTC().date().toString(Qt::ISODate);
    for (const QJsonValue one : settings.value("parameters"_L1).toArray())
        values.insert(one["name"_L1].toString(),
                      one["default"_L1].toString().replace("{{job.start_time.iso_date}}"_L1, day));
    return values;
}

QJsonObject SampleJob::facts(bool withTasks) const
{
    QJsonObject shown = settings;
    if (!withTasks) {
        shown.remove("tasks"_L1);
        shown.remove("parameters"_L1);
    }
    return {{u"job_id"_s, id}, {u"creator_user_name"_s, creator}, {u"created_time"_s, created}, {u"settings"_s, shown}};
}

JobBook::JobBook(const QDateTime &now, QString user)
    : m_now(now.toMSecsSinceEpoch())
    , m_user(std::move(user))
{
    QFile file(u":/bricktray/sample/jobs.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The sample workspace's jobs are not built in.");
    const QJsonArray lines = QJsonDocument::fromJson(file.readAll()).object().value("jobs"_L1).toArray();
    for (const QJsonValue value : lines) {
        const QJsonObject line = value.toObject();
        const QString name = line.value("name"_L1).toString();
        SampleJob job;
        job.id = line.value("id"_L1).toInteger(stableId("job/"_L1 + name));
        job.creator = line.value("creator"_L1).toString();
        job.created = m_now - day * (90 + stableId(name) % 500);
        job.settings = settings(line);
        job.legacy = line.value("legacy"_L1).toBool();
        job.isRepaired = line.value("repaired"_L1).toBool();
        m_jobs.push_back(std::move(job));
    }
}

const SampleJob *JobBook::find(qint64 id) const
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const SampleJob &job) { return job.id == id; });
    return found == m_jobs.end() ? nullptr : &*found;
}

qint64 JobBook::create(const QJsonObject &settings)
{
    SampleJob job;
    job.id = stableId(u"made/%1"_s.arg(++m_made));
    job.creator = m_user;
    job.created = QDateTime::currentMSecsSinceEpoch();
    job.settings = settings;
    if (!job.settings.contains("name"_L1))
        job.settings.insert(u"name"_s, u"Untitled"_s);
    job.settings.insert(u"format"_s, u"MULTI_TASK"_s);
    m_jobs.insert(m_jobs.begin(), job);
    return job.id;
}

bool JobBook::reset(qint64 id, const QJsonObject &settings)
{
    const auto *found = find(id);
    if (!found)
        return false;
    m_jobs.at(static_cast<std::size_t>(found - m_jobs.data())).settings = settings;
    return true;
}

bool JobBook::remove(qint64 id)
{
    return std::erase_if(m_jobs, [&](const SampleJob &job) { return job.id == id; }) > 0;
}

void JobBook::growTo(qsizetype count)
{
    for (auto i = static_cast<qsizetype>(m_jobs.size()); i < count; ++i) {
        const QString name = u"tenant_%1_refresh"_s.arg(i, 5, 10, QLatin1Char('0'));
        const QJsonObject line{
            {u"name"_s, name},
            {u"schedule"_s,
             QJsonObject{{u"cron"_s, u"0 %1 %2 * * ?"_s.arg(i % 60).arg(i % 24)}, {u"timezone"_s, u"UTC"_s}}},
            {u"tasks"_s, QJsonArray{QJsonObject{{u"task_key"_s, u"refresh"_s},
                                                {u"notebook"_s, u"/Workspace/Production/tenants/refresh"_s}}}}};
        SampleJob job;
        job.id = stableId("job/"_L1 + name);
        job.creator = u"svc-dataplatform@example.com"_s;
        job.created = m_now - day;
        job.settings = settings(line);
        m_jobs.push_back(std::move(job));
    }
}

} // namespace Sample

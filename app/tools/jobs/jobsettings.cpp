#include "tools/jobs/jobsettings.h"

#include "tools/jobs/runjob.h"
#include "tools/jobs/schedules/quartz.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

Schema withJobSettings(Schema schema)
{
    return schema
        .rows(u"tasks"_s,
              u"The tasks as the Jobs API takes them: task_key, depends_on, one of notebook_task, spark_python_task, "
              "sql_task, …, and existing_cluster_id, job_cluster_key or neither for serverless"_s,
              Schema().text(u"task_key"_s, u"Name of the task in this job"_s).require({u"task_key"_s}))
        .text(u"schedule_cron"_s, u"Quartz cron expression such as \"0 30 2 * * ?\" for every day at 02:30"_s)
        .text(u"schedule_timezone"_s, u"Time zone of the schedule; default UTC"_s)
        .flag(u"schedule_paused"_s, u"Keep the schedule but do not follow it yet"_s)
        .map(u"parameters"_s, u"The job's parameters: name to default value"_s)
        .map(u"tags"_s, u"Tags: name to value"_s)
        .json(u"settings"_s, u"Any other settings, as the Jobs API takes them: job_clusters, max_concurrent_runs, …"_s);
}

QJsonObject jobSettings(const ToolCall &call)
{
    QJsonObject settings = call.object(u"settings"_s);
    if (call.has(u"name"_s))
        settings.insert("name"_L1, call.text(u"name"_s));
    if (call.has(u"tasks"_s))
        settings.insert("tasks"_L1, call.array(u"tasks"_s));
    if (call.has(u"tags"_s))
        settings.insert("tags"_L1, asTexts(call.object(u"tags"_s)));
    if (call.has(u"parameters"_s)) {
        const QJsonObject defaults = asTexts(call.object(u"parameters"_s));
        QJsonArray parameters;
        for (auto one = defaults.begin(); one != defaults.end(); ++one)
            parameters.append(QJsonObject{{"name"_L1, one.key()}, {"default"_L1, one.value()}});
        settings.insert("parameters"_L1, parameters);
    }
    const bool hasSchedule = call.has(u"schedule_cron"_s);
    if (!hasSchedule && (call.has(u"schedule_timezone"_s) || call.has(u"schedule_paused"_s)))
        throw ApiError(ApiError::Kind::BadRequest,
                       u"schedule_timezone and schedule_paused belong to a schedule: give schedule_cron as well."_s);
    const QString zone = call.text(u"schedule_timezone"_s, u"UTC"_s);
    for (const QString &problem : {cronProblem(call.text(u"schedule_cron"_s)), zoneProblem(zone)}) {
        if (hasSchedule && !problem.isEmpty())
            throw ApiError(ApiError::Kind::BadRequest, problem + u" Nothing was changed."_s);
    }
    if (hasSchedule)
        settings.insert("schedule"_L1, QJsonObject{{"quartz_cron_expression"_L1, call.text(u"schedule_cron"_s)},
                                                   {"timezone_id"_L1, zone},
                                                   {"pause_status"_L1,
                                                    call.flag(u"schedule_paused"_s) ? "PAUSED"_L1 : "UNPAUSED"_L1}});
    return settings;
}

} // namespace Tools

#include "tools/jobs/jobsettings.h"

#include "tools/jobs/runjob.h"
#include "tools/jobs/schedules/quartz.h"
#include "tools/jobs/schedules/schedulewords.h"

#include <QJsonDocument>

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
        .text(u"schedule_timezone"_s, u"Its time zone; UTC for a new schedule"_s)
        .flag(u"schedule_paused"_s, u"Keep the schedule but do not follow it yet"_s)
        .map(u"parameters"_s, u"The job's parameters: name to default value"_s)
        .map(u"tags"_s, u"Tags: name to value"_s)
        .json(u"settings"_s, u"Any other settings, as the Jobs API takes them: job_clusters, max_concurrent_runs, …"_s);
}

namespace {

ApiError refused(const QString &words)
{
    return ApiError(ApiError::Kind::BadRequest, words + u" Nothing was changed."_s);
}

/// What the arguments schedule_cron, schedule_timezone and schedule_paused make of the schedule that is there, of which
/// they replace only what they name.
QJsonObject changedSchedule(const ToolCall &call, QJsonObject schedule)
{
    const QString zone = call.text(u"schedule_timezone"_s, schedule.value("timezone_id"_L1).toString(u"UTC"_s));
    if (call.has(u"schedule_cron"_s)) {
        const QString cron = call.text(u"schedule_cron"_s);
        if (const QString problem = cronProblem(cron); !problem.isEmpty())
            throw refused(problem);
        schedule.insert("quartz_cron_expression"_L1, cron);
    }
    // A zone that the workspace has already is its own matter.
    const bool isNewZone = zone != schedule.value("timezone_id"_L1).toString();
    if (const QString problem = isNewZone ? zoneProblem(zone) : QString(); !problem.isEmpty())
        throw refused(problem);
    schedule.insert("timezone_id"_L1, zone);
    if (call.has(u"schedule_paused"_s))
        schedule.insert("pause_status"_L1, call.flag(u"schedule_paused"_s) ? "PAUSED"_L1 : "UNPAUSED"_L1);
    else if (!schedule.contains("pause_status"_L1))
        schedule.insert("pause_status"_L1, "UNPAUSED"_L1);
    return schedule;
}

/// What of schedule, trigger and continuous the arguments set, beside what the argument settings says of them.
QJsonObject startersFrom(const ToolCall &call, const QJsonObject &there)
{
    const bool hasCron = call.has(u"schedule_cron"_s);
    const bool hasZone = call.has(u"schedule_timezone"_s);
    const bool hasPause = call.has(u"schedule_paused"_s);
    if (!hasCron && !hasZone && !hasPause)
        return {};
    const QJsonObject schedule = there.value("schedule"_L1).toObject();
    if (hasCron || !schedule.isEmpty())
        return {{"schedule"_L1, changedSchedule(call, schedule)}};
    const QStringList others = startersOf(there);
    if (hasZone || others.isEmpty())
        throw refused(
            u"schedule_timezone and schedule_paused belong to a schedule, and there is none: give schedule_cron as well."_s);
    // A trigger is paused in the same way.
    QJsonObject paused;
    for (const QString &name : others) {
        QJsonObject starter = there.value(name).toObject();
        starter.insert("pause_status"_L1, call.flag(u"schedule_paused"_s) ? "PAUSED"_L1 : "UNPAUSED"_L1);
        paused.insert(name, starter);
    }
    return paused;
}

QJsonArray parameterSettings(const QJsonObject &defaults)
{
    QJsonArray parameters;
    for (auto one = defaults.begin(); one != defaults.end(); ++one)
        parameters.append(QJsonObject{{"name"_L1, one.key()}, {"default"_L1, one.value()}});
    return parameters;
}

} // namespace

QJsonObject jobSettings(const ToolCall &call, const QJsonObject &before)
{
    QJsonObject settings = call.object(u"settings"_s);
    if (call.has(u"name"_s))
        settings.insert("name"_L1, call.text(u"name"_s));
    if (call.has(u"tasks"_s))
        settings.insert("tasks"_L1, call.array(u"tasks"_s));
    if (call.has(u"tags"_s))
        settings.insert("tags"_L1, asTexts(call.object(u"tags"_s)));
    if (call.has(u"parameters"_s))
        settings.insert("parameters"_L1, parameterSettings(asTexts(call.object(u"parameters"_s))));
    const QJsonObject starters = startersFrom(call, merged(before, settings, call.texts(u"fields_to_remove"_s)));
    for (auto one = starters.begin(); one != starters.end(); ++one)
        settings.insert(one.key(), one.value());
    return settings;
}

QJsonObject merged(QJsonObject before, const QJsonObject &changes, const QStringList &removed)
{
    for (const QString &name : removed)
        before.remove(name);
    for (auto change = changes.begin(); change != changes.end(); ++change)
        before.insert(change.key(), change.value());
    return before;
}

QString startersProblem(const QJsonObject &after, const QJsonObject &changes)
{
    const QStringList all = startersOf(after);
    const QStringList fresh = startersOf(changes);
    if (all.size() < 2 || fresh.isEmpty())
        return {};
    QStringList others;
    for (const QString &name : all) {
        if (!fresh.contains(name))
            others.append(name);
    }
    const QString rule = u"A job has only one of schedule, trigger and continuous"_s;
    if (others.isEmpty())
        return u"%1: give one of %2."_s.arg(rule, fresh.join(u", "_s));
    QJsonObject there;
    for (const QString &name : std::as_const(others))
        there.insert(name, after.value(name));
    const QString fields =
        QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(others)).toJson(QJsonDocument::Compact));
    return u"%1, and this one has %2 (%3). To put %4 in its place, give fields_to_remove %5 as well."_s.arg(
        rule, others.join(u", "_s), scheduleText(there), fresh.join(u", "_s), fields);
}

} // namespace Tools

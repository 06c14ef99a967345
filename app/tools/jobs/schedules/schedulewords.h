#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Tools {

/// When a job runs, in words, from its settings' schedule, trigger or continuous: "every day at 02:00 (UTC)",
/// "every MON at 05:30 (UTC), paused". A cron expression that has no short words is given as it is; where several start
/// the job, all are named.
QString scheduleText(const QJsonObject &settings);

/// Which of schedule, trigger and continuous a job's settings have; Databricks allows one of them.
QStringList startersOf(const QJsonObject &settings);

/// When a cron schedule runs next, in UTC and where its zone is another in that, too: "2026-11-30 03:45 UTC (2026-11-30
/// 05:45 Africa/Cairo)". Empty where it is paused or not known.
QString nextRunText(const QJsonObject &settings);

/// What is true of a schedule from now on, as a sentence: "It runs every day at 06:00 (Europe/Berlin), next 2026-11-28
/// 05:00 UTC (2026-11-28 06:00 Europe/Berlin), not paused."; of a job without one that it runs when somebody starts it.
QString scheduleSentence(const QJsonObject &settings);

/// Whether a change is made, or a person is asked whether it may be.
enum class ChangeTime { Made, Asked };

/// How a change of settings changes when the job runs, and whether it is paused: "When it runs: before … → now …", or
/// "then"; empty where it does not.
QString scheduleChange(const QJsonObject &before, const QJsonObject &after, ChangeTime time = ChangeTime::Made);

} // namespace Tools

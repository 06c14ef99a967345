#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// When a job runs, in words, from its settings' schedule, trigger or continuous: "every day at 02:00 (UTC)",
/// "every Mon at 05:30 (UTC), paused". A cron expression that has no short words is given as it is.
QString scheduleText(const QJsonObject &settings);

/// What is true of a schedule from now on, as a sentence: "It runs every day at 06:00 (Europe/Berlin), next 2026-11-28
/// 06:00, not paused."; of a job without one that it runs when somebody starts it.
QString scheduleSentence(const QJsonObject &settings);

} // namespace Tools

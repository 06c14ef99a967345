#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// When a job runs, in words, from its settings' schedule, trigger or continuous: "every day at 02:00 (UTC)",
/// "every Mon at 05:30 (UTC), paused". A cron expression that has no short words is given as it is.
QString scheduleText(const QJsonObject &settings);

} // namespace Tools

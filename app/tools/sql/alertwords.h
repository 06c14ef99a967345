#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

// A SQL alert of https://docs.databricks.com/api/workspace/alertsv2 in words.

/// "total > 100", from an alert's evaluation.
QString conditionText(const QJsonObject &evaluation);

/// "every day at 07:00 (Europe/Berlin), paused"; empty where it has no schedule.
QString alertSchedule(const QJsonObject &alert);

/// Whom it tells: "ada@example.com, destination 7f3a", or "nobody".
QString alertListeners(const QJsonObject &evaluation);

} // namespace Tools

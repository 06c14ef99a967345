#pragma once

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <optional>

namespace Tools {

/// What is wrong with a job's cron expression before it is sent; empty where nothing is known to be. Jobs take Quartz's
/// form, which begins with seconds; a Unix one of five fields is told its Quartz form.
QString cronProblem(const QString &expression);

/// What is wrong with a time zone's name, with those that may be meant; empty where nothing is.
QString zoneProblem(const QString &zone);

/// When a schedule runs next after a time. Nothing for forms that are not followed here (L, W, #) and for what never
/// runs again within four years.
std::optional<QDateTime> nextRun(const QString &expression, const QTimeZone &zone, const QDateTime &after);

} // namespace Tools

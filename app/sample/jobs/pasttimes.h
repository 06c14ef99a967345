#pragma once

#include <QJsonObject>
#include <QList>

namespace Sample {

/// When a job with these settings ran by itself, newest first, at most count times: what its schedule or its periodic
/// trigger says, in its time zone, from before back. Runs are kept for 60 days
/// (https://docs.databricks.com/jobs/monitor). Milliseconds since 1970. Empty for a job that starts otherwise, and for
/// a cron expression with L, W or #.
QList<qint64> pastTimes(const QJsonObject &settings, qint64 before, qsizetype count);

} // namespace Sample

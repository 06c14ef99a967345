#pragma once

#include <QJsonObject>
#include <QList>

namespace Sample {

/// How far back times are wanted: so many, and all of so many hours.
struct Reach
{
    qsizetype count;
    qint64 hours = 0;

    /// Whether another one is wanted after these, newest first, all of them before a time.
    bool wants(const QList<qint64> &times, qint64 before) const;
};

/// When a job with these settings ran by itself, newest first: what its schedule or its periodic trigger says, in its
/// time zone, from before back. Runs are kept for 60 days (https://docs.databricks.com/jobs/monitor). Milliseconds
/// since 1970. Empty for a job that starts otherwise, and for a cron expression with L, W or #.
QList<qint64> pastTimes(const QJsonObject &settings, qint64 before, const Reach &reach);

} // namespace Sample

#pragma once

#include "sample/jobs/taskoutcome.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace Sample {

struct SampleJob;

/// One attempt of a task in a run. Times are milliseconds since 1970, 0 where it did not come to that.
struct TaskRun
{
    qint64 id = 0;
    QJsonObject task;                          ///< as in the job's settings
    QString state = QStringLiteral("BLOCKED"); ///< BLOCKED, RUNNING, TERMINATED
    TaskOutcome outcome;
    qint64 start = 0;
    qint64 end = 0;
    int attempt = 0;

    QString key() const;
    QStringList dependsOn() const;
    bool succeeded() const;
    bool isOver() const;
};

/// A run (https://docs.databricks.com/api/workspace/jobs/getrun) and how it is told.
struct Run
{
    qint64 id = 0;
    qint64 jobId = 0;
    QString name;
    QString creator;
    QString type = QStringLiteral("JOB_RUN");     ///< or SUBMIT_RUN
    QString trigger = QStringLiteral("ONE_TIME"); ///< or PERIODIC
    QString state = QStringLiteral("QUEUED");     ///< QUEUED, PENDING, RUNNING, TERMINATED
    qint64 created = 0;
    qint64 start = 0;
    qint64 end = 0;
    bool legacy = false;    ///< told with the deprecated state alone
    QJsonObject parameters; ///< name to value, as they were given for this run
    QJsonArray repairs;
    std::vector<TaskRun> tasks;

    bool isOver() const;
    TaskRun *task(const QString &key);
    TaskOutcome outcome() const;
    /// Without tasks, as runs/list tells it.
    QJsonObject facts() const;
    QJsonArray taskFacts() const;
    /// A task's run as runs/get tells it when asked for the task's own id.
    QJsonObject factsOf(const TaskRun &task) const;
};

/// What a job has behind it when the sample starts: three runs of a scheduled job, one of the others, and a running one
/// of a continuous job. Times are counted back from now; otherwise it is the same every time.
std::vector<Run> inventedRuns(const SampleJob &job, qint64 now);

} // namespace Sample

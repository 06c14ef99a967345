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
    std::vector<TaskRun> iterations = {}; ///< of a for-each task, once it has started
    bool isWorking = false;               ///< its queries are being answered

    QString key() const;
    bool isForEach() const;
    QStringList dependsOn() const;
    bool succeeded() const;
    bool isOver() const;
};

/// The original run of a run that was repaired, or a repair.
struct Repair
{
    qint64 id = 0; ///< 0: the original
    qint64 start = 0;
    qint64 end = 0;
    TaskOutcome outcome;
    QList<qint64> taskRuns;
};

/// A run (https://docs.databricks.com/api/workspace/jobs/getrun) and how it is told.
struct Run
{
    qint64 id = 0;
    qint64 jobId = 0;
    QString name;
    QString creator;
    QString type = QStringLiteral("JOB_RUN");     ///< or SUBMIT_RUN
    QString trigger = QStringLiteral("ONE_TIME"); ///< or PERIODIC, FILE_ARRIVAL, CONTINUOUS
    QString state = QStringLiteral("QUEUED");     ///< QUEUED, PENDING, RUNNING, TERMINATED
    qint64 created = 0;
    qint64 start = 0;
    qint64 end = 0;
    bool legacy = false;         ///< told with the deprecated state alone
    QJsonObject defaults;        ///< of the job's parameters, name to value
    QJsonObject parameters;      ///< name to value, as they were given for this run
    std::vector<Repair> repairs; ///< the original run first; empty: there was no repair
    std::vector<TaskRun> tasks;
    std::vector<TaskRun> replaced; ///< attempts that a repair took the place of

    bool isOver() const;
    TaskRun *task(const QString &key);
    TaskOutcome outcome() const;
    /// What it and its repairs took, without the time between them; 0 while it is not over.
    qint64 worked() const;
    /// Without tasks, as runs/list tells it.
    QJsonObject facts() const;
    QJsonArray taskFacts() const;
    /// A task's run as runs/get tells it when asked for the task's own id.
    QJsonObject factsOf(const TaskRun &task) const;
    QJsonArray repairHistory() const;

    /// Makes the repair's attempts of these tasks take the place of the ones before.
    void beginRepair(const QStringList &keys, qint64 time);
    /// The last repair is over now.
    void endRepair();
};

/// The task, with the parameters where it takes them: over those of a notebook, also of one in a loop, and where it
/// refers to them.
QJsonObject withParameters(QJsonObject task, const QJsonObject &parameters);

} // namespace Sample

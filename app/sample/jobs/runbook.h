#pragma once

#include "sample/jobs/rundata.h"
#include "sample/notebooks/queryrows.h"
#include "sample/server/tempo.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

namespace Sample {

class ClusterFleet;
class JobBook;
class SqlEngine;
class TaskWork;
struct CatalogData;
struct SampleJob;

/// The sample's runs and how they go on: QUEUED, PENDING, RUNNING, TERMINATED, one state a step of the tempo; inside,
/// each task when those it depends on are over.
class RunBook : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunBook)

public:
    /// What a run is started with.
    struct Start
    {
        QJsonObject parameters; ///< name to value
        QStringList only;       ///< the tasks to run; empty: all
        QString token;          ///< a second start with the same one gives the first one's run
    };

    /// What runs work with. It must outlive the book.
    struct Tools
    {
        const TaskWork &work;
        SqlEngine &engine; ///< answers the queries of notebooks
        ClusterFleet &fleet;
    };

    /// user is who the sample's token belongs to.
    RunBook(Tempo tempo, QString user, const Tools &tools, QObject *parent = nullptr);
    /// Adds some past runs of every job in the book; those that clusters of the fleet were made for are among them.
    void invent(const JobBook &jobs, const ClusterFleet &fleet, const CatalogData &catalog);

    /// Oldest first.
    const std::vector<std::unique_ptr<Run>> &runs() const { return m_runs; }
    /// nullptr where there is no such run. Holds for the life of the book.
    const Run *find(qint64 id) const;
    /// The run that holds the task run of this id, and the task, which may be an iteration or one that a repair took
    /// the place of; nullptr where there is none.
    std::pair<const Run *, const TaskRun *> findTask(qint64 id) const;

    qint64 start(const SampleJob &job, const Start &how);
    qint64 submit(const QString &name, const QJsonArray &tasks, const Start &how);
    /// Does nothing to a run that is over.
    void cancel(qint64 id);
    /// Runs these tasks of a run that is over once more, as current, the tasks of its job, has them now, and with other
    /// values of its parameters where such are given; returns the repair's id.
    qint64 repair(qint64 id, const QStringList &tasks, const QJsonObject &parameters, const QJsonArray &current);

private:
    Run *existing(qint64 id);
    Run &add(Run run, const QJsonArray &tasks, const Start &how);
    void tick(const Run &run);
    void advance(Run &run);
    void advanceTasks(Run &run);
    bool hasCluster(const TaskRun &task) const;
    void work(qint64 runId, qint64 taskRunId);
    void workOn(const Run &run, TaskRun &unit, qint64 taskRunId);

    const Tempo m_tempo;
    const QString m_user;
    const Tools m_tools;
    QHash<qint64, QList<QueryRows>> m_answers; ///< by the id of the task run that asked
    qint64 m_made = 0;
    std::vector<std::unique_ptr<Run>> m_runs;
    QHash<QString, qint64> m_tokens;
};

} // namespace Sample

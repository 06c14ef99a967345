#pragma once

#include "sample/jobs/rundata.h"
#include "sample/jobs/taskwork.h"

#include <QHash>

namespace Sample {

class ClusterFleet;
class RunBook;
struct CatalogData;
struct SampleJob;

/// The run that a job's cluster was made for: "job-576952145895090-run-775890772560786-ingest_orders".
struct ClusterRun
{
    qint64 runId = 0;
    qint64 start = 0; ///< of the cluster
};

/// By the job's id.
QHash<qint64, ClusterRun> runsOfJobClusters(const ClusterFleet &fleet);
/// Lets the clusters that jobs made for their runs live as long as these.
void fitJobClusters(ClusterFleet &fleet, const RunBook &runs);

/// What jobs have behind them when the sample starts: the last ten runs by their schedules, more of
/// one that runs often, one of a job that is started otherwise, and a running one of a continuous job. Times are
/// counted back from now; otherwise it is the same every time. What tasks gave is computed from the rows that the
/// sample begins with.
class PastRuns
{
public:
    /// What is handed in must outlive it.
    PastRuns(const TaskWork &work, const CatalogData &catalog, qint64 now);
    ~PastRuns();

    std::vector<Run> of(const SampleJob &job, const ClusterRun &newest);

private:
    struct Rows;

    Run run(const SampleJob &job, int number, qint64 start, qint64 newestId);
    void settle(Run &run, TaskRun &task);
    TaskOutcome outcome(const QJsonObject &task, int attempt, qint64 time);
    void repair(Run &run);

    const TaskWork &m_work;
    const qint64 m_now;
    const std::unique_ptr<Rows> m_rows;
};

} // namespace Sample

#pragma once

#include "sample/jobs/taskoutcome.h"
#include "sample/sql/sqlask.h"

namespace Sample {

class FileTree;
class SavedQueries;
class WorkspaceTree;
struct QueryRows;

/// A task as far as its queries are answered: either ask is the next one to answer, or it is over.
struct TaskProgress
{
    std::optional<SqlAsk> ask;
    TaskOutcome outcome;
};

/// An attempt of a task.
struct TaskAttempt
{
    QJsonObject task; ///< as in the job's settings, with the run's parameters
    int number = 0;   ///< from 0
    qint64 time = 0;  ///< milliseconds since 1970
};

/// Does what tasks say: runs the notebooks, scripts and saved queries that stand in the workspace at that time.
class TaskWork
{
public:
    /// What is handed in must outlive it.
    TaskWork(const WorkspaceTree &tree, const FileTree &volumes, const SavedQueries &queries)
        : m_tree(tree)
        , m_volumes(volumes)
        , m_queries(queries)
    {}

    TaskProgress progress(const TaskAttempt &attempt, const QList<QueryRows> &known) const;

private:
    TaskProgress notebook(const TaskAttempt &attempt, const QList<QueryRows> &known) const;
    TaskProgress script(const TaskAttempt &attempt, const QList<QueryRows> &known) const;
    TaskProgress query(const TaskAttempt &attempt, const QList<QueryRows> &known) const;

    const WorkspaceTree &m_tree;
    const FileTree &m_volumes;
    const SavedQueries &m_queries;
};

} // namespace Sample

#pragma once

#include "sample/sql/sqlask.h"

#include <QObject>
#include <QQueue>

#include <atomic>
#include <functional>
#include <memory>

class QThread;

namespace Sample {

class SqlWorker;

/// Runs Databricks SQL on SQLite in memory, one statement after the other, in a thread of its own: a long one must not
/// hold up the sample's other answers. Each sees Unity Catalog as it is when its turn comes; what it changed there is
/// in force before it is reported done.
class SqlEngine : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SqlEngine)

public:
    explicit SqlEngine(CatalogData &catalog, QObject *parent = nullptr);
    ~SqlEngine() override;

    /// done is called in this object's thread, unless it is gone by then.
    void run(const SqlAsk &ask, std::function<void(const SqlOutcome &)> done);

private:
    struct Task
    {
        SqlAsk ask;
        std::function<void(const SqlOutcome &)> done;
    };

    void next();
    void finish(const Task &task, const SqlOutcome &outcome);

    CatalogData &m_catalog;
    QQueue<Task> m_tasks;
    bool m_isBusy = false;
    const std::shared_ptr<std::atomic_bool> m_ending = std::make_shared<std::atomic_bool>(false);
    QThread *m_thread;
    SqlWorker *m_worker;
};

} // namespace Sample

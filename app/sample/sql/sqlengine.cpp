#include "sample/sql/sqlengine.h"

#include "sample/sql/sqlworker.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QThread>

using namespace std::chrono_literals;

namespace Sample {

SqlEngine::SqlEngine(CatalogData &catalog, QObject *parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_thread(new QThread)
    , m_worker(new SqlWorker(m_ending))
{
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
}

SqlEngine::~SqlEngine()
{
    *m_ending = true;
    m_thread->quit();
    // SQLite cannot be interrupted through Qt; a thread that still computes is left to the end of the process.
    if (m_thread->wait(QDeadlineTimer(5s)))
        delete m_thread;
}

void SqlEngine::run(const SqlAsk &ask, std::function<void(const SqlOutcome &)> done)
{
    m_tasks.enqueue({ask, std::move(done)});
    if (!m_isBusy)
        next();
}

void SqlEngine::next()
{
    if (m_tasks.isEmpty())
        return;
    m_isBusy = true;
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, task = m_tasks.dequeue(), catalog = m_catalog, engine = QPointer(this), home = thread(),
         ending = m_ending] {
            SqlOutcome outcome = worker->run(task.ask, catalog);
            if (outcome.result)
                outcome.result->finish(home);
            // The engine's destructor waits for this thread, so the pointer cannot die in between.
            if (!*ending && engine) {
                QMetaObject::invokeMethod(
                    engine.data(), [engine, task, outcome = std::move(outcome)] { engine->finish(task, outcome); },
                    Qt::QueuedConnection);
            }
        },
        Qt::QueuedConnection);
}

void SqlEngine::finish(const Task &task, const SqlOutcome &outcome)
{
    for (const CatalogChange &change : outcome.changes)
        apply(change, m_catalog);
    m_isBusy = false;
    next();
    task.done(outcome);
}

} // namespace Sample

#include "sample/sqlengine.h"

#include "sample/sqlworker.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QThread>

using namespace std::chrono_literals;

namespace Sample {

SqlEngine::SqlEngine(QObject *parent)
    : QObject(parent)
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
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, ask, done = std::move(done), engine = QPointer(this), home = thread(), ending = m_ending] {
            SqlOutcome outcome = worker->run(ask);
            if (outcome.result)
                outcome.result->finish(home);
            // The engine's destructor waits for this thread, so the pointer cannot die in between.
            if (!*ending && engine) {
                QMetaObject::invokeMethod(
                    engine.data(), [done, outcome = std::move(outcome)] { done(outcome); }, Qt::QueuedConnection);
            }
        },
        Qt::QueuedConnection);
}

} // namespace Sample

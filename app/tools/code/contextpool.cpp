#include "tools/code/contextpool.h"

#include <QCoroTask>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// A context that can't be destroyed ends with its cluster at the latest, so a failure is nobody's concern.
QCoro::Task<> destroyContext(Databricks::Workspace workspace, QString clusterId, QString contextId)
{
    const QJsonObject body{{"clusterId"_L1, clusterId}, {"contextId"_L1, contextId}};
    try {
        co_await workspace.post(u"/api/1.2/contexts/destroy"_s, body);
    } catch (const Databricks::ApiError &error) {
        qDebug("an execution context was left to its cluster: %s", error.what());
    }
}

} // namespace

ContextPool::ContextPool(std::chrono::milliseconds longestIdle, QObject *parent)
    : QObject(parent)
    , m_longestIdle(longestIdle)
{
    m_sweep.setSingleShot(true);
    connect(&m_sweep, &QTimer::timeout, this, &ContextPool::sweep);
}

ContextPool::~ContextPool()
{
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!entry.taken)
            destroy(entry);
    }
}

QString ContextPool::take(const CodePlace &place)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &entry) { return !entry.taken && entry.place == place; });
    if (found == m_entries.end())
        return {};
    found->taken = true;
    return found->contextId;
}

void ContextPool::add(const CodePlace &place, const QString &contextId, const Databricks::Workspace &workspace)
{
    m_entries.append({place, contextId, workspace});
}

void ContextPool::release(const QString &contextId)
{
    const auto entry = find(contextId);
    if (entry == m_entries.end())
        return;
    entry->taken = false;
    entry->end = QDeadlineTimer(m_longestIdle);
    scheduleSweep();
}

void ContextPool::discard(const QString &contextId)
{
    const auto entry = find(contextId);
    if (entry == m_entries.end())
        return;
    destroy(*entry);
    m_entries.erase(entry);
}

void ContextPool::forget(const QString &contextId)
{
    if (const auto entry = find(contextId); entry != m_entries.end())
        m_entries.erase(entry);
}

void ContextPool::close()
{
    m_closing = true;
    m_sweep.stop();
    for (qsizetype i = m_entries.size() - 1; i >= 0; --i) {
        if (!m_entries.at(i).taken)
            destroy(m_entries.takeAt(i));
    }
    if (m_beingDestroyed == 0)
        Q_EMIT closed();
}

QList<ContextPool::Entry>::iterator ContextPool::find(const QString &contextId)
{
    return std::find_if(m_entries.begin(), m_entries.end(),
                        [&](const Entry &entry) { return entry.contextId == contextId; });
}

void ContextPool::destroy(const Entry &entry)
{
    ++m_beingDestroyed;
    destroyContext(entry.workspace, entry.place.clusterId, entry.contextId).then([pool = QPointer(this)] {
        if (pool)
            pool->destroyed();
    });
}

void ContextPool::destroyed()
{
    if (--m_beingDestroyed == 0 && m_closing)
        Q_EMIT closed();
}

void ContextPool::sweep()
{
    for (qsizetype i = m_entries.size() - 1; i >= 0; --i) {
        if (!m_entries.at(i).taken && m_entries.at(i).end.hasExpired())
            destroy(m_entries.takeAt(i));
    }
    scheduleSweep();
}

void ContextPool::scheduleSweep()
{
    qint64 next = -1;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!entry.taken)
            next = next < 0 ? entry.end.remainingTime() : qMin(next, entry.end.remainingTime());
    }
    if (next >= 0)
        m_sweep.start(std::chrono::milliseconds(next));
}

} // namespace Tools

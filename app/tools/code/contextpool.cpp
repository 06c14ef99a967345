#include "tools/code/contextpool.h"

#include <QCoroTask>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// A failure is only logged: the context ends with its cluster at the latest.
QCoro::Task<> destroyContext(Databricks::Workspace workspace, QString clusterId, QString contextId)
{
    const QJsonObject body{{"clusterId"_L1, clusterId}, {"contextId"_L1, contextId}};
    try {
        co_await workspace.post(u"/api/1.2/contexts/destroy"_s, body);
    } catch (const Databricks::ApiError &error) {
        qDebug("an execution context was left to its cluster: %s", error.what());
    }
}

/// Whether the command has ended, or nobody can know any more. Never throws.
QCoro::Task<bool> isOver(Databricks::Workspace workspace, CodeHandle command)
{
    const QUrlQuery query = command.query();
    try {
        const QJsonObject status = co_await workspace.get(u"/api/1.2/commands/status"_s, query);
        co_return !commandRuns(status);
    } catch (const Databricks::ApiError &error) {
        // Gone with its context. After any other error it may well be at work.
        using enum Databricks::ApiError::Kind;
        co_return error.kind() == NotFound || error.kind() == BadRequest || error.kind() == InvalidState;
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
    found->due = QDeadlineTimer::Forever;
    return found->contextId;
}

void ContextPool::add(const CodePlace &place, const QString &contextId, const Databricks::Workspace &workspace)
{
    m_entries.append({place, contextId, workspace});
}

void ContextPool::watch(const CodeHandle &command)
{
    const auto entry = find(command.contextId);
    if (entry == m_entries.end())
        return;
    entry->watchedCommand = command.commandId;
    entry->due = QDeadlineTimer(m_longestIdle);
    scheduleSweep();
}

void ContextPool::asked(const CodeHandle &command)
{
    if (isWatched(command))
        watch(command);
}

void ContextPool::ended(const CodeHandle &command)
{
    if (isWatched(command))
        release(command.contextId);
}

void ContextPool::release(const QString &contextId)
{
    const auto entry = find(contextId);
    if (entry == m_entries.end())
        return;
    entry->taken = false;
    entry->watchedCommand.clear();
    entry->due = QDeadlineTimer(m_longestIdle);
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

qsizetype ContextPool::countOn(const QString &host, const QString &clusterId) const
{
    return std::ranges::count_if(
        m_entries, [&](const Entry &entry) { return entry.place.host == host && entry.place.clusterId == clusterId; });
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

bool ContextPool::isWatched(const CodeHandle &command)
{
    const auto entry = find(command.contextId);
    return entry != m_entries.end() && !command.commandId.isEmpty() && entry->watchedCommand == command.commandId;
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

void ContextPool::look(Entry &entry)
{
    entry.due = QDeadlineTimer::Forever;
    const CodeHandle command{entry.place.clusterId, entry.contextId, entry.watchedCommand};
    isOver(entry.workspace, command).then([pool = QPointer(this), command](bool over) {
        if (!pool || pool->m_closing)
            return;
        if (over)
            pool->ended(command);
        else
            pool->asked(command);
    });
}

void ContextPool::sweep()
{
    for (qsizetype i = m_entries.size() - 1; i >= 0; --i) {
        Entry &entry = m_entries[i];
        if (!entry.due.hasExpired())
            continue;
        if (entry.taken)
            look(entry);
        else
            destroy(m_entries.takeAt(i));
    }
    scheduleSweep();
}

void ContextPool::scheduleSweep()
{
    QDeadlineTimer next = QDeadlineTimer::Forever;
    for (const Entry &entry : std::as_const(m_entries))
        next = std::min(next, entry.due);
    if (!next.isForever())
        m_sweep.start(std::chrono::milliseconds(next.remainingTime()));
}

} // namespace Tools

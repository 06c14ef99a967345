#pragma once

#include "databricks/workspace.h"

#include <QDeadlineTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>

namespace Tools {

/// Where code runs: contexts of one place share nothing with those of another.
struct CodePlace
{
    QString profile;
    QString host;
    QString clusterId;
    QString language;

    bool operator==(const CodePlace &) const = default;
};

/// The execution contexts that were made on clusters, kept so that the next command of the same place finds the
/// variables of the last one. One command at a time in each. A context in which nothing has run for a while is
/// destroyed: it holds memory on the cluster.
class ContextPool : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ContextPool)

public:
    explicit ContextPool(std::chrono::milliseconds longestIdle = std::chrono::minutes(10), QObject *parent = nullptr);
    ~ContextPool() override;

    /// A context in which nothing runs, now taken; empty where a new one must be made.
    QString take(const CodePlace &place);
    /// A context that was just made and is taken. The workspace is what it will be destroyed through.
    void add(const CodePlace &place, const QString &contextId, const Databricks::Workspace &workspace);
    /// Its command is over: the next one may take it. Contexts that are not of this pool are no concern of it.
    void release(const QString &contextId);
    /// Nobody knows what runs in it: destroys it.
    void discard(const QString &contextId);
    /// It is not there any more.
    void forget(const QString &contextId);
    /// Destroys every context in which nothing runs; what runs goes on and can be asked for by its ids. closed()
    /// follows when the workspaces have answered, at once where there was nothing to do.
    void close();

Q_SIGNALS:
    void closed();

private:
    struct Entry
    {
        CodePlace place;
        QString contextId;
        Databricks::Workspace workspace;
        bool taken = true;
        QDeadlineTimer end = {}; ///< of its idle time
    };

    QList<Entry>::iterator find(const QString &contextId);
    void destroy(const Entry &entry);
    void sweep();
    void scheduleSweep();
    void destroyed();

    const std::chrono::milliseconds m_longestIdle;
    QList<Entry> m_entries;
    QTimer m_sweep;
    int m_beingDestroyed = 0;
    bool m_closing = false;
};

} // namespace Tools

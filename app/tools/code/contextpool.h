#pragma once

#include "databricks/workspace.h"
#include "tools/code/coderesult.h"

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
/// destroyed, since it holds memory on the cluster; so is one whose command was left running and then forgotten.
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
    /// A command is left running in a taken context, and its client may ask for it by its ids. When nobody has for a
    /// while, the pool looks at it itself, and releases the context once the command is over.
    void watch(const CodeHandle &command);
    /// Somebody asks for a command that was left running, or it is over. Does nothing for any other command.
    void asked(const CodeHandle &command);
    void ended(const CodeHandle &command);
    /// Its command is over: the next one may take it. Does nothing for a context that is not of this pool.
    void release(const QString &contextId);
    /// Nobody knows what runs in it: destroys it.
    void discard(const QString &contextId);
    /// How many there are on a cluster, those in which something runs included.
    qsizetype countOn(const QString &host, const QString &clusterId) const;
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
        QString watchedCommand = {};                  ///< runs in it, and nobody waits for it now
        QDeadlineTimer due = QDeadlineTimer::Forever; ///< when its idle time ends, or its command is looked at
    };

    QList<Entry>::iterator find(const QString &contextId);
    bool isWatched(const CodeHandle &command);
    void destroy(const Entry &entry);
    void look(Entry &entry);
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

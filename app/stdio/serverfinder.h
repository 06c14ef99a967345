#pragma once

#include "instance/serveraccess.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QThread>
#include <QTimer>

#include <chrono>

namespace Stdio {

/// How the application is started where none runs.
struct Launch
{
    QString program;
    QStringList arguments = {};
};

/// Finds out where the running application serves, by asking it over its local socket each time: a port that was right
/// a minute ago may be another program's now, and that must not be shown the access key. Starts the application where
/// it is wanted and none runs.
class ServerFinder : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerFinder)

public:
    /// How long an application may take until it serves.
    static constexpr std::chrono::milliseconds LongestStart = std::chrono::seconds(20);

    enum class Effort { AskOnly, StartIfNeeded };

    ServerFinder(const QString &dataDir, const Launch &launch, QObject *parent = nullptr);
    ~ServerFinder() override;

    /// One found() or failed() follows for all that was asked until then.
    void find(Effort effort);

Q_SIGNALS:
    void found(const Instance::ServerAccess &server);
    /// In words for a person: what is wrong and what to do.
    void failed(const QString &reason);
    void starting();

private:
    void ask();
    void take(const QString &answer);
    void start();
    void waitOrFail(std::chrono::milliseconds patience, const QString &reason);
    void fail(const QString &reason);

    const QString m_dataDir;
    const Launch m_launch;
    Effort m_effort = Effort::AskOnly;
    bool m_isSearching = false;
    bool m_hasStarted = false;
    QElapsedTimer m_search;
    QTimer m_again;
    QThread *m_asking = nullptr; ///< the answer may take seconds, and the relay goes on meanwhile
};

} // namespace Stdio

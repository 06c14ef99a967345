#pragma once

#include "calls/record.h"
#include "mcp/types/toolresult.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace Calls {

/// Who keeps the records of calls, and hears of every change.
class CallKeeper
{
public:
    /// For who watches.
    virtual void show(const Record &record) = 0;
    /// For the journal as well.
    virtual void store(const Record &record) = 0;
    /// For the last time. The call may be gone when this returns.
    virtual void close(const Record &record) = 0;

protected:
    ~CallKeeper() = default;
};

/// What a call begins with.
struct CallStart
{
    Record record;       ///< as it was stored
    QByteArray key;      ///< Grants::callKey()
    QStringList secrets; ///< values that may not reappear in messages and answers
    std::stop_token clientStop;
};

/// A call in flight: the row of the journal it fills in. Made by CallLog::open(); a call that is dropped without
/// finish() is closed as cancelled.
class Call
{
public:
    /// The longest line that is told of a call.
    static constexpr int LineLimit = 500;

    Call(CallKeeper *keeper, CallStart start);
    ~Call();
    Q_DISABLE_COPY_MOVE(Call)

    qint64 id() const { return m_record.id; }
    const Record &record() const { return m_record; }
    const QByteArray &key() const { return m_key; }
    /// Whether anything may still become of it. An open call has a keeper, which outlives it or closes it.
    bool isOpen() const { return m_keeper != nullptr; }

    void addExchange(const Rest::Exchange &exchange);
    /// The exchange as it may be told of this call.
    Rest::Exchange masked(const Rest::Exchange &exchange) const;
    void setTarget(const QString &words);
    /// Fires when the call is to end: its client has cancelled it or gone, or the person has.
    std::stop_token stopToken() const { return m_stop.get_token(); }
    /// The person has cancelled it.
    bool isCancelledByPerson() const { return m_isCancelledByPerson; }
    /// done is a part of 1; below 0 where nobody knows.
    void setProgress(const QString &message, double done = -1);
    /// The client is answered before the work is over. The call stays open until the work closes it, and the client's
    /// stop ends it no more; the person's does, and the application's end.
    void goOn();
    bool isGoingOn() const { return m_goesOn; }
    /// What the client of a call that goes on was given.
    void answered(const Mcp::ToolResult &result);
    /// Closes the call with what was answered to the client, or with how the work ended that went on after the answer.
    /// A call is closed once; what comes later is ignored.
    void finish(const Mcp::ToolResult &result);
    /// Closes a call that was not let through: denied by the policy or by the person, or not approved in time.
    void refuse(const QString &reason);
    /// Closes a call that was asked to end.
    void cancel();
    /// Closes a call because its keeper ends.
    void abandon();

    /// The call waits for a person, who is asked whether it may do things of this kind.
    void wait();
    /// It was approved.
    void run();
    /// Nobody answered in time, and an approval lets the repeated call through.
    void setMissed();
    /// What let it through without a question: a yes for a while, or one that came late.
    void setPermission(const QString &words);
    /// The person wants it to end, or the application does.
    void stop(bool byPerson);

private:
    QString clean(const QString &text) const;
    void show();
    void becomes(Outcome outcome);
    void keepAnswer(const Mcp::ToolResult &result);
    void close(Outcome outcome, const QString &message);

    CallKeeper *m_keeper; ///< null once the call is closed: nothing changes any more
    Record m_record;
    QByteArray m_key;
    QStringList m_secrets;
    QStringList m_pathSecrets; ///< the same, and as they stand in a path or query
    std::stop_source m_stop;
    std::optional<std::stop_callback<std::function<void()>>> m_clientStop; ///< passes the client's stop on
    bool m_isCancelledByPerson = false;
    bool m_goesOn = false; ///< after its client was answered
    QElapsedTimer m_clock;
    QElapsedTimer m_sinceProgress;
    QTimer m_progressDue;
};

} // namespace Calls

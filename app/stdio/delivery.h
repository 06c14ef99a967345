#pragma once

#include "stdio/httpcall.h"
#include "stdio/message.h"
#include "stdio/outgoing.h"
#include "stdio/streamreaders.h"

#include <QElapsedTimer>
#include <QJsonObject>

#include <chrono>

namespace Stdio {

/// One line of the client on its way to the application, and what comes back for it. Every request in it gets exactly
/// one answer: the application's, or one that says why there is none. A subscription outlives the application: it is
/// opened again when its stream has ended, and the client sees one that goes on.
class Delivery : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Delivery)

public:
    explicit Delivery(const Outgoing &outgoing, QObject *parent = nullptr);

    const Outgoing &outgoing() const { return m_outgoing; }
    /// Time since the client wrote it.
    std::chrono::milliseconds age() const { return std::chrono::milliseconds(m_age.elapsed()); }
    bool isUnderWay() const { return m_call != nullptr; }
    /// The stream of this subscription has ended. It is to be opened again where the application serves next.
    bool isInterrupted() const { return m_isInterrupted && !m_call; }

    void send(const Instance::ServerAccess &server, const Headers &further);
    /// Answers what has no answer yet, and ends.
    void giveUp(const QString &reason);
    /// There is nothing to open the interrupted subscription at; it will be wanted() again.
    void postpone();
    bool awaits(const QJsonValue &id) const { return m_unanswered.contains(id); }
    /// Nothing is owed for this request any more.
    void forget(const QJsonValue &id);
    /// Ends without a word: before 2026-07-28 that means nothing to the application, since then it is cancellation.
    void drop();

Q_SIGNALS:
    /// What the client gets to read: JSON-RPC on one line.
    void arrived(const QByteArray &message);
    /// An answer to one of the requests passed.
    void answered(const QJsonObject &response);
    /// A line that expects no answer was refused.
    void refused(const QString &reason);
    /// It did not reach the application, and may be sent again.
    void neverSent();
    /// Where does the application serve? Its subscription is interrupted.
    void wanted();
    /// The last signal.
    void finished();

private:
    void takeBody(const QByteArray &bytes);
    void takeMessage(const QByteArray &text);
    bool isHeldBack(const Message &message);
    void takeAnswer();
    void onEnded(HttpCall::End end);
    bool goesOn(HttpCall::End end) const;
    void interrupt();
    void finish();

    Outgoing m_outgoing;
    QJsonArray m_unanswered;
    QElapsedTimer m_age;
    HttpCall *m_call = nullptr;
    EventReader m_events;
    QByteArray m_body; ///< of an answer that is no stream
    RetryTimer m_retry;
    bool m_isAcknowledged = false; ///< the subscription, to the client
    bool m_isInterrupted = false;
    bool m_isFinished = false;
};

} // namespace Stdio

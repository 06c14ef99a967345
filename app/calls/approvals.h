#pragma once

#include "calls/approvalrequest.h"
#include "calls/call.h"
#include "calls/grants.h"
#include "common/oneshot.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <stop_token>

namespace Calls {

/// Asks the person about calls, and remembers what was answered.
class Approvals : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Approvals)

public:
    enum class Answer {
        Approved,
        Denied,
        NoAnswer,
        TooMany ///< nobody was asked: the client has cards enough that nobody has answered
    };
    struct Verdict
    {
        Answer answer = Answer::NoAnswer;
        QString note; ///< of who denied it
    };
    /// Cards of one client that nobody answers, before it has to wait with another one.
    static constexpr int MostUnanswered = 2;
    /// Counts the rows that a call matches, and explains the call anew; ends with the stop token.
    using Count = std::function<void(std::stop_token stop)>;

    Approvals(CallKeeper *keeper, ApprovalTimes times);

    /// Asks about an open call, unless a grant lets it through. Answers NoAnswer when time is up or the stop token
    /// fires. The call is Waiting meanwhile; approved, it is Running again, else its caller closes it. Where time was
    /// up it can be approved late (Record::canApproveLate), until it is, or is asked about again, or time is up for
    /// that, too. The request's callId and clientWaitsUntil are filled in here.
    QCoro::Task<Verdict> ask(std::shared_ptr<Call> call, ApprovalRequest request, std::stop_token stop);
    /// Whether the call waits for an answer.
    bool isAsked(qint64 callId) const { return m_asked.contains(callId); }
    /// What approving a call that is asked about would bring, and how its rows are counted where they can be.
    void explain(qint64 callId, const Consequence &consequence, const Count &count = {});
    /// The person wants the rows counted: that is begun once, and ends with the card.
    void count(qint64 callId);
    /// What was asked of the workspace for the card, which may outlive the open call.
    void addExchange(Call &call, const Rest::Exchange &exchange);
    /// The person's answer to a call that is Waiting or can be approved late.
    void answer(qint64 callId, const ApprovalAnswer &answer);

    /// Takes all grants back: nobody sits there any more.
    void endGrants();
    /// The same, and denies everything that waits: the workspace is read-only now, or another one.
    void takeBack();
    /// The same for the clients that showed this access key, by its name: it is good no longer.
    void takeBackOf(const QString &key);
    QList<Grant> grants() const;
    void revoke(qint64 grantId);
    /// What can be answered now, the oldest first.
    QList<ApprovalRequest> requests() const;

    /// A call was closed: it may be approved late.
    void closed(const Record &record);
    /// Nothing is asked about this call any more.
    void withdraw(qint64 callId);
    /// A closed call as the journal has it, and whether it can be approved late.
    Record withLate(const Record &record) const { return m_late.value(record.id, record); }
    /// Answers all that is asked with NoAnswer. Who waits would wait for ever, and its frame with all that it holds
    /// would leak.
    void end();

Q_SIGNALS:
    /// A card is to be shown, or another one of the same call: its client waits no longer, its consequence is known.
    void requested(const Calls::ApprovalRequest &request);
    /// The call needs no answer any more.
    void settled(qint64 callId);
    void grantsChanged(const QList<Calls::Grant> &grants);

private:
    struct Question
    {
        Async::OneShot<Verdict> verdict;
        QByteArray call;
        std::shared_ptr<ApprovalRequest> request; ///< as it is shown: its consequence comes later
    };

    /// The count that a card offers.
    struct Counting
    {
        Count begin; ///< empty once it was begun
        std::stop_source stop;
    };

    bool mustWait(const ApprovalRequest &request) const;
    /// What is shown of a call; null where nothing is.
    ApprovalRequest *shown(qint64 id);
    /// The call needs no answer any more, and what is counted for its card no end.
    void settle(qint64 id);
    void resolve(qint64 id, const Verdict &verdict);
    /// The closed call can't be approved any more, and why.
    void endLate(qint64 id, const QString &words);
    void tellGrants();

    CallKeeper *m_keeper;
    ApprovalTimes m_times;
    Grants m_grants;
    QHash<qint64, Question> m_asked;
    QHash<qint64, Record> m_late; ///< closed, but can be approved still
    QHash<qint64, ApprovalRequest> m_lateRequests;
    QHash<qint64, Counting> m_countings;
    QHash<QString, QDateTime> m_lastCard; ///< by client
    QList<Grant> m_told;
    QTimer m_grantEnd;
    bool m_isEnding = false;
};

} // namespace Calls

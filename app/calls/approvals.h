#pragma once

#include "calls/approval.h"
#include "calls/call.h"
#include "common/oneshot.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>

#include <memory>
#include <stop_token>

namespace Calls {

/// Asks the person about calls, and remembers what was answered.
class Approvals : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Approvals)

public:
    enum class Answer { Approved, Denied, NoAnswer };

    Approvals(CallKeeper *keeper, ApprovalTimes times);

    /// Asks about an open call, unless a grant lets it through; kind says what the call does, and one that was approved
    /// for a while lets others of its kind through. Answers NoAnswer when time is up or the stop token fires. The call
    /// is Waiting meanwhile; approved, it is Running again, else its caller closes it. Where time was up it can be
    /// approved late (Record::canApproveLate), until it is, or is asked about again, or time is up for that, too.
    QCoro::Task<Answer> ask(std::shared_ptr<Call> call, std::stop_token stop, QString kind = {});
    /// The person's answer to a call that is Waiting or can be approved late.
    void answer(qint64 callId, Approval approval);

    /// A call was closed: it may be approved late.
    void closed(const Record &record);
    /// Nothing is asked about this call any more.
    void withdraw(qint64 callId);
    /// A closed call as the journal has it, and whether it can be approved late.
    Record withLate(const Record &record) const { return m_late.value(record.id, record); }
    /// Answers all that is asked with NoAnswer. Who waits would wait for ever, and its frame with all that it holds
    /// would leak.
    void end();

private:
    struct Question
    {
        Async::OneShot<Answer> answer;
        Grants::Key key;
    };

    void resolve(qint64 id, Answer answer);
    /// The closed call can't be approved any more, and why.
    void endLate(qint64 id, const QString &words);

    CallKeeper *m_keeper;
    ApprovalTimes m_times;
    Grants m_grants;
    QHash<qint64, Question> m_asked;
    QHash<qint64, Record> m_late; ///< closed, but can be approved still
    bool m_isEnding = false;
};

} // namespace Calls

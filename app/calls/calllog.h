#pragma once

#include "calls/approval.h"
#include "calls/journal.h"
#include "calls/masking.h"
#include "calls/policy.h"
#include "calls/record.h"
#include "mcp/types/toolrequest.h"
#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QObject>

#include <memory>
#include <stop_token>

namespace Calls {

class CallLog;

/// A call in flight: the row of the journal it fills in. Made by CallLog::open(); a call that is dropped without
/// finish() is closed as cancelled.
class Call
{
public:
    ~Call();
    Q_DISABLE_COPY_MOVE(Call)

    qint64 id() const;
    const Record &record() const;

    void addExchange(const Exchange &exchange);
    void setTarget(const QString &words);
    /// Fires when the call is to end: its client has cancelled it or gone, or the person has.
    std::stop_token stopToken() const;
    /// The person has cancelled it.
    bool isCancelledByPerson() const;
    /// done is a part of 1; below 0 where nobody knows.
    void setProgress(const QString &message, double done = -1);
    /// The client is answered before the work is over. The call stays open until the work closes it, and the client's
    /// stop ends it no more; the person's does, and the application's end.
    void goOn();
    bool isGoingOn() const;
    /// What the client of a call that goes on was given.
    void answered(const Mcp::ToolResult &result);
    /// Closes the call with what was answered to the client, or with how the work ended that went on after the answer.
    /// A call is closed once; what comes later is ignored.
    void finish(const Mcp::ToolResult &result);
    /// Closes a call that was not let through: denied by the policy or by the person, or not approved in time.
    void refuse(const QString &reason);
    /// Closes a call that was asked to end.
    void cancel();

private:
    friend class CallLog;
    class Private;
    explicit Call(std::unique_ptr<Private> call);
    std::unique_ptr<Private> d;
};

/// Every call, as it happens: opened, asked about, changed, closed. Lives with its journal in the server's thread.
/// When it goes, what is still asked is answered with NoAnswer and what is still open is cancelled; a Call that stays
/// behind does nothing any more.
class CallLog : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallLog)

public:
    /// How long an approval may take before the model is told to come back (milliseconds).
    static constexpr int ApprovalTimeoutMs = 40'000;

    enum class Answer { Approved, Denied, NoAnswer };

    explicit CallLog(std::unique_ptr<Journal> journal, QObject *parent = nullptr);
    ~CallLog() override;

    /// ApprovalTimeoutMs unless said otherwise; for the calls that are asked about from now on.
    void setApprovalTimeout(int milliseconds);
    /// How long an answer still counts after that: Approvals::ValidMinutes unless said otherwise.
    void setLateApprovalTimeout(int milliseconds);

    /// A text never to be seen in any call from now on, whatever it looks like: the workspace's token, the access key.
    void keepSecret(const QString &secret);

    /// Opens a call: it is in the journal before anything happens. secretArguments are the names of arguments never
    /// to be seen; anything that looks like a token is masked everywhere. clientStop fires when the client gives up.
    std::shared_ptr<Call> open(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                               const QStringList &secretArguments = {}, std::stop_token clientStop = {});

    /// Journals a call that was refused before it began.
    void refuse(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                const QString &reason, const QStringList &secretArguments = {});

    /// Asks the person (step ③), unless Approvals let the call through; kind says what the call does, and one that was
    /// approved for a while lets others of its kind through. Answers NoAnswer when time is up or the stop
    /// token fires. The call is Waiting meanwhile; approved, it is Running again, else its caller closes it. Where time
    /// was up it can be approved late (Record::canApproveLate), until it is, or is asked about again, or time is up
    /// for that, too.
    QCoro::Task<Answer> ask(std::shared_ptr<Call> call, std::stop_token stop, QString kind = {});
    /// The person's answer to a call that is Waiting or can be approved late.
    void answer(qint64 callId, Approval approval);
    /// The person wants an open call to end: its stop token fires, and its tool closes it.
    void cancel(qint64 callId);
    /// The application ends: so does every call that is open, and its tool closes it.
    void stopAll();

    /// The newest finished and running records first.
    QList<Record> latest(int count, qint64 before = 0) const;
    QString journalProblem() const;
    int running() const;

Q_SIGNALS:
    void opened(const Calls::Record &record);
    void changed(const Calls::Record &record);
    void runningChanged(int running);

private:
    friend class Call;
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Calls

#pragma once

#include "calls/journal.h"
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
    void setProgress(const QString &message);
    /// Closes the call with what was answered to the client.
    void finish(const Mcp::ToolResult &result);
    void cancel();

private:
    friend class CallLog;
    Call(CallLog *log, Record record);
    class Private;
    std::unique_ptr<Private> d;
};

/// Every call, as it happens: opened, asked about, changed, closed. Lives with its journal in the server's thread.
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

    /// Opens a call: it is in the journal before anything happens. secretArguments are the names of arguments never
    /// to be seen; anything that looks like a token is masked everywhere.
    std::shared_ptr<Call> open(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                               const QStringList &secretArguments = {});

    /// Journals a call that was refused before it began.
    void refuse(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace, const QString &reason);

    /// Asks the person (step ③). Answers NoAnswer when time is up or the stop token fires.
    QCoro::Task<Answer> ask(std::shared_ptr<Call> call, std::stop_token stop);
    /// The person's answer to a call that is Waiting; ignored when it is too late.
    void answer(qint64 callId, bool approved);

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

/// The arguments with the values of the named keys, and of all that looks like a credential, replaced by "•••".
QJsonObject masked(const QJsonObject &arguments, const QStringList &secretArguments = {});
/// The text with everything that looks like a Databricks token or a bearer credential replaced by "•••".
QString maskedText(const QString &text);

} // namespace Calls

#pragma once

#include "calls/approvals.h"
#include "calls/call.h"
#include "calls/grants.h"
#include "calls/journal.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace Calls {

/// Every call, as it happens: opened, asked about, changed, closed. Lives with its journal in the server's thread.
/// When it goes, what is still asked is answered with NoAnswer and what is still open is cancelled; a Call that stays
/// behind does nothing any more.
class CallLog : public QObject, private CallKeeper
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallLog)

public:
    explicit CallLog(std::unique_ptr<Journal> journal, ApprovalTimes times = {}, QObject *parent = nullptr);
    ~CallLog() override;

    /// A text never to be seen in any call from now on, whatever it looks like: the workspace's token, the access key.
    void keepSecret(const QString &secret);

    /// Opens a call: it is in the journal before anything happens. secretArguments are the names of arguments never
    /// to be seen; anything that looks like a token is masked everywhere. clientStop fires when the client gives up.
    std::shared_ptr<Call> open(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                               const QStringList &secretArguments = {}, std::stop_token clientStop = {});

    /// Journals a call that was refused before it began, with the names of its arguments alone: they were never used,
    /// and may hold anything.
    void refuse(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                const QString &reason, const QStringList &secretArguments = {});

    /// Its own secrets, which no text that leaves it may have.
    const QStringList &secrets() const { return m_secrets; }

    /// What the person is asked about these calls.
    Approvals &approvals() { return m_approvals; }

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
    /// The journal fails, or works again (empty).
    void journalProblemChanged(const QString &problem);

private:
    void show(const Record &record) override;
    void store(const Record &record) override;
    void close(const Record &record) override;

    void tellJournalProblem();

    Record recordOf(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                    const QStringList &secretArguments) const;
    /// Values that may not appear in what is told of a call.
    QStringList secretsOf(const Mcp::ToolRequest &request, const QStringList &secretArguments) const;

    std::unique_ptr<Journal> m_journal;
    Approvals m_approvals;
    QHash<qint64, Call *> m_open;
    QStringList m_secrets; ///< of every call
    QTimer m_pruning;
    QString m_journalProblem; ///< as it was told last
};

} // namespace Calls

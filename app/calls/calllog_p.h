#pragma once

#include "calls/approvals.h"
#include "calls/calllog.h"
#include "calls/pendinganswer.h"
#include "common/secrets.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <functional>
#include <optional>
#include <stop_token>

namespace Calls {

class Call::Private
{
public:
    QString clean(const QString &text) const { return Text::shownLine(text, LineLimit, secrets); }
    void hide(const QStringList &values);
    void shown();
    void becomes(Outcome outcome);
    void keepAnswer(const Mcp::ToolResult &result);
    void close(Outcome outcome, const QString &message);

    static constexpr int LineLimit = 500;

    CallLog::Private *log = nullptr; ///< null once the call is closed or the log gone: nothing changes any more
    Record record;
    QStringList secrets;     ///< values that may not reappear in messages and answers
    QStringList pathSecrets; ///< the same, and as they stand in a path or query
    Approvals::Key key;
    std::stop_source stop;
    std::optional<std::stop_callback<std::function<void()>>> clientStop; ///< passes the client's stop on
    bool cancelledByPerson = false;
    bool goesOn = false; ///< after its client was answered
    QElapsedTimer clock;
    QElapsedTimer sinceProgress;
    bool progressDue = false;
};

class CallLog::Private
{
public:
    static constexpr auto StoppedMessage = QLatin1StringView("Bricktray stopped before this call ended");

    Private(CallLog *log, std::unique_ptr<Journal> kept);

    Record recordOf(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                    const QStringList &secretArguments) const;
    /// Values that may not appear in what is told of a call.
    QStringList secretsOf(const Mcp::ToolRequest &request, const QStringList &secretArguments) const;
    void show(Record record) { Q_EMIT q->changed(record); }
    void showLater(qint64 id, int milliseconds);
    void closed(const Record &record);
    void resolve(qint64 id, Answer answer);
    /// The closed call can't be approved any more, and why.
    void endLateApproval(qint64 id, const QString &words);

    CallLog *q;
    std::unique_ptr<Journal> journal;
    QHash<qint64, Call::Private *> open;
    QHash<qint64, std::shared_ptr<PendingAnswer>> pending;
    QHash<qint64, Record> late; ///< closed, but can be approved still
    Approvals approvals;
    QStringList secrets; ///< of every call
    QTimer pruning;
    int approvalTimeoutMs = ApprovalTimeoutMs;
    bool ending = false;
    int lateApprovalTimeoutMs = Approvals::ValidMinutes * 60'000;
};

} // namespace Calls

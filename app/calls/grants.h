#pragma once

#include "calls/approvalrequest.h"
#include "mcp/types/toolrequest.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>

#include <optional>

namespace Calls {

/// The approvals that reach beyond the call they were given to: late ones, which stand for one repetition of the very
/// same call (the person said yes, only the client could not wait), and those that were given for a while. Both hold
/// for GrantValidity by the wall clock, so that a machine that slept does not stretch them. In memory only.
class Grants
{
public:
    /// One client asking for one thing in one workspace: a hash over its access key, the name it gives itself, the
    /// workspace, the tool and the exact arguments.
    static QByteArray callKey(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace);

    /// The answer to a call that waits, or that was missed.
    void answered(const QByteArray &call, const ApprovalRequest &request, const ApprovalAnswer &answer,
                  const QDateTime &now);
    /// The call was not answered in time.
    void missed(const QByteArray &call, const ApprovalRequest &request, const QDateTime &now);
    /// The answer to a missed call; false when no such call is remembered.
    bool answeredLate(qint64 callId, const ApprovalAnswer &answer, const QDateTime &now);
    /// The same call is asked about again: those that were missed need no answer any more.
    QList<qint64> replaced(const QByteArray &call);

    /// What lets the call run without being asked about: empty where nothing does. Uses up a late approval.
    std::optional<QString> take(const QByteArray &call, const ApprovalRequest &request, const QDateTime &now);

    /// Those that hold for a while, the one that ends last first.
    QList<Grant> list(const QDateTime &now) const;
    /// Takes one back; false where there is none.
    bool revoke(qint64 id);
    /// Takes back every approval that was given. Calls that were missed can still be answered.
    void takeBack();
    /// Takes back everything and forgets what was missed.
    void clear();
    /// The same for the clients that showed this access key, by its name.
    void clearOf(const QString &key);

private:
    struct Missed
    {
        QByteArray call;
        ApprovalRequest request;
        QDateTime at;
    };
    struct Once
    {
        QString key; ///< of its client
        QDateTime at;
    };
    struct Held
    {
        Grant grant;
        ApprovalRequest request; ///< what it was given to
        QDateTime at;
    };

    static bool covers(const Held &held, const ApprovalRequest &request);
    void forgetOld(const QDateTime &now);

    QHash<qint64, Missed> m_missed;
    QHash<QByteArray, Once> m_once; ///< by callKey()
    QList<Held> m_held;
    qint64 m_lastId = 0;
};

} // namespace Calls

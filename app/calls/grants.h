#pragma once

#include "calls/approval.h"
#include "mcp/types/toolrequest.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>

namespace Calls {

/// The approvals that reach beyond the call they were given to: late ones, which stand for one repetition of the very
/// same call (the person said yes, only the client could not wait), and those that were given for a while. Both hold
/// for GrantValidity by the wall clock, so that a machine that slept does not stretch them. In memory only.
class Grants
{
public:
    /// What a call is recognised by: hashes over its client and workspace, its tool and its unmasked arguments.
    struct Key
    {
        QByteArray call; ///< one client asking for one thing in one workspace
        QByteArray tool; ///< one client using one tool there for one kind of thing, whatever the arguments

        /// The same call, with the kind of thing it does: what an approval for a while does not go beyond.
        Key ofKind(const QString &kind) const;
    };
    static Key key(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace);

    /// The answer to a call that waits.
    void answered(const Key &key, Approval approval, const QDateTime &now);
    /// The call was not answered in time.
    void missed(qint64 callId, const Key &key, const QDateTime &now);
    /// The answer to a missed call; false when no such call is remembered.
    bool answeredLate(qint64 callId, Approval approval, const QDateTime &now);
    /// The same call is asked about again: those that were missed need no answer any more.
    QList<qint64> replaced(const Key &key);
    /// Whether the call may run without being asked about; uses up a late approval.
    bool take(const Key &key, const QDateTime &now);

private:
    struct Missed
    {
        Key key;
        QDateTime at;
    };

    void forgetOld(const QDateTime &now);

    QHash<qint64, Missed> m_missed;
    QHash<QByteArray, QDateTime> m_once;  ///< by Key::call
    QHash<QByteArray, QDateTime> m_while; ///< by Key::tool
};

} // namespace Calls

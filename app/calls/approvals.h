#pragma once

#include "mcp/types/toolrequest.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>

namespace Calls {

/// Approvals that came when their call had given up waiting. Each stands for one repetition of the very same call, for
/// a quarter of an hour: the person said yes, only the client could not wait. Times are the wall clock's, so that a
/// machine that slept does not stretch them. In memory only.
class Approvals
{
public:
    static constexpr int ValidMinutes = 15;

    /// One client asking for one thing in one workspace: a hash over all of it and the unmasked arguments.
    static QByteArray key(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace);

    /// The call was not answered in time.
    void missed(qint64 callId, const QByteArray &key, const QDateTime &now);
    /// The answer to a missed call; false when no such call is remembered.
    bool answered(qint64 callId, bool approved, const QDateTime &now);
    /// Uses up a late approval of this call, if there is one.
    bool take(const QByteArray &key, const QDateTime &now);

private:
    struct Missed
    {
        QByteArray key;
        QDateTime at;
    };

    void forgetOld(const QDateTime &now);

    QHash<qint64, Missed> m_missed;
    QHash<QByteArray, QDateTime> m_approved;
};

} // namespace Calls

#pragma once

#include "common/exchange.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

namespace Calls {

enum class Outcome {
    Running, ///< not over yet
    Waiting, ///< for a person's approval
    Succeeded,
    Failed,  ///< the tool answered with an error
    Refused, ///< never ran: bad arguments, policy, no access key, foreign host
    Cancelled
};

/// Nothing comes of it any more.
bool isOver(Outcome outcome);

/// "succeeded": as stored in the journal and, translated, shown in the window.
QString outcomeName(Outcome outcome);
Outcome outcomeFromName(const QString &name);

/// Everything the window and the journal know of a call. A value; safe to hand to another thread.
struct Record
{
    qint64 id = 0;
    QDateTime started; ///< UTC, milliseconds
    QString client;    ///< "cursor-vscode 1.0.0"; as the client says
    QString profile;
    QString workspace;     ///< host
    QString tool;          ///< empty for a request that was refused before it named one
    QString target;        ///< what it works on, in words, where known
    QJsonObject arguments; ///< secrets masked
    Outcome outcome = Outcome::Running;
    QString message;             ///< why it failed or was refused; progress while it runs
    QString permission;          ///< the yes for a while that it ran under; empty for any other
    double progress = -1;        ///< the part that is done, 0 to 1; below 0 where nobody knows
    bool canApproveLate = false; ///< nobody answered in time, and an approval now lets the repeated call through
    qint64 durationMs = 0;
    qint64 answerBytes = 0;
    QString answer; ///< the text given to the model, cut to 64 KiB; kept in memory only, never in the journal
    QList<Rest::Exchange> exchanges;
};

} // namespace Calls

Q_DECLARE_METATYPE(Calls::Record)

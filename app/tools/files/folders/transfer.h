#pragma once

#include "tools/files/folders/sharedfolder.h"
#include "tools/kit/schema.h"

#include "mcp/types/toolresult.h"

#include <QString>
#include <QStringList>

namespace Tools {

/// What a call has moved, and what not.
struct Transfer
{
    QString remote; ///< the folder there
    QString local;  ///< the folder here
    QStringList names;
    qint64 bytes = 0;
    qsizetype replaced = 0;
    QList<LeftOut> failed; ///< what was tried
    QList<LeftOut> left;   ///< what was not
    qsizetype remaining = 0;
    QString problem; ///< what ended it before its time
    QString goOn;    ///< how to get what remains
};

/// Whether the time of a call allows for one more file of this size.
bool hasTime(const ToolCall &call, qsizetype done, qint64 bytes);

/// What was moved, what not and why, and how to go on; an error where nothing was and something failed. verb is
/// "Uploaded" or "Downloaded".
Mcp::ToolResult transferAnswer(const Transfer &transfer, const QString &verb);

Schema transferSchema();

} // namespace Tools

#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QJsonObject>

namespace Tools {

/// Which rows of a statement an answer shows, and what it says before them.
class StatementView
{
public:
    qint64 firstRow = 0;
    qint64 chunk = -1; ///< begins with this chunk instead; -1: none
    qint64 rowLimit = 100;
    QString warehouseId; ///< empty where it is not known
    QString where;       ///< "on warehouse …", for the headline; may be empty
    QString notice;      ///< for a statement under way: why it may take long
    QString remark;      ///< for one that succeeded: what its success does not mean
    bool isById = false; ///< it was sent by an earlier call
    bool reads = false;  ///< the statement is known to read only
};

/// What the API says of a statement as a tool's answer: the rows, chunk by chunk up to the limits, with what was left
/// out and how to get it; or that it is still running and how to ask again; or why it failed.
QCoro::Task<Mcp::ToolResult> statementAnswer(ToolCall call, QJsonObject answer, StatementView view);

Schema statementResultSchema();

} // namespace Tools

#pragma once

#include "calls/policy.h"
#include "tools/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Tools {

/// One row of a toolset's table: everything that is known of a tool. Annotations, validation, policy, the settings
/// page and the README's tool table follow from it.
struct Tool {
    QString toolset;
    QString name;
    QString title;
    QString description;
    Calls::Effect effect = Calls::Effect::Reads;
    QJsonObject inputSchema;
    QJsonObject outputSchema;
    QCoro::Task<Mcp::ToolResult> (*run)(ToolCall call) = nullptr;
    bool idempotent = false;          ///< repeating a change changes nothing more; reads always are
    QStringList secretArguments = {}; ///< names of arguments that are never shown or kept
};

} // namespace Tools

#pragma once

#include "calls/policy.h"
#include "tools/kit/toolcall.h"

#include "mcp/types/toolresult.h"

#include <QCoroTask>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Tools {

/// One row of a toolset's table: everything that is known of a tool. Annotations, validation, policy, the settings
/// page and the README's tool table follow from it.
struct Tool
{
    QString name;
    QString title;
    QString description;
    Calls::Effect effect = Calls::Effect::Reads;
    QJsonObject inputSchema;
    QJsonObject outputSchema;
    QCoro::Task<Mcp::ToolResult> (*run)(ToolCall call) = nullptr;
    /// For a tool whose effect depends on what it is asked for (SQL, any REST request); effect is then the worst of
    /// them.
    Calls::Effect (*effectOf)(const QJsonObject &arguments) = nullptr;
    Calls::Effect leastEffect = Calls::Effect::Reads; ///< beside effectOf: the mildest it may say
    /// What the call works on, in words, for the person who is asked to approve it: a cluster's name. May throw
    /// ApiError.
    QCoro::Task<QString> (*target)(ToolCall call) = nullptr;
    /// For a tool that can be asked for anything: what an approval for a while covers beside the effect.
    QString (*kindOf)(const QJsonObject &arguments) = nullptr;
    bool idempotent = false;          ///< repeating a change changes nothing more; reads always are
    QStringList secretArguments = {}; ///< names of arguments that are never shown or kept
    bool onByDefault = true;          ///< false: only offered where toolsets were chosen, and this one among them
};

} // namespace Tools

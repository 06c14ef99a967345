#pragma once

#include "calls/approvalrequest.h"
#include "calls/effect.h"
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
    /// What its calls may do, at the worst.
    Calls::Effects effects = Calls::Effect::Reads;
    QJsonObject inputSchema;
    QJsonObject outputSchema;
    QCoro::Task<Mcp::ToolResult> (*run)(ToolCall call) = nullptr;
    /// What this call does, where that depends on what it is asked for: a part of effects. Throws ApiError where it is
    /// asked for what no approval lets through.
    Calls::Effects (*effectsOf)(const ToolCall &call) = nullptr;
    Calls::Effects leastEffects = Calls::Effect::Reads; ///< beside effectsOf: the mildest it may say
    QString effectRange = {}; ///< the same in words, for the README: "adds; replaces with overwrite"
    /// The deed in the words of who has to approve it, where the title does not say it: "DROP TABLE", "DELETE
    /// /api/2.0/…". An approval for a while does not go beyond it.
    QString (*verbOf)(const ToolCall &call) = nullptr;
    /// What the call works on, the same for every call that works on it: "main.sales.orders". Without one, the
    /// deciding arguments. A narrow approval for a while does not go beyond it.
    QString (*targetOf)(const ToolCall &call) = nullptr;
    /// What the call works on, in words, for the person who is asked to approve it: a cluster's name. May throw
    /// ApiError.
    QCoro::Task<QString> (*target)(ToolCall call) = nullptr;
    /// What approving the call would bring, found out by reads alone. May throw ApiError.
    QCoro::Task<Calls::Consequence> (*consequence)(ToolCall call) = nullptr;
    /// The same with its rows counted, where it has a RowCount and the person wants that: starts the warehouse.
    QCoro::Task<Calls::Consequence> (*count)(ToolCall call, Calls::Consequence consequence) = nullptr;
    /// Names of the arguments that say what happens, the most telling first; without any, those the schema requires.
    QStringList deciding = {};
    /// The language of the first of them.
    Calls::Passage::Language (*languageOf)(const ToolCall &call) = nullptr;
    bool idempotent = false;          ///< repeating a change changes nothing more; reads always are
    QStringList secretArguments = {}; ///< names of arguments that are never shown or kept
    QStringList formerNames = {};     ///< that it still answers to
};

} // namespace Tools

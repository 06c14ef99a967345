#pragma once

#include "mcp/types/answerform.h"
#include "mcp/types/implementation.h"
#include "mcp/types/prompt.h"
#include "mcp/types/resource.h"
#include "mcp/types/revision.h"
#include "mcp/types/tool.h"

#include <QJsonObject>

namespace Mcp {

/// Things as a revision of the protocol has them: what came in later is left out.
/// An output schema obliges to structured content: who gets text alone gets none.
QJsonObject wireTool(const Tool &tool, const Revision &revision, AnswerForm form);
QJsonObject wireToolResult(const ToolResult &result, const Revision &revision, AnswerForm form);
QJsonObject wirePrompt(const Prompt &prompt, const Revision &revision);
QJsonObject wirePromptResult(const PromptResult &result, const Revision &revision);
QJsonObject wireResource(const ResourceTemplate &single, const Revision &revision);
QJsonObject wireResourceTemplate(const ResourceTemplate &resourceTemplate, const Revision &revision);
/// The same in every revision.
QJsonObject wireContents(const QList<ResourceContents> &contents);
QJsonObject wireCompletion(const Completion &completion);
QJsonObject wireImplementation(const Implementation &implementation, const Revision &revision);

} // namespace Mcp

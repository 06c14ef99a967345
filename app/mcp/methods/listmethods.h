#pragma once

#include "mcp/methods/methods.h"
#include "mcp/protocol/outcome.h"

#include <QJsonArray>

#include <chrono>

namespace Mcp {

/// The page of a list that a request's cursor asks for, or why there is none.
Outcome listPage(const QString &list, const QJsonArray &entries, const QJsonObject &params, const Seal &seal,
                 std::chrono::milliseconds freshFor);
/// Answers with the page of a list that changes only when the server announces it.
void answerList(const Core &core, const Incoming &incoming, const QString &list, const QJsonArray &entries);

} // namespace Mcp

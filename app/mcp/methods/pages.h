#pragma once

#include "mcp/methods/core.h"
#include "mcp/methods/runrequest.h"
#include "mcp/protocol/tokensigner.h"

#include <QJsonArray>
#include <QJsonObject>

#include <chrono>
#include <optional>

namespace Mcp {

/// More entries than this are listed in pages.
inline constexpr qsizetype EntriesPerPage = 200;

/// The page of a list that a request asks for with its cursor, as a result with the entries under the list's name and
/// the cursor of the next page. A cursor is good for the list it was given for (2025-11-25,
/// server/utilities/pagination); a list that has become shorter ends with an empty page. Nothing for a cursor that is
/// none of ours.
std::optional<QJsonObject> pageOf(const QString &list, const QJsonArray &entries, const QJsonObject &params,
                                  const TokenSigner &signer);

/// The page of a list that a request's cursor asks for, or why there is none.
HandlerResult listPage(const QString &list, const QJsonArray &entries, const QJsonObject &params,
                       const TokenSigner &signer, std::chrono::milliseconds freshFor);
/// Answers with the page of a list that changes only when the server announces it.
void answerList(const Core &core, const IncomingRequest &incoming, const QString &list, const QJsonArray &entries);

} // namespace Mcp

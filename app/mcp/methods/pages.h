#pragma once

#include "mcp/methods/core.h"
#include "mcp/methods/runrequest.h"
#include "mcp/protocol/tokensigner.h"

#include <QJsonArray>
#include <QJsonObject>

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

/// Answers with the page of a list, which changes only when the server announces it, or with why there is none.
void answerList(const Core &core, const IncomingRequest &incoming, const QString &list, const QJsonArray &entries);

} // namespace Mcp

#pragma once

#include <QFlags>
#include <QJsonArray>
#include <QStringView>

#include <optional>

namespace Mcp {

/// The protocol changed its nature with 2026-07-28: before, a connection is initialized; since, every request stands
/// alone and says its revision in _meta.
enum class Era { Legacy = 1, Modern = 2 };
Q_DECLARE_FLAGS(Eras, Era)

/// A revision of the specification, called by its date.
struct Revision
{
    QLatin1StringView date;
    Era era = Era::Legacy;
    bool served = true; ///< this server answers it; others are known so that they can be refused well

    /// True for what came into the protocol with the revision called since.
    bool has(QLatin1StringView since) const { return date >= since; }
};

std::optional<Revision> findRevision(QStringView date);
/// What initialize offers to a client that asks for a revision we do not serve.
Revision latestLegacyRevision();
/// What a legacy request without an MCP-Protocol-Version header is taken for (2025-11-25, basic/transports).
Revision assumedRevision();
/// The only revision with batches.
Revision batchRevision();
/// The dates of all that is served, newest first.
QJsonArray servedRevisions();

} // namespace Mcp

Q_DECLARE_OPERATORS_FOR_FLAGS(Mcp::Eras)

#include "mcp/types/revision.h"

#include <algorithm>
#include <array>

namespace Mcp {

namespace {

// Newest first.
constexpr std::array Revisions{
    Revision{QLatin1StringView("2026-07-28"), Era::Modern, true},
    Revision{QLatin1StringView("2025-11-25"), Era::Legacy, true},
    Revision{QLatin1StringView("2025-06-18"), Era::Legacy, true},
    Revision{QLatin1StringView("2025-03-26"), Era::Legacy, true},
};

} // namespace

std::optional<Revision> findRevision(QStringView date)
{
    const auto found = std::find_if(Revisions.begin(), Revisions.end(),
                                    [date](const Revision &revision) { return revision.date == date; });
    return found == Revisions.end() ? std::nullopt : std::optional(*found);
}

Revision latestLegacyRevision()
{
    return *std::find_if(Revisions.begin(), Revisions.end(),
                         [](const Revision &revision) { return revision.era == Era::Legacy && revision.served; });
}

Revision assumedRevision()
{
    return Revisions.back();
}

Revision batchRevision()
{
    return Revisions.back();
}

QJsonArray servedRevisions()
{
    QJsonArray dates;
    for (const Revision &revision : Revisions) {
        if (revision.served)
            dates << QString(revision.date);
    }
    return dates;
}

} // namespace Mcp

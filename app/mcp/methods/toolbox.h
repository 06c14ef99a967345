#pragma once

#include "mcp/protocol/schema.h"
#include "mcp/types/tool.h"

#include <QHash>
#include <QList>

namespace Mcp {

/// The tools on offer, each with its schema compiled.
class Toolbox
{
public:
    struct Entry
    {
        RegisteredTool offer;
        InputSchema schema;
    };

    /// True where what is listed is not what it was.
    bool replace(const QList<RegisteredTool> &tools);

    const QList<Entry> &entries() const { return m_entries; }
    /// Null for a name that is not on offer. Holds until the next replace().
    const Entry *find(const QString &name) const;

private:
    QList<Entry> m_entries;
    QHash<QString, qsizetype> m_index;
};

} // namespace Mcp

#pragma once

#include "mcp/protocol/uritemplate.h"
#include "mcp/types/resource.h"

#include <QList>

namespace Mcp {

/// The resources on offer, each with its template ready to be matched.
class ResourceShelf
{
public:
    struct Entry
    {
        RegisteredResource offer;
        UriTemplate uriTemplate;

        bool isSingle() const { return uriTemplate.variables().isEmpty(); }
    };
    /// What a URI was found to be.
    struct Match
    {
        RegisteredResource offer;
        QMap<QString, QString> variables;
    };

    /// True where what is listed is not what it was.
    bool replace(const QList<RegisteredResource> &resources);

    const QList<Entry> &entries() const { return m_entries; }
    /// The first that fits; nothing where none does.
    std::optional<Match> match(const QString &uri) const;
    /// By the template itself or, for a single resource, its URI. Null for an unknown one; holds until the next
    /// replace().
    const Entry *find(const QString &uriTemplate) const;

    bool isSubscribable(const QString &uri, Era era) const;
    /// Whether any resource may be subscribed to.
    bool canSubscribe(Era era) const;

private:
    QList<Entry> m_entries;
};

} // namespace Mcp

#include "mcp/methods/resourceshelf.h"

#include <algorithm>

namespace Mcp {

bool ResourceShelf::replace(const QList<RegisteredResource> &resources)
{
    const bool same = std::equal(
        resources.begin(), resources.end(), m_entries.begin(), m_entries.end(),
        [](const RegisteredResource &left, const Entry &right) { return left.description == right.offer.description; });
    m_entries.clear();
    for (const RegisteredResource &resource : resources)
        m_entries << Entry{.offer = resource, .uriTemplate = UriTemplate(resource.description.uriTemplate)};
    return !same;
}

std::optional<ResourceShelf::Match> ResourceShelf::match(const QString &uri) const
{
    for (const Entry &entry : m_entries) {
        if (const auto variables = entry.uriTemplate.match(uri))
            return Match{.offer = entry.offer, .variables = *variables};
    }
    return std::nullopt;
}

const ResourceShelf::Entry *ResourceShelf::find(const QString &uriTemplate) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&uriTemplate](const Entry &entry) {
        return entry.uriTemplate.text() == uriTemplate;
    });
    return found == m_entries.end() ? nullptr : &*found;
}

bool ResourceShelf::isSubscribable(const QString &uri, Era era) const
{
    const std::optional<Match> found = match(uri);
    return found && found->offer.subscribable.testFlag(era);
}

bool ResourceShelf::canSubscribe(Era era) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [era](const Entry &entry) { return entry.offer.subscribable.testFlag(era); });
}

} // namespace Mcp

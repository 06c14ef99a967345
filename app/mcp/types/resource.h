#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace Mcp {

/// What resources/list says of a resource.
struct Resource
{
    QString uri;
    QString name;
    QString title = {};
    QString description = {};
    QString mimeType = {};
    std::optional<qint64> size = {}; ///< in bytes
};

/// What resources/templates/list says of a family of resources. The template's variables are {name}, which matches
/// within a path segment, and {+name}, which matches slashes too (RFC 6570, levels 1 and 2).
struct ResourceTemplate
{
    QString uriTemplate;
    QString name;
    QString title = {};
    QString description = {};
    QString mimeType = {};

    bool operator==(const ResourceTemplate &) const = default;
};

/// A piece of what a resource holds: text, or bytes where text is null.
struct ResourceContents
{
    QString uri;
    QString mimeType = {};
    QString text = {};
    QByteArray blob = {};
};

/// What a provider has to list. A failure (words for a person) fails the whole list: only for what the client should
/// be told instead of a list.
struct ResourceListing
{
    QList<Resource> resources;
    QString failure = {};
};

} // namespace Mcp

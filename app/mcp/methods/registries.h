#pragma once

#include "mcp/protocol/inputschema.h"
#include "mcp/types/prompt.h"
#include "mcp/types/resource.h"
#include "mcp/types/tool.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace Mcp {

/// The registered tools, each with its schema.
class ToolRegistry
{
public:
    struct Entry
    {
        RegisteredTool registered;
        InputSchema schema;
    };

    /// True where what is listed is not what it was.
    bool replace(const QList<RegisteredTool> &tools);

    const QList<Entry> &entries() const { return m_entries; }
    /// Null for an unknown name. Holds until the next replace().
    const Entry *find(const QString &name) const;

private:
    QList<Entry> m_entries;
    QHash<QString, qsizetype> m_index;
};

/// The registered prompts.
class PromptRegistry
{
public:
    /// True where what is listed is not what it was.
    bool replace(const QList<RegisteredPrompt> &prompts);

    const QList<RegisteredPrompt> &prompts() const { return m_prompts; }
    /// Null for an unknown name. Holds until the next replace().
    const RegisteredPrompt *find(const QString &name) const;

private:
    QList<RegisteredPrompt> m_prompts;
};

/// A URI template with {name} and {+name} (RFC 6570, levels 1 and 2), matched against URIs.
class UriTemplate
{
public:
    explicit UriTemplate(const QString &text = {});

    const QString &text() const { return m_text; }
    const QStringList &variables() const { return m_variables; }
    /// The variables' values, percent-decoded; nothing for a URI that does not fit.
    std::optional<QMap<QString, QString>> match(const QString &uri) const;

private:
    QString m_text;
    QStringList m_variables;
    QRegularExpression m_pattern;
};

/// The registered resources, each with its template ready to be matched.
class ResourceRegistry
{
public:
    struct Entry
    {
        RegisteredResource registered;
        UriTemplate uriTemplate;

        bool isSingle() const { return uriTemplate.variables().isEmpty(); }
    };
    /// What a URI was found to be.
    struct Match
    {
        RegisteredResource registered;
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

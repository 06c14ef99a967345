#pragma once

#include "mcp/types/completion.h"
#include "mcp/types/input.h"
#include "mcp/types/revision.h"

#include <QByteArray>
#include <QCoroTask>
#include <QList>
#include <QMap>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace Mcp {

/// What resources/templates/list says of a family of resources, and resources/list of a single one. The template's
/// variables are {name}, which matches within a path segment, and {+name}, which matches slashes too (RFC 6570, levels
/// 1 and 2); a single resource has none.
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

/// What resources/read answers.
class ResourceResult
{
public:
    enum class Outcome { Read, NotFound, Failed, InputRequired };

    explicit ResourceResult(const QList<ResourceContents> &contents);
    explicit ResourceResult(const ResourceContents &contents);

    static ResourceResult notFound();
    /// It is there but could not be read; words for a person.
    static ResourceResult error(const QString &words);
    static ResourceResult inputRequired(const InputRequired &input);

    Outcome outcome() const { return m_outcome; }
    const QList<ResourceContents> &contents() const { return m_contents; }
    const QString &words() const { return m_words; }
    const InputRequired &input() const { return m_input; }

private:
    explicit ResourceResult(Outcome outcome);

    Outcome m_outcome = Outcome::Read;
    QList<ResourceContents> m_contents;
    QString m_words;
    InputRequired m_input;
};

/// One resources/read: the variables are what the URI has in the template's places, percent-decoded.
struct ResourceRequest
{
    QString uri;
    QMap<QString, QString> variables;
    RequestContext context;
};

/// Resources as they are registered with the server. A template with variables stands for a family, whose members are
/// found by completion; one without is a single resource. resources/list names the single ones: clients ask for it when
/// they start, and what it would take to list a family is not worth that.
struct RegisteredResource
{
    ResourceTemplate description;
    std::function<QCoro::Task<ResourceResult>(ResourceRequest)> read;
    Completer complete = {};
    Eras subscribable = {};               ///< in which eras Server::announceResource() tells of changes
    std::chrono::milliseconds freshFor{}; ///< how long a client may show what it read before it asks again
};

} // namespace Mcp

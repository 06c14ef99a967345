#pragma once

#include "mcp/types/input.h"
#include "mcp/types/resource.h"

namespace Mcp {

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

} // namespace Mcp

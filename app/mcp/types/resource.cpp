#include "mcp/types/resource.h"

namespace Mcp {

ResourceResult::ResourceResult(const QList<ResourceContents> &contents)
    : m_contents(contents)
{}

ResourceResult::ResourceResult(const ResourceContents &contents)
    : m_contents{contents}
{}

ResourceResult::ResourceResult(Outcome outcome)
    : m_outcome(outcome)
{}

ResourceResult ResourceResult::notFound()
{
    return ResourceResult(Outcome::NotFound);
}

ResourceResult ResourceResult::error(const QString &words)
{
    ResourceResult result(Outcome::Failed);
    result.m_words = words;
    return result;
}

ResourceResult ResourceResult::inputRequired(const InputRequired &input)
{
    ResourceResult result(Outcome::InputRequired);
    result.m_input = input;
    return result;
}

} // namespace Mcp

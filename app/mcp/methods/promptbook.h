#pragma once

#include "mcp/types/prompt.h"

#include <QList>

namespace Mcp {

/// The prompts on offer.
class PromptBook
{
public:
    /// True where what is listed is not what it was.
    bool replace(const QList<RegisteredPrompt> &prompts);

    const QList<RegisteredPrompt> &prompts() const { return m_prompts; }
    /// Null for a name that is not on offer. Holds until the next replace().
    const RegisteredPrompt *find(const QString &name) const;

private:
    QList<RegisteredPrompt> m_prompts;
};

} // namespace Mcp

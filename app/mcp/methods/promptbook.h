#pragma once

#include "mcp/types/offers.h"

#include <QList>

namespace Mcp {

/// The prompts on offer.
class PromptBook
{
public:
    /// True where what is listed is not what it was.
    bool replace(const QList<OfferedPrompt> &prompts);

    const QList<OfferedPrompt> &prompts() const { return m_prompts; }
    /// Null for a name that is not on offer. Holds until the next replace().
    const OfferedPrompt *find(const QString &name) const;

private:
    QList<OfferedPrompt> m_prompts;
};

} // namespace Mcp

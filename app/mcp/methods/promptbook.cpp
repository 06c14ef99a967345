#include "mcp/methods/promptbook.h"

#include <algorithm>

namespace Mcp {

bool PromptBook::replace(const QList<RegisteredPrompt> &prompts)
{
    const bool same = std::equal(prompts.begin(), prompts.end(), m_prompts.begin(), m_prompts.end(),
                                 [](const RegisteredPrompt &left, const RegisteredPrompt &right) {
                                     return left.description == right.description;
                                 });
    m_prompts = prompts;
    return !same;
}

const RegisteredPrompt *PromptBook::find(const QString &name) const
{
    const auto found = std::find_if(m_prompts.begin(), m_prompts.end(), [&name](const RegisteredPrompt &prompt) {
        return prompt.description.name == name;
    });
    return found == m_prompts.end() ? nullptr : &*found;
}

} // namespace Mcp

#include "mcp/types/prompt.h"

using namespace Qt::StringLiterals;

namespace Mcp {

PromptMessage PromptMessage::text(const QString &text, Role role)
{
    return {.role = role, .content = {{u"type"_s, u"text"_s}, {u"text"_s, text}}};
}

PromptResult::PromptResult(const QList<PromptMessage> &messages, const QString &description)
    : m_messages(messages)
    , m_description(description)
{}

PromptResult::PromptResult(Outcome outcome, const QString &words)
    : m_outcome(outcome)
    , m_words(words)
{}

PromptResult PromptResult::badArguments(const QString &words)
{
    return PromptResult(Outcome::BadArguments, words);
}

PromptResult PromptResult::error(const QString &words)
{
    return PromptResult(Outcome::Failed, words);
}

PromptResult PromptResult::inputRequired(const InputRequired &input)
{
    PromptResult result(Outcome::InputRequired, {});
    result.m_input = input;
    return result;
}

} // namespace Mcp

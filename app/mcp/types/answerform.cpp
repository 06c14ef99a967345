#include "mcp/types/answerform.h"

#include "common/enumnames.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr auto Names = enumNames<AnswerForm>(
    {{AnswerForm::Text, "text"_L1}, {AnswerForm::Structured, "structured"_L1}, {AnswerForm::Both, "both"_L1}});

struct ClientRow
{
    QLatin1StringView name;
    AnswerForm form;
};

/// By what the name in clientInfo begins with, in lower case. Those that show both are sent the text: it is the shorter
/// one and says the same.
constexpr std::array Clients{
    ClientRow{"claude-code"_L1, AnswerForm::Structured},
    ClientRow{"codex"_L1, AnswerForm::Structured},
    ClientRow{"claude-ai"_L1, AnswerForm::Text},
    ClientRow{"cline"_L1, AnswerForm::Text},
    ClientRow{"continue"_L1, AnswerForm::Text},
    ClientRow{"copilot"_L1, AnswerForm::Text},
    ClientRow{"github-copilot"_L1, AnswerForm::Text},
    ClientRow{"cursor"_L1, AnswerForm::Text},
    ClientRow{"droid"_L1, AnswerForm::Text},
    ClientRow{"factory"_L1, AnswerForm::Text},
    ClientRow{"gemini-cli"_L1, AnswerForm::Text},
    ClientRow{"kilo"_L1, AnswerForm::Text},
    ClientRow{"langchain"_L1, AnswerForm::Text},
    ClientRow{"mastra"_L1, AnswerForm::Text},
    ClientRow{"nanocoder"_L1, AnswerForm::Text},
    ClientRow{"openai-agents"_L1, AnswerForm::Text},
    ClientRow{"opencode"_L1, AnswerForm::Text},
    ClientRow{"qwen"_L1, AnswerForm::Text},
    ClientRow{"visual studio code"_L1, AnswerForm::Text},
    ClientRow{"windsurf"_L1, AnswerForm::Text},
    ClientRow{"zed"_L1, AnswerForm::Text},
};

} // namespace

std::optional<AnswerForm> findAnswerForm(const QString &name)
{
    return Names.find(name);
}

AnswerForm shownForm(const Client &client)
{
    const QString name = client.name.toLower();
    for (const ClientRow &row : Clients) {
        if (name.startsWith(row.name))
            return row.form;
    }
    return AnswerForm::Both;
}

} // namespace Mcp

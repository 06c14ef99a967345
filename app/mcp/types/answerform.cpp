#include "mcp/types/answerform.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

struct FormName
{
    QLatin1StringView name;
    AnswerForm form;
};

constexpr std::array Names{FormName{QLatin1StringView("text"), AnswerForm::Text},
                           FormName{QLatin1StringView("structured"), AnswerForm::Structured},
                           FormName{QLatin1StringView("both"), AnswerForm::Both}};

/// By what the name in clientInfo begins with, in lower case. Those that show both are sent the text: it is the shorter
/// one and says the same.
constexpr std::array Clients{
    FormName{QLatin1StringView("claude-code"), AnswerForm::Structured},
    FormName{QLatin1StringView("codex"), AnswerForm::Structured},
    FormName{QLatin1StringView("claude-ai"), AnswerForm::Text},
    FormName{QLatin1StringView("cline"), AnswerForm::Text},
    FormName{QLatin1StringView("continue"), AnswerForm::Text},
    FormName{QLatin1StringView("copilot"), AnswerForm::Text},
    FormName{QLatin1StringView("github-copilot"), AnswerForm::Text},
    FormName{QLatin1StringView("cursor"), AnswerForm::Text},
    FormName{QLatin1StringView("droid"), AnswerForm::Text},
    FormName{QLatin1StringView("factory"), AnswerForm::Text},
    FormName{QLatin1StringView("gemini-cli"), AnswerForm::Text},
    FormName{QLatin1StringView("kilo"), AnswerForm::Text},
    FormName{QLatin1StringView("langchain"), AnswerForm::Text},
    FormName{QLatin1StringView("mastra"), AnswerForm::Text},
    FormName{QLatin1StringView("nanocoder"), AnswerForm::Text},
    FormName{QLatin1StringView("openai-agents"), AnswerForm::Text},
    FormName{QLatin1StringView("opencode"), AnswerForm::Text},
    FormName{QLatin1StringView("qwen"), AnswerForm::Text},
    FormName{QLatin1StringView("visual studio code"), AnswerForm::Text},
    FormName{QLatin1StringView("windsurf"), AnswerForm::Text},
    FormName{QLatin1StringView("zed"), AnswerForm::Text},
};

} // namespace

std::optional<AnswerForm> findAnswerForm(const QString &name)
{
    for (const FormName &row : Names) {
        if (row.name == name)
            return row.form;
    }
    return {};
}

AnswerForm shownForm(const Client &client)
{
    const QString name = client.name.toLower();
    for (const FormName &row : Clients) {
        if (name.startsWith(row.name))
            return row.form;
    }
    return AnswerForm::Both;
}

} // namespace Mcp

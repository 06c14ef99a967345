#pragma once

#include "mcp/types/completion.h"
#include "mcp/types/input.h"

#include <QCoroTask>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <functional>

namespace Mcp {

struct PromptArgument
{
    QString name;
    QString title = {};
    QString description = {};
    bool required = false;

    bool operator==(const PromptArgument &) const = default;
};

/// What prompts/list says of a prompt.
struct Prompt
{
    QString name;
    QString title = {};
    QString description = {};
    QList<PromptArgument> arguments = {};

    bool operator==(const Prompt &) const = default;
};

/// One message of a prompt, with one block of content (text, image, audio or an embedded resource).
struct PromptMessage
{
    enum class Role { User, Assistant };

    Role role = Role::User;
    QJsonObject content;

    static PromptMessage text(const QString &text, Role role = Role::User);
};

/// What prompts/get answers.
class PromptResult
{
public:
    enum class Outcome { Ready, BadArguments, Failed, InputRequired };

    explicit PromptResult(const QList<PromptMessage> &messages, const QString &description = {});

    /// The arguments do not make sense together or name what does not exist; words for a person.
    static PromptResult badArguments(const QString &words);
    static PromptResult error(const QString &words);
    static PromptResult inputRequired(const InputRequired &input);

    Outcome outcome() const { return m_outcome; }
    const QList<PromptMessage> &messages() const { return m_messages; }
    const QString &description() const { return m_description; }
    const QString &words() const { return m_words; }
    const InputRequired &input() const { return m_input; }

private:
    explicit PromptResult(Outcome outcome, const QString &words);

    Outcome m_outcome = Outcome::Ready;
    QList<PromptMessage> m_messages;
    QString m_description;
    QString m_words;
    InputRequired m_input;
};

/// One prompts/get; all required arguments are there.
struct PromptRequest
{
    QString prompt;
    QMap<QString, QString> arguments;
    RequestContext context;
};

/// A prompt as it is registered with the server, and what completes its arguments.
struct RegisteredPrompt
{
    Prompt description;
    std::function<QCoro::Task<PromptResult>(PromptRequest)> get;
    Completer complete = {};
};

} // namespace Mcp

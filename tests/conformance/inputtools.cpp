#include "fixtures.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Mcp::InputRequest;
using Mcp::InputRequired;
using Mcp::ToolInvocation;
using Mcp::ToolResult;

namespace Fixtures {

namespace {

QJsonObject oneProperty(const QString &name, const QString &type)
{
    return objectSchema({{name, QJsonObject{{u"type"_s, type}}}});
}

ToolResult ask(const QString &key, const InputRequest &request, const QJsonObject &state = {})
{
    return ToolResult::inputRequired({.requests = {{key, request}}, .state = state});
}

QString answerIn(const QJsonObject &elicited, QLatin1StringView member)
{
    return elicited.value("content"_L1).toObject().value(member).toString();
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

// ---- Those that the scenarios of 2025-06-18 and 2025-11-25 call.

QCoro::Task<ToolResult> sampling(ToolInvocation invocation)
{
    const auto answer = invocation.input(u"words"_s);
    if (!answer)
        co_return ask(u"words"_s,
                      InputRequest::sampling(invocation.request().arguments.value("prompt"_L1).toString(), 100));
    co_return ToolResult(u"LLM response: "_s + answer->value("content"_L1).toObject().value("text"_L1).toString());
}

/// Asks with a form and gives back what was filled in.
ToolResult elicited(const ToolInvocation &invocation, const QString &message, const QJsonObject &schema)
{
    const auto answer = invocation.input(u"form"_s);
    if (!answer)
        return ask(u"form"_s, InputRequest::elicitation(message, schema));
    return ToolResult(u"Elicitation completed: action=%1, content=%2"_s.arg(
        answer->value("action"_L1).toString(), compact(answer->value("content"_L1).toObject())));
}

QCoro::Task<ToolResult> elicitation(ToolInvocation invocation)
{
    const QJsonObject text{{u"type"_s, u"string"_s}};
    const QJsonObject schema = objectSchema({{u"username"_s, text}, {u"email"_s, text}});
    co_return elicited(invocation, invocation.request().arguments.value("message"_L1).toString(), schema);
}

const QByteArray Defaults = R"json({
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "User name", "default": "John Doe"},
        "age": {"type": "integer", "description": "User age", "default": 30},
        "score": {"type": "number", "description": "User score", "default": 95.5},
        "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
        "verified": {"type": "boolean", "description": "Verification status", "default": true}
    },
    "required": []
})json";

QCoro::Task<ToolResult> defaults(ToolInvocation invocation)
{
    const QJsonObject schema = QJsonDocument::fromJson(Defaults).object();
    co_return elicited(invocation, u"Please review the form."_s, schema);
}

const QByteArray Enums = R"json({
    "type": "object",
    "properties": {
        "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
        "titledSingle": {"type": "string", "oneOf": [
            {"const": "value1", "title": "First Option"},
            {"const": "value2", "title": "Second Option"},
            {"const": "value3", "title": "Third Option"}]},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"]},
        "untitledMulti": {"type": "array", "minItems": 1, "maxItems": 3,
            "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
        "titledMulti": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"anyOf": [
            {"const": "value1", "title": "First Choice"},
            {"const": "value2", "title": "Second Choice"},
            {"const": "value3", "title": "Third Choice"}]}}
    },
    "required": []
})json";

QCoro::Task<ToolResult> enums(ToolInvocation invocation)
{
    const QJsonObject schema = QJsonDocument::fromJson(Enums).object();
    co_return elicited(invocation, u"Please select options."_s, schema);
}

// ---- Those that the scenarios of 2026-07-28 call.

InputRequest askName()
{
    return InputRequest::elicitation(u"What is your name?"_s, oneProperty(u"name"_s, u"string"_s));
}

QCoro::Task<ToolResult> name(ToolInvocation invocation)
{
    const auto answer = invocation.input(u"user_name"_s);
    if (!answer)
        co_return ask(u"user_name"_s, askName());
    co_return ToolResult(u"Hello, %1!"_s.arg(answerIn(*answer, "name"_L1)));
}

QCoro::Task<ToolResult> capital(ToolInvocation invocation)
{
    const auto answer = invocation.input(u"capital_question"_s);
    if (!answer)
        co_return ask(u"capital_question"_s, InputRequest::sampling(u"What is the capital of France?"_s, 100));
    co_return ToolResult(answer->value("content"_L1).toObject().value("text"_L1).toString());
}

QCoro::Task<ToolResult> roots(ToolInvocation invocation)
{
    const auto answer = invocation.input(u"client_roots"_s);
    if (!answer)
        co_return ask(u"client_roots"_s, InputRequest::roots());
    co_return ToolResult(u"Roots: "_s + compact(*answer));
}

QCoro::Task<ToolResult> confirm(ToolInvocation invocation)
{
    const auto answer = invocation.input(u"confirm"_s);
    const bool isKnown = invocation.state().value("asked"_L1).toBool();
    if (!answer || !isKnown) {
        const QJsonObject state{{u"asked"_s, true}};
        co_return ask(u"confirm"_s, InputRequest::elicitation(u"Please confirm"_s, oneProperty(u"ok"_s, u"boolean"_s)),
                      state);
    }
    co_return ToolResult(u"state-ok"_s);
}

QCoro::Task<ToolResult> severalInputs(ToolInvocation invocation)
{
    InputRequired wanted;
    wanted.requests[u"user_name"_s] = askName();
    wanted.requests[u"greeting"_s] = InputRequest::sampling(u"Generate a greeting"_s, 50);
    wanted.requests[u"client_roots"_s] = InputRequest::roots();
    wanted.state = {{u"asked"_s, true}};
    for (const QString &key : wanted.requests.keys()) {
        if (!invocation.input(key))
            co_return ToolResult::inputRequired(wanted);
    }
    co_return ToolResult(u"All is there."_s);
}

QCoro::Task<ToolResult> twoRounds(ToolInvocation invocation)
{
    const QString known = invocation.state().value("name"_L1).toString();
    if (const auto color = invocation.input(u"step2"_s); color && !known.isEmpty())
        co_return ToolResult(u"%1 likes %2."_s.arg(known, answerIn(*color, "color"_L1)));
    if (const auto answer = invocation.input(u"step1"_s)) {
        const QJsonObject state{{u"name"_s, answerIn(*answer, "name"_L1)}, {u"round"_s, 2}};
        const InputRequest color =
            InputRequest::elicitation(u"Step 2: What is your favorite color?"_s, oneProperty(u"color"_s, u"string"_s));
        co_return ask(u"step2"_s, color, state);
    }
    const QJsonObject state{{u"round"_s, 1}};
    co_return ask(u"step1"_s,
                  InputRequest::elicitation(u"Step 1: What is your name?"_s, oneProperty(u"name"_s, u"string"_s)),
                  state);
}

QCoro::Task<ToolResult> whatTheClientCan(ToolInvocation invocation)
{
    InputRequired wanted;
    for (const InputRequest &request :
         {askName(), InputRequest::sampling(u"Say hello."_s, 50), InputRequest::roots()}) {
        if (invocation.clientCan(request.capability()) && !invocation.input(request.capability()))
            wanted.requests[request.capability()] = request;
    }
    co_return wanted.isEmpty() ? ToolResult(u"Nothing is missing."_s) : ToolResult::inputRequired(wanted);
}

} // namespace

QList<Mcp::RegisteredTool> inputTools()
{
    const QJsonObject prompt = oneProperty(u"prompt"_s, u"string"_s);
    const QJsonObject message = oneProperty(u"message"_s, u"string"_s);
    return {
        tool(u"test_sampling"_s, u"Asks the client's model."_s, sampling, prompt),
        tool(u"test_elicitation"_s, u"Asks the person for a name and an address."_s, elicitation, message),
        tool(u"test_elicitation_sep1034_defaults"_s, u"A form with defaults."_s, defaults),
        tool(u"test_elicitation_sep1330_enums"_s, u"A form with choices."_s, enums),
        tool(u"test_missing_capability"_s, u"Needs the client's model."_s, capital),
        tool(u"test_streaming_elicitation"_s, u"Asks the person for a name."_s, name),
        tool(u"test_input_required_result_elicitation"_s, u"Asks the person for a name."_s, name),
        tool(u"test_input_required_result_sampling"_s, u"Asks the client's model."_s, capital),
        tool(u"test_input_required_result_list_roots"_s, u"Asks for the client's folders."_s, roots),
        tool(u"test_input_required_result_request_state"_s, u"Keeps a state."_s, confirm),
        tool(u"test_input_required_result_multiple_inputs"_s, u"Asks for three things."_s, severalInputs),
        tool(u"test_input_required_result_multi_round"_s, u"Asks twice."_s, twoRounds),
        tool(u"test_input_required_result_tampered_state"_s, u"Keeps a state."_s, confirm),
        tool(u"test_input_required_result_capabilities"_s, u"Asks for what the client can give."_s, whatTheClientCan),
    };
}

} // namespace Fixtures

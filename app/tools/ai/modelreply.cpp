#include "tools/ai/modelreply.h"

#include <QHash>
#include <QJsonArray>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// The words of a message: a text, or parts of which only those are words that were said, not thought.
QString contentText(const QJsonValue &content)
{
    if (content.isString())
        return content.toString();
    QStringList parts;
    for (const QJsonValue part : content.toArray()) {
        const QString type = part["type"_L1].toString();
        if (type.isEmpty() || type == "text"_L1 || type == "output_text"_L1)
            parts.append(part["text"_L1].toString());
        else if (type == "refusal"_L1)
            parts.append(part["refusal"_L1].toString());
    }
    parts.removeAll(QString());
    return parts.join(u'\n');
}

QString calledText(const QJsonValue &function)
{
    return u"%1(%2)"_s.arg(function["name"_L1].toString(), function["arguments"_L1].toString());
}

QString calledTools(const QStringList &calls)
{
    return calls.isEmpty() ? QString() : u"The model asks for tools to be called: %1."_s.arg(calls.join(u", "_s));
}

QString endNote(const QString &reason)
{
    static const QHash<QString, QString> notes{
        {u"length"_s, u"The answer is cut: it reached max_tokens (finish_reason length). Ask with a larger one."_s},
        {u"content_filter"_s, u"A content filter withheld the answer (finish_reason content_filter)."_s},
    };
    return notes.value(reason);
}

ModelReply fromChoices(const QJsonArray &choices)
{
    const QJsonValue choice = choices.first();
    const QJsonValue message = choice["message"_L1];
    ModelReply reply;
    reply.text = message.isObject() ? contentText(message["content"_L1]) : choice["text"_L1].toString();
    reply.finishReason = choice["finish_reason"_L1].toString();
    QStringList calls;
    for (const QJsonValue call : message["tool_calls"_L1].toArray())
        calls.append(calledText(call["function"_L1]));
    QStringList notes{endNote(reply.finishReason), calledTools(calls)};
    if (choices.size() > 1)
        notes.append(u"This is the first of %1 choices."_s.arg(choices.size()));
    notes.removeAll(QString());
    reply.note = notes.join(u' ');
    if (reply.text.isEmpty())
        reply.text = reply.note;
    if (reply.text == reply.note)
        reply.note.clear();
    return reply;
}

/// An agent's steps: what it said, and the calls that it leaves to others.
ModelReply fromOutput(const QJsonObject &answer)
{
    QStringList said;
    QStringList calls;
    for (const QJsonValue item : answer.value("output"_L1).toArray()) {
        const QString type = item["type"_L1].toString();
        if (type == "message"_L1)
            said.append(contentText(item["content"_L1]));
        else if (type == "function_call"_L1)
            calls.append(calledText(item));
        else if (type == "function_call_output"_L1 && !calls.isEmpty())
            calls.removeFirst(); // answered by the agent itself
    }
    said.removeAll(QString());
    ModelReply reply;
    reply.finishReason = answer.value("incomplete_details"_L1)["reason"_L1].toString();
    reply.note = calledTools(calls);
    if (!reply.finishReason.isEmpty())
        reply.note = u"The answer is not complete: %1. %2"_s.arg(reply.finishReason, reply.note).trimmed();
    reply.text = said.isEmpty() ? reply.note : said.join(u'\n');
    if (said.isEmpty())
        reply.note.clear();
    return reply;
}

ModelReply fromMessages(const QJsonArray &messages)
{
    QStringList said;
    for (const QJsonValue message : messages) {
        if (message["role"_L1] == "assistant"_L1)
            said.append(contentText(message["content"_L1]));
    }
    said.removeAll(QString());
    ModelReply reply;
    reply.text = said.join(u'\n');
    return reply;
}

} // namespace

ModelReply modelReply(const QJsonObject &answer)
{
    if (const QJsonArray choices = answer.value("choices"_L1).toArray(); !choices.isEmpty())
        return fromChoices(choices);
    if (answer.value("output"_L1).isArray())
        return fromOutput(answer);
    return fromMessages(answer.value("messages"_L1).toArray());
}

} // namespace Tools

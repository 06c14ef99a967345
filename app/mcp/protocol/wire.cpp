#include "mcp/protocol/wire.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

// The member of an object and the revision it came with (the changelog of each).
struct Member
{
    QLatin1StringView name;
    QLatin1StringView since;
};

constexpr std::array ToolMembers{
    Member{QLatin1StringView("annotations"), QLatin1StringView("2025-03-26")},
    Member{QLatin1StringView("title"), QLatin1StringView("2025-06-18")},
    Member{QLatin1StringView("outputSchema"), QLatin1StringView("2025-06-18")},
};
constexpr std::array ResultMembers{Member{QLatin1StringView("structuredContent"), QLatin1StringView("2025-06-18")}};
// Of whatever has a name: prompts, their arguments, resources, templates, the server.
constexpr std::array NamedMembers{Member{QLatin1StringView("title"), QLatin1StringView("2025-06-18")}};

/// How many values a completion may have.
constexpr qsizetype MostValues = 100;

template<size_t N>
QJsonObject filtered(QJsonObject object, const std::array<Member, N> &members, const Revision &revision)
{
    for (const Member &member : members) {
        if (!revision.has(member.since))
            object.remove(member.name);
    }
    return object;
}

QJsonObject wireAnnotations(const ToolAnnotations &annotations)
{
    // What is not said has its default; the last two mean nothing for what only reads.
    QJsonObject hints{{u"readOnlyHint"_s, annotations.readOnly}};
    if (!annotations.readOnly)
        hints[u"destructiveHint"_s] = annotations.destructive;
    if (!annotations.readOnly && annotations.idempotent)
        hints[u"idempotentHint"_s] = true;
    if (!annotations.openWorld)
        hints[u"openWorldHint"_s] = false;
    return hints;
}

void setUnlessEmpty(QJsonObject &object, QLatin1StringView member, const QString &text)
{
    if (!text.isEmpty())
        object[member] = text;
}

// What resources and their templates have in common.
QJsonObject wireDescribed(const ResourceTemplate &described, const Revision &revision)
{
    QJsonObject object{{u"name"_s, described.name}};
    setUnlessEmpty(object, "title"_L1, described.title);
    setUnlessEmpty(object, "description"_L1, described.description);
    setUnlessEmpty(object, "mimeType"_L1, described.mimeType);
    return filtered(object, NamedMembers, revision);
}

// Links to resources came with 2025-06-18; before, their words are what is left of them.
QJsonValue wireBlock(const QJsonObject &block, const Revision &revision)
{
    if (block[u"type"_s].toString() != u"resource_link"_s || revision.has(QLatin1StringView("2025-06-18")))
        return block;
    return QJsonObject{{u"type"_s, u"text"_s},
                       {u"text"_s, QString(block[u"name"_s].toString() + u": "_s + block[u"uri"_s].toString())}};
}

// Each text by its first line: whoever shows structured content alone needs no more.
QJsonArray summarized(QJsonArray content)
{
    for (qsizetype i = 0; i < content.size(); ++i) {
        QJsonObject block = content.at(i).toObject();
        if (block[u"type"_s] != u"text"_s)
            continue;
        const QString text = block[u"text"_s].toString();
        block[u"text"_s] = text.left(text.indexOf(u'\n'));
        content[i] = block;
    }
    return content;
}

/// What a client needs not know to give right arguments costs a model all the same: bounds are said in words, and a
/// call is judged by the whole schema.
QJsonObject published(QJsonObject schema)
{
    for (const QString &keyword : {u"minimum"_s, u"maximum"_s, u"contentMediaType"_s})
        schema.remove(keyword);
    QJsonObject properties = schema.value(u"properties"_s).toObject();
    for (auto property = properties.begin(); property != properties.end(); ++property)
        *property = published(property->toObject());
    if (!properties.isEmpty())
        schema[u"properties"_s] = properties;
    if (schema.contains(u"items"_s))
        schema[u"items"_s] = published(schema.value(u"items"_s).toObject());
    return schema;
}

} // namespace

QJsonObject wireTool(const Tool &tool, const Revision &revision, AnswerForm form)
{
    static const QJsonObject noArguments{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}};
    QJsonObject object{{u"name"_s, tool.name},
                       {u"description"_s, tool.description},
                       {u"inputSchema"_s, tool.inputSchema.isEmpty() ? noArguments : published(tool.inputSchema)},
                       {u"annotations"_s, wireAnnotations(tool.annotations)}};
    if (!tool.title.isEmpty())
        object[u"title"_s] = tool.title;
    if (!tool.outputSchema.isEmpty() && form != AnswerForm::Text)
        object[u"outputSchema"_s] = tool.outputSchema;
    return filtered(object, ToolMembers, revision);
}

QJsonObject wireToolResult(const ToolResult &result, const Revision &revision, AnswerForm form)
{
    const bool isStructured =
        !result.structuredContent().isEmpty() && form != AnswerForm::Text && revision.has(ResultMembers.front().since);
    QJsonArray content;
    const QJsonArray blocks =
        isStructured && form == AnswerForm::Structured ? summarized(result.content()) : result.content();
    for (const QJsonValue block : blocks)
        content << wireBlock(block.toObject(), revision);
    QJsonObject object{{u"content"_s, content}, {u"isError"_s, result.isError()}};
    if (isStructured)
        object[u"structuredContent"_s] = result.foldedContent();
    return object;
}

QJsonObject wirePrompt(const Prompt &prompt, const Revision &revision)
{
    QJsonArray arguments;
    for (const PromptArgument &argument : prompt.arguments) {
        QJsonObject object{{u"name"_s, argument.name}, {u"required"_s, argument.required}};
        setUnlessEmpty(object, "title"_L1, argument.title);
        setUnlessEmpty(object, "description"_L1, argument.description);
        arguments << filtered(object, NamedMembers, revision);
    }
    QJsonObject object{{u"name"_s, prompt.name}, {u"arguments"_s, arguments}};
    setUnlessEmpty(object, "title"_L1, prompt.title);
    setUnlessEmpty(object, "description"_L1, prompt.description);
    return filtered(object, NamedMembers, revision);
}

QJsonObject wirePromptResult(const PromptResult &result, const Revision &revision)
{
    QJsonArray messages;
    for (const PromptMessage &message : result.messages()) {
        const bool isUser = message.role == PromptMessage::Role::User;
        messages << QJsonObject{{u"role"_s, isUser ? u"user"_s : u"assistant"_s},
                                {u"content"_s, wireBlock(message.content, revision)}};
    }
    QJsonObject object{{u"messages"_s, messages}};
    setUnlessEmpty(object, "description"_L1, result.description());
    return object;
}

QJsonObject wireResource(const ResourceTemplate &single, const Revision &revision)
{
    QJsonObject object = wireDescribed(single, revision);
    object["uri"_L1] = single.uriTemplate;
    return object;
}

QJsonObject wireResourceTemplate(const ResourceTemplate &resourceTemplate, const Revision &revision)
{
    QJsonObject object = wireDescribed(resourceTemplate, revision);
    object["uriTemplate"_L1] = resourceTemplate.uriTemplate;
    return object;
}

QJsonObject wireContents(const QList<ResourceContents> &contents)
{
    QJsonArray pieces;
    for (const ResourceContents &content : contents) {
        QJsonObject piece{{u"uri"_s, content.uri}};
        setUnlessEmpty(piece, "mimeType"_L1, content.mimeType);
        if (content.text.isNull())
            piece["blob"_L1] = QString::fromLatin1(content.blob.toBase64());
        else
            piece["text"_L1] = content.text;
        pieces << piece;
    }
    return {{u"contents"_s, pieces}};
}

QJsonObject wireCompletion(const Completion &completion)
{
    const QStringList shown = completion.values.first(qMin(completion.values.size(), MostValues));
    const qint64 total = completion.total.value_or(completion.values.size());
    return {{u"completion"_s, QJsonObject{{u"values"_s, QJsonArray::fromStringList(shown)},
                                          {u"total"_s, total},
                                          {u"hasMore"_s, total > shown.size()}}}};
}

QJsonObject wireImplementation(const Implementation &implementation, const Revision &revision)
{
    const QJsonObject object{
        {u"name"_s, implementation.name}, {u"title"_s, implementation.title}, {u"version"_s, implementation.version}};
    return filtered(object, NamedMembers, revision);
}

} // namespace Mcp

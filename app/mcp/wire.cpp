#include "mcp/wire.h"

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
constexpr std::array ImplementationMembers{Member{QLatin1StringView("title"), QLatin1StringView("2025-06-18")}};

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
    return {{u"readOnlyHint"_s, annotations.readOnly},
            {u"destructiveHint"_s, annotations.destructive},
            {u"idempotentHint"_s, annotations.idempotent},
            {u"openWorldHint"_s, annotations.openWorld}};
}

// Links to resources came with 2025-06-18; before, their words are what is left of them.
QJsonValue wireBlock(const QJsonObject &block, const Revision &revision)
{
    if (block[u"type"_s].toString() != u"resource_link"_s || revision.has(QLatin1StringView("2025-06-18")))
        return block;
    return QJsonObject{{u"type"_s, u"text"_s},
                       {u"text"_s, QString(block[u"name"_s].toString() + u": "_s + block[u"uri"_s].toString())}};
}

} // namespace

QJsonObject wireTool(const Tool &tool, const Revision &revision)
{
    static const QJsonObject noArguments{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}};
    QJsonObject object{{u"name"_s, tool.name},
                       {u"description"_s, tool.description},
                       {u"inputSchema"_s, tool.inputSchema.isEmpty() ? noArguments : tool.inputSchema},
                       {u"annotations"_s, wireAnnotations(tool.annotations)}};
    if (!tool.title.isEmpty())
        object[u"title"_s] = tool.title;
    if (!tool.outputSchema.isEmpty())
        object[u"outputSchema"_s] = tool.outputSchema;
    return filtered(object, ToolMembers, revision);
}

QJsonObject wireResult(const ToolResult &result, const Revision &revision)
{
    QJsonArray content;
    for (const QJsonValue &block : result.content())
        content << wireBlock(block.toObject(), revision);
    QJsonObject object{{u"content"_s, content}, {u"isError"_s, result.isError()}};
    if (!result.structuredContent().isEmpty())
        object[u"structuredContent"_s] = result.structuredContent();
    return filtered(object, ResultMembers, revision);
}

QJsonObject wireImplementation(const Implementation &implementation, const Revision &revision)
{
    const QJsonObject object{
        {u"name"_s, implementation.name}, {u"title"_s, implementation.title}, {u"version"_s, implementation.version}};
    return filtered(object, ImplementationMembers, revision);
}

} // namespace Mcp

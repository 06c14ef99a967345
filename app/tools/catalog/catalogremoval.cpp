#include "tools/catalog/catalogremoval.h"

#include "tools/catalog/catalogwords.h"
#include "tools/catalog/removalconsequence.h"
#include "tools/kit/answer.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// "MANAGED table main.default.orders, owned by finance": what is about to be deleted.
QCoro::Task<QString> securableWords(ToolCall call, QString family, QString noun)
{
    const QString name = call.text(u"full_name"_s);
    const QJsonObject object = co_await call.workspace().get(catalogPath(family, name));
    const QString kind = object.value(noun + "_type"_L1).toString();
    QString words = kind.isEmpty() ? noun : QString(kind + u' ' + noun);
    words += u' ' + object.value("full_name"_L1).toString(name);
    const QString owner = object.value("owner"_L1).toString();
    if (!owner.isEmpty())
        words += ", owned by "_L1 + owner;
    const QString target = Text::visible(words);
    co_return target;
}

QCoro::Task<QString> tableTarget(ToolCall call)
{
    return securableWords(call, u"tables"_s, u"table"_s);
}

QCoro::Task<QString> volumeTarget(ToolCall call)
{
    return securableWords(call, u"volumes"_s, u"volume"_s);
}

QCoro::Task<QString> schemaTarget(ToolCall call)
{
    const QString schema = co_await securableWords(call, u"schemas"_s, u"schema"_s);
    const QString target = call.flag(u"force"_s) ? QString(schema + ", with everything in it"_L1) : schema;
    co_return target;
}

QCoro::Task<ToolResult> deleteSecurable(ToolCall call, QString family, QString words, QUrlQuery query)
{
    const QString name = call.text(u"full_name"_s);
    call.setTarget(Text::visible(name));
    co_await call.workspace().remove(catalogPath(family, name), query);
    const QJsonObject facts{{"full_name"_L1, Text::visible(name)}, {"deleted"_L1, true}};
    co_return factsAnswer(words.arg(Text::visible(name)), facts);
}

QCoro::Task<ToolResult> deleteTable(ToolCall call)
{
    return deleteSecurable(
        call, u"tables"_s,
        u"Table %1 was deleted. A managed table's data is kept for 7 days: UNDROP TABLE in SQL brings it back."_s,
        QUrlQuery());
}

QCoro::Task<ToolResult> deleteVolume(ToolCall call)
{
    return deleteSecurable(call, u"volumes"_s, u"Volume %1 was deleted, with its files if it was a managed one."_s,
                           QUrlQuery());
}

QCoro::Task<ToolResult> deleteSchema(ToolCall call)
{
    QUrlQuery query;
    if (call.flag(u"force"_s))
        query.addQueryItem(u"force"_s, u"true"_s);
    const QString words = u"Schema %1 was deleted."_s;
    try {
        const ToolResult result = co_await deleteSecurable(call, u"schemas"_s, words, query);
        co_return result;
    } catch (const ApiError &error) {
        if (!error.message().contains("is not empty"_L1))
            throw;
        co_return ToolResult::error(error.message() +
                                    u" Nothing was deleted. Delete what is in it first (list_tables, "
                                    "list_volumes, list_functions), or, if the person wants all of it "
                                    "gone, call again with force true."_s);
    }
}

Tool removalTool(const QString &noun, const QString &name, const QString &description,
                 QCoro::Task<ToolResult> (*run)(ToolCall), QCoro::Task<QString> (*target)(ToolCall),
                 QCoro::Task<Calls::Consequence> (*consequence)(ToolCall))
{
    return {
        .name = "delete_"_L1 + noun,
        .title = "Delete "_L1 + noun,
        .description = description,
        .effects = Calls::Effect::Destroys,
        .inputSchema = Schema().text(u"full_name"_s, name).require({u"full_name"_s}),
        .outputSchema =
            Schema().text(u"full_name"_s, {}).flag(u"deleted"_s, {}).require({u"full_name"_s, u"deleted"_s}),
        .run = run,
        .target = target,
        .consequence = consequence,
    };
}

} // namespace

QList<Tool> catalogRemovalTools()
{
    Tool schema = removalTool(
        u"schema"_s, {}, u"Deletes a schema that is empty. With force, also every table, volume and function in it."_s,
        &deleteSchema, &schemaTarget, &deletionOfSchema);
    schema.inputSchema = Schema()
                             .text(u"full_name"_s, u"catalog.schema"_s)
                             .flag(u"force"_s, u"Delete it with everything in it; default false"_s)
                             .require({u"full_name"_s});
    return {
        schema,
        removalTool(u"volume"_s, u"catalog.schema.volume"_s,
                    u"Deletes a volume. The files of a managed volume are deleted with it."_s, &deleteVolume,
                    &volumeTarget, &deletionOfVolume),
        removalTool(u"table"_s, u"catalog.schema.table"_s,
                    u"Deletes a table or view. A managed table's data goes with it and can be brought back for 7 days "
                    "with UNDROP TABLE."_s,
                    &deleteTable, &tableTarget, &deletionOfTable),
    };
}

} // namespace Tools

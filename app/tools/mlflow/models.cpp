#include "tools/catalog/catalogwords.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype LookedAt = 5000;
constexpr qsizetype MostVersions = 200;

QJsonObject modelRow(const QJsonObject &model)
{
    QJsonObject row = textsOf(model, {u"full_name"_s, u"owner"_s});
    addText(row, u"updated"_s, timeText(model.value("updated_at"_L1).toInteger()));
    addText(row, u"comment"_s, briefComment(model));
    return row;
}

QCoro::Task<ToolResult> listRegisteredModels(ToolCall call)
{
    QUrlQuery query = catalogPages();
    if (call.has(u"catalog"_s) != call.has(u"schema"_s))
        co_return ToolResult::error(u"Give catalog and schema together, or neither for all models."_s);
    for (const auto &key : {u"catalog"_s, u"schema"_s}) {
        if (call.has(key))
            Databricks::addQueryItem(query, key + u"_name"_s, call.text(key));
    }
    const QString name = call.text(u"name_contains"_s);
    Listing listing(catalogPath(u"models"_s), query, u"registered_models"_s, &modelRow);
    listing.holding(u"full_name"_s, name).lookingAt(name.isEmpty() ? -1 : LookedAt).from(call, {.usual = 50});
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"full_name"_s, u"name"_s},
                          {u"owner"_s, u"owner"_s},
                          {u"updated"_s, u"updated"_s},
                          {u"comment"_s, u"comment"_s}};
    co_return listAnswer(u"Found %1 registered models:"_s.arg(listed.totalInWords()), columns, u"models"_s, listed);
}

/// The newest version of a model.
QCoro::Task<QJsonObject> newestVersion(ToolCall call, QString path)
{
    const QUrlQuery query = catalogPages();
    const QString versionsPath = path + u"/versions"_s;
    const Databricks::Page page =
        co_await call.workspace().list(versionsPath, query, u"model_versions"_s, MostVersions);
    QJsonObject newest;
    for (const QJsonValue version : page.items) {
        if (version["version"_L1].toInteger() > newest.value("version"_L1).toInteger())
            newest = version.toObject();
    }
    co_return newest;
}

QCoro::Task<ToolResult> getModelVersion(ToolCall call)
{
    const QString name = call.text(u"full_name"_s);
    const QString path = catalogPath(u"models"_s, name);
    if (call.has(u"version"_s) && call.has(u"alias"_s))
        co_return ToolResult::error(u"Give version or alias, not both."_s);
    QJsonObject version;
    if (call.has(u"alias"_s))
        version = co_await call.workspace().get(path + u"/aliases/"_s + Databricks::pathSegment(call.text(u"alias"_s)));
    else if (call.has(u"version"_s))
        version = co_await call.workspace().get(path + u"/versions/"_s + QString::number(call.number(u"version"_s)));
    else
        version = co_await newestVersion(call, path);
    if (version.isEmpty())
        co_return ToolResult::error(u"Model %1 has no versions yet."_s.arg(Text::visible(name)));
    QJsonObject facts{{"full_name"_L1, Text::visible(name)}, {"version"_L1, version.value("version"_L1).toInteger()}};
    addTexts(facts, version, {u"status"_s, u"run_id"_s, u"source"_s, u"comment"_s, u"created_by"_s});
    addText(facts, u"created"_s, timeText(version.value("created_at"_L1).toInteger()));
    QStringList aliases;
    for (const QJsonValue alias : version.value("aliases"_L1).toArray())
        aliases.append(Text::visible(alias["alias_name"_L1].toString()));
    addText(facts, u"aliases"_s, aliases.join(", "_L1));
    co_return factsAnswer(
        u"Version %1 of model %2:"_s.arg(facts.value("version"_L1).toInteger()).arg(Text::visible(name)), facts);
}

} // namespace

QList<Tool> modelTools()
{
    return {
        {
            .name = u"list_registered_models"_s,
            .title = u"List registered models"_s,
            .description = u"Lists the models that are registered in Unity Catalog."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema()
                                         .text(u"catalog"_s, u"With schema: only models of this schema"_s)
                                         .text(u"schema"_s, u"Such as default"_s)
                                         .text(u"name_contains"_s, u"Only those whose full name holds this text"_s),
                                     {.usual = 50}),
            .outputSchema = listedSchema(
                u"models"_s,
                Schema().text(u"full_name"_s, {}).text(u"owner"_s, {}).text(u"updated"_s, {}).text(u"comment"_s, {})),
            .run = &listRegisteredModels,
        },
        {
            .name = u"get_model_version"_s,
            .title = u"Get model version"_s,
            .description = u"Shows a version of a registered model: status, aliases, the run it came from. The newest "
                           "unless version or alias is given."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema()
                               .text(u"full_name"_s, u"catalog.schema.model"_s)
                               .integer(u"version"_s, u"Its number"_s, 1, 1'000'000'000)
                               .text(u"alias"_s, u"Such as champion"_s)
                               .require({u"full_name"_s}),
            .outputSchema =
                Schema().text(u"full_name"_s, {}).integer(u"version"_s, {}).require({u"full_name"_s, u"version"_s}),
            .run = &getModelVersion,
        },
    };
}

} // namespace Tools

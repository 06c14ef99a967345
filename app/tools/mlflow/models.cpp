#include "tools/catalog/catalogwords.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype LookedAt = 5000;
constexpr qsizetype MostVersions = 200;

/// "champion: version 3", for each alias of a model.
QString aliasesText(const QJsonObject &model)
{
    QStringList words;
    for (const QJsonValue alias : model.value("aliases"_L1).toArray())
        words.append(u"%1: version %2"_s.arg(Text::visible(alias["alias_name"_L1].toString()))
                         .arg(alias["version_num"_L1].toInteger()));
    return words.join(", "_L1);
}

QJsonObject modelRow(const QJsonObject &model)
{
    QJsonObject row = textsOf(model, {u"full_name"_s, u"owner"_s});
    addText(row, u"updated"_s, timeText(model.value("updated_at"_L1).toInteger()));
    addText(row, u"comment"_s, briefComment(model));
    addText(row, u"aliases"_s, aliasesText(model));
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
    Columns columns{{u"full_name"_s, u"name"_s},
                    {u"owner"_s, u"owner"_s},
                    {u"updated"_s, u"updated"_s},
                    {u"comment"_s, u"comment"_s}};
    // Not every workspace tells them in its list.
    const bool hasAliases = std::any_of(listed.rows.begin(), listed.rows.end(),
                                        [](const QJsonValue &row) { return row.toObject().contains("aliases"_L1); });
    if (hasAliases)
        columns.append({u"aliases"_s, u"aliases"_s});
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

/// A model's aliases in words; empty where it has none. Throws ApiError.
QCoro::Task<QString> readAliases(ToolCall call, QString path)
{
    const QUrlQuery query{{u"include_aliases"_s, u"true"_s}};
    const QJsonObject model = co_await call.workspace().get(path, query);
    co_return aliasesText(model);
}

/// "demand-forecast (version 4)" for each endpoint that serves the model. One list tells it of all of them.
QCoro::Task<QString> readEndpoints(ToolCall call, QString model)
{
    const QJsonObject answer = co_await call.workspace().get(u"/api/2.0/serving-endpoints"_s);
    QStringList words;
    for (const QJsonValue endpoint : answer.value("endpoints"_L1).toArray()) {
        for (const QJsonValue entity : endpoint["config"_L1]["served_entities"_L1].toArray()) {
            if (entity["entity_name"_L1].toString().compare(model, Qt::CaseInsensitive) == 0)
                words.append(Text::visible(
                    u"%1 (version %2)"_s.arg(endpoint["name"_L1].toString(), entity["entity_version"_L1].toString())));
        }
    }
    words.removeDuplicates();
    co_return words.join(", "_L1);
}

/// What is told beside the version: it must not hide the version that it cannot be had.
QCoro::Task<QString> told(QCoro::Task<QString> reading)
{
    QString words;
    try {
        words = co_await reading;
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        words = u"could not be read: "_s + error.message();
    }
    co_return words;
}

QCoro::Task<QJsonObject> versionOfAlias(ToolCall call, QString path, QString alias)
{
    QJsonObject version;
    bool isMissing = false;
    try {
        version = co_await call.workspace().get(path + u"/aliases/"_s + Databricks::pathSegment(alias));
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::NotFound)
            throw;
        isMissing = true;
    }
    if (isMissing) {
        const QString aliases = co_await readAliases(call, path);
        throw ApiError(
            ApiError::Kind::NotFound,
            u"The model has no alias \"%1\". %2"_s.arg(
                Text::line(alias, 60), aliases.isEmpty() ? u"It has none."_s : u"Its aliases are %1."_s.arg(aliases)));
    }
    co_return version;
}

QCoro::Task<ToolResult> getModelVersion(ToolCall call)
{
    const QString name = call.text(u"full_name"_s);
    const QString path = catalogPath(u"models"_s, name);
    if (call.has(u"version"_s) && call.has(u"alias"_s))
        co_return ToolResult::error(u"Give version or alias, not both."_s);
    QJsonObject version;
    if (call.has(u"alias"_s))
        version = co_await versionOfAlias(call, path, call.text(u"alias"_s));
    else if (call.has(u"version"_s))
        version = co_await call.workspace().get(path + u"/versions/"_s + QString::number(call.number(u"version"_s)));
    else
        version = co_await newestVersion(call, path);
    if (version.isEmpty())
        co_return ToolResult::error(u"Model %1 has no versions yet."_s.arg(Text::visible(name)));
    QJsonObject facts{{"full_name"_L1, Text::visible(name)}, {"version"_L1, version.value("version"_L1).toInteger()}};
    addTexts(facts, version, {u"status"_s, u"run_id"_s, u"source"_s, u"comment"_s, u"created_by"_s});
    addText(facts, u"created"_s, timeText(version.value("created_at"_L1).toInteger()));
    const QString aliases = co_await told(readAliases(call, path));
    const QString endpoints = co_await told(readEndpoints(call, name));
    facts.insert("model_aliases"_L1, aliases.isEmpty() ? u"none"_s : aliases);
    facts.insert("served_by"_L1, endpoints.isEmpty() ? u"no serving endpoint"_s : endpoints);
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
            .outputSchema = listedSchema(u"models"_s, Schema()
                                                          .text(u"full_name"_s, {})
                                                          .text(u"owner"_s, {})
                                                          .text(u"updated"_s, {})
                                                          .text(u"comment"_s, {})
                                                          .text(u"aliases"_s, {})),
            .run = &listRegisteredModels,
        },
        {
            .name = u"get_model_version"_s,
            .title = u"Get model version"_s,
            .description =
                u"Shows a version of a registered model: status, the run it came from; the model's aliases and "
                "endpoints. The newest "
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

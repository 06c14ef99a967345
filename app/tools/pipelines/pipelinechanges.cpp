#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/change.h"
#include "tools/pipelines/pipelinereading.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// A source as the API's libraries have it: a notebook, a file by its ending, or all files below a folder.
QJsonObject libraryOf(const QString &source)
{
    if (source.contains(u'*'))
        return {{"glob"_L1, QJsonObject{{"include"_L1, source}}}};
    const bool isFile =
        source.endsWith(".py"_L1, Qt::CaseInsensitive) || source.endsWith(".sql"_L1, Qt::CaseInsensitive);
    return {{isFile ? "file"_L1 : "notebook"_L1, QJsonObject{{"path"_L1, source}}}};
}

Schema withSpec(Schema schema)
{
    return schema.text(u"name"_s, u"Name of the pipeline"_s)
        .text(u"catalog"_s, u"Catalog that its tables go to"_s)
        .text(u"schema"_s, u"Schema that its tables go to"_s)
        .texts(u"sources"_s, u"Workspace paths of its code: notebooks, .py or .sql files, or a folder with /**"_s)
        .flag(u"serverless"_s, u"On serverless compute; default true for a new one"_s)
        .flag(u"continuous"_s, u"Runs all the time, from now on; default false"_s)
        .flag(u"development"_s, u"Keeps its compute and does not retry; default false"_s)
        .rows(u"configuration"_s, u"Settings that its code reads; they replace the old ones"_s,
              Schema()
                  .text(u"name"_s, u"Name of the setting"_s)
                  .text(u"value"_s, u"Its value"_s)
                  .require({u"name"_s, u"value"_s}));
}

/// The part of a pipeline's spec that the call names.
QJsonObject specOf(const ToolCall &call)
{
    QJsonObject spec;
    for (const auto &key : {u"name"_s, u"catalog"_s, u"schema"_s}) {
        if (call.has(key))
            spec.insert(key, call.text(key));
    }
    for (const auto &key : {u"serverless"_s, u"continuous"_s, u"development"_s}) {
        if (call.has(key))
            spec.insert(key, call.flag(key));
    }
    if (call.has(u"sources"_s)) {
        QJsonArray libraries;
        for (const QString &source : call.texts(u"sources"_s))
            libraries.append(libraryOf(source));
        spec.insert("libraries"_L1, libraries);
    }
    if (call.has(u"configuration"_s)) {
        QJsonObject configuration;
        for (const QJsonValue setting : call.array(u"configuration"_s))
            configuration.insert(setting["name"_L1].toString(), setting["value"_L1].toString());
        spec.insert("configuration"_L1, configuration);
    }
    return spec;
}

QJsonObject factsOf(const QString &id, const QJsonObject &spec, const QJsonObject &pipeline)
{
    QJsonObject facts{{"pipeline_id"_L1, Text::visible(id)}};
    addTexts(facts, spec, {u"name"_s, u"catalog"_s, u"schema"_s});
    for (const auto key : {"serverless"_L1, "continuous"_L1, "development"_L1}) {
        if (spec.contains(key))
            facts.insert(key, spec.value(key).toBool());
    }
    addText(facts, u"sources"_s, sourcesText(spec));
    addTexts(facts, pipeline, {u"state"_s});
    return facts;
}

QString nameOf(const QJsonObject &spec)
{
    return Text::visible(spec.value("name"_L1).toString());
}

QCoro::Task<ToolResult> createPipeline(ToolCall call)
{
    QJsonObject spec = specOf(call);
    call.setTarget(nameOf(spec));
    if (spec.value("libraries"_L1).toArray().isEmpty())
        co_return ToolResult::error(u"sources is empty: name the notebooks or files with the pipeline's code."_s);
    if (!spec.contains("serverless"_L1))
        spec.insert("serverless"_L1, true);
    const QString path = u"/api/2.0/pipelines"_s;
    const QJsonObject made = co_await call.workspace().post(path, spec);
    const QString id = madeId(made, u"pipeline_id"_s);
    const AfterChange after = co_await readAfterChange(call, pipelinePath(id));
    const QString next = call.flag(u"continuous"_s)
                             ? u"It is continuous and starts now; get_pipeline shows its state."_s
                             : u"It has not run yet: start_pipeline with validate_only checks its code."_s;
    co_return factsAnswer(u"Pipeline %1 (%2) was created. %3"_s.arg(nameOf(spec), id, next) + after.note,
                          factsOf(id, spec, after.object));
}

QCoro::Task<QString> newPipelineTarget(ToolCall call)
{
    const QString words = u"new pipeline "_s + Text::visible(call.text(u"name"_s));
    co_return words;
}

QCoro::Task<ToolResult> updatePipeline(ToolCall call)
{
    const QJsonObject wish = specOf(call);
    if (wish.isEmpty())
        co_return ToolResult::error(u"Nothing to change: give at least one setting besides pipeline_id."_s);
    const QString id = call.text(u"pipeline_id"_s);
    const QJsonObject before = co_await readPipeline(call);
    QJsonObject spec = before.value("spec"_L1).toObject();
    if (spec.isEmpty())
        throw ApiError(ApiError::Kind::BadAnswer,
                       u"The workspace does not tell the pipeline's settings, so that none can be kept. Nothing was "
                       "changed."_s);
    for (auto setting = wish.begin(); setting != wish.end(); ++setting)
        spec.insert(setting.key(), *setting);
    if (spec.contains("schema"_L1))
        spec.remove("target"_L1); // the older word for it; the API takes one of them
    QJsonObject body = spec;
    // Somebody else's change since then is not undone: the API refuses this one.
    if (before.contains("last_modified"_L1))
        body.insert("expected_last_modified"_L1, before.value("last_modified"_L1));
    const QByteArray verb = "PUT";
    const QString path = pipelinePath(id);
    const QUrlQuery none;
    co_await sendChange(call, verb, path, none, body);
    const AfterChange after = co_await readAfterChange(call, pipelinePath(id));
    QJsonObject now = after.object.value("spec"_L1).toObject();
    if (now.isEmpty())
        now = spec;
    const QString next = now.value("continuous"_L1).toBool()
                             ? u"It is continuous: an update under way takes them up at once."_s
                             : u"The next update follows them; start_pipeline starts one."_s;
    co_return factsAnswer(u"Pipeline %1 (%2) has new settings (%3). %4"_s.arg(nameOf(now), Text::visible(id),
                                                                              wish.keys().join(", "_L1), next) +
                              after.note,
                          factsOf(id, now, after.object));
}

QCoro::Task<ToolResult> deletePipeline(ToolCall call)
{
    const QJsonObject before = co_await readPipeline(call);
    const QString id = call.text(u"pipeline_id"_s);
    const QString name = nameOf(before);
    co_await call.workspace().remove(pipelinePath(id));
    const QJsonObject facts{{"pipeline_id"_L1, Text::visible(id)}, {"name"_L1, name}, {"deleted"_L1, true}};
    co_return factsAnswer(
        u"Pipeline %1 was deleted for good, with its streaming tables and materialized views in Unity Catalog."_s.arg(
            name),
        facts);
}

QCoro::Task<Calls::Consequence> deleteConsequence(ToolCall call)
{
    const QJsonObject pipeline = co_await readPipeline(call);
    const QJsonObject spec = pipeline.value("spec"_L1).toObject();
    Calls::Consequence consequence;
    consequence.facts.append(u"It is %1, of %2. Its streaming tables and materialized views in %3.%4 go with it."_s.arg(
        Text::line(pipeline.value("state"_L1).toString(), 60),
        Text::line(pipeline.value("creator_user_name"_L1).toString(), 120),
        Text::line(spec.value("catalog"_L1).toString(), 120),
        Text::line(spec.value("schema"_L1).toString(spec.value("target"_L1).toString()), 120)));
    co_return consequence;
}

Calls::Effects effectsOfCreating(const ToolCall &call)
{
    return call.flag(u"continuous"_s) ? Calls::Effect::Adds | Calls::Effect::RunsCode
                                      : Calls::Effects(Calls::Effect::Adds);
}

/// What is new in its code and settings runs with the next update, which a schedule may start.
Calls::Effects effectsOfUpdating(const ToolCall &call)
{
    const bool runs = call.flag(u"continuous"_s) || call.has(u"sources"_s) || call.has(u"configuration"_s);
    return runs ? Calls::Effect::Replaces | Calls::Effect::RunsCode : Calls::Effects(Calls::Effect::Replaces);
}

} // namespace

QList<Tool> pipelineChangeTools()
{
    const Schema answered = Schema().text(u"pipeline_id"_s, {}).text(u"name"_s, {}).require({u"pipeline_id"_s});
    return {
        {
            .name = u"create_pipeline"_s,
            .title = u"Create pipeline"_s,
            .description = u"Creates a pipeline from notebooks or files with its code. It runs when start_pipeline is "
                           "called."_s,
            .effects = Calls::Effect::Adds | Calls::Effect::RunsCode,
            .inputSchema = withSpec(Schema()).require({u"name"_s, u"catalog"_s, u"schema"_s, u"sources"_s}),
            .outputSchema = answered,
            .run = &createPipeline,
            .effectsOf = &effectsOfCreating,
            .leastEffects = Calls::Effect::Adds,
            .effectRange = u"adds; runs code when continuous"_s,
            .target = &newPipelineTarget,
        },
        {
            .name = u"update_pipeline"_s,
            .title = u"Update pipeline"_s,
            .description = u"Changes the given settings of a pipeline; each replaces the old one whole, the others "
                           "stay."_s,
            .effects = Calls::Effect::Replaces | Calls::Effect::RunsCode,
            .inputSchema = withSpec(pipelineIdSchema()),
            .outputSchema = answered,
            .run = &updatePipeline,
            .effectsOf = &effectsOfUpdating,
            .leastEffects = Calls::Effect::Replaces,
            .effectRange = u"replaces; runs code with new code"_s,
            .target = &pipelineTarget,
            .idempotent = true,
        },
        {
            .name = u"delete_pipeline"_s,
            .title = u"Delete pipeline"_s,
            .description = u"Deletes a pipeline for good, with the tables that it made."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = pipelineIdSchema(),
            .outputSchema = answered,
            .run = &deletePipeline,
            .target = &pipelineTarget,
            .consequence = &deleteConsequence,
        },
    };
}

} // namespace Tools

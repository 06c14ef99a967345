#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/pipelines/pipelineconsequence.h"
#include "tools/pipelines/pipelinereading.h"
#include "tools/pipelines/pipelineupdates.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

QJsonObject pipelineRow(const QJsonObject &pipeline)
{
    QJsonObject row = textsOf(pipeline, {u"pipeline_id"_s, u"name"_s, u"state"_s, u"health"_s, u"creator_user_name"_s});
    const QJsonArray updates = pipeline.value("latest_updates"_L1).toArray();
    if (!updates.isEmpty())
        addText(row, u"latest_update"_s, updateWords(updates.first().toObject()));
    return row;
}

Schema pipelineRowSchema()
{
    return Schema()
        .text(u"pipeline_id"_s, {})
        .text(u"name"_s, {})
        .text(u"state"_s, {})
        .text(u"health"_s, {})
        .text(u"creator_user_name"_s, {})
        .text(u"latest_update"_s, u"State of the latest update and when it was created"_s);
}

QCoro::Task<ToolResult> listPipelines(ToolCall call)
{
    QUrlQuery query{{u"max_results"_s, u"100"_s}};
    const QString part = call.text(u"name_contains"_s);
    if (!part.isEmpty())
        Databricks::addQueryItem(query, u"filter"_s,
                                 u"name LIKE '%%1%'"_s.replace(u"%1"_s, QString(part).replace(u'\'', u"''"_s)));
    Listing listing(u"/api/2.0/pipelines"_s, query, u"statuses"_s, &pipelineRow);
    listing.countedBy([](const QJsonObject &pipeline) { return pipeline.value("state"_L1).toString(); }).from(call);
    // LIKE takes % and _ for wildcards and, in some places, minds the case: what it let through is looked at again.
    listing.holding(u"name"_s, part);
    const Listed listed = co_await readListing(call.workspace(), listing);
    QString headline = u"Found %1 pipelines"_s.arg(listed.totalInWords());
    if (!listed.counts.isEmpty())
        headline += u" (%1 running)"_s.arg(listed.counts.value(u"RUNNING"_s));
    const Columns columns{{u"pipeline_id"_s, u"id"_s},
                          {u"name"_s, u"name"_s},
                          {u"state"_s, u"state"_s},
                          {u"health"_s, u"health"_s},
                          {u"latest_update"_s, u"latest update"_s},
                          {u"creator_user_name"_s, u"creator"_s}};
    co_return listAnswer(headline + u':', columns, u"pipelines"_s, listed);
}

QCoro::Task<ToolResult> getPipeline(ToolCall call)
{
    const QJsonObject pipeline = co_await readPipeline(call);
    const QJsonObject spec = pipeline.value("spec"_L1).toObject();
    QJsonObject facts = pipelineRow(pipeline);
    addTexts(facts, pipeline, {u"cause"_s, u"run_as_user_name"_s, u"cluster_id"_s});
    addText(facts, u"catalog"_s, Text::visible(spec.value("catalog"_L1).toString()));
    addText(facts, u"schema"_s, Text::visible(spec.value("schema"_L1).toString(spec.value("target"_L1).toString())));
    for (const auto key : {"continuous"_L1, "development"_L1, "serverless"_L1}) {
        if (spec.contains(key))
            facts.insert(key, spec.value(key).toBool());
    }
    QJsonArray updates;
    for (const QJsonValue update : pipeline.value("latest_updates"_L1).toArray())
        updates.append(updateRow(update.toObject()));
    addText(facts, u"sources"_s, sourcesText(spec));
    const Columns columns{{u"update_id"_s, u"update"_s}, {u"state"_s, u"state"_s}, {u"creation_time"_s, u"created"_s}};
    Answer answer(u"Pipeline %1 is %2."_s.arg(facts.value("name"_L1).toString(), facts.value("state"_L1).toString()));
    answer.facts(facts).rows(u"latest_updates"_s, u"Latest updates:"_s, columns, updates);
    co_return answer;
}

QCoro::Task<ToolResult> stopPipeline(ToolCall call)
{
    const QJsonObject before = co_await readPipeline(call);
    const QString name = Text::visible(before.value("name"_L1).toString());
    const QString state = before.value("state"_L1).toString();
    if (state == "IDLE"_L1 || state == "FAILED"_L1)
        co_return factsAnswer(u"Pipeline %1 is not running: it is %2."_s.arg(name, state), pipelineRow(before));
    const QString path = pipelinePath(call.text(u"pipeline_id"_s)) + "/stop"_L1;
    const QJsonObject nothing;
    co_await call.workspace().post(path, nothing);
    const QJsonObject now = co_await readPipeline(call);
    co_return factsAnswer(u"Pipeline %1 is being stopped. Call get_pipeline to see when it is IDLE."_s.arg(name),
                          pipelineRow(now));
}

} // namespace

QList<Tool> pipelineTools()
{
    return {
        {
            .name = u"list_pipelines"_s,
            .title = u"List pipelines"_s,
            .description = u"Lists pipelines (Lakeflow, once Delta Live Tables): state, latest update."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema().text(u"name_contains"_s, u"Part of the name"_s)),
            .outputSchema = listedSchema(u"pipelines"_s, pipelineRowSchema()),
            .run = &listPipelines,
        },
        {
            .name = u"get_pipeline"_s,
            .title = u"Get pipeline"_s,
            .description = u"Shows one pipeline: state, health, target catalog and schema, sources, latest updates."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = pipelineIdSchema(),
            .outputSchema = pipelineRowSchema()
                                .text(u"catalog"_s, {})
                                .text(u"schema"_s, {})
                                .flag(u"continuous"_s, {})
                                .flag(u"development"_s, {})
                                .flag(u"serverless"_s, {})
                                .text(u"sources"_s, u"Notebooks and files with its code"_s)
                                .rows(u"latest_updates"_s, {}, updateRowSchema())
                                .require({u"pipeline_id"_s, u"state"_s}),
            .run = &getPipeline,
        },
        listPipelineEventsTool(),
        getPipelineUpdateTool(),
        startPipelineTool(),
        {
            .name = u"stop_pipeline"_s,
            .title = u"Stop pipeline"_s,
            .description =
                u"Stops a pipeline by cancelling the update under way. One that is not running is a success."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = pipelineIdSchema(),
            .outputSchema = pipelineRowSchema().require({u"pipeline_id"_s, u"state"_s}),
            .run = &stopPipeline,
            .target = &pipelineTarget,
            .consequence = &interruptionOfPipeline,
            .idempotent = true,
        },
    };
}

} // namespace Tools

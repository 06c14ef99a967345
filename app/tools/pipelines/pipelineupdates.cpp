#include "tools/pipelines/pipelineupdates.h"

#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/required.h"
#include "tools/kit/text/times.h"
#include "tools/pipelines/pipelineconsequence.h"
#include "tools/pipelines/pipelinereading.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

QString errorText(const QJsonObject &error)
{
    constexpr qsizetype MostCharacters = 2000;
    QStringList texts;
    for (const QJsonValue exception : error.value("exceptions"_L1).toArray())
        texts.append(Text::visible(exception["message"_L1].toString(exception["class_name"_L1].toString())));
    return shortened(texts.join(u'\n'), MostCharacters);
}

QJsonObject eventRow(const QJsonObject &event)
{
    QJsonObject row;
    addText(row, u"time"_s, anyTimeText(event.value("timestamp"_L1)));
    addTexts(row, event, {u"level"_s, u"event_type"_s, u"message"_s});
    addText(row, u"error"_s, errorText(event.value("error"_L1).toObject()));
    addText(row, u"update_id"_s, Text::visible(event.value("origin"_L1)["update_id"_L1].toString()));
    return row;
}

QJsonObject updateFacts(const QJsonObject &update)
{
    QJsonObject facts = updateRow(update);
    addTexts(facts, update, {u"pipeline_id"_s, u"cause"_s, u"cluster_id"_s});
    for (const auto key : {"full_refresh"_L1, "validate_only"_L1}) {
        if (update.contains(key))
            facts.insert(key, update.value(key).toBool());
    }
    for (const auto key : {"refresh_selection"_L1, "full_refresh_selection"_L1}) {
        QJsonArray names;
        for (const QJsonValue name : update.value(key).toArray())
            names.append(Text::visible(name.toString()));
        if (!names.isEmpty())
            facts.insert(key, names);
    }
    return facts;
}

QCoro::Task<QJsonObject> readUpdate(ToolCall call, QString updateId)
{
    const QString path = pipelinePath(call.text(u"pipeline_id"_s)) + "/updates/"_L1 + Databricks::pathSegment(updateId);
    const QJsonObject answer = co_await call.workspace().get(path);
    const QJsonObject update = answer.value("update"_L1).toObject();
    mustHave(update, {u"update_id"_s});
    co_return update;
}

/// That the pipeline has no such update, and which it has; empty where it has.
QCoro::Task<QString> whyNoUpdate(ToolCall call, QString updateId)
{
    bool isMissing = false;
    try {
        co_await readUpdate(call, updateId);
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::NotFound && error.kind() != ApiError::Kind::BadRequest)
            throw;
        isMissing = true;
    }
    QString words;
    if (isMissing)
        words = co_await noSuchUpdate(call, updateId);
    co_return words;
}

QCoro::Task<ToolResult> listPipelineEvents(ToolCall call)
{
    const QString id = call.text(u"pipeline_id"_s);
    QUrlQuery query{{u"max_results"_s, u"100"_s}};
    if (call.has(u"level"_s))
        Databricks::addQueryItem(query, u"filter"_s, u"level='%1'"_s.arg(call.text(u"level"_s)));
    const QString updateId = co_await wholeUpdateId(call);
    Listing listing(pipelinePath(id) + "/events"_L1, query, u"events"_s, &eventRow);
    // The endpoint refuses a filter beside a token, which holds it already.
    listing.countingTo(200).lookingAt(1000).tokenBeside({u"max_results"_s}).from(call, {.usual = 25});
    const QString level = call.text(u"level"_s);
    if (!updateId.isEmpty() || !level.isEmpty())
        listing.matching([updateId, level](const QJsonObject &event) {
            const QString its = event.value("origin"_L1)["update_id"_L1].toString();
            return (updateId.isEmpty() || its == updateId) && (level.isEmpty() || event.value("level"_L1) == level);
        });
    const Listed listed = co_await readListing(call.workspace(), listing);
    if (listed.total == 0 && !updateId.isEmpty()) {
        const QString missing = co_await whyNoUpdate(call, updateId);
        if (!missing.isEmpty())
            co_return ToolResult::error(missing);
    }
    Columns columns{{u"time"_s, u"time"_s},
                    {u"level"_s, u"level"_s},
                    {u"event_type"_s, u"type"_s},
                    {u"message"_s, u"message"_s},
                    {u"error"_s, u"error"_s}};
    // The messages name an update by its beginning.
    if (updateId.isEmpty())
        columns.append({u"update_id"_s, u"update_id"_s});
    co_return listAnswer(
        u"Found %1 events of pipeline %2, newest first:"_s.arg(listed.totalInWords(), Text::visible(id)), columns,
        u"events"_s, listed);
}

Schema pipelineEventsSchema()
{
    return listedSchema(u"events"_s, Schema()
                                         .text(u"time"_s, {})
                                         .text(u"level"_s, {})
                                         .text(u"event_type"_s, {})
                                         .text(u"message"_s, {})
                                         .text(u"error"_s, {})
                                         .text(u"update_id"_s, {}));
}

Schema updateSchema()
{
    return Schema()
        .text(u"pipeline_id"_s, {})
        .text(u"update_id"_s, {})
        .text(u"state"_s, {})
        .text(u"cause"_s, {})
        .text(u"creation_time"_s, {})
        .flag(u"full_refresh"_s, {})
        .flag(u"validate_only"_s, {})
        .texts(u"refresh_selection"_s, {})
        .texts(u"full_refresh_selection"_s, {})
        .text(u"cluster_id"_s, {})
        .require({u"update_id"_s});
}

QCoro::Task<ToolResult> getPipelineUpdate(ToolCall call)
{
    QString id = co_await wholeUpdateId(call);
    if (id.isEmpty()) {
        const QJsonObject pipeline = co_await readPipeline(call);
        const QJsonArray updates = pipeline.value("latest_updates"_L1).toArray();
        if (updates.isEmpty())
            co_return ToolResult::error(u"This pipeline was never updated. Call start_pipeline to start it."_s);
        id = updates.first().toObject().value("update_id"_L1).toString();
    }
    QJsonObject update;
    bool isMissing = false;
    try {
        update = co_await readUpdate(call, id);
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::NotFound)
            throw;
        isMissing = true;
    }
    if (isMissing) {
        const QString missing = co_await noSuchUpdate(call, id);
        co_return ToolResult::error(missing);
    }
    const QJsonObject facts = updateFacts(update);
    const QString state = facts.value("state"_L1).toString();
    QString words = u"Update %1 is %2."_s.arg(Text::visible(id), state);
    if (state == "FAILED"_L1)
        words += u" Call list_pipeline_events with level ERROR to see why."_s;
    co_return factsAnswer(words, facts);
}

QCoro::Task<ToolResult> startPipeline(ToolCall call)
{
    const QString pipelineId = call.text(u"pipeline_id"_s);
    QJsonObject body;
    for (const auto &key : {u"full_refresh"_s, u"validate_only"_s}) {
        if (call.has(key))
            body.insert(key, call.flag(key));
    }
    for (const auto &key : {u"refresh_selection"_s, u"full_refresh_selection"_s}) {
        const QStringList tables = call.texts(key);
        if (!tables.isEmpty())
            body.insert(key, QJsonArray::fromStringList(tables));
    }
    const QJsonObject answer = co_await call.workspace().post(pipelinePath(pipelineId) + "/updates"_L1, body);
    mustHave(answer, {u"update_id"_s}, Purpose::Changing);
    const QString id = answer.value("update_id"_L1).toString();

    // The update is on its way: what goes wrong from here on must not hide its id.
    QJsonObject update;
    QString problem;
    try {
        update = co_await readUpdate(call, id);
    } catch (const ApiError &error) {
        problem = error.text();
    }
    QJsonObject facts = updateFacts(update);
    facts.insert("update_id"_L1, Text::visible(id));
    facts.insert("pipeline_id"_L1, Text::visible(pipelineId));
    QString words =
        u"Update %1 of the pipeline was started. Call get_pipeline_update to follow it; do not start it again."_s.arg(
            Text::visible(id));
    if (!problem.isEmpty())
        words += u" How it stands could not be read: %1"_s.arg(problem);
    co_return factsAnswer(words, facts);
}

/// A full refresh empties the tables first.
Calls::Effects effectsOfStarting(const ToolCall &call)
{
    const bool empties = call.flag(u"full_refresh"_s) || call.has(u"full_refresh_selection"_s);
    return empties ? Calls::Effect::RunsCode | Calls::Effect::Replaces : Calls::Effects(Calls::Effect::RunsCode);
}

} // namespace

Tool listPipelineEventsTool()
{
    return {
        .name = u"list_pipeline_events"_s,
        .title = u"List pipeline events"_s,
        .description = u"Lists pipeline events, newest first; level ERROR shows why an update failed."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema =
            withPages(pipelineIdSchema()
                          .choice(u"level"_s, u"Only these"_s, {u"ERROR"_s, u"WARN"_s, u"INFO"_s, u"METRICS"_s})
                          .text(u"update_id"_s, u"Only of this update"_s),
                      {.usual = 25, .most = 200}),
        .outputSchema = pipelineEventsSchema(),
        .run = &listPipelineEvents,
    };
}

Tool getPipelineUpdateTool()
{
    return {
        .name = u"get_pipeline_update"_s,
        .title = u"Get pipeline update"_s,
        .description = u"Shows how one update of a pipeline stands."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = pipelineIdSchema().text(u"update_id"_s, u"Id of the update. Optional: the latest one"_s),
        .outputSchema = updateSchema(),
        .run = &getPipelineUpdate,
    };
}

Tool startPipelineTool()
{
    return {
        .name = u"start_pipeline"_s,
        .title = u"Start pipeline"_s,
        .description =
            u"Starts an update of a pipeline and answers with its update_id. A full refresh empties its tables "
            "and computes them anew from the sources."_s,
        .effects = Calls::Effect::RunsCode | Calls::Effect::Replaces,
        .inputSchema = pipelineIdSchema()
                           .flag(u"full_refresh"_s, u"Reset all tables first; default false"_s)
                           .texts(u"refresh_selection"_s, u"Update only these tables"_s)
                           .texts(u"full_refresh_selection"_s, u"Update only these tables, and reset them first"_s)
                           .flag(u"validate_only"_s, u"Check the code without updating any table"_s),
        .outputSchema = updateSchema(),
        .run = &startPipeline,
        .effectsOf = &effectsOfStarting,
        .leastEffects = Calls::Effect::RunsCode,
        .effectRange = u"runs code; replaces with a full refresh"_s,
        .target = &pipelineTarget,
        .consequence = &startOfPipeline,
    };
}

} // namespace Tools

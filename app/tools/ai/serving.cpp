#include "tools/ai/modelreply.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

QString endpointPath(const QString &name)
{
    return u"/api/2.0/serving-endpoints/"_s + Databricks::pathSegment(name);
}

/// What an entity serves: a model of Unity Catalog with its version, an external or a foundation model.
QString entityText(const QJsonObject &entity)
{
    const QJsonObject external = entity.value("external_model"_L1).toObject();
    if (!external.isEmpty())
        return Text::visible(external.value("provider"_L1).toString() + u": "_s + external.value("name"_L1).toString());
    const QString foundation = entity.value("foundation_model"_L1).toObject().value("name"_L1).toString();
    if (!foundation.isEmpty())
        return Text::visible(foundation);
    const QString version = entity.value("entity_version"_L1).toString();
    const QString name = Text::visible(entity.value("entity_name"_L1).toString());
    return version.isEmpty() ? name : QString(name + u" version "_s + Text::visible(version));
}

QString entitiesText(const QJsonObject &endpoint)
{
    QStringList texts;
    for (const QJsonValue entity : endpoint.value("config"_L1)["served_entities"_L1].toArray())
        texts.append(entityText(entity.toObject()));
    return texts.join(u", "_s);
}

QJsonObject endpointRow(const QJsonObject &endpoint)
{
    const QJsonObject state = endpoint.value("state"_L1).toObject();
    return {{"name"_L1, Text::visible(endpoint.value("name"_L1).toString())},
            {"ready"_L1, Text::visible(state.value("ready"_L1).toString())},
            {"config_update"_L1, Text::visible(state.value("config_update"_L1).toString())},
            {"task"_L1, Text::visible(endpoint.value("task"_L1).toString())},
            {"serves"_L1, entitiesText(endpoint)},
            {"creator"_L1, Text::visible(endpoint.value("creator"_L1).toString())}};
}

Schema endpointSchema()
{
    return Schema()
        .text(u"name"_s, {})
        .text(u"ready"_s, u"READY or NOT_READY"_s)
        .text(u"config_update"_s, u"Whether a new configuration is being put in place"_s)
        .text(u"task"_s, u"What it answers, such as llm/v1/chat"_s)
        .text(u"serves"_s, u"The models behind it"_s)
        .text(u"creator"_s, {});
}

QCoro::Task<ToolResult> listServingEndpoints(ToolCall call)
{
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.0/serving-endpoints"_s, {}, u"endpoints"_s, &endpointRow);
    listing.countedBy([](const QJsonObject &endpoint) { return endpoint.value("state"_L1)["ready"_L1].toString(); })
        .holding(u"name"_s, name)
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    QString headline = u"Found %1 serving endpoints"_s.arg(listed.totalInWords());
    if (!listed.counts.isEmpty())
        headline += u" (%1 ready)"_s.arg(listed.counts.value(u"READY"_s));
    const Columns columns{{u"name"_s, u"name"_s},
                          {u"ready"_s, u"state"_s},
                          {u"task"_s, u"task"_s},
                          {u"serves"_s, u"serves"_s},
                          {u"creator"_s, u"creator"_s}};
    co_return listAnswer(headline + u':', columns, u"endpoints"_s, listed);
}

QCoro::Task<ToolResult> getServingEndpoint(ToolCall call)
{
    const QJsonObject endpoint = co_await call.workspace().get(endpointPath(call.text(u"name"_s)));
    mustHave(endpoint, {u"name"_s});
    QJsonObject facts = endpointRow(endpoint);
    const QJsonObject config = endpoint.value("config"_L1).toObject();
    QStringList entities;
    for (const QJsonValue value : config.value("served_entities"_L1).toArray()) {
        const QJsonObject entity = value.toObject();
        QString text = Text::visible(entity.value("name"_L1).toString()) + u": "_s + entityText(entity);
        for (const auto key : {"workload_size"_L1, "workload_type"_L1, "scale_to_zero_enabled"_L1}) {
            const QJsonValue detail = entity.value(key);
            if (!detail.isUndefined())
                text += u", %1 %2"_s.arg(key, Text::visible(detail.toVariant().toString()));
        }
        const QJsonObject state = entity.value("state"_L1).toObject();
        if (!state.isEmpty())
            text += u", %1 %2"_s
                        .arg(Text::visible(state.value("deployment"_L1).toString()),
                             Text::visible(state.value("deployment_state_message"_L1).toString()))
                        .trimmed();
        entities.append(text);
    }
    facts.insert("served_entities"_L1, QJsonArray::fromStringList(entities));
    QStringList routes;
    for (const QJsonValue route : config.value("traffic_config"_L1)["routes"_L1].toArray())
        routes.append(u"%1: %2 %"_s.arg(Text::visible(route["served_model_name"_L1].toString()))
                          .arg(route["traffic_percentage"_L1].toInteger()));
    if (!routes.isEmpty())
        facts.insert("traffic"_L1, routes.join(u", "_s));
    if (const QString time = timeText(endpoint.value("last_updated_timestamp"_L1).toInteger()); !time.isEmpty())
        facts.insert("last_updated"_L1, time);
    co_return factsAnswer(
        u"Serving endpoint %1 is %2."_s.arg(facts.value("name"_L1).toString(), facts.value("ready"_L1).toString()),
        facts);
}

/// The forms of a question, one of which an endpoint takes
/// (https://docs.databricks.com/api/workspace/servingendpoints/query).
const QStringList Forms{u"messages"_s, u"prompt"_s, u"input"_s, u"dataframe_records"_s, u"body"_s};

QJsonObject invocationBody(const ToolCall &call)
{
    QJsonObject question = call.object(u"body"_s);
    if (call.has(u"prompt"_s))
        question.insert("prompt"_L1, call.text(u"prompt"_s));
    for (const auto name : {"messages"_L1, "input"_L1, "dataframe_records"_L1}) {
        if (call.has(name))
            question.insert(name, call.array(name));
    }
    if (call.has(u"max_tokens"_s))
        question.insert("max_tokens"_L1, call.number(u"max_tokens"_s));
    if (call.has(u"temperature"_s))
        question.insert("temperature"_L1, call.real(u"temperature"_s));
    return question;
}

/// Whether an endpoint refuses because it is not up: there is no code of its own for that, only the words.
bool isNotReady(const ApiError &error)
{
    using Kind = ApiError::Kind;
    const bool isRefusal = error.kind() == Kind::BadRequest || error.kind() == Kind::NotFound ||
                           error.kind() == Kind::InvalidState || error.kind() == Kind::Conflict ||
                           error.kind() == Kind::Unavailable;
    return isRefusal && error.message().contains("not ready"_L1, Qt::CaseInsensitive);
}

QCoro::Task<ToolResult> queryServingEndpoint(ToolCall call)
{
    const QString name = call.text(u"name"_s);
    const auto given =
        std::count_if(Forms.begin(), Forms.end(), [&call](const QString &form) { return call.has(form); });
    if (given != 1)
        co_return ToolResult::error(
            u"Give the question in exactly one form: messages (chat), prompt (completion), input "
            "(embeddings), dataframe_records (other models), or body (anything else)."_s);
    call.setTarget(Text::visible(name));
    const QJsonObject question = invocationBody(call);
    // Not below /api: invocations have an address of their own.
    const QString path = u"/serving-endpoints/%1/invocations"_s.arg(Databricks::pathSegment(name));
    QJsonObject raw;
    try {
        raw = co_await call.workspace().post(path, question);
    } catch (const ApiError &error) {
        if (!isNotReady(error))
            throw;
        co_return ToolResult::error(
            u"%1 The arguments are not to blame: get_serving_endpoint shows how far it is, get_serving_logs what holds "
            "it up. Ask again when it is READY."_s.arg(sentence(error.message())));
    }

    const QJsonObject answer = safeJson(raw).toObject();
    const ModelReply reply = modelReply(answer);
    const QString &said = reply.text;
    const QByteArray json = jsonText(answer).toUtf8();
    const TextPart part = textPart(said.isEmpty() ? json : said.toUtf8(), 0, AnswerBytes);
    Answer result(u"%1 answered:"_s.arg(Text::visible(name)));
    result.stated(u"name"_s, Text::visible(name)).text(u"answer"_s, {}, part.text);
    if (!reply.finishReason.isEmpty())
        result.facts({{"finish_reason"_L1, reply.finishReason}});
    result.note(reply.note);
    result.note(part.note(u"What follows byte %1 is left out: ask for less, with max_tokens or fewer records."_s));
    co_return result;
}

} // namespace

QList<Tool> servingTools()
{
    const Schema message = Schema()
                               .choice(u"role"_s, {}, {u"system"_s, u"user"_s, u"assistant"_s})
                               .text(u"content"_s, {})
                               .require({u"role"_s, u"content"_s});
    return {
        {
            .name = u"list_serving_endpoints"_s,
            .title = u"List serving endpoints"_s,
            .description = u"Lists the endpoints that serve models, and whether they are ready."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(
                Schema().text(u"name_contains"_s, u"Only endpoints whose name holds this text, in any case"_s)),
            .outputSchema = listedSchema(u"endpoints"_s, endpointSchema()),
            .run = &listServingEndpoints,
        },
        {
            .name = u"get_serving_endpoint"_s,
            .title = u"Get serving endpoint"_s,
            .description = u"Shows one serving endpoint: state, models, their sizes and share of the traffic."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema().text(u"name"_s, u"Name of the endpoint"_s).require({u"name"_s}),
            .outputSchema = endpointSchema()
                                .texts(u"served_entities"_s, {})
                                .text(u"traffic"_s, {})
                                .text(u"last_updated"_s, {})
                                .require({u"name"_s, u"ready"_s, u"served_entities"_s}),
            .run = &getServingEndpoint,
        },
        {
            .name = u"query_serving_endpoint"_s,
            .title = u"Query serving endpoint"_s,
            .description =
                u"Asks a served model, which may cost money. Give the question in the one form that the endpoint's "
                "task takes."_s,
            .effects = Calls::Effect::ReachesOut,
            .inputSchema =
                Schema()
                    .text(u"name"_s, u"Name of the endpoint"_s)
                    .rows(u"messages"_s, u"For chat models"_s, message)
                    .text(u"prompt"_s, u"For completion models"_s)
                    .texts(u"input"_s, u"For embedding models"_s)
                    .json(u"dataframe_records"_s, u"For other models: a JSON array of records, column to value"_s)
                    .json(u"body"_s, u"The whole request, where no other form fits"_s)
                    .integer(u"max_tokens"_s, u"Longest reply, in tokens"_s, 1, 1'000'000)
                    .number(u"temperature"_s, u"0 is the most predictable"_s)
                    .require({u"name"_s}),
            .outputSchema = Schema()
                                .text(u"name"_s, {})
                                .text(u"answer"_s, u"What a language model said, else the whole answer as JSON"_s)
                                .text(u"note"_s, u"What was left out"_s)
                                .require({u"name"_s, u"answer"_s}),
            .run = &queryServingEndpoint,
        },
    };
}

} // namespace Tools

#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"
#include "tools/sql/alertwords.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype BriefLength = 120;
constexpr qsizetype QueryLength = 16'000;

QJsonObject savedRow(const QJsonObject &query)
{
    QJsonObject row = textsOf(query, {u"id"_s, u"display_name"_s, u"owner_user_name"_s});
    addText(row, u"updated"_s, anyTimeText(query.value("update_time"_L1)));
    addText(row, u"query_text"_s, Text::line(query.value("query_text"_L1).toString(), BriefLength));
    return row;
}

QCoro::Task<ToolResult> listSavedQueries(ToolCall call)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.0/sql/queries"_s, query, u"results"_s, &savedRow);
    listing
        .matching([name](const QJsonObject &saved) {
            return saved.value("lifecycle_state"_L1) != "TRASHED"_L1 &&
                   nameHolds(saved.value("display_name"_L1).toString(), name);
        })
        .from(call, {.usual = 50});
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"id"_s, u"id"_s},
                          {u"display_name"_s, u"name"_s},
                          {u"owner_user_name"_s, u"owner"_s},
                          {u"updated"_s, u"updated"_s},
                          {u"query_text"_s, u"text"_s}};
    co_return listAnswer(u"Found %1 saved queries:"_s.arg(listed.totalInWords()), columns, u"queries"_s, listed);
}

QCoro::Task<ToolResult> getSavedQuery(ToolCall call)
{
    const QString path = u"/api/2.0/sql/queries/"_s + Databricks::pathSegment(call.text(u"query_id"_s));
    const QJsonObject query = co_await call.workspace().get(path);
    QJsonObject facts = textsOf(query, {u"id"_s, u"display_name"_s, u"description"_s, u"owner_user_name"_s,
                                        u"warehouse_id"_s, u"catalog"_s, u"schema"_s, u"parent_path"_s,
                                        u"run_as_mode"_s, u"lifecycle_state"_s, u"last_modifier_user_name"_s});
    addText(facts, u"created"_s, anyTimeText(query.value("create_time"_L1)));
    addText(facts, u"updated"_s, anyTimeText(query.value("update_time"_L1)));
    QStringList parameters;
    for (const QJsonValue parameter : query.value("parameters"_L1).toArray())
        parameters.append(Text::visible(parameter["name"_L1].toString()));
    addText(facts, u"parameters"_s, parameters.join(", "_L1));
    Answer answer(u"Saved query %1:"_s.arg(facts.value("display_name"_L1).toString()));
    const QString text = shortened(Text::visible(query.value("query_text"_L1).toString()), QueryLength);
    answer.facts(facts).text(u"query_text"_s, u"query_text:"_s, text);
    co_return answer;
}

QCoro::Task<ToolResult> getAlert(ToolCall call)
{
    const QString path = u"/api/2.0/alerts/"_s + Databricks::pathSegment(call.text(u"alert_id"_s));
    const QJsonObject alert = co_await call.workspace().get(path);
    const QJsonObject schedule = alert.value("schedule"_L1).toObject();
    QJsonObject evaluation = alert.value("evaluation"_L1).toObject();
    QJsonObject facts = textsOf(alert, {u"id"_s, u"display_name"_s, u"owner_user_name"_s, u"run_as_user_name"_s,
                                        u"warehouse_id"_s, u"lifecycle_state"_s, u"custom_summary"_s});
    addText(facts, u"state"_s, Text::visible(evaluation.take("state"_L1).toString()));
    addText(facts, u"last_evaluated"_s, anyTimeText(evaluation.take("last_evaluated_at"_L1)));
    addText(facts, u"cron"_s, Text::visible(schedule.value("quartz_cron_schedule"_L1).toString()));
    addText(facts, u"timezone_id"_s, Text::visible(schedule.value("timezone_id"_L1).toString()));
    addText(facts, u"pause_status"_s, Text::visible(schedule.value("pause_status"_L1).toString()));
    addText(facts, u"schedule"_s, alertSchedule(alert));
    addText(facts, u"condition"_s, conditionText(evaluation));
    facts.insert("tells"_L1, alertListeners(evaluation));
    addText(facts, u"updated"_s, anyTimeText(alert.value("update_time"_L1)));
    // Condition and who is told, as the API has them.
    facts.insert("evaluation"_L1, shortened(jsonText(safeJson(evaluation)), 2000));
    Answer answer(u"Alert %1 is %2."_s.arg(facts.value("display_name"_L1).toString(),
                                           facts.value("state"_L1).toString(u"UNKNOWN"_s)));
    const QString text = shortened(Text::visible(alert.value("query_text"_L1).toString()), QueryLength);
    answer.facts(facts).text(u"query_text"_s, u"query_text:"_s, text);
    co_return answer;
}

} // namespace

QList<Tool> savedQueryTools()
{
    return {
        {
            .name = u"get_alert"_s,
            .title = u"Get alert"_s,
            .description = u"Shows one SQL alert: its query, condition, state, schedule and whom it tells."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema().text(u"alert_id"_s, u"From list_alerts"_s).require({u"alert_id"_s}),
            .outputSchema = Schema().text(u"id"_s, {}).text(u"query_text"_s, {}).require({u"query_text"_s}),
            .run = &getAlert,
        },
        {
            .name = u"list_saved_queries"_s,
            .title = u"List saved queries"_s,
            .description = u"Lists the queries that people have saved in the SQL editor."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema().text(u"name_contains"_s, u"Only those whose name holds this text"_s), {.usual = 50}),
            .outputSchema = listedSchema(u"queries"_s, Schema()
                                                           .text(u"id"_s, {})
                                                           .text(u"display_name"_s, {})
                                                           .text(u"owner_user_name"_s, {})
                                                           .text(u"updated"_s, {})
                                                           .text(u"query_text"_s, u"Its beginning"_s)),
            .run = &listSavedQueries,
        },
        {
            .name = u"get_saved_query"_s,
            .title = u"Get saved query"_s,
            .description = u"Shows a saved query: its text, parameters, warehouse and owner."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema().text(u"query_id"_s, u"From list_saved_queries"_s).require({u"query_id"_s}),
            .outputSchema = Schema().text(u"id"_s, {}).text(u"query_text"_s, {}).require({u"query_text"_s}),
            .run = &getSavedQuery,
        },
    };
}

} // namespace Tools

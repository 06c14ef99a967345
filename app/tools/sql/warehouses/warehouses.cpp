#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/polling.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/identifiers.h"
#include "tools/sql/warehouses/warehouseconsequence.h"
#include "tools/sql/warehouses/warehousehealth.h"
#include "tools/sql/warehouses/warehousestart.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

const QStringList States{u"STARTING"_s, u"RUNNING"_s, u"STOPPING"_s, u"STOPPED"_s, u"DELETING"_s, u"DELETED"_s};

Schema warehouseIdSchema()
{
    return Schema().text(
        u"warehouse_id"_s,
        u"Id of the SQL warehouse, such as 8f3b2c1d90e47a65. Optional: the profile's default warehouse."_s);
}

QString clustersText(const QJsonObject &warehouse)
{
    return u"%1 (%2-%3)"_s.arg(warehouse.value("num_clusters"_L1).toInteger())
        .arg(warehouse.value("min_num_clusters"_L1).toInteger(1))
        .arg(warehouse.value("max_num_clusters"_L1).toInteger(1));
}

QJsonObject warehouseRow(const QJsonObject &warehouse)
{
    return {{"warehouse_id"_L1, warehouse.value("id"_L1)},
            {"name"_L1, Text::visible(warehouse.value("name"_L1).toString())},
            {"state"_L1, warehouse.value("state"_L1)},
            {"cluster_size"_L1, warehouse.value("cluster_size"_L1)},
            {"clusters"_L1, clustersText(warehouse)},
            {"serverless"_L1, warehouse.value("enable_serverless_compute"_L1).toBool()},
            {"creator_name"_L1, Text::visible(warehouse.value("creator_name"_L1).toString())}};
}

Schema warehouseRowSchema()
{
    return Schema()
        .text(u"warehouse_id"_s, {})
        .text(u"name"_s, {})
        .text(u"state"_s, {})
        .text(u"cluster_size"_s, {})
        .text(u"clusters"_s, u"Running clusters, and the range of its scaling"_s)
        .flag(u"serverless"_s, {})
        .text(u"creator_name"_s, {});
}

QCoro::Task<QString> warehouseTarget(ToolCall call)
{
    const QJsonObject warehouse = co_await readWarehouse(call, call.warehouseId());
    const QString name = Text::visible(warehouse.value("name"_L1).toString());
    co_return name;
}

ToolResult warehouseState(const QString &words, const QJsonObject &warehouse)
{
    return factsAnswer(words, warehouseRow(warehouse));
}

QCoro::Task<ToolResult> listWarehouses(ToolCall call)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const QStringList states = call.texts(u"states"_s);
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.0/sql/warehouses"_s, query, u"warehouses"_s, &warehouseRow);
    listing.countedBy([](const QJsonObject &warehouse) { return warehouse.value("state"_L1).toString(); })
        .matching([states, name](const QJsonObject &warehouse) {
            return nameHolds(warehouse.value("name"_L1).toString(), name) &&
                   (states.isEmpty() || states.contains(warehouse.value("state"_L1).toString()));
        })
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    QString headline = u"Found %1 SQL warehouses"_s.arg(listed.totalInWords());
    if (!listed.counts.isEmpty())
        headline += u" (%1 running)"_s.arg(listed.counts.value(u"RUNNING"_s));
    const Columns columns{{u"warehouse_id"_s, u"id"_s},     {u"name"_s, u"name"_s},
                          {u"state"_s, u"state"_s},         {u"cluster_size"_s, u"size"_s},
                          {u"clusters"_s, u"clusters"_s},   {u"serverless"_s, u"serverless"_s},
                          {u"creator_name"_s, u"creator"_s}};
    co_return listAnswer(headline + u':', columns, u"warehouses"_s, listed);
}

QCoro::Task<ToolResult> getWarehouse(ToolCall call)
{
    const QJsonObject warehouse = co_await readWarehouse(call, call.warehouseId());
    QJsonObject facts = warehouseRow(warehouse);
    for (const auto key : {"warehouse_type"_L1, "auto_stop_mins"_L1, "num_active_sessions"_L1, "enable_photon"_L1}) {
        if (warehouse.contains(key))
            facts.insert(key, warehouse.value(key));
    }
    const QJsonObject health = warehouse.value("health"_L1).toObject();
    addText(facts, u"health"_s, Text::visible(health.value("status"_L1).toString()));
    const QString failure = launchFailure(warehouse);
    addText(facts, u"health_message"_s,
            failure.isEmpty() ? Text::visible(health.value("message"_L1).toString()) : failure);
    co_return factsAnswer(
        u"Warehouse %1 is %2."_s.arg(facts.value("name"_L1).toString(), facts.value("state"_L1).toString()), facts);
}

QCoro::Task<ToolResult> startWarehouse(ToolCall call)
{
    const QString id = call.warehouseId();
    const QJsonObject before = co_await readWarehouse(call, id);
    const QString name = Text::visible(before.value("name"_L1).toString());
    const QString state = before.value("state"_L1).toString();
    if (state == "RUNNING"_L1)
        co_return warehouseState(u"Warehouse %1 is running already."_s.arg(name), before);
    if (state != "STARTING"_L1)
        co_await call.workspace().post(warehousePath(id, u"/start"_s));
    if (!call.flag(u"wait"_s)) {
        const QJsonObject now = co_await readWarehouse(call, id);
        co_return warehouseState(
            u"Warehouse %1 is starting: seconds if it is serverless, else some minutes. Call get_warehouse "
            "to see its state; a statement may be sent to it already."_s.arg(name),
            now);
    }
    const QJsonObject now = co_await waitUntilRunning(call, id);
    const QString reached = now.value("state"_L1).toString();
    if (reached == "RUNNING"_L1)
        co_return warehouseState(u"Warehouse %1 is running."_s.arg(name), now);
    if (const QString failure = startFailure(now); !failure.isEmpty()) {
        const QString advice = now.contains("fell_back"_L1)
                                   ? u" Do not start it again before that is mended: choose another warehouse "
                                     "(list_warehouses), or tell the person."_s
                                   : QString();
        co_return ToolResult::error(failure + advice);
    }
    co_return warehouseState(
        u"Warehouse %1 is %2 still. Call get_warehouse to see its state; do not start it again."_s.arg(name, reached),
        now);
}

QCoro::Task<ToolResult> stopWarehouse(ToolCall call)
{
    const QString id = call.warehouseId();
    const QJsonObject before = co_await readWarehouse(call, id);
    const QString name = Text::visible(before.value("name"_L1).toString());
    if (before.value("state"_L1) == "STOPPED"_L1)
        co_return warehouseState(u"Warehouse %1 is stopped already."_s.arg(name), before);
    co_await call.workspace().post(warehousePath(id, u"/stop"_s));
    const QJsonObject now = co_await readWarehouse(call, id);
    co_return warehouseState(
        u"Warehouse %1 is being stopped. It starts again when a statement is sent to it."_s.arg(name), now);
}

Schema stateSchema()
{
    return warehouseRowSchema().require({u"warehouse_id"_s, u"state"_s});
}

} // namespace

QList<Tool> warehouseTools()
{
    return {
        {
            .name = u"list_warehouses"_s,
            .title = u"List SQL warehouses"_s,
            .description = u"Lists the SQL warehouses of the workspace with their live state."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema()
                                         .texts(u"states"_s, u"Only in these states"_s, States)
                                         .text(u"name_contains"_s, u"Part of the name, in any case"_s)),
            .outputSchema = listedSchema(u"warehouses"_s, warehouseRowSchema()),
            .run = &listWarehouses,
        },
        {
            .name = u"get_warehouse"_s,
            .title = u"Get SQL warehouse"_s,
            .description = u"Shows one SQL warehouse: live state, health, size, scaling, auto stop."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = warehouseIdSchema(),
            .outputSchema = warehouseRowSchema().require({u"warehouse_id"_s, u"name"_s, u"state"_s}),
            .run = &getWarehouse,
        },
        {
            .name = u"start_warehouse"_s,
            .title = u"Start SQL warehouse"_s,
            .description =
                u"Starts a SQL warehouse; one that runs already is a success. With wait, reports progress for at "
                "most 45 seconds."_s,
            .effects = Calls::Effect::Adds,
            .inputSchema = warehouseIdSchema().flag(u"wait"_s, u"Wait until it is RUNNING, at most 45 seconds"_s),
            .outputSchema = stateSchema(),
            .run = &startWarehouse,
            .target = &warehouseTarget,
            .consequence = &startOfWarehouse,
            .idempotent = true,
        },
        {
            .name = u"stop_warehouse"_s,
            .title = u"Stop SQL warehouse"_s,
            .description =
                u"Stops a SQL warehouse: statements that run on it are lost. It starts again by itself when it is "
                "needed."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = warehouseIdSchema(),
            .outputSchema = stateSchema(),
            .run = &stopWarehouse,
            .target = &warehouseTarget,
            .consequence = &interruptionOfWarehouse,
            .idempotent = true,
        },
    };
}

} // namespace Tools

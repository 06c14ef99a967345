#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/change.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

#include <array>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What a new warehouse that nobody uses costs: it stops after this time unless told otherwise.
constexpr qint64 IdleMinutes = 10;

const QString WarehousesPath = u"/api/2.0/sql/warehouses"_s;
const QStringList Sizes{u"2X-Small"_s, u"X-Small"_s,  u"Small"_s,    u"Medium"_s,  u"Large"_s,
                        u"X-Large"_s,  u"2X-Large"_s, u"3X-Large"_s, u"4X-Large"_s};
/// Of a warehouse's facts those that its editing takes. What is left out there falls back to a default, so that all of
/// them are sent.
constexpr std::array Settings{"name"_L1,
                              "cluster_size"_L1,
                              "min_num_clusters"_L1,
                              "max_num_clusters"_L1,
                              "auto_stop_mins"_L1,
                              "warehouse_type"_L1,
                              "enable_serverless_compute"_L1,
                              "enable_photon"_L1,
                              "spot_instance_policy"_L1,
                              "channel"_L1,
                              "instance_profile_arn"_L1,
                              "tags"_L1};

QString onePath(const QString &id, const QString &action = {})
{
    return WarehousesPath + u'/' + Databricks::pathSegment(id) + action;
}

Schema specSchema()
{
    return Schema()
        .text(u"name"_s, u"Name, unique in the workspace"_s)
        .choice(u"cluster_size"_s, u"Size of each of its clusters"_s, Sizes)
        .integer(u"min_num_clusters"_s, u"Fewest clusters while it runs"_s, 1, 30)
        .integer(u"max_num_clusters"_s, u"Most clusters it scales to"_s, 1, 40)
        .integer(u"auto_stop_mins"_s, u"Stops after so many idle minutes; 0 for never"_s, 0, 10'000)
        .flag(u"enable_serverless_compute"_s, u"Serverless"_s)
        .choice(u"warehouse_type"_s, u"PRO for serverless"_s, {u"PRO"_s, u"CLASSIC"_s});
}

Schema namedSchema()
{
    return Schema().text(u"warehouse_id"_s, u"Id of the SQL warehouse"_s).require({u"warehouse_id"_s});
}

/// The settings that the call names, as the API spells them.
QJsonObject wished(const ToolCall &call)
{
    QJsonObject wish;
    for (const QLatin1StringView key : Settings) {
        if (call.has(key))
            wish.insert(key, call.arguments().value(key));
    }
    return wish;
}

void checkScaling(const QJsonObject &settings)
{
    const qint64 least = settings.value("min_num_clusters"_L1).toInteger(1);
    const qint64 most = settings.value("max_num_clusters"_L1).toInteger(1);
    if (least > most)
        throw ApiError(
            ApiError::Kind::BadRequest,
            u"min_num_clusters (%1) is above max_num_clusters (%2). Nothing was changed."_s.arg(least).arg(most));
}

QJsonObject factsOf(const QString &id, const QJsonObject &warehouse)
{
    QJsonObject facts{{"warehouse_id"_L1, Text::visible(id)}};
    addTexts(facts, warehouse, {u"name"_s, u"state"_s, u"cluster_size"_s, u"warehouse_type"_s});
    for (const auto key :
         {"min_num_clusters"_L1, "max_num_clusters"_L1, "auto_stop_mins"_L1, "enable_serverless_compute"_L1}) {
        if (warehouse.contains(key))
            facts.insert(key, warehouse.value(key));
    }
    return facts;
}

QString nameOf(const QJsonObject &warehouse)
{
    return Text::visible(warehouse.value("name"_L1).toString());
}

/// "Small, 1 to 4 clusters, stops after 10 idle minutes"
QString inWords(const QJsonObject &warehouse)
{
    const qint64 idle = warehouse.value("auto_stop_mins"_L1).toInteger();
    return u"%1, %2 to %3 clusters, %4"_s.arg(Text::visible(warehouse.value("cluster_size"_L1).toString()),
                                              QString::number(warehouse.value("min_num_clusters"_L1).toInteger(1)),
                                              QString::number(warehouse.value("max_num_clusters"_L1).toInteger(1)),
                                              idle > 0 ? u"stops after %1 idle minutes"_s.arg(idle)
                                                       : u"never stops by itself"_s);
}

QCoro::Task<ToolResult> createWarehouse(ToolCall call)
{
    QJsonObject body = wished(call);
    call.setTarget(nameOf(body));
    if (!body.contains("auto_stop_mins"_L1))
        body.insert("auto_stop_mins"_L1, IdleMinutes);
    if (!body.contains("min_num_clusters"_L1))
        body.insert("min_num_clusters"_L1, 1);
    if (!body.contains("max_num_clusters"_L1))
        body.insert("max_num_clusters"_L1, body.value("min_num_clusters"_L1));
    if (call.flag(u"enable_serverless_compute"_s) && !body.contains("warehouse_type"_L1))
        body.insert("warehouse_type"_L1, u"PRO"_s);
    checkScaling(body);
    const QJsonObject made = co_await call.workspace().post(WarehousesPath, body);
    const QString id = madeId(made, u"id"_s);
    const AfterChange after = co_await readAfterChange(call, onePath(id));
    const QJsonObject now = after.object.isEmpty() ? body : after.object;
    co_return factsAnswer(u"Warehouse %1 (%2) was created and starts: %3."_s.arg(nameOf(now), id, inWords(now)) +
                              after.note,
                          factsOf(id, now));
}

QCoro::Task<QString> newWarehouseName(ToolCall call)
{
    const QString words = u"new warehouse "_s + Text::visible(call.text(u"name"_s));
    co_return words;
}

QCoro::Task<ToolResult> editWarehouse(ToolCall call)
{
    const QString id = call.text(u"warehouse_id"_s);
    const QJsonObject wish = wished(call);
    if (wish.isEmpty())
        co_return ToolResult::error(u"Nothing to change: give at least one setting besides warehouse_id."_s);
    const QJsonObject before = co_await call.workspace().get(onePath(id));
    call.setTarget(nameOf(before));
    QJsonObject body;
    for (const QLatin1StringView key : Settings) {
        if (before.contains(key))
            body.insert(key, before.value(key));
    }
    for (auto setting = wish.begin(); setting != wish.end(); ++setting)
        body.insert(setting.key(), *setting);
    checkScaling(body);
    co_await call.workspace().post(onePath(id, u"/edit"_s), body);
    const AfterChange after = co_await readAfterChange(call, onePath(id));
    const QJsonObject now = after.object.isEmpty() ? body : after.object;
    co_return factsAnswer(u"Warehouse %1 (%2) was changed (%3). It is now: %4."_s.arg(
                              nameOf(now), Text::visible(id), wish.keys().join(", "_L1), inWords(now)) +
                              after.note,
                          factsOf(id, now));
}

/// "cluster_size: Small becomes Large", a sentence a setting.
QCoro::Task<Calls::Consequence> editConsequence(ToolCall call)
{
    const QJsonObject wish = wished(call);
    const QJsonObject before = co_await call.workspace().get(onePath(call.text(u"warehouse_id"_s)));
    Calls::Consequence consequence;
    for (auto setting = wish.begin(); setting != wish.end(); ++setting) {
        const QJsonValue was = before.value(setting.key());
        consequence.facts.append(
            was == *setting
                ? u"%1 stays %2."_s.arg(setting.key(), Text::visible(jsonText(was)))
                : u"%1: %2 becomes %3."_s.arg(setting.key(), was.isUndefined() ? u"-"_s : Text::visible(jsonText(was)),
                                              Text::visible(jsonText(*setting))));
    }
    co_return consequence;
}

QCoro::Task<QString> warehouseName(ToolCall call)
{
    const QJsonObject warehouse = co_await call.workspace().get(onePath(call.text(u"warehouse_id"_s)));
    const QString name = nameOf(warehouse);
    co_return name;
}

QCoro::Task<Calls::Consequence> deleteConsequence(ToolCall call)
{
    const QJsonObject warehouse = co_await call.workspace().get(onePath(call.text(u"warehouse_id"_s)));
    Calls::Consequence consequence;
    consequence.facts.append(
        u"It is %1, with %2 sessions. Dashboards, alerts and queries that run on it will fail."_s.arg(
            Text::visible(warehouse.value("state"_L1).toString()),
            QString::number(warehouse.value("num_active_sessions"_L1).toInteger())));
    co_return consequence;
}

QCoro::Task<ToolResult> deleteWarehouse(ToolCall call)
{
    const QString id = call.text(u"warehouse_id"_s);
    const QJsonObject warehouse = co_await call.workspace().get(onePath(id));
    const QString name = nameOf(warehouse);
    call.setTarget(name);
    co_await call.workspace().remove(onePath(id));
    const QJsonObject facts{{"warehouse_id"_L1, Text::visible(id)}, {"name"_L1, name}, {"deleted"_L1, true}};
    co_return factsAnswer(u"Warehouse %1 was deleted. The query history stays."_s.arg(name), facts);
}

} // namespace

QList<Tool> warehouseAdminTools()
{
    const Schema answered = Schema().text(u"warehouse_id"_s, {}).text(u"name"_s, {}).require({u"warehouse_id"_s});
    Schema edit = specSchema();
    edit.text(u"warehouse_id"_s, u"Id of the SQL warehouse"_s).require({u"warehouse_id"_s});
    return {
        {
            .name = u"create_warehouse"_s,
            .title = u"Create SQL warehouse"_s,
            .description = u"Creates a SQL warehouse and starts it. Without auto_stop_mins it stops after 10 idle "
                           "minutes."_s,
            .effects = Calls::Effect::Computes,
            .inputSchema = specSchema().require({u"name"_s, u"cluster_size"_s}),
            .outputSchema = answered,
            .run = &createWarehouse,
            .target = &newWarehouseName,
        },
        {
            .name = u"edit_warehouse"_s,
            .title = u"Edit SQL warehouse"_s,
            .description = u"Changes the given settings of a SQL warehouse and leaves the others. A running one may "
                           "restart."_s,
            .effects = Calls::Effect::Replaces | Calls::Effect::Destroys | Calls::Effect::Computes,
            .inputSchema = edit,
            .outputSchema = answered,
            .run = &editWarehouse,
            .target = &warehouseName,
            .consequence = &editConsequence,
            .idempotent = true,
        },
        {
            .name = u"delete_warehouse"_s,
            .title = u"Delete SQL warehouse"_s,
            .description = u"Deletes a SQL warehouse for good. To stop one, use stop_warehouse."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = namedSchema(),
            .outputSchema = answered,
            .run = &deleteWarehouse,
            .target = &warehouseName,
            .consequence = &deleteConsequence,
        },
    };
}

} // namespace Tools

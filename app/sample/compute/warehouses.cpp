#include "sample/compute/warehouses.h"

#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"
#include "sample/server/parameters.h"

#include <QTimer>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

struct Row
{
    const char *id;
    const char *name;
    const char *size;
    const char *state;
    const char *creator; ///< empty: the sample's user
    bool serverless;
    int mostClusters;
};

const Row Rows[] = {
    {"8f3b2c1d90e47a65", "Shared Serverless", "Small", "RUNNING", "platform-admin@example.com", true, 4},
    {"1a7de05c44b98f20", "BI Dashboards", "Medium", "STOPPED", "bi-team@example.com", false, 2},
    {"c05f9b7a3e2d1846", "Ad hoc 2XS", "2X-Small", "STOPPED", "", true, 1},
    {"74d1e8a2b6f3c09e", "Nightly Transformations", "X-Large", "STOPPED", "etl-robot@example.com", false, 8},
};

QJsonObject factsOf(const Row &row, const QString &user)
{
    const QString id = QString::fromLatin1(row.id);
    const QString creator = *row.creator ? QString::fromLatin1(row.creator) : user;
    const bool runs = QByteArray(row.state) == "RUNNING";
    const QString host = u"sample-workspace.example.com"_s;
    return {{u"id"_s, id},
            {u"name"_s, QString::fromLatin1(row.name)},
            {u"cluster_size"_s, QString::fromLatin1(row.size)},
            {u"state"_s, QString::fromLatin1(row.state)},
            {u"auto_stop_mins"_s, row.serverless ? 10 : 45},
            {u"auto_resume"_s, true},
            {u"min_num_clusters"_s, 1},
            {u"max_num_clusters"_s, row.mostClusters},
            {u"num_clusters"_s, runs ? 1 : 0},
            {u"num_active_sessions"_s, runs ? 2 : 0},
            {u"warehouse_type"_s, u"PRO"_s},
            {u"enable_serverless_compute"_s, row.serverless},
            {u"enable_photon"_s, true},
            {u"spot_instance_policy"_s, u"COST_OPTIMIZED"_s},
            {u"channel"_s, QJsonObject{{u"name"_s, u"CHANNEL_NAME_CURRENT"_s}}},
            {u"creator_name"_s, creator},
            {u"health"_s, QJsonObject{{u"status"_s, u"HEALTHY"_s}}},
            {u"jdbc_url"_s, u"jdbc:databricks://%1:443/default;httpPath=/sql/1.0/warehouses/%2"_s.arg(host, id)}};
}

QJsonObject existing(const WarehouseFleet &fleet, const QString &id)
{
    const QJsonObject warehouse = fleet.find(id);
    if (warehouse.isEmpty())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"SQL warehouse %1 does not exist."_s.arg(id));
    return warehouse;
}

Http::Reply list(const WarehouseFleet &fleet, const QUrlQuery &query)
{
    const PageWish wish{number(query, u"page_size"_s, 1, 1000, 100), queryText(query, u"page_token"_s)};
    return answer(page(fleet.warehouses(), u"warehouses"_s, wish, u"warehouses"_s));
}

} // namespace

WarehouseFleet::WarehouseFleet(Tempo tempo, const QString &user, QObject *parent)
    : QObject(parent)
    , m_tempo(tempo)
    , m_user(user)
{
    for (const Row &row : Rows)
        m_warehouses.push_back({factsOf(row, user)});
}

QJsonArray WarehouseFleet::warehouses() const
{
    QJsonArray all;
    for (const Warehouse &warehouse : m_warehouses)
        all.append(warehouse.facts);
    return all;
}

WarehouseFleet::Warehouse *WarehouseFleet::existing(const QString &id)
{
    const auto found = std::ranges::find_if(
        m_warehouses, [&](const Warehouse &one) { return one.facts.value("id"_L1).toString() == id; });
    return found == m_warehouses.end() ? nullptr : &*found;
}

QJsonObject WarehouseFleet::find(const QString &id) const
{
    for (const Warehouse &warehouse : m_warehouses) {
        if (warehouse.facts.value("id"_L1).toString() == id)
            return warehouse.facts;
    }
    return {};
}

QString WarehouseFleet::state(const QString &id) const
{
    return find(id).value("state"_L1).toString();
}

void WarehouseFleet::setState(Warehouse &warehouse, const QString &state)
{
    const bool runs = state == "RUNNING"_L1;
    warehouse.facts.insert(u"state"_s, state);
    warehouse.facts.insert(u"num_clusters"_s, runs ? 1 : 0);
    warehouse.facts.insert(u"num_active_sessions"_s, 0);
    if (runs)
        Q_EMIT running(warehouse.facts.value("id"_L1).toString());
}

void WarehouseFleet::after(std::chrono::milliseconds delay, const Warehouse &warehouse, const QString &state)
{
    const QString id = warehouse.facts.value("id"_L1).toString();
    QTimer::singleShot(delay, this, [this, id, asked = warehouse.change, state] {
        Warehouse *late = existing(id);
        if (late && late->change == asked)
            setState(*late, state);
    });
}

void WarehouseFleet::start(const QString &id)
{
    Warehouse *warehouse = existing(id);
    const QString now = state(id);
    if (!warehouse || now == "RUNNING"_L1 || now == "STARTING"_L1)
        return;
    ++warehouse->change;
    setState(*warehouse, u"STARTING"_s);
    after(m_tempo.start, *warehouse, u"RUNNING"_s);
}

void WarehouseFleet::stop(const QString &id)
{
    Warehouse *warehouse = existing(id);
    const QString now = state(id);
    if (!warehouse || now == "STOPPED"_L1 || now == "STOPPING"_L1)
        return;
    ++warehouse->change;
    setState(*warehouse, u"STOPPING"_s);
    after(m_tempo.terminate, *warehouse, u"STOPPED"_s);
}

QString WarehouseFleet::create(const QJsonObject &settings)
{
    const QString name = requiredText(settings, u"name"_s);
    requiredText(settings, u"cluster_size"_s);
    for (const Warehouse &warehouse : m_warehouses) {
        if (warehouse.facts.value("name"_L1) == name)
            throw ApiRefusal::invalidParameter(u"A SQL warehouse named %1 already exists."_s.arg(name));
    }
    const QString id =
        QString::number(stableId(u"warehouse/%1/%2"_s.arg(++m_made).arg(name)), 16).rightJustified(16, u'0');
    m_warehouses.push_back({{{u"id"_s, id},
                             {u"state"_s, u"STOPPED"_s},
                             {u"creator_name"_s, m_user},
                             {u"health"_s, QJsonObject{{u"status"_s, u"HEALTHY"_s}}}}});
    edit(id, settings);
    start(id);
    return id;
}

void WarehouseFleet::edit(const QString &id, const QJsonObject &settings)
{
    static const QJsonObject defaults{
        {u"cluster_size"_s, u"X-Small"_s},   {u"min_num_clusters"_s, 1},
        {u"max_num_clusters"_s, 1},          {u"auto_stop_mins"_s, 120},
        {u"warehouse_type"_s, u"CLASSIC"_s}, {u"enable_serverless_compute"_s, false},
        {u"enable_photon"_s, true},          {u"spot_instance_policy"_s, u"COST_OPTIMIZED"_s}};
    Warehouse *warehouse = existing(id);
    if (!warehouse)
        return;
    QJsonObject whole = defaults;
    for (const auto key : {"name"_L1, "channel"_L1, "tags"_L1})
        whole.insert(key, warehouse->facts.value(key));
    for (auto setting = settings.begin(); setting != settings.end(); ++setting)
        whole.insert(setting.key(), *setting);
    for (auto setting = whole.begin(); setting != whole.end(); ++setting)
        warehouse->facts.insert(setting.key(), *setting);
}

void WarehouseFleet::remove(const QString &id)
{
    std::erase_if(m_warehouses, [&](const Warehouse &one) { return one.facts.value("id"_L1).toString() == id; });
}

void WarehouseFleet::whenRunning(const QString &id, const QObject *context, std::function<void()> call)
{
    start(id);
    if (state(id) == "RUNNING"_L1)
        return call();
    // Holds the connection that it ends itself.
    const auto connection = std::make_shared<QMetaObject::Connection>();
    *connection = connect(this, &WarehouseFleet::running, context, [id, connection, call](const QString &started) {
        if (started != id)
            return;
        disconnect(*connection);
        call();
    });
}

namespace {

/// Serverless compute is for PRO warehouses. Throws ApiRefusal.
void checkType(const QJsonObject &settings)
{
    if (settings.value("enable_serverless_compute"_L1).toBool() && settings.value("warehouse_type"_L1) != "PRO"_L1)
        throw ApiRefusal::invalidParameter(
            u"Serverless compute needs a warehouse of the type PRO: set warehouse_type to PRO."_s);
}

} // namespace

QList<Route> warehouseRoutes(WarehouseFleet &fleet)
{
    const QString one = u"/api/2.0/sql/warehouses/{id}"_s;
    const QString overrides = u"/api/warehouses/v1/default-warehouse-overrides/"_s;
    // At first the user has no override of their own.
    const auto override = std::make_shared<QString>();
    const auto mine = [override](const ApiRequest &) {
        if (override->isEmpty())
            return answer({{u"type"_s, u"LAST_SELECTED"_s}, {u"default_warehouse_override_id"_s, u"me"_s}});
        return answer(
            {{u"type"_s, u"CUSTOM"_s}, {u"default_warehouse_override_id"_s, u"me"_s}, {u"warehouse_id"_s, *override}});
    };
    return {
        {"GET", u"/api/2.0/sql/warehouses"_s, [&fleet](const ApiRequest &ask) { return list(fleet, ask.query); }},
        {"GET", one, [&fleet](const ApiRequest &ask) { return answer(existing(fleet, ask.captures.value(u"id"_s))); }},
        {"POST", u"/api/2.0/sql/warehouses"_s,
         [&fleet](const ApiRequest &ask) {
             checkType(ask.json);
             return answer({{u"id"_s, fleet.create(ask.json)}});
         }},
        {"POST", one + u"/edit"_s,
         [&fleet](const ApiRequest &ask) {
             checkType(ask.json);
             fleet.edit(existing(fleet, ask.captures.value(u"id"_s)).value("id"_L1).toString(), ask.json);
             return answer({});
         }},
        {"DELETE", one,
         [&fleet](const ApiRequest &ask) {
             fleet.remove(existing(fleet, ask.captures.value(u"id"_s)).value("id"_L1).toString());
             return answer({});
         }},
        {"POST", one + u"/start"_s,
         [&fleet](const ApiRequest &ask) {
             fleet.start(existing(fleet, ask.captures.value(u"id"_s)).value("id"_L1).toString());
             return answer({});
         }},
        {"POST", one + u"/stop"_s,
         [&fleet](const ApiRequest &ask) {
             fleet.stop(existing(fleet, ask.captures.value(u"id"_s)).value("id"_L1).toString());
             return answer({});
         }},
        {"GET", overrides + u"me"_s, mine},
        {"PATCH", overrides + u"me"_s,
         [override, mine](const ApiRequest &ask) {
             *override = requiredText(ask.json, u"warehouse_id"_s);
             return mine(ask);
         }},
    };
}

} // namespace Sample

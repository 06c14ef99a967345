#include "sample/compute/warehousefleet.h"

#include <QTimer>

#include <algorithm>

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

} // namespace

WarehouseFleet::WarehouseFleet(Tempo tempo, const QString &user, QObject *parent)
    : QObject(parent)
    , m_tempo(tempo)
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
    const auto index = static_cast<std::size_t>(&warehouse - m_warehouses.data());
    QTimer::singleShot(delay, this, [this, index, asked = warehouse.change, state] {
        Warehouse &late = m_warehouses.at(index);
        if (late.change == asked)
            setState(late, state);
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

} // namespace Sample

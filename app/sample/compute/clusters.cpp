#include "sample/compute/clusters.h"

#include "sample/compute/clusterdata.h"
#include "sample/compute/clusterfleet.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

// https://docs.databricks.com/api/workspace/clusters/events, "event_types"
const QStringList knownTypes{u"CREATING"_s,
                             u"STARTING"_s,
                             u"RESTARTING"_s,
                             u"TERMINATING"_s,
                             u"EDITED"_s,
                             u"RUNNING"_s,
                             u"RESIZING"_s,
                             u"UPSIZE_COMPLETED"_s,
                             u"NODES_LOST"_s,
                             u"NODE_BLACKLISTED"_s,
                             u"NODE_EXCLUDED_DECOMMISSIONED"_s,
                             u"DRIVER_HEALTHY"_s,
                             u"DRIVER_UNAVAILABLE"_s,
                             u"DRIVER_NOT_RESPONDING"_s,
                             u"SPARK_EXCEPTION"_s,
                             u"METASTORE_DOWN"_s,
                             u"DBFS_DOWN"_s,
                             u"DID_NOT_EXPAND_DISK"_s,
                             u"EXPANDED_DISK"_s,
                             u"FAILED_TO_EXPAND_DISK"_s,
                             u"INIT_SCRIPTS_STARTED"_s,
                             u"INIT_SCRIPTS_FINISHED"_s,
                             u"AUTOSCALING_STATS_REPORT"_s,
                             u"AUTOSCALING_BACKOFF"_s,
                             u"AUTOSCALING_FAILED"_s,
                             u"AUTOMATIC_CLUSTER_UPDATE"_s,
                             u"ADD_NODES_FAILED"_s,
                             u"PINNED"_s,
                             u"UNPINNED"_s};

QStringList texts(const QJsonValue &array)
{
    QStringList list;
    for (const QJsonValue item : array.toArray())
        list.append(item.toString());
    return list;
}

/// What clusters/events answers to this body: events (newest first unless order says ASC), total_count and the page
/// tokens. Throws ApiRefusal for arguments the API would not take.
QJsonObject clusterEvents(const SampleCluster &cluster, const QJsonObject &body)
{
    constexpr qint64 ever = std::numeric_limits<qint64>::max();
    const QString order = word(body.value("order"_L1).toString(), u"order"_s, {u"DESC"_s, u"ASC"_s});
    const QStringList types = words(texts(body.value("event_types"_L1)), u"event_types"_s, knownTypes);
    const qint64 from = number(body.value("start_time"_L1), u"start_time"_s, 0, ever, 0);
    const qint64 to = number(body.value("end_time"_L1), u"end_time"_s, 0, ever, ever);
    const qint64 asked = number(body.value("page_size"_L1), u"page_size"_s, 0, 500, 0);
    const PageWish wish{asked > 0 ? asked : 50, body.value("page_token"_L1).toString()};

    QList<QJsonObject> found;
    for (const ClusterEvent &event : cluster.events) {
        if (event.timestamp < from || event.timestamp > to || (!types.isEmpty() && !types.contains(event.type)))
            continue;
        found.append({{u"cluster_id"_s, cluster.id()},
                      {u"timestamp"_s, event.timestamp},
                      {u"type"_s, event.type},
                      {u"details"_s, event.details}});
    }
    if (order == "DESC"_L1)
        std::reverse(found.begin(), found.end());

    QJsonArray events;
    for (const QJsonObject &event : std::as_const(found))
        events.append(event);
    const QString scope = u"events|%1|%2|%3|%4|%5"_s.arg(cluster.id(), order, types.join(u',')).arg(from).arg(to);
    QJsonObject shown = page(events, u"events"_s, wish, scope);
    shown.insert(u"total_count"_s, events.size());
    const QJsonValue next = shown.value("next_page_token"_L1);
    if (!next.toString().isEmpty()) {
        // The older way to the next page, which some clients know alone: the whole of its request.
        QJsonObject nextRequest = body;
        nextRequest.insert(u"page_token"_s, next);
        shown.insert(u"next_page"_s, nextRequest);
    }
    return shown;
}

const QStringList states{u"PENDING"_s,     u"RUNNING"_s,    u"RESTARTING"_s, u"RESIZING"_s,
                         u"TERMINATING"_s, u"TERMINATED"_s, u"ERROR"_s,      u"UNKNOWN"_s};
const QStringList sources{u"UI"_s, u"API"_s, u"JOB"_s, u"MODELS"_s, u"PIPELINE"_s, u"PIPELINE_MAINTENANCE"_s, u"SQL"_s};

/// Names the cluster manager as the source of an error, as it does itself.
ApiRefusal fromClusterManager(const ApiRefusal &refusal)
{
    return refusal.withReason(u"CM_API_ERROR_SOURCE_CALLER_ERROR"_s);
}

const SampleCluster &existing(const ClusterFleet &fleet, const QString &id)
{
    const SampleCluster *cluster = fleet.find(id);
    if (!cluster)
        throw fromClusterManager(ApiRefusal::invalidParameter(u"Cluster %1 does not exist"_s.arg(id)));
    return *cluster;
}

ApiRefusal unexpectedState(const SampleCluster &cluster)
{
    const QString state = cluster.state().at(0) + cluster.state().mid(1).toLower();
    return fromClusterManager(
        ApiRefusal::invalidState(u"Cluster %1 is in unexpected state %2."_s.arg(cluster.id(), state)));
}

class Filter
{
public:
    explicit Filter(const QUrlQuery &query)
        : m_states(words(query.allQueryItemValues(u"filter_by.cluster_states"_s, QUrl::FullyDecoded),
                         u"filter_by.cluster_states"_s, states))
        , m_sources(words(query.allQueryItemValues(u"filter_by.cluster_sources"_s, QUrl::FullyDecoded),
                          u"filter_by.cluster_sources"_s, sources))
        , m_policy(queryText(query, u"filter_by.policy_id"_s))
        , m_pinned(truth(query, u"filter_by.is_pinned"_s))
    {}

    bool admits(const QJsonObject &facts) const
    {
        const auto among = [&](const QStringList &wanted, QLatin1StringView key) {
            return wanted.isEmpty() || wanted.contains(facts.value(key).toString());
        };
        return among(m_states, "state"_L1) && among(m_sources, "cluster_source"_L1) &&
               (m_policy.isEmpty() || facts.value("policy_id"_L1) == m_policy) &&
               (!m_pinned || *m_pinned == facts.contains("pinned_by_user_name"_L1));
    }

    QString name() const
    {
        const QString pinned = m_pinned ? QString::number(int(*m_pinned)) : QString();
        return QStringList{m_states.join(u','), m_sources.join(u','), m_policy, pinned}.join(u'|');
    }

private:
    const QStringList m_states;
    const QStringList m_sources;
    const QString m_policy;
    const std::optional<bool> m_pinned;
};

/// 0 asks for the default, as not asking does.
qsizetype pageSize(const QUrlQuery &query)
{
    const qint64 size = number(query, u"page_size"_s, 0, 100, 0);
    return size > 0 ? size : 20;
}

Http::Reply listClusters(const ClusterFleet &fleet, const QUrlQuery &query)
{
    const Filter filter(query);
    const QString field =
        word(queryText(query, u"sort_by.field"_s), u"sort_by.field"_s, {u"DEFAULT"_s, u"CLUSTER_NAME"_s});
    const QString direction =
        word(queryText(query, u"sort_by.direction"_s), u"sort_by.direction"_s, {u"ASC"_s, u"DESC"_s});
    const PageWish wish{pageSize(query), queryText(query, u"page_token"_s)};

    QList<QJsonObject> found;
    for (const SampleCluster &cluster : fleet.clusters()) {
        if (filter.admits(cluster.facts))
            found.append(cluster.shown());
    }
    // By default what runs comes first.
    if (field != "CLUSTER_NAME"_L1) {
        std::stable_partition(found.begin(), found.end(), [](const QJsonObject &cluster) {
            return cluster.value("state"_L1) == "RUNNING"_L1 || cluster.value("state"_L1) == "RESIZING"_L1;
        });
    }
    if (field == "CLUSTER_NAME"_L1) {
        std::stable_sort(found.begin(), found.end(), [](const QJsonObject &a, const QJsonObject &b) {
            return a.value("cluster_name"_L1).toString() < b.value("cluster_name"_L1).toString();
        });
    }
    if (direction == "DESC"_L1)
        std::reverse(found.begin(), found.end());

    QJsonArray clusters;
    for (const QJsonObject &facts : std::as_const(found))
        clusters.append(facts);
    const QString scope = QStringList{u"clusters"_s, filter.name(), field, direction}.join(u'|');
    return answer(page(clusters, u"clusters"_s, wish, scope));
}

Http::Reply getCluster(const ClusterFleet &fleet, const QUrlQuery &query)
{
    const SampleCluster &cluster = existing(fleet, requiredText(query, u"cluster_id"_s));
    QJsonObject facts = cluster.shown();
    const QJsonObject more = machines(cluster);
    for (auto it = more.begin(); it != more.end(); ++it)
        facts.insert(it.key(), it.value());
    return answer(facts);
}

Http::Reply startCluster(ClusterFleet &fleet, const QJsonObject &body)
{
    const SampleCluster &cluster = existing(fleet, requiredText(body, u"cluster_id"_s));
    const QString source = cluster.facts.value("cluster_source"_L1).toString();
    if (source != "UI"_L1 && source != "API"_L1)
        throw fromClusterManager(ApiRefusal::invalidParameter(
            u"Cluster %1 was launched to run a job and cannot be started."_s.arg(cluster.id())));
    if (!fleet.start(cluster.id()))
        throw unexpectedState(cluster);
    return answer({});
}

Http::Reply restartCluster(ClusterFleet &fleet, const QJsonObject &body)
{
    const SampleCluster &cluster = existing(fleet, requiredText(body, u"cluster_id"_s));
    if (!fleet.restart(cluster.id()))
        throw unexpectedState(cluster);
    return answer({});
}

Http::Reply terminateCluster(ClusterFleet &fleet, const QJsonObject &body)
{
    fleet.terminate(existing(fleet, requiredText(body, u"cluster_id"_s)).id());
    return answer({});
}

} // namespace

QList<Route> clusterRoutes(ClusterFleet &fleet)
{
    const auto events = [&fleet](const ApiRequest &ask) {
        return answer(clusterEvents(existing(fleet, requiredText(ask.json, u"cluster_id"_s)), ask.json));
    };
    return {
        {"GET", u"/api/2.1/clusters/list"_s,
         [&fleet](const ApiRequest &ask) { return listClusters(fleet, ask.query); }},
        {"GET", u"/api/2.1/clusters/get"_s, [&fleet](const ApiRequest &ask) { return getCluster(fleet, ask.query); }},
        {"POST", u"/api/2.1/clusters/events"_s, events},
        {"POST", u"/api/2.1/clusters/start"_s,
         [&fleet](const ApiRequest &ask) { return startCluster(fleet, ask.json); }},
        {"POST", u"/api/2.1/clusters/restart"_s,
         [&fleet](const ApiRequest &ask) { return restartCluster(fleet, ask.json); }},
        {"POST", u"/api/2.1/clusters/delete"_s,
         [&fleet](const ApiRequest &ask) { return terminateCluster(fleet, ask.json); }},
    };
}

} // namespace Sample

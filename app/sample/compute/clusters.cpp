#include "sample/compute/clusters.h"

#include "sample/compute/clusterevents.h"
#include "sample/compute/clusterfleet.h"
#include "sample/server/apianswers.h"
#include "sample/server/paging.h"
#include "sample/server/parameters.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

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
            found.append(cluster.facts);
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
    QJsonObject facts = cluster.facts;
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

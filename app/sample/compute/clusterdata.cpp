#include "sample/compute/clusterdata.h"

#include "sample/server/builtin.h"

#include <QCryptographicHash>
#include <QHash>
#include <QJsonArray>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

// How the API words the end of a cluster; other codes bring their own text along in the parameters.
const QHash<QString, QString> &endings()
{
    static const QHash<QString, QString> texts{
        {u"INACTIVITY"_s, u"Inactive cluster terminated (inactive for %1 minutes)."_s},
        {u"USER_REQUEST"_s, u"Terminated by user"_s},
        {u"JOB_FINISHED"_s, u"The job that this cluster was launched for has finished."_s},
    };
    return texts;
}

QString ending(const QJsonObject &reason)
{
    const QJsonObject parameters = reason.value("parameters"_L1).toObject();
    QString text = endings().value(reason.value("code"_L1).toString());
    if (text.contains("%1"_L1))
        return text.arg(parameters.value("inactivity_duration_min"_L1).toString());
    if (!text.isEmpty())
        return text;
    for (const auto key : {"databricks_error_message"_L1, "azure_error_message"_L1}) {
        if (parameters.contains(key))
            return parameters.value(key).toString();
    }
    return QString();
}

qint64 contextId(const QString &clusterId)
{
    const QByteArray hash = QCryptographicHash::hash(clusterId.toUtf8(), QCryptographicHash::Sha256);
    return qFromBigEndian<qint64>(hash.constData()) & 0x7fff'ffff'ffff'ffff;
}

/// How many minutes a cluster was not used for. A job or a pipeline uses its own all the time, and of the others none
/// rests for as long as would stop it.
qint64 idleMinutes(const QJsonObject &facts)
{
    const QString source = facts.value("cluster_source"_L1).toString();
    if (source != "UI"_L1 && source != "API"_L1)
        return 0;
    const qint64 patience = facts.value("autotermination_minutes"_L1).toInteger();
    const qint64 most = patience > 0 ? std::max<qint64>(1, std::min<qint64>(patience, 60) * 3 / 4) : 45;
    return contextId(facts.value("cluster_id"_L1).toString()) % most;
}

void addSize(QJsonObject &facts, const QJsonObject &nodeTypes, int workers)
{
    const QJsonObject worker = nodeTypes.value(facts.value("node_type_id"_L1).toString()).toObject();
    const QJsonObject driver = nodeTypes.value(facts.value("driver_node_type_id"_L1).toString()).toObject();
    const auto sum = [&](QLatin1StringView key) {
        return driver.value(key).toInt() + workers * worker.value(key).toInt();
    };
    facts.insert(u"cluster_cores"_s, sum("num_cores"_L1));
    facts.insert(u"cluster_memory_mb"_s, sum("memory_mb"_L1));
}

void moveBack(QJsonObject &facts, const QDateTime &now, const QString &minutesKey, const QString &timeKey)
{
    const QJsonValue minutes = facts.take(minutesKey);
    if (minutes.isDouble())
        facts.insert(timeKey, now.addSecs(-60 * minutes.toInteger()).toMSecsSinceEpoch());
}

SampleCluster fromLine(QJsonObject facts, const QJsonObject &nodeTypes, const QDateTime &now)
{
    const QString creator = facts.value("creator_user_name"_L1).toString();
    if (!facts.contains("driver_node_type_id"_L1))
        facts.insert(u"driver_node_type_id"_s, facts.value("node_type_id"_L1));
    moveBack(facts, now, u"start_minutes_ago"_s, u"start_time"_s);
    moveBack(facts, now, u"terminated_minutes_ago"_s, u"terminated_time"_s);
    const bool isForgotten = facts.contains("idle_minutes"_L1);
    if (facts.value("state"_L1) == "RUNNING"_L1 && !isForgotten)
        facts.insert(u"idle_minutes"_s, idleMinutes(facts));
    moveBack(facts, now, u"idle_minutes"_s, u"last_activity_time"_s);
    facts.insert(u"last_restarted_time"_s, facts.value("start_time"_L1));
    facts.insert(u"spark_context_id"_s, contextId(facts.value("cluster_id"_L1).toString()));
    facts.insert(u"state_message"_s, ending(facts.value("termination_reason"_L1).toObject()));
    facts.insert(u"enable_elastic_disk"_s, true);
    const QJsonObject tags{{u"Vendor"_s, u"Databricks"_s},
                           {u"Creator"_s, creator},
                           {u"ClusterName"_s, facts.value("cluster_name"_L1)},
                           {u"ClusterId"_s, facts.value("cluster_id"_L1)}};
    facts.insert(u"default_tags"_s, tags);
    const QJsonObject azure{
        {u"first_on_demand"_s, 1}, {u"availability"_s, u"ON_DEMAND_AZURE"_s}, {u"spot_bid_max_price"_s, -1}};
    facts.insert(u"azure_attributes"_s, azure);

    SampleCluster cluster{facts, {}};
    cluster.isForgotten = isForgotten;
    addSize(cluster.facts, nodeTypes, cluster.workers());
    cluster.events = inventedHistory(cluster.facts, cluster.workers());
    return cluster;
}

} // namespace

QString SampleCluster::id() const
{
    return facts.value("cluster_id"_L1).toString();
}

QJsonObject SampleCluster::shown() const
{
    if (state() != "RUNNING"_L1 || isForgotten)
        return facts;
    // To the minute: two answers in a row say the same.
    constexpr qint64 Minute = 60'000;
    const qint64 latest = (QDateTime::currentMSecsSinceEpoch() / Minute - idleMinutes(facts)) * Minute;
    QJsonObject now = facts;
    now.insert(u"last_activity_time"_s, std::max(latest, facts.value("last_activity_time"_L1).toInteger()));
    return now;
}

QString SampleCluster::state() const
{
    return facts.value("state"_L1).toString();
}

void SampleCluster::setState(const QString &state, const QString &message)
{
    facts.insert(u"state"_s, state);
    facts.insert(u"state_message"_s, message);
}

int SampleCluster::workers() const
{
    const QJsonValue scale = facts.value("autoscale"_L1);
    return scale.isObject() ? scale["min_workers"_L1].toInt() : facts.value("num_workers"_L1).toInt();
}

void SampleCluster::record(qint64 timestamp, const QString &type, const QJsonObject &details)
{
    events.append({timestamp, type, details});
}

std::vector<SampleCluster> sampleClusters(const QDateTime &now)
{
    const QJsonObject data = builtInJson(u"clusters.json"_s);
    const QJsonObject nodeTypes = data.value("node_types"_L1).toObject();
    const QJsonArray lines = data.value("clusters"_L1).toArray();
    std::vector<SampleCluster> clusters;
    clusters.reserve(static_cast<std::size_t>(lines.size()));
    for (const QJsonValue line : lines)
        clusters.push_back(fromLine(line.toObject(), nodeTypes, now));
    return clusters;
}

QJsonObject sampleNodeTypes()
{
    static const QJsonObject nodeTypes = builtInJson(u"clusters.json"_s).value("node_types"_L1).toObject();
    return nodeTypes;
}

SampleCluster newCluster(const QJsonObject &specification, const QString &id, const QString &creator,
                         const QDateTime &now)
{
    QJsonObject facts = specification;
    facts.remove("apply_policy_default_values"_L1);
    facts.insert(u"cluster_id"_s, id);
    facts.insert(u"creator_user_name"_s, creator);
    facts.insert(u"cluster_source"_s, u"API"_s);
    facts.insert(u"start_time"_s, now.toMSecsSinceEpoch());
    if (!facts.contains("num_workers"_L1) && !facts.contains("autoscale"_L1))
        facts.insert(u"num_workers"_s, 0);
    SampleCluster cluster = fromLine(facts, sampleNodeTypes(), now);
    cluster.events.clear();
    cluster.setState(u"PENDING"_s, u"Finding instances for new nodes, acquiring more instances if necessary"_s);
    return cluster;
}

void refreshSize(SampleCluster &cluster)
{
    addSize(cluster.facts, sampleNodeTypes(), cluster.workers());
}

QJsonObject machines(const SampleCluster &cluster)
{
    const QString state = cluster.state();
    if (state != "RUNNING"_L1 && state != "RESIZING"_L1)
        return {};
    const QByteArray seed = QCryptographicHash::hash(cluster.id().toUtf8(), QCryptographicHash::Sha256).toHex();
    const auto machine = [&](int index) {
        const QString address = u"10.139.64.%1"_s.arg(4 + index);
        const QString node = QString::fromLatin1(seed.mid(index % 24, 32));
        return QJsonObject{{u"private_ip"_s, address},
                           {u"host_private_ip"_s, address},
                           {u"node_id"_s, node},
                           {u"instance_id"_s, node},
                           {u"start_timestamp"_s, cluster.facts.value("last_restarted_time"_L1)}};
    };
    QJsonArray executors;
    for (int i = 1; i <= cluster.workers(); ++i)
        executors.append(machine(i));
    return {{u"driver"_s, machine(0)}, {u"executors"_s, executors}};
}

} // namespace Sample

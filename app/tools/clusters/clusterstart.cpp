#include "tools/clusters/clusterstart.h"

#include "tools/kit/answer.h"
#include "tools/kit/waittime.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr auto PollInterval = 2s;

/// Watches the cluster come up until it runs, ends up elsewhere, or the time is over; returns it as it then is.
QCoro::Task<QJsonObject> waitUntilRunning(ToolCall call, QString clusterId)
{
    const WaitTime time(call);
    while (true) {
        const QJsonObject cluster = co_await readCluster(call, clusterId);
        const QString state = cluster.value("state"_L1).toString();
        const bool changing = state == "PENDING"_L1 || state == "RESTARTING"_L1;
        if (!changing || !time.has(PollInterval))
            co_return cluster;
        time.tell(call, u"%1: %2"_s.arg(state, clean(cluster.value("state_message"_L1).toString())));
        co_await call.workspace().pause(PollInterval);
    }
}

} // namespace

QCoro::Task<QJsonObject> readCluster(ToolCall call, QString clusterId)
{
    const QUrlQuery query{{u"cluster_id"_s, clusterId}};
    const QJsonObject cluster = co_await call.workspace().get(u"/api/2.1/clusters/get"_s, query);
    call.setTarget(clean(cluster.value("cluster_name"_L1).toString()));
    co_return cluster;
}

QCoro::Task<QString> clusterTarget(ToolCall call)
{
    const QJsonObject cluster = co_await readCluster(call, call.clusterId());
    const QString name = clean(cluster.value("cluster_name"_L1).toString());
    co_return name;
}

Schema clusterStateSchema()
{
    return Schema()
        .text(u"cluster_id"_s, {})
        .text(u"cluster_name"_s, {})
        .text(u"state"_s, u"The state right after the request"_s)
        .text(u"state_message"_s, {})
        .require({u"cluster_id"_s, u"state"_s});
}

ToolResult clusterState(const QString &words, const QJsonObject &cluster)
{
    const QJsonObject facts{{"cluster_id"_L1, cluster.value("cluster_id"_L1)},
                            {"cluster_name"_L1, clean(cluster.value("cluster_name"_L1).toString())},
                            {"state"_L1, cluster.value("state"_L1)},
                            {"state_message"_L1, clean(cluster.value("state_message"_L1).toString())}};
    return factsAnswer(words, facts);
}

void clusterAccepted(const ToolCall &call, const QString &clusterId)
{
    if (call.session().clusterStarted)
        call.session().clusterStarted(clusterId);
}

QCoro::Task<ToolResult> startCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const QJsonObject before = co_await readCluster(call, id);
    const QString name = clean(before.value("cluster_name"_L1).toString());
    const QString state = before.value("state"_L1).toString();
    if (state == "RUNNING"_L1 || state == "RESIZING"_L1)
        co_return clusterState(u"Cluster %1 is running already."_s.arg(name), before);
    if (state == "TERMINATING"_L1)
        co_return ToolResult::error(
            u"Cluster %1 is still terminating. Call get_cluster until it is TERMINATED, then start it."_s.arg(name));

    if (state != "PENDING"_L1 && state != "RESTARTING"_L1) {
        const QJsonObject body{{"cluster_id"_L1, id}};
        bool lostRace = false;
        try {
            co_await call.workspace().post(u"/api/2.1/clusters/start"_s, body);
        } catch (const ApiError &error) {
            // Somebody else may have started it since it was read; what it is now tells.
            if (error.kind() != ApiError::Kind::InvalidState)
                throw;
            lostRace = true;
        }
        if (lostRace) {
            const QJsonObject now = co_await readCluster(call, id);
            co_return clusterState(
                u"Cluster %1 could not be started from here: it changed at the same moment."_s.arg(name), now);
        }
        clusterAccepted(call, id);
    }

    if (!call.flag(u"wait"_s)) {
        const QJsonObject now = co_await readCluster(call, id);
        co_return clusterState(
            u"Cluster %1 is starting, which usually takes 3 to 7 minutes. Call get_cluster to see its state."_s.arg(
                name),
            now);
    }
    const QJsonObject now = co_await waitUntilRunning(call, id);
    const QString reached = now.value("state"_L1).toString();
    if (reached == "RUNNING"_L1)
        co_return clusterState(u"Cluster %1 is running."_s.arg(name), now);
    if (reached == "PENDING"_L1 || reached == "RESTARTING"_L1)
        co_return clusterState(
            u"Cluster %1 is still starting. Call get_cluster to see its state; do not start it again."_s.arg(name),
            now);
    co_return ToolResult::error(u"Cluster %1 did not start: it is %2. %3"_s.arg(
        name, reached, clean(now.value("state_message"_L1).toString())));
}

} // namespace Tools

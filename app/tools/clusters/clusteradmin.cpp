#include "tools/clusters/cluster.h"
#include "tools/clusters/clusterconsequence.h"
#include "tools/clusters/clusterspec.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/required.h"

#include "common/visible.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

Schema clusterIdSchema()
{
    return Schema().text(u"cluster_id"_s, u"Id of the cluster. Optional: the profile's default cluster."_s);
}

QString nameOf(const QJsonObject &cluster)
{
    return Text::visible(cluster.value("cluster_name"_L1).toString());
}

/// The cluster as it is after a change that succeeded: what reading it then may say wrong must not hide the success.
QCoro::Task<QJsonObject> afterwards(ToolCall call, QJsonObject before)
{
    try {
        const QJsonObject now = co_await readCluster(call, before.value("cluster_id"_L1).toString());
        co_return now;
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
    }
    before.insert("state"_L1, u"UNKNOWN"_s);
    before.insert("state_message"_L1, u"It could not be read after the change; call get_cluster."_s);
    const QJsonObject unread = before;
    co_return unread;
}

QCoro::Task<ToolResult> createCluster(ToolCall call)
{
    const QJsonObject body = newClusterSpec(call);
    const QString name = call.text(u"cluster_name"_s);
    call.setTarget(Text::visible(name));
    const QJsonObject made = co_await call.workspace().post(u"/api/2.1/clusters/create"_s, body);
    mustHave(made, {u"cluster_id"_s}, Purpose::Changing);
    const QString id = made.value("cluster_id"_L1).toString();
    clusterAccepted(call, id);
    const QJsonObject asMade{{"cluster_id"_L1, id}, {"cluster_name"_L1, name}};
    const QJsonObject now = co_await afterwards(call, asMade);
    const qint64 minutes = now.value("autotermination_minutes"_L1).toInteger();
    const QString stop = !now.contains("autotermination_minutes"_L1) ? QString()
                         : minutes > 0 ? u" It stops by itself after %1 idle minutes."_s.arg(minutes)
                                       : u" It never stops by itself: edit_cluster with autotermination_minutes."_s;
    co_return clusterState(
        u"Cluster %1 (%2) was created and is starting.%3 Call get_cluster to see when it is RUNNING."_s.arg(
            Text::visible(name), id, stop),
        now);
}

QCoro::Task<QString> newClusterName(ToolCall call)
{
    const QString words = u"new cluster "_s + Text::visible(call.text(u"cluster_name"_s));
    co_return words;
}

/// "custom_tags (before: {"CostCenter":"CC-1040"})": what was there comes back by nobody who does not know it.
QString changedSettings(const QJsonObject &before, const QStringList &fields)
{
    QStringList changed;
    for (const QString &field : fields) {
        // A setting may hold a credential.
        const QJsonValue old = safeJson(before.value(field));
        const QString text = old.isString() ? old.toString() : jsonText(old);
        const bool isNothing = old.isUndefined() || old.isNull() || text == "{}"_L1;
        changed.append(u"%1 (before: %2)"_s.arg(field, isNothing ? u"nothing"_s : Text::line(text, 300)));
    }
    return changed.join(", "_L1);
}

QCoro::Task<ToolResult> editCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const QJsonObject spec = clusterSpec(call);
    if (spec.isEmpty())
        co_return ToolResult::error(u"Nothing to change: give at least one setting besides cluster_id."_s);
    const QJsonObject before = co_await readCluster(call, id);
    const QString state = before.value("state"_L1).toString();
    if (state != "RUNNING"_L1 && state != "TERMINATED"_L1)
        co_return ToolResult::error(
            u"Cluster %1 is %2; it can be edited when it is RUNNING or TERMINATED. Call get_cluster until it is."_s.arg(
                nameOf(before), state));
    const QStringList fields = spec.keys();
    QJsonObject given = spec;
    for (const QString &field : fields) {
        // What the mask names and the cluster does not have is taken off.
        if (spec.value(field).isNull())
            given.remove(field);
    }
    const QJsonObject body{{"cluster_id"_L1, id}, {"update_mask"_L1, fields.join(u',')}, {"cluster"_L1, given}};
    co_await call.workspace().post(u"/api/2.1/clusters/update"_s, body);
    const QJsonObject now = co_await afterwards(call, before);
    const QString next =
        state == "RUNNING"_L1 ? u"It restarts to take them up."_s : u"They hold from the next start on."_s;
    co_return clusterState(
        u"Cluster %1 has new settings (%2). %3"_s.arg(nameOf(now), changedSettings(before, fields), next), now);
}

/// A cluster that runs restarts, whatever is changed.
Calls::Effects effectsOfEditing(const ToolCall &call)
{
    const auto names = [&call](const QStringList &arguments) {
        return std::ranges::any_of(arguments, [&call](const QString &name) { return call.has(name); });
    };
    Calls::Effects effects = Calls::Effect::Replaces | Calls::Effect::Destroys;
    effects.setFlag(Calls::Effect::Computes,
                    names({u"num_workers"_s, u"max_workers"_s, u"node_type_id"_s, u"driver_node_type_id"_s,
                           u"instance_pool_id"_s, u"runtime_engine"_s, u"autotermination_minutes"_s, u"policy_id"_s}));
    effects.setFlag(Calls::Effect::Grants, names({u"single_user_name"_s, u"data_security_mode"_s}));
    // Both can name a program that every process on the cluster loads.
    effects.setFlag(Calls::Effect::RunsCode, names({u"spark_conf"_s, u"spark_env_vars"_s}));
    return effects;
}

QCoro::Task<ToolResult> resizeCluster(ToolCall call)
{
    const QString id = call.clusterId();
    QJsonObject body = clusterSize(call);
    if (body.isEmpty())
        co_return ToolResult::error(u"Give num_workers, or min_workers and max_workers."_s);
    const QJsonObject before = co_await readCluster(call, id);
    const QString state = before.value("state"_L1).toString();
    if (state != "RUNNING"_L1)
        co_return ToolResult::error(
            u"Cluster %1 is %2; only a RUNNING cluster can be resized. Use start_cluster, or edit_cluster to change the size it starts with."_s
                .arg(nameOf(before), state));
    body.insert("cluster_id"_L1, id);
    co_await call.workspace().post(u"/api/2.1/clusters/resize"_s, body);
    const QJsonObject now = co_await afterwards(call, before);
    co_return clusterState(
        u"Cluster %1 is being resized. Call get_cluster to see when it is RUNNING again."_s.arg(nameOf(now)), now);
}

QCoro::Task<ToolResult> changePin(ToolCall call, QString path, QString words)
{
    const QString id = call.clusterId();
    const QJsonObject cluster = co_await readCluster(call, id);
    const QJsonObject body{{"cluster_id"_L1, id}};
    co_await call.workspace().post(path, body);
    co_return clusterState(words.arg(nameOf(cluster)), cluster);
}

QCoro::Task<ToolResult> pinCluster(ToolCall call)
{
    return changePin(call, u"/api/2.1/clusters/pin"_s,
                     u"Cluster %1 is pinned: its configuration is kept however long it stays terminated."_s);
}

QCoro::Task<ToolResult> unpinCluster(ToolCall call)
{
    return changePin(call, u"/api/2.1/clusters/unpin"_s,
                     u"Cluster %1 is not pinned any more: it is forgotten when it has been terminated for 30 days."_s);
}

QCoro::Task<ToolResult> deleteCluster(ToolCall call)
{
    const QString id = call.text(u"cluster_id"_s);
    const QJsonObject cluster = co_await readCluster(call, id);
    const QJsonObject body{{"cluster_id"_L1, id}};
    co_await call.workspace().post(u"/api/2.1/clusters/permanent-delete"_s, body);
    QJsonObject gone = cluster;
    gone.insert("state"_L1, u"DELETED"_s);
    gone.insert("state_message"_L1, QString());
    co_return clusterState(u"Cluster %1 was deleted for good."_s.arg(nameOf(cluster)), gone);
}

} // namespace

QList<Tool> clusterChangeTools()
{
    Schema create;
    addClusterSpec(create)
        .flag(u"single_node"_s, u"A driver without workers"_s)
        .require({u"cluster_name"_s, u"spark_version"_s});
    Schema edit = clusterIdSchema();
    addClusterSpec(edit);
    const Schema size = clusterIdSchema()
                            .integer(u"num_workers"_s, u"A fixed number of workers"_s, 0, 100'000)
                            .integer(u"min_workers"_s, u"With max_workers: scale automatically"_s, 0, 100'000)
                            .integer(u"max_workers"_s, u"Most workers when autoscaling"_s, 0, 100'000);
    return {
        {
            .name = u"create_cluster"_s,
            .title = u"Create cluster"_s,
            .description = u"Creates a cluster and starts it. Without autotermination_minutes it ends after 60 idle "
                           "minutes, or as its policy says."_s,
            .effects = Calls::Effect::Computes,
            .inputSchema = create,
            .outputSchema = clusterStateSchema(),
            .run = &createCluster,
            .target = &newClusterName,
            .consequence = &newCluster,
        },
        {
            .name = u"edit_cluster"_s,
            .title = u"Edit cluster"_s,
            .description =
                u"Changes the given settings of a cluster and leaves the others; settings that are objects are "
                "replaced whole. A running cluster restarts."_s,
            .effects = Calls::Effect::Replaces | Calls::Effect::Destroys | Calls::Effect::Computes |
                       Calls::Effect::Grants | Calls::Effect::RunsCode,
            .inputSchema = edit,
            .outputSchema = clusterStateSchema(),
            .run = &editCluster,
            .effectsOf = &effectsOfEditing,
            .leastEffects = Calls::Effect::Replaces | Calls::Effect::Destroys,
            .effectRange = u"replaces and interrupts; its size, users and environment more"_s,
            .target = &clusterTarget,
            .consequence = &editOfCluster,
            .idempotent = true,
        },
        {
            .name = u"resize_cluster"_s,
            .title = u"Resize cluster"_s,
            .description = u"Changes the number of workers of a running cluster."_s,
            .effects = Calls::Effect::Replaces | Calls::Effect::Computes,
            .inputSchema = size,
            .outputSchema = clusterStateSchema(),
            .run = &resizeCluster,
            .target = &clusterTarget,
            .consequence = &resizeOfCluster,
            .idempotent = true,
        },
        {
            .name = u"pin_cluster"_s,
            .title = u"Pin cluster"_s,
            .description =
                u"Pins a cluster, so that its configuration is kept for good. For workspace administrators."_s,
            .effects = Calls::Effect::Adds,
            .inputSchema = clusterIdSchema(),
            .outputSchema = clusterStateSchema(),
            .run = &pinCluster,
            .target = &clusterTarget,
            .idempotent = true,
        },
        {
            .name = u"unpin_cluster"_s,
            .title = u"Unpin cluster"_s,
            .description = u"Unpins a cluster. For workspace administrators."_s,
            .effects = Calls::Effect::Adds,
            .inputSchema = clusterIdSchema(),
            .outputSchema = clusterStateSchema(),
            .run = &unpinCluster,
            .target = &clusterTarget,
            .idempotent = true,
        },
        {
            .name = u"delete_cluster"_s,
            .title = u"Delete cluster"_s,
            .description = u"Deletes a cluster and its configuration for good; it cannot be brought back. To stop one, "
                           "use stop_cluster."_s,
            .effects = Calls::Effect::Destroys,
            // No default here: what is lost for good must be named.
            .inputSchema = Schema().text(u"cluster_id"_s, u"Id of the cluster"_s).require({u"cluster_id"_s}),
            .outputSchema = clusterStateSchema(),
            .run = &deleteCluster,
            .target = &clusterTarget,
            .consequence = &deletionOfCluster,
        },
    };
}

} // namespace Tools

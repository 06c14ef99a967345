#include "tools/clusters/clusterspec.h"

#include <array>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr std::array TextFields{"cluster_name"_L1,        "spark_version"_L1,      "node_type_id"_L1,
                                "driver_node_type_id"_L1, "data_security_mode"_L1, "single_user_name"_L1,
                                "runtime_engine"_L1,      "policy_id"_L1,          "instance_pool_id"_L1};
/// What the workspace charges for nobody: a new cluster ends after this idle time unless told otherwise.
constexpr qint64 IdleMinutes = 60;
constexpr std::array ObjectFields{"spark_conf"_L1, "custom_tags"_L1, "spark_env_vars"_L1};

ApiError contradiction(const QString &words)
{
    return ApiError(ApiError::Kind::BadRequest, words);
}

} // namespace

Schema &addClusterSpec(Schema &schema)
{
    return schema.text(u"cluster_name"_s, u"Name of the cluster"_s)
        .text(u"spark_version"_s, u"Runtime key, such as 16.4.x-scala2.12; list_spark_versions has them"_s)
        .text(u"node_type_id"_s, u"Machine type; list_node_types has them"_s)
        .text(u"driver_node_type_id"_s, u"Machine type of the driver; else that of the workers"_s)
        .integer(u"num_workers"_s, u"A fixed number of workers"_s, 0, 100'000)
        .integer(u"min_workers"_s, u"With max_workers: scale automatically"_s, 0, 100'000)
        .integer(u"max_workers"_s, u"Most workers when autoscaling"_s, 0, 100'000)
        .integer(u"autotermination_minutes"_s, u"Terminate after so many idle minutes, 10 or more; 0 for never"_s, 0,
                 10'000)
        .choice(u"data_security_mode"_s, u"Who may use it and how"_s,
                {u"SINGLE_USER"_s, u"USER_ISOLATION"_s, u"NONE"_s, u"DATA_SECURITY_MODE_AUTO"_s,
                 u"DATA_SECURITY_MODE_STANDARD"_s, u"DATA_SECURITY_MODE_DEDICATED"_s})
        .text(u"single_user_name"_s, u"The user of a cluster for a single user"_s)
        .choice(u"runtime_engine"_s, u"Default STANDARD"_s, {u"STANDARD"_s, u"PHOTON"_s})
        .text(u"policy_id"_s, u"Policy it must follow (list_cluster_policies has them); \"none\" takes it off"_s)
        .text(u"instance_pool_id"_s, u"Take machines from this pool; list_instance_pools has them"_s)
        .map(u"spark_conf"_s, u"Spark settings, name to value"_s)
        .map(u"custom_tags"_s, u"Tags, name to value"_s)
        .map(u"spark_env_vars"_s, u"Environment variables, name to value"_s);
}

QJsonObject clusterSize(const ToolCall &call)
{
    const bool scales = call.has(u"min_workers"_s) || call.has(u"max_workers"_s);
    if (scales && call.has(u"num_workers"_s))
        throw contradiction(
            u"num_workers fixes the size, min_workers and max_workers let it scale: give one of the two."_s);
    if (!scales)
        return call.has(u"num_workers"_s) ? QJsonObject{{"num_workers"_L1, call.number(u"num_workers"_s)}}
                                          : QJsonObject();
    const qint64 least = call.number(u"min_workers"_s, -1);
    const qint64 most = call.number(u"max_workers"_s, -1);
    if (least < 0 || most < least)
        throw contradiction(
            u"To let a cluster scale give both min_workers and max_workers, the first not above the second."_s);
    return {{"autoscale"_L1, QJsonObject{{"min_workers"_L1, least}, {"max_workers"_L1, most}}}};
}

QJsonObject clusterSpec(const ToolCall &call)
{
    QJsonObject spec = clusterSize(call);
    for (const QLatin1StringView field : TextFields) {
        if (call.has(field))
            spec.insert(field, call.text(field));
    }
    for (const QLatin1StringView field : ObjectFields) {
        if (call.has(field))
            spec.insert(field, call.object(field));
    }
    if (call.has(u"autotermination_minutes"_s)) {
        const qint64 minutes = call.number(u"autotermination_minutes"_s);
        if (minutes > 0 && minutes < 10)
            throw contradiction(u"autotermination_minutes is 0 (never) or between 10 and 10000."_s);
        spec.insert("autotermination_minutes"_L1, minutes);
    }
    if (call.text(u"policy_id"_s) == "none"_L1)
        spec.insert("policy_id"_L1, QJsonValue::Null);
    return spec;
}

QJsonObject newClusterSpec(const ToolCall &call)
{
    QJsonObject spec = clusterSpec(call);
    if (spec.value("policy_id"_L1).isNull())
        spec.remove("policy_id"_L1);
    const bool hasWorkers = spec.contains("num_workers"_L1) || spec.contains("autoscale"_L1);
    if (call.flag(u"single_node"_s)) {
        if (hasWorkers)
            throw contradiction(u"A single-node cluster has no workers: leave out single_node or the workers."_s);
        spec.insert("is_single_node"_L1, true);
        spec.insert("kind"_L1, u"CLASSIC_PREVIEW"_s);
    } else if (!hasWorkers) {
        throw contradiction(
            u"Say how large the cluster is: num_workers, min_workers and max_workers, or single_node."_s);
    }
    const bool hasPolicy = spec.contains("policy_id"_L1);
    if (!spec.contains("node_type_id"_L1) && !spec.contains("instance_pool_id"_L1) && !hasPolicy)
        throw contradiction(
            u"Give a node_type_id (list_node_types has them), an instance_pool_id, or a policy_id that sets one."_s);
    if (hasPolicy)
        spec.insert("apply_policy_default_values"_L1, true);
    else if (!spec.contains("autotermination_minutes"_L1))
        spec.insert("autotermination_minutes"_L1, IdleMinutes);
    return spec;
}

} // namespace Tools

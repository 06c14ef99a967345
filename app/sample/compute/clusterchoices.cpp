#include "sample/compute/clusterchoices.h"

#include "sample/compute/clusterdata.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString categoryOf(const QString &nodeType)
{
    static const QHash<QString, QString> categories{{u"Standard_E"_s, u"Memory Optimized"_s},
                                                    {u"Standard_L"_s, u"Storage Optimized"_s},
                                                    {u"Standard_F"_s, u"Compute Optimized"_s},
                                                    {u"Standard_N"_s, u"GPU Accelerated"_s}};
    return categories.value(nodeType.left(10), u"General Purpose"_s);
}

QJsonObject nodeTypes()
{
    const QJsonObject known = sampleNodeTypes();
    QJsonArray types;
    for (auto type = known.begin(); type != known.end(); ++type) {
        const QString category = categoryOf(type.key());
        const QJsonValue disk = type.value()["memory_mb"_L1].toInteger() * 2 / 1024;
        const QJsonObject machine{
            {u"instance_type_id"_s, type.key()}, {u"local_disks"_s, 1}, {u"local_disk_size_gb"_s, disk}};
        types.append(QJsonObject{{u"node_type_id"_s, type.key()},
                                 {u"node_instance_type"_s, machine},
                                 {u"instance_type_id"_s, type.key()},
                                 {u"description"_s, type.key()},
                                 {u"memory_mb"_s, type.value()["memory_mb"_L1]},
                                 {u"num_cores"_s, type.value()["num_cores"_L1]},
                                 {u"num_gpus"_s, category.startsWith("GPU"_L1) ? 1 : 0},
                                 {u"category"_s, category},
                                 {u"is_deprecated"_s, type.key() == "Standard_NC6s_v3"_L1}});
    }
    return {{u"node_types"_s, types}};
}

QJsonObject runtimes()
{
    static const std::pair<QString, QString> lines[]{
        {u"17.3.x-scala2.13"_s, u"17.3 LTS (includes Apache Spark 4.0.0, Scala 2.13)"_s},
        {u"16.4.x-scala2.12"_s, u"16.4 LTS (includes Apache Spark 3.5.2, Scala 2.12)"_s},
        {u"16.4.x-cpu-ml-scala2.12"_s, u"16.4 LTS ML (includes Apache Spark 3.5.2, Scala 2.12)"_s},
        {u"16.4.x-gpu-ml-scala2.12"_s, u"16.4 LTS ML (includes Apache Spark 3.5.2, GPU, Scala 2.12)"_s},
        {u"15.4.x-scala2.12"_s, u"15.4 LTS (includes Apache Spark 3.5.0, Scala 2.12)"_s},
        {u"15.4.x-photon-scala2.12"_s, u"15.4 LTS Photon (includes Apache Spark 3.5.0, Scala 2.12)"_s},
        {u"14.3.x-scala2.12"_s, u"14.3 LTS (includes Apache Spark 3.5.0, Scala 2.12)"_s},
        {u"13.3.x-scala2.12"_s, u"13.3 LTS (includes Apache Spark 3.4.1, Scala 2.12)"_s},
        {u"12.2.x-scala2.12"_s, u"12.2 LTS (includes Apache Spark 3.3.2, Scala 2.12)"_s},
    };
    QJsonArray versions;
    for (const auto &[key, name] : lines)
        versions.append(QJsonObject{{u"key"_s, key}, {u"name"_s, name}});
    return {{u"versions"_s, versions}};
}

QJsonObject policy(const QString &id, const QString &name, const QString &description, const QJsonObject &definition)
{
    return {{u"policy_id"_s, id},
            {u"name"_s, name},
            {u"description"_s, description},
            {u"definition"_s, QString::fromUtf8(QJsonDocument(definition).toJson(QJsonDocument::Compact))},
            {u"creator_user_name"_s, u"olivia.carter@example.com"_s},
            {u"created_at_timestamp"_s, qint64(1718873467000)},
            {u"is_default"_s, false}};
}

QJsonObject policies()
{
    const QJsonObject fixedMode{{u"type"_s, u"fixed"_s}, {u"value"_s, u"USER_ISOLATION"_s}};
    const QJsonObject idle{{u"type"_s, u"range"_s}, {u"maxValue"_s, 120}, {u"defaultValue"_s, 60}};
    const QJsonObject workers{{u"type"_s, u"range"_s}, {u"maxValue"_s, 16}};
    const QJsonObject single{{u"type"_s, u"fixed"_s}, {u"value"_s, 0}};
    return {{u"policies"_s,
             QJsonArray{policy(u"D05F3C11A7E84B20"_s, u"Batch jobs"_s, u"Clusters of scheduled jobs"_s,
                               {{u"autoscale.max_workers"_s, workers}}),
                        policy(u"60A1E7C93D52F018"_s, u"Personal compute"_s, u"One machine for one user"_s,
                               {{u"num_workers"_s, single}, {u"autotermination_minutes"_s, idle}}),
                        policy(u"9C6310A4B2001D7E"_s, u"Shared compute"_s, u"For teams, with user isolation"_s,
                               {{u"data_security_mode"_s, fixedMode},
                                {u"autotermination_minutes"_s, idle},
                                {u"autoscale.max_workers"_s, workers}})}},
            {u"total_count"_s, 3}};
}

QJsonObject pool(const QString &id, const QString &name, const QString &nodeType, int idle, int used)
{
    return {{u"instance_pool_id"_s, id},
            {u"instance_pool_name"_s, name},
            {u"node_type_id"_s, nodeType},
            {u"min_idle_instances"_s, 2},
            {u"max_capacity"_s, 40},
            {u"idle_instance_autotermination_minutes"_s, 30},
            {u"state"_s, u"ACTIVE"_s},
            {u"stats"_s, QJsonObject{{u"idle_count"_s, idle},
                                     {u"used_count"_s, used},
                                     {u"pending_idle_count"_s, 0},
                                     {u"pending_used_count"_s, 0}}}};
}

QJsonObject pools()
{
    return {
        {u"instance_pools"_s,
         QJsonArray{pool(u"0101-120000-brick1-pool-ab12cd34"_s, u"etl-pool"_s, u"Standard_DS4_v2"_s, 2, 11),
                    pool(u"0214-081530-tray2-pool-ef56gh78"_s, u"interactive-pool"_s, u"Standard_D4ds_v5"_s, 3, 4)}}};
}

QJsonObject onePolicy(const QUrlQuery &query)
{
    const QString id = requiredText(query, u"policy_id"_s);
    const QJsonObject found = samplePolicy(id);
    if (found.isEmpty())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Can't find a cluster policy with id: %1."_s.arg(id));
    return found;
}

QJsonObject onePool(const QUrlQuery &query)
{
    const QString id = requiredText(query, u"instance_pool_id"_s);
    return itemWith(pools().value("instance_pools"_L1).toArray(), "instance_pool_id"_L1, id,
                    {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Can't find an instance pool with id: %1."_s.arg(id)});
}

} // namespace

QJsonObject samplePolicy(const QString &id)
{
    for (const QJsonValue one : policies().value("policies"_L1).toArray()) {
        if (one["policy_id"_L1] == id)
            return one.toObject();
    }
    return {};
}

QList<Route> clusterChoiceRoutes()
{
    return {
        {"GET", u"/api/2.1/clusters/list-node-types"_s, [](const ApiRequest &) { return answer(nodeTypes()); }},
        {"GET", u"/api/2.1/clusters/spark-versions"_s, [](const ApiRequest &) { return answer(runtimes()); }},
        {"GET", u"/api/2.0/policies/clusters/list"_s, [](const ApiRequest &) { return answer(policies()); }},
        {"GET", u"/api/2.0/policies/clusters/get"_s,
         [](const ApiRequest &ask) { return answer(onePolicy(ask.query)); }},
        {"GET", u"/api/2.0/instance-pools/get"_s, [](const ApiRequest &ask) { return answer(onePool(ask.query)); }},
        {"GET", u"/api/2.0/instance-pools/list"_s, [](const ApiRequest &) { return answer(pools()); }},
    };
}

} // namespace Sample

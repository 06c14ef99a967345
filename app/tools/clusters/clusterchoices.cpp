#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

Schema namedSchema()
{
    return Schema().text(u"name_contains"_s, u"Only those whose id or name holds this text, in any case"_s);
}

bool namedLike(const QJsonObject &item, std::initializer_list<QLatin1StringView> keys, const QString &wanted)
{
    return std::any_of(keys.begin(), keys.end(), [&](QLatin1StringView key) {
        return item.value(key).toString().contains(wanted, Qt::CaseInsensitive);
    });
}

QJsonObject nodeTypeRow(const QJsonObject &type)
{
    return {{"node_type_id"_L1, type.value("node_type_id"_L1)},
            {"num_cores"_L1, type.value("num_cores"_L1)},
            {"memory_gb"_L1, qRound64(double(type.value("memory_mb"_L1).toInteger()) / 1024)},
            {"num_gpus"_L1, type.value("num_gpus"_L1).toInteger()},
            {"category"_L1, Text::visible(type.value("category"_L1).toString())}};
}

QCoro::Task<ToolResult> listNodeTypes(ToolCall call)
{
    const QString name = call.text(u"name_contains"_s);
    const double cores = double(call.number(u"min_cores"_s));
    const qint64 memory = call.number(u"min_memory_gb"_s) * 1024;
    const bool gpu = call.flag(u"gpu"_s);
    Listing listing(u"/api/2.1/clusters/list-node-types"_s, {}, u"node_types"_s, &nodeTypeRow);
    listing
        .matching([=](const QJsonObject &type) {
            return namedLike(type, {"node_type_id"_L1, "category"_L1}, name) &&
                   !type.value("is_deprecated"_L1).toBool() && type.value("num_cores"_L1).toDouble() >= cores &&
                   type.value("memory_mb"_L1).toInteger() >= memory &&
                   (!gpu || type.value("num_gpus"_L1).toInteger() > 0);
        })
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"node_type_id"_s, u"id"_s},
                          {u"num_cores"_s, u"cores"_s},
                          {u"memory_gb"_s, u"memory GB"_s},
                          {u"num_gpus"_s, u"GPUs"_s},
                          {u"category"_s, u"category"_s}};
    co_return listAnswer(u"Found %1 node types:"_s.arg(listed.totalInWords()), columns, u"node_types"_s, listed);
}

QJsonObject versionRow(const QJsonObject &version)
{
    return {{"key"_L1, version.value("key"_L1)}, {"name"_L1, Text::visible(version.value("name"_L1).toString())}};
}

QCoro::Task<ToolResult> listSparkVersions(ToolCall call)
{
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.1/clusters/spark-versions"_s, {}, u"versions"_s, &versionRow);
    listing.matching([name](const QJsonObject &version) {
               return namedLike(version, {"key"_L1, "name"_L1}, name);
           })
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"key"_s, u"key"_s}, {u"name"_s, u"name"_s}};
    co_return listAnswer(u"Found %1 runtime versions:"_s.arg(listed.totalInWords()), columns, u"versions"_s, listed);
}

/// How much of a policy's definition, a JSON text, a list shows.
constexpr qsizetype DefinitionCharacters = 1500;

QJsonObject policyRow(const QJsonObject &policy)
{
    QString definition = Text::visible(policy.value("definition"_L1).toString());
    const qsizetype length = definition.size();
    if (length > DefinitionCharacters)
        definition =
            definition.left(DefinitionCharacters) +
            u"… (%1 of %2 characters; call_api GET /api/2.0/policies/clusters/get has all)"_s.arg(DefinitionCharacters)
                .arg(length);
    return {{"policy_id"_L1, policy.value("policy_id"_L1)},
            {"name"_L1, Text::visible(policy.value("name"_L1).toString())},
            {"is_default"_L1, policy.value("is_default"_L1).toBool()},
            {"description"_L1, Text::visible(policy.value("description"_L1).toString())},
            {"definition"_L1, definition}};
}

QCoro::Task<ToolResult> listClusterPolicies(ToolCall call)
{
    const QString name = call.text(u"name_contains"_s);
    const QUrlQuery query{{u"sort_column"_s, u"POLICY_NAME"_s}, {u"sort_order"_s, u"ASC"_s}};
    Listing listing(u"/api/2.0/policies/clusters/list"_s, query, u"policies"_s, &policyRow);
    listing.matching([name](const QJsonObject &policy) {
               return namedLike(policy, {"policy_id"_L1, "name"_L1}, name);
           })
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"policy_id"_s, u"id"_s},
                          {u"name"_s, u"name"_s},
                          {u"is_default"_s, u"default"_s},
                          {u"description"_s, u"description"_s},
                          {u"definition"_s, u"definition"_s}};
    co_return listAnswer(u"Found %1 cluster policies:"_s.arg(listed.totalInWords()), columns, u"policies"_s, listed);
}

QJsonObject poolRow(const QJsonObject &pool)
{
    const QJsonObject stats = pool.value("stats"_L1).toObject();
    return {{"instance_pool_id"_L1, pool.value("instance_pool_id"_L1)},
            {"instance_pool_name"_L1, Text::visible(pool.value("instance_pool_name"_L1).toString())},
            {"node_type_id"_L1, pool.value("node_type_id"_L1)},
            {"state"_L1, pool.value("state"_L1)},
            {"min_idle_instances"_L1, pool.value("min_idle_instances"_L1).toInteger()},
            {"idle_count"_L1, stats.value("idle_count"_L1).toInteger()},
            {"used_count"_L1, stats.value("used_count"_L1).toInteger()}};
}

QCoro::Task<ToolResult> listInstancePools(ToolCall call)
{
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.0/instance-pools/list"_s, {}, u"instance_pools"_s, &poolRow);
    listing
        .matching([name](const QJsonObject &pool) {
            return namedLike(pool, {"instance_pool_id"_L1, "instance_pool_name"_L1}, name);
        })
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{
        {u"instance_pool_id"_s, u"id"_s}, {u"instance_pool_name"_s, u"name"_s},     {u"node_type_id"_s, u"node type"_s},
        {u"state"_s, u"state"_s},         {u"min_idle_instances"_s, u"min idle"_s}, {u"idle_count"_s, u"idle"_s},
        {u"used_count"_s, u"used"_s}};
    co_return listAnswer(u"Found %1 instance pools:"_s.arg(listed.totalInWords()), columns, u"instance_pools"_s,
                         listed);
}

} // namespace

QList<Tool> clusterChoiceTools()
{
    const Schema nodeTypes = namedSchema()
                                 .integer(u"min_cores"_s, u"Only with so many cores or more"_s, 0, 10'000)
                                 .integer(u"min_memory_gb"_s, u"Only with so much memory or more"_s, 0, 1'000'000)
                                 .flag(u"gpu"_s, u"Only those with GPUs"_s);
    const Schema named = withPages(namedSchema());
    return {
        {
            .name = u"list_node_types"_s,
            .title = u"List node types"_s,
            .description = u"Lists the machine types that clusters can be made of, without the deprecated ones."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(nodeTypes),
            .outputSchema = listedSchema(u"node_types"_s, Schema()
                                                              .text(u"node_type_id"_s, {})
                                                              .number(u"num_cores"_s, {})
                                                              .integer(u"memory_gb"_s, {})
                                                              .integer(u"num_gpus"_s, {})
                                                              .text(u"category"_s, {})),
            .run = &listNodeTypes,
        },
        {
            .name = u"list_spark_versions"_s,
            .title = u"List runtime versions"_s,
            .description = u"Lists the Databricks runtime versions that clusters can use."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = named,
            .outputSchema = listedSchema(u"versions"_s, Schema().text(u"key"_s, {}).text(u"name"_s, {})),
            .run = &listSparkVersions,
        },
        {
            .name = u"list_cluster_policies"_s,
            .title = u"List cluster policies"_s,
            .description = u"Lists the policies that clusters can be made under, with what they fix and limit."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = named,
            .outputSchema = listedSchema(u"policies"_s, Schema()
                                                            .text(u"policy_id"_s, {})
                                                            .text(u"name"_s, {})
                                                            .flag(u"is_default"_s, {})
                                                            .text(u"description"_s, {})
                                                            .text(u"definition"_s, u"JSON: field to rule"_s)),
            .run = &listClusterPolicies,
        },
        {
            .name = u"list_instance_pools"_s,
            .title = u"List instance pools"_s,
            .description = u"Lists the pools of machines that clusters can take theirs from, with how many are idle."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = named,
            .outputSchema = listedSchema(u"instance_pools"_s, Schema()
                                                                  .text(u"instance_pool_id"_s, {})
                                                                  .text(u"instance_pool_name"_s, {})
                                                                  .text(u"node_type_id"_s, {})
                                                                  .text(u"state"_s, {})
                                                                  .integer(u"min_idle_instances"_s, {})
                                                                  .integer(u"idle_count"_s, {})
                                                                  .integer(u"used_count"_s, {})),
            .run = &listInstancePools,
        },
    };
}

} // namespace Tools

#include "tools/clusters/cluster.h"

#include "tools/kit/answer.h"
#include "tools/kit/required.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

QCoro::Task<QJsonObject> readCluster(ToolCall call, QString clusterId)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"cluster_id"_s, clusterId);
    const QJsonObject cluster = co_await call.workspace().get(u"/api/2.1/clusters/get"_s, query);
    mustHave(cluster, {u"cluster_id"_s, u"state"_s});
    call.setTarget(Text::visible(cluster.value("cluster_name"_L1).toString()));
    co_return cluster;
}

QCoro::Task<QString> clusterTarget(ToolCall call)
{
    const QJsonObject cluster = co_await readCluster(call, call.clusterId());
    const QString name = Text::visible(cluster.value("cluster_name"_L1).toString());
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
                            {"cluster_name"_L1, Text::visible(cluster.value("cluster_name"_L1).toString())},
                            {"state"_L1, cluster.value("state"_L1)},
                            {"state_message"_L1, Text::visible(cluster.value("state_message"_L1).toString())}};
    return factsAnswer(words, facts);
}

void clusterAccepted(const ToolCall &call, const QString &clusterId)
{
    if (call.session().clusterStarted)
        call.session().clusterStarted(clusterId);
}

} // namespace Tools

#include "monitor/clusterpoll.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace Monitor {

namespace {

using Databricks::ApiError;

/// The workspace will say the same the next time.
bool isGone(const ApiError &error)
{
    static constexpr std::array kinds{ApiError::Kind::NotFound, ApiError::Kind::BadRequest,
                                      ApiError::Kind::PermissionDenied};
    return std::ranges::find(kinds, error.kind()) != kinds.end();
}

QUrlQuery listQuery()
{
    QUrlQuery query;
    query.addQueryItem(u"page_size"_s, u"100"_s);
    query.addQueryItem(u"filter_by.cluster_sources"_s, u"UI"_s);
    query.addQueryItem(u"filter_by.cluster_sources"_s, u"API"_s);
    return query;
}

/// One cluster by id; nothing when there is none (any more).
QCoro::Task<std::optional<Cluster>> readCluster(Databricks::Workspace workspace, QString id)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"cluster_id"_s, id);
    std::optional<Cluster> cluster;
    try {
        const QJsonObject json = co_await workspace.get(u"/api/2.1/clusters/get"_s, query);
        cluster = Cluster::fromJson(json);
        cluster->id = id;
    } catch (const ApiError &error) {
        if (!isGone(error))
            throw;
    }
    co_return cluster;
}

} // namespace

QCoro::Task<ClusterPoll> pollAll(Databricks::Workspace workspace, QStringList alsoIds)
{
    ClusterPoll poll;
    poll.whole = true;
    try {
        const QUrlQuery query = listQuery();
        const auto all = std::numeric_limits<qsizetype>::max();
        const Databricks::Page page = co_await workspace.list(u"/api/2.1/clusters/list"_s, query, u"clusters"_s, all);
        for (const QJsonValue &item : page.items) {
            poll.clusters.append(Cluster::fromJson(item.toObject()));
            alsoIds.removeAll(poll.clusters.last().id);
        }
        for (const QString &id : std::as_const(alsoIds)) {
            const std::optional<Cluster> cluster = co_await readCluster(workspace, id);
            if (cluster)
                poll.unlisted.append(*cluster);
            else
                poll.gone.append(id);
        }
    } catch (const ApiError &error) {
        poll.error = error;
    }
    co_return poll;
}

QCoro::Task<ClusterPoll> pollSome(Databricks::Workspace workspace, QStringList ids)
{
    ClusterPoll poll;
    try {
        for (const QString &id : std::as_const(ids)) {
            const std::optional<Cluster> cluster = co_await readCluster(workspace, id);
            if (cluster)
                poll.clusters.append(*cluster);
            else
                poll.gone.append(id);
        }
    } catch (const ApiError &error) {
        poll.error = error;
    }
    co_return poll;
}

} // namespace Monitor

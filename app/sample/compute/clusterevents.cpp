#include "sample/compute/clusterevents.h"

#include "sample/compute/clusterdata.h"
#include "sample/server/apianswers.h"
#include "sample/server/paging.h"
#include "sample/server/parameters.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>

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

} // namespace

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

} // namespace Sample

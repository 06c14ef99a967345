#include "monitor/cluster.h"

#include "common/secrets.h"
#include "databricks/clusterwords.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Monitor {

namespace {

/// Names and messages were typed by other people.
QString text(const QJsonValue &value, qsizetype maxBytes = 500)
{
    return Text::shown(value.toString(), maxBytes);
}

QDateTime moment(const QJsonValue &milliseconds)
{
    const qint64 ms = milliseconds.toInteger();
    return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms) : QDateTime();
}

} // namespace

Cluster Cluster::fromJson(const QJsonObject &json)
{
    Cluster cluster;
    cluster.id = json[u"cluster_id"_s].toString();
    cluster.name = text(json[u"cluster_name"_s]);
    cluster.state = text(json[u"state"_s], 50);
    cluster.stateMessage = text(json[u"state_message"_s], 2000);
    cluster.creator = text(json[u"creator_user_name"_s]);
    cluster.runtime = text(json[u"spark_version"_s]);
    cluster.nodeType = text(json[u"node_type_id"_s]);
    cluster.workers = Databricks::workersText(json);
    cluster.started = moment(json[u"start_time"_s]);
    cluster.terminated = moment(json[u"terminated_time"_s]);
    cluster.terminationCode = text(json[u"termination_reason"_s][u"code"_s], 100);
    return cluster;
}

bool Cluster::isChanging() const
{
    static const std::array changing{u"PENDING"_s, u"RESTARTING"_s, u"RESIZING"_s, u"TERMINATING"_s};
    return std::ranges::find(changing, state) != changing.end();
}

} // namespace Monitor

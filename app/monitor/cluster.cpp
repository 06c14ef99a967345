#include "monitor/cluster.h"

#include "common/secrets.h"

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

QString workersOf(const QJsonObject &json)
{
    const QJsonObject range = json[u"autoscale"_s].toObject();
    if (!range.isEmpty())
        return u"%1 to %2"_s.arg(range[u"min_workers"_s].toInteger()).arg(range[u"max_workers"_s].toInteger());
    const QJsonValue number = json[u"num_workers"_s];
    return number.isDouble() ? QString::number(number.toInteger()) : QString();
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
    cluster.workers = workersOf(json);
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

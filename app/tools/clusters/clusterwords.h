#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// The workers of a cluster as one reads them: "8", "2-8" when autoscaling, "single node".
QString workersText(const QJsonObject &cluster);

/// Why a cluster terminated, in words, from its termination_reason {code, type, parameters}
/// (https://docs.databricks.com/api/workspace/clusters/get); a code without words is given as it is.
QString terminationText(const QJsonObject &reason);

/// What happened to a cluster, from an element of clusters/events, with the reason in words: time, type, user, details.
QJsonObject clusterEventRow(const QJsonObject &event);

} // namespace Tools

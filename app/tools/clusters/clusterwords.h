#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// Why a cluster terminated, in words, from its termination_reason {code, type, parameters}
/// (https://docs.databricks.com/api/workspace/clusters/get); a code without words is given as it is.
QString terminationText(const QJsonObject &reason);

/// What happened to a cluster, from an element of clusters/events, with the reason in words: time, type, user, details.
QJsonObject clusterEventRow(const QJsonObject &event);

} // namespace Tools

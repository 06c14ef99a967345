#pragma once

#include <QJsonObject>

namespace Sample {

struct SampleCluster;

/// What clusters/events answers to this body: events (newest first unless order says ASC), total_count and the page
/// tokens. Throws ApiRefusal for arguments the API would not take.
QJsonObject clusterEvents(const SampleCluster &cluster, const QJsonObject &body);

} // namespace Sample

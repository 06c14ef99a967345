#pragma once

#include <QJsonObject>
#include <QString>

namespace Databricks {

/// The workers of a cluster as one reads them: "8", "2 to 8" when autoscaling, "single node"; empty where the API does
/// not say.
QString workersText(const QJsonObject &cluster);

} // namespace Databricks

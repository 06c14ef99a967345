#pragma once

#include "sample/server/router.h"

#include <QMap>

#include <functional>

namespace Sample {

/// Makes a family of the sample as large as a test wants it.
using Grow = std::function<void(qsizetype count)>;

/// POST /sample/scale takes {"jobs": 5000, "clusters": 10000, …}: each family that is named here grows to so many
/// items; what it has beyond that it keeps.
QList<Route> scaleRoutes(const QMap<QString, Grow> &families);

} // namespace Sample

#pragma once

#include "sample/server/router.h"

namespace Sample {

/// The Files API over one volume, /Volumes/main/default/raw (https://docs.databricks.com/api/workspace/files): raw
/// bytes, ranges, directories in pages.
QList<Route> volumeFileRoutes();

} // namespace Sample

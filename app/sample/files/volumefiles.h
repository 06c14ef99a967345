#pragma once

#include "sample/server/router.h"

namespace Sample {

class FileTree;
struct CatalogData;

/// The Files API over the volumes of Unity Catalog (https://docs.databricks.com/api/workspace/files): raw bytes,
/// ranges, directories in pages. A volume that is gone takes its files along. Both must outlive the routes.
QList<Route> volumeFileRoutes(FileTree &files, const CatalogData &catalog);

} // namespace Sample

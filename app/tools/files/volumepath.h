#pragma once

#include <QString>

namespace Tools {

/// A path of a volume as it stands in the Files API's addresses: "/Volumes/main/default/raw/a b.txt" becomes
/// "/Volumes/main/default/raw/a%20b.txt". A leading "dbfs:" and trailing slashes are dropped. Throws ApiError for what
/// is no path in a volume.
QString volumeAddress(const QString &path);

/// The same path in plain words.
QString volumePath(const QString &path);

} // namespace Tools

#pragma once

#include <QString>

namespace Tools {

/// A name for a CSV file from what a client asked for: no path, no leading dot, nothing that a file system or Windows
/// reserves, "….csv" at the end. What leaves nothing becomes fallback.
QString safeFileName(const QString &wanted, const QString &fallback);

} // namespace Tools

#pragma once

#include <QString>

namespace Sample {

/// A number that is always the same for the same text, as large as the ids of busy workspaces are: above 2^53, odd, so
/// that a client which takes ids for doubles breaks at once.
qint64 stableId(const QString &text);

/// The same as a UUID.
QString stableUuid(const QString &text);

} // namespace Sample

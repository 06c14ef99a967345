#pragma once

#include <QString>

namespace Sample {

/// A number that is always the same for the same text, of 51 to 53 bits: as large an id as clients in
/// JavaScript can hold.
qint64 stableId(const QString &text);

/// The same as a UUID.
QString stableUuid(const QString &text);

} // namespace Sample

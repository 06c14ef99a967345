#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace Mcp {

/// The opaque cursor under which a list goes on at an element.
QString pageCursor(QLatin1StringView list, qsizetype from);

/// The element at which a cursor of this list goes on: 0 without a cursor, nothing for a cursor that is none of ours or
/// points behind the list's end.
std::optional<qsizetype> pageStart(QLatin1StringView list, const QJsonValue &cursor, qsizetype listSize);

} // namespace Mcp

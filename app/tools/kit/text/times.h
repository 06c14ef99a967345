#pragma once

#include "tools/kit/toolcall.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace Tools {

/// "2026-11-22 08:15:00 UTC" from milliseconds since 1970; empty for 0.
QString timeText(qint64 milliseconds);

/// A time of an API that has ISO texts in some places and milliseconds in others, in the same form.
QString anyTimeText(const QJsonValue &time);

/// How long something takes or took, in the unit that suits: "412 ms", "6.0 s", "3 min 20 s", "2 h 10 min", "3 d 4 h".
QString durationText(std::chrono::milliseconds duration);

/// A time as models and people write it: what answers print, ISO 8601, a date alone, seconds or milliseconds since
/// 1970, "now", "90 minutes ago", "2 days ago". Without a zone it is UTC, whatever zone this computer is in. Nothing
/// for what is no time.
std::optional<QDateTime> readTime(const QString &text);

/// The end of a span, in the same forms: a day alone ("2026-11-27", "yesterday") is meant with all its hours.
std::optional<QDateTime> readEnd(const QString &text);

/// The argument as such a time; nothing where it was not given. Throws ApiError for what is no time.
std::optional<QDateTime> timeArgument(const ToolCall &call, const QString &name);

/// The same for an argument that ends a span.
std::optional<QDateTime> endArgument(const ToolCall &call, const QString &name);

/// What the description of such an argument ends with.
inline constexpr QLatin1StringView TimeForms =
    QLatin1StringView("such as 2026-11-22 08:00 (UTC) or \"90 minutes ago\"");

} // namespace Tools

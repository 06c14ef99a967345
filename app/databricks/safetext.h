#pragma once

#include <QString>

namespace Databricks {

/// Text that came from outside, fit for a person, a log and a model: no control, bidirectional or invisible
/// characters (line breaks and tabs stay), secrets masked, at most maxBytes of UTF-8.
QString safeText(const QString &text, qsizetype maxBytes = 4096);

} // namespace Databricks

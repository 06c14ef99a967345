#pragma once

#include <QString>

namespace Mcp {

/// Text from a stranger, fit to be shown in a line: without control and formatting characters (which could turn the
/// direction of a line or colour a terminal), cut to so many characters.
QString displayText(const QString &text, qsizetype longest);

} // namespace Mcp

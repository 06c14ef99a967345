#pragma once

#include <QString>

namespace Tools {

/// What must be done to one text to get another, line by line.
struct TextDiff
{
    QString text; ///< in the unified format, without the file names; where lines are left out, it says how many
    qsizetype removed = 0;
    qsizetype added = 0;
};

/// At most so many lines of difference are shown, those that stay around them included. Exact in any case: two texts
/// that have little in common are shown as one removed and one added. A carriage return at a line's end is written out
/// where not every line of both has one.
TextDiff textDiff(const QString &before, const QString &after, qsizetype mostLines = 400);

} // namespace Tools

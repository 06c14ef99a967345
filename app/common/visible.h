#pragma once

#include <QString>

namespace Text {

/// Text that a stranger wrote, without what makes it look other than it is: control characters (line feeds and tabs
/// stay), bidirectional and invisible ones, unpaired surrogates. The two joiners stay: Persian, Indic scripts and emoji
/// are written with them.
QString visible(const QString &text);

/// The same as one line of at most longest characters (not UTF-16 units), "…" behind what was cut.
QString line(const QString &text, qsizetype longest);

/// The text's beginning in at most maxBytes of UTF-8, never cut inside a character, "…" behind what was cut.
QString cut(const QString &text, qsizetype maxBytes);

} // namespace Text

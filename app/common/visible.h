#pragma once

#include <QString>

namespace Text {

/// Text that a stranger wrote, without what makes it look other than it is: control characters (line feeds and tabs
/// stay), bidirectional and invisible ones, unpaired surrogates. The two joiners stay: Persian, Indic scripts and emoji
/// are written with them.
QString visible(const QString &text);

/// Whether a character shows nothing, or makes the text around it look other than it is. The joiners and every space
/// but the ordinary one are such; line feeds and tabs are not.
bool isDeceptive(char32_t c);

/// The text with every such character as its code point, for who must see exactly what is there: "a«U+202E»b". So are
/// letters of another alphabet within a Latin word, and marks that strike or bury what they stand on. Words that are
/// written from the right keep their place among the others. CR LF is a line end; a CR alone is one to some readers,
/// and is shown as well.
QString revealed(const QString &text);

/// The same as one line of at most longest characters (not UTF-16 units), "…" behind what was cut.
QString line(const QString &text, qsizetype longest);

/// The text's beginning in at most maxBytes of UTF-8, never cut inside a character, "…" behind what was cut.
QString cut(const QString &text, qsizetype maxBytes);

} // namespace Text

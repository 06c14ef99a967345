#pragma once

#include <QColor>
#include <QPalette>

namespace Gui {

/// What a colour stands for. Always beside a word or a shape, never alone.
enum class Tone { Good, Active, Caution, Bad, Quiet };

/// Whether the palette is a dark one, by the lightness of its window colour (QStyleHints::colorScheme() came with 6.5).
bool isDark(const QPalette &palette);

/// A colour that is readable on the palette's base and window colours.
QColor toneColour(Tone tone, const QPalette &palette);
/// For what is of second rank; keeps a contrast of at least 4.5 to 1.
QColor quietText(const QPalette &palette);
/// Hairlines between areas.
QColor lineColour(const QPalette &palette);
/// share of over, the rest of under.
QColor mixed(const QColor &over, const QColor &under, qreal share);

} // namespace Gui

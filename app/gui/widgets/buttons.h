#pragma once

#include <QString>

class QPushButton;
class QToolButton;

namespace Gui {

/// A button that Enter presses only while it has the focus. Fusion draws long words from edge to edge of a button; this
/// one leaves them room.
QPushButton *pushButton(const QString &name, const QString &text);

/// A button with a symbol, and the words beside it where there are any.
QToolButton *toolButton(const QString &name, const QString &symbol, const QString &text, const QString &toolTip);

} // namespace Gui

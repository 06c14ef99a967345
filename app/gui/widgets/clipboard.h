#pragma once

#include <QString>

namespace Gui {

/// Puts a text with a secret into the clipboard. Clipboard managers that know the mark (KDE's, KeePassXC's) do not keep
/// it in their history.
void copySecret(const QString &text);

} // namespace Gui

#pragma once

#include <QString>

namespace Gui {

void copyText(const QString &text);
/// Marked so that clipboard managers that know the mark (KDE's, KeePassXC's) do not keep it in their history.
void copySecret(const QString &text);

} // namespace Gui

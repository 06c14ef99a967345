#pragma once

namespace Gui {

/// Makes ":/bricktray/icons" available; without the call a linker drops the resources of a static library.
void loadResources();

} // namespace Gui

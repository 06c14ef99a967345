#pragma once

#include <QUrl>

namespace Gui {

/// Opens a page of the workspace in the browser. One that lies elsewhere is not opened, nor anything but a page: no
/// program on this machine is reached that way, unless it is the workspace. Returns whether it was.
bool openPage(const QUrl &page, const QUrl &workspace);

} // namespace Gui

#pragma once

#include <QString>

/// Whether Bricktray starts when the person signs in, by the desktop's own means: an XDG autostart entry.
/// https://specifications.freedesktop.org/autostart-spec/latest/
namespace Gui::Autostart {

/// Whether this platform has it; elsewhere nothing is ever on.
bool isSupported();
/// What the desktop will do, whoever has set it up.
bool isOn();
/// Empty, or why it could not be changed, for a person.
QString set(bool on);

} // namespace Gui::Autostart

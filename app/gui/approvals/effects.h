#pragma once

#include "calls/effect.h"
#include "gui/widgets/appearance.h"

#include <QString>

namespace Gui {

/// "Destroys or interrupts": what a call does, in the window's language.
QString effectText(Calls::Effect effect);
/// "Deleting, stopping, restarting, dropping a table": what that means.
QString effectExamples(Calls::Effect effect);
Tone effectTone(Calls::Effect effect);

} // namespace Gui

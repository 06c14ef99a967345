#pragma once

#include "calls/record.h"
#include "gui/widgets/appearance.h"

namespace Gui {

/// How an outcome is shown.
struct OutcomeLook
{
    QString text; ///< in the window's language
    QString symbol;
    Tone tone = Tone::Quiet;
};

OutcomeLook lookOf(Calls::Outcome outcome);

} // namespace Gui

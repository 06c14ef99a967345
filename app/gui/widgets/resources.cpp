#include "gui/widgets/resources.h"

#include <QtGlobal>

// Q_INIT_RESOURCE declares a function of the global namespace.
static void initialise()
{
    Q_INIT_RESOURCE(bricktray_icons);
}

namespace Gui {

void loadResources()
{
    initialise();
}

} // namespace Gui

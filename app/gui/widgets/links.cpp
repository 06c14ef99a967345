#include "gui/widgets/links.h"

#include <QDesktopServices>

using namespace Qt::StringLiterals;

namespace Gui {

bool openPage(const QUrl &page, const QUrl &workspace)
{
    const bool isPage = page.scheme() == "https"_L1 || page.scheme() == "http"_L1;
    const bool isThere = page.scheme() == workspace.scheme() && page.authority() == workspace.authority() &&
                         page.userInfo().isEmpty() && !page.host().isEmpty();
    return isPage && isThere && QDesktopServices::openUrl(page);
}

} // namespace Gui

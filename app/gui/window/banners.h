#pragma once

#include "gui/widgets/appearance.h"
#include "gui/window/controller.h"

#include <QList>

namespace Gui {

/// What a button of a banner does.
enum class BannerAction { OpenSettings, StartServer, ReadKeychain, Retry };

/// One thing the person should know or do something about.
struct Banner
{
    Tone tone = Tone::Caution;
    QString symbol;
    QString text;
    QList<BannerAction> actions;

    bool operator==(const Banner &) const = default;
};

/// What there is to tell, the most urgent first.
QList<Banner> bannersFor(const ServerStatus &server, const WorkspaceStatus &workspace, const QString &journalProblem);

} // namespace Gui

#pragma once

#include "gui/widgets/appearance.h"
#include "gui/window/status.h"

#include <QWidget>

class QVBoxLayout;

namespace Gui {

/// What the person should know or do something about, the most urgent first; takes no room when there is nothing.
class BannerArea : public QWidget
{
    Q_OBJECT

public:
    /// What a button of a banner does.
    enum class Action { OpenSettings, StartServer, ReadKeychain, Retry };

    explicit BannerArea(QWidget *parent = nullptr);
    void showStatus(const ServerStatus &server, const WorkspaceStatus &workspace, const QStringList &problems);

Q_SIGNALS:
    void triggered(Gui::BannerArea::Action action);

private:
    struct Banner
    {
        Tone tone = Tone::Caution;
        QString symbol;
        QString text;
        QList<Action> actions;

        bool operator==(const Banner &) const = default;
    };

    static QList<Banner> bannersFor(const ServerStatus &server, const WorkspaceStatus &workspace,
                                    const QStringList &problems);
    QWidget *widgetFor(const Banner &banner);

    QVBoxLayout *m_layout;
    QList<Banner> m_banners;
};

} // namespace Gui

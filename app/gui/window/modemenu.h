#pragma once

#include "gui/window/controller.h"

#include <QMenu>

namespace Gui {

/// "Read-only", "Ask", "Trust: 14 min left".
QString modeText(const ModeStatus &mode);

/// The switch of how much clients are trusted: a menu that follows it and sets it. In window and tray.
class ModeMenu : public QMenu
{
    Q_OBJECT

public:
    explicit ModeMenu(Controller *controller, QWidget *parent = nullptr);

private:
    QAction *add(const QString &name, const QString &text, Calls::Mode mode, std::chrono::minutes trustFor = {});
    void showMode();

    Controller *m_controller;
    QAction *m_readOnly;
    QAction *m_ask;
};

} // namespace Gui

#pragma once

#include "gui/window/controller.h"

#include <QMenu>

namespace Gui {

/// The yeses that hold for a while, each with the way to take it back. In window and tray.
class GrantMenu : public QMenu
{
    Q_OBJECT

public:
    explicit GrantMenu(Controller *controller, QWidget *parent = nullptr);

private:
    void fill();

    Controller *m_controller;
};

/// "DROP TABLE, main.sales.orders, for cursor 1.0 (14 min left, calls so far: 3)".
QString grantText(const Calls::Grant &grant);

} // namespace Gui

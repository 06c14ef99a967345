#pragma once

#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QWidget>

class QCheckBox;
class QSpinBox;

namespace Gui {

/// Where the server listens and what clients must show.
class ServerPage : public QWidget
{
    Q_OBJECT

public:
    ServerPage(Settings::Store *settings, Controller *controller, QWidget *parent = nullptr);
    void save(Settings::Store *settings) const;

private:
    void askToReplaceKey(Controller *controller);

    QSpinBox *m_port;
    QCheckBox *m_requireKey;
    QCheckBox *m_startWithApp;
};

} // namespace Gui

#pragma once

#include "settings/settings.h"

#include <QWidget>

class QCheckBox;

namespace Gui {

/// How the window and the tray behave.
class WindowPage : public QWidget
{
    Q_OBJECT

public:
    explicit WindowPage(Settings::Store *settings, QWidget *parent = nullptr);
    void save(Settings::Store *settings) const;

private:
    QCheckBox *m_notifications;
    QCheckBox *m_minimized;
};

} // namespace Gui

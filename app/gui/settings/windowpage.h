#pragma once

#include "settings/settings.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace Gui {

class NoteLabel;

/// How the window and the tray behave.
class WindowPage : public QWidget
{
    Q_OBJECT

public:
    explicit WindowPage(Settings::Store *settings, QWidget *parent = nullptr);
    void save(Settings::Store *settings) const;
    /// Sets up the start at sign-in, or says beside the switch why not.
    bool saveAutostart();

private:
    void addAutostart(QVBoxLayout *column);

    QCheckBox *m_notifications;
    QCheckBox *m_minimized;
    QCheckBox *m_autostart = nullptr; ///< where the platform has it
    NoteLabel *m_autostartProblem = nullptr;
};

} // namespace Gui

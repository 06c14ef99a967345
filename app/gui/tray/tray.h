#pragma once

#include "gui/tray/notificationmarkup.h"
#include "gui/window/controller.h"

#include <QObject>

#include <memory>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace Gui {

/// The tray icon, its menu and its messages: the only class that touches QSystemTrayIcon. Made when TrayProbe says so.
class Tray : public QObject
{
    Q_OBJECT

public:
    enum class Look { Stopped, Running, Busy, Error, Waiting };

    explicit Tray(Controller *controller, QObject *parent = nullptr);
    ~Tray() override;

    /// Whether there is a tray that shows the icon now.
    bool isActive() const;
    /// The text may be other people's.
    void notify(const QString &title, const QString &text);
    /// How many calls wait for an approval.
    void setWaiting(int calls);
    Look look() const { return m_look; }

Q_SIGNALS:
    void activated();
    void showWanted();
    void settingsWanted();
    void copyUrlWanted();
    void messageClicked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeMenu();
    void showState();
    void showIcon();

    Controller *m_controller;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon;
    NotificationMarkup m_markup;
    QAction *m_start = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_copyUrl = nullptr;
    int m_running = 0;
    int m_waiting = 0;
    Look m_look = Look::Stopped;
};

} // namespace Gui

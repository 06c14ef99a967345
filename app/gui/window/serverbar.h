#pragma once

#include "gui/window/controller.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace Gui {

class ElidedLabel;
class LinkLabel;
class SymbolWidget;

/// The head of the window: what the server does, which workspace it serves, and what a client needs to reach it.
class ServerBar : public QWidget
{
    Q_OBJECT

public:
    explicit ServerBar(Controller *controller, QWidget *parent = nullptr);

    /// The button at the right end.
    QToolButton *menuButton() const { return m_menu; }
    /// The time that Trust and grants have left; once a second.
    void tick();

public Q_SLOTS:
    void toggleServer();
    void copyUrl();
    void copyCursor();
    void addToCursor();

Q_SIGNALS:
    /// Something was done; for the status bar.
    void said(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *words();
    void showServer(const ServerStatus &status);
    void showWorkspace(const WorkspaceStatus &status);
    void showMode();
    void showGrants();

    Controller *m_controller;
    SymbolWidget *m_dot;
    ElidedLabel *m_state;
    LinkLabel *m_workspace;
    ElidedLabel *m_user;
    QToolButton *m_copyUrl;
    QToolButton *m_copyCursor;
    QToolButton *m_addToCursor;
    QToolButton *m_mode;
    QToolButton *m_grants;
    QToolButton *m_toggle;
    QToolButton *m_menu;
};

} // namespace Gui

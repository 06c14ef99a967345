#pragma once

#include "gui/calls/callmodel.h"
#include "gui/calls/callproxy.h"
#include "gui/window/controller.h"

#include <QWidget>

class QSplitter;

namespace Gui {

class CallDetails;
class PaneHeader;
class Table;

/// The calls, as they happen, and the details of the one that is selected.
class CallPane : public QWidget
{
    Q_OBJECT

public:
    explicit CallPane(Controller *controller, QWidget *parent = nullptr);

    void focusFilter();
    /// A second went by.
    void tick();
    QSplitter *splitter() const { return m_splitter; }

private:
    void showCurrent();
    void showNote();
    void showMenu(const QPoint &position);
    void selectFirst();

    Controller *m_controller;
    CallModel m_model;
    CallProxy m_proxy;
    PaneHeader *m_header;
    Table *m_table;
    CallDetails *m_details;
    QSplitter *m_splitter;
};

} // namespace Gui

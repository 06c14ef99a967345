#pragma once

#include "calls/policy.h"

#include <QStandardItemModel>
#include <QWidget>

class QComboBox;
class QPushButton;

namespace Gui {

class DecisionBox;
class Table;

/// Tools that are treated otherwise than their effect: a table, and what adds to it and takes from it.
class ExceptionList : public QWidget
{
    Q_OBJECT

public:
    /// tools: those an exception makes sense for.
    ExceptionList(const QHash<QString, Calls::Decision> &exceptions, const QStringList &tools,
                  QWidget *parent = nullptr);
    QHash<QString, Calls::Decision> exceptions() const;

private:
    void put(const QString &tool, Calls::Decision decision);
    void remove();
    void showButtons();

    QStandardItemModel m_model;
    Table *m_table;
    QComboBox *m_tool;
    DecisionBox *m_decision;
    QPushButton *m_add;
    QPushButton *m_remove;
};

} // namespace Gui

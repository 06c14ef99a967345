#pragma once

#include "gui/window/controller.h"

#include <QStandardItemModel>
#include <QWidget>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace Gui {

class NoteLabel;
class Table;

/// The access keys, one a client: made with a name, shown once, revoked. What is done here holds at once.
class AccessKeyList : public QWidget
{
    Q_OBJECT

public:
    explicit AccessKeyList(Controller *controller, QWidget *parent = nullptr);

private:
    QWidget *newKeyRow();
    QWidget *snippetRow();
    void showKeys();
    void showButtons();
    void make();
    void copySnippet();
    void askToRevoke();
    QString selected() const;

    Controller *m_controller;
    QStandardItemModel m_model;
    Table *m_table;
    QLineEdit *m_name;
    QPushButton *m_make;
    QPushButton *m_revoke;
    NoteLabel *m_note;
    QPlainTextEdit *m_snippet;
    QPushButton *m_copy;
};

} // namespace Gui

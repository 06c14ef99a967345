#pragma once

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLineEdit;

namespace Gui {

class ElidedLabel;

/// The line above a table: its title, what is to be said about it, a choice and a text to filter by.
class PaneHeader : public QWidget
{
    Q_OBJECT

public:
    PaneHeader(const QString &title, const QString &name, const QStringList &choices, QWidget *parent = nullptr);

    /// Beside the title: freshness, how many are hidden.
    void setNote(const QString &note);
    QComboBox *choice() const { return m_choice; }
    QLineEdit *filter() const { return m_filter; }
    /// Puts the cursor into it.
    void focusFilter();
    void addWidget(QWidget *widget);

private:
    ElidedLabel *m_note;
    QComboBox *m_choice;
    QLineEdit *m_filter;
    QHBoxLayout *m_row;
};

} // namespace Gui

#pragma once

#include <QTableView>

namespace Gui {

/// A table to read and select rows in: Tab leaves it, rows are copied with the standard key, and where there is
/// nothing to show it says so in words.
class Table : public QTableView
{
    Q_OBJECT

public:
    Table(const QString &name, const QString &description, QWidget *parent = nullptr);

    void setEmptyText(const QString &text);
    /// Makes the column as wide as this text and that much more.
    void setSample(int column, const QString &text, int more = 0);
    /// The column that takes what space the others leave.
    void setStretchColumn(int column);
    /// Columns that go, in this order, when the table is too narrow for all, and the width, in letters, below
    /// which each goes.
    void setOptionalColumns(const QList<std::pair<int, int>> &columns);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_emptyText;
    QList<std::pair<int, int>> m_optionalColumns;
};

} // namespace Gui

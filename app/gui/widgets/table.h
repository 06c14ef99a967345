#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace Gui {

/// Draws a cell: its background and, with room at both sides, its text; or what the subclass makes of it.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int Margin = 10;

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// option is initialised from the index; its rectangle lies inside the cell's margins.
    virtual void paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    static bool isSelected(const QStyleOptionViewItem &option);
    static QColor textColour(const QStyleOptionViewItem &option);
};

/// A table to read and select rows in: Tab leaves it, rows are copied with the standard key, and where there is
/// nothing to show it says so in words.
class Table : public QTableView
{
    Q_OBJECT

public:
    Table(const QString &name, const QString &description, QWidget *parent = nullptr);

    void setEmptyText(const QString &text);
    /// Makes the column as wide as this text, and by so many pixels wider.
    void setSampleText(int column, const QString &text, int more = 0);
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

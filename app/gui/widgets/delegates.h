#pragma once

#include <QStyledItemDelegate>

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

/// A cluster's state: a coloured dot (a ring where nothing runs) and the API's spelling.
class StateDelegate final : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// A call's outcome: its symbol and its word.
class OutcomeDelegate final : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// How long a call took or takes, and below it, as a thin bar, how far it is.
class TookDelegate final : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// When an exchange began within its call and how long it took, as a bar, with the time in words beside it.
class TimelineDelegate final : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace Gui

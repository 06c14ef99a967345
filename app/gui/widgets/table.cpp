#include "gui/widgets/table.h"

#include "gui/widgets/appearance.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

/// A flat head of a table: quiet words, a hairline below, an arrow where it is sorted.
class TableHeader final : public QHeaderView
{
public:
    explicit TableHeader(QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(false);
        setHighlightSections(false);
        setMinimumSectionSize(36);
    }

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->fillRect(rect, palette().color(QPalette::Base));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), lineColour(palette()));
    const QVariant alignment = model()->headerData(section, orientation(), Qt::TextAlignmentRole);
    const auto flags = alignment.isValid() ? Qt::Alignment(alignment.toInt()) : Qt::AlignLeft | Qt::AlignVCenter;
    QRect room = rect.adjusted(CellDelegate::Margin, 0, -CellDelegate::Margin, -1);
    const QString text = model()->headerData(section, orientation(), Qt::DisplayRole).toString();

    painter->setPen(quietText(palette()));
    painter->drawText(room, flags, fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
    if (!isSortIndicatorShown() || sortIndicatorSection() != section)
        return;
    const qreal side = fontMetrics().height() * 0.3;
    const qreal down = sortIndicatorOrder() == Qt::AscendingOrder ? 1 : -1;
    const QPointF tip(room.left() + fontMetrics().horizontalAdvance(text) + side * 2.2,
                      room.center().y() + 0.5 + down * side / 2);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(quietText(palette()));
    painter->drawPolygon(QPolygonF{tip, tip + QPointF(-side, -down * side), tip + QPointF(side, -down * side)});
}

} // namespace

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    cell.text.clear();
    const QStyle *style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    cell.text = text;
    cell.rect.adjust(Margin, 0, -Margin, 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(cell.font);
    paintContent(painter, cell, index);
    painter->restore();
}

void CellDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    painter->setPen(textColour(option));
    painter->drawText(option.rect, int(option.displayAlignment),
                      option.fontMetrics.elidedText(option.text, Qt::ElideRight, option.rect.width()));
}

bool CellDelegate::isSelected(const QStyleOptionViewItem &option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

QColor CellDelegate::textColour(const QStyleOptionViewItem &option)
{
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, isSelected(option) ? QPalette::HighlightedText : QPalette::Text);
}

Table::Table(const QString &name, const QString &description, QWidget *parent)
    : QTableView(parent)
{
    setObjectName(name);
    setAccessibleName(description);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setHorizontalHeader(new TableHeader(this));
    setItemDelegate(new CellDelegate(this));
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 11);
}

void Table::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void Table::setSampleText(int column, const QString &text, int more)
{
    setColumnWidth(column, fontMetrics().horizontalAdvance(text) + 2 * CellDelegate::Margin + more);
}

void Table::setStretchColumn(int column)
{
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void Table::setOptionalColumns(const QList<std::pair<int, int>> &columns)
{
    m_optionalColumns = columns;
}

void Table::resizeEvent(QResizeEvent *event)
{
    const int room = width() / fontMetrics().averageCharWidth();
    for (const auto &[column, letters] : std::as_const(m_optionalColumns))
        setColumnHidden(column, room < letters);
    QTableView::resizeEvent(event);
}

void Table::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || (model() && model()->rowCount() > 0))
        return;
    QPainter painter(viewport());
    painter.setPen(quietText(palette()));
    const int margin = fontMetrics().height();
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin), Qt::AlignCenter | Qt::TextWordWrap,
                     m_emptyText);
}

void Table::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy) || !currentIndex().isValid()) {
        QTableView::keyPressEvent(event);
        return;
    }
    QStringList cells;
    for (int column = 0; column < model()->columnCount(); ++column)
        cells << currentIndex().siblingAtColumn(column).data().toString();
    QGuiApplication::clipboard()->setText(cells.join(u'\t'));
}

} // namespace Gui

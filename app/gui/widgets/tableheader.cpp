#include "gui/widgets/tableheader.h"

#include "gui/widgets/appearance.h"
#include "gui/widgets/delegates.h"

#include <QPainter>

namespace Gui {

TableHeader::TableHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(false);
    setHighlightSections(false);
    setMinimumSectionSize(36);
}

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

} // namespace Gui

#include "gui/calls/calldelegates.h"

#include "gui/calls/callmodel.h"
#include "gui/calls/exchangemodel.h"
#include "gui/calls/outcomes.h"
#include "gui/widgets/symbol.h"

#include <QPainter>

namespace Gui {

void OutcomeDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    const OutcomeLook look = lookOf(Calls::Outcome(index.data(CallModel::OutcomeRole).toInt()));
    const int side = option.fontMetrics.height();
    const QRectF symbol(option.rect.x(), option.rect.center().y() - side / 2.0 + 0.5, side, side);
    paintSymbol(painter, symbol, look.symbol,
                isSelected(option) ? textColour(option) : toneColour(look.tone, option.palette));

    const QRect room = option.rect.adjusted(side + 5, 0, 0, 0);
    painter->setPen(textColour(option));
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                      option.fontMetrics.elidedText(option.text, Qt::ElideRight, room.width()));
}

void TookDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    CellDelegate::paintContent(painter, option, index);
    const double done = index.data(CallModel::ProgressRole).toDouble();
    if (done < 0)
        return;
    const QRectF lane(option.rect.x(), option.rect.bottom() - 3, option.rect.width(), 2.5);
    const QColor colour = isSelected(option) ? textColour(option) : toneColour(Tone::Active, option.palette);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(textColour(option),
                            option.palette.color(isSelected(option) ? QPalette::Highlight : QPalette::Base), 0.15));
    painter->drawRoundedRect(lane, 1, 1);
    painter->setBrush(colour);
    painter->drawRoundedRect(QRectF(lane.topLeft(), QSizeF(lane.width() * done, lane.height())), 1, 1);
}

void TimelineDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    const int words = option.fontMetrics.horizontalAdvance(QStringLiteral("00 min 00 s"));
    const QRectF lane = QRectF(option.rect).adjusted(0, 0, -words - 6, 0);
    if (lane.width() > 20) {
        const qreal scale = lane.width() / index.data(ExchangeModel::TotalRole).toReal();
        const qreal start = index.data(ExchangeModel::StartRole).toReal() * scale;
        const qreal width = qMax<qreal>(3, index.data(ExchangeModel::DurationRole).toReal() * scale);
        const qreal height = option.fontMetrics.height() * 0.55;
        const Tone tone = index.data(ExchangeModel::FailedRole).toBool() ? Tone::Bad : Tone::Active;
        QRectF bar(lane.x() + qMin(start, lane.width() - width), lane.center().y() - height / 2, width, height);
        painter->setPen(Qt::NoPen);
        painter->setBrush(mixed(textColour(option), option.palette.color(QPalette::Base), 0.08));
        painter->drawRoundedRect(QRectF(lane.x(), lane.center().y() - 0.5, lane.width(), 1), 0.5, 0.5);
        painter->setBrush(isSelected(option) ? textColour(option) : toneColour(tone, option.palette));
        painter->drawRoundedRect(bar, 2, 2);
    }
    painter->setPen(textColour(option));
    painter->drawText(option.rect, Qt::AlignVCenter | Qt::AlignRight, option.text);
}

} // namespace Gui

#include "gui/widgets/delegates.h"

#include "gui/calls/callmodel.h"
#include "gui/calls/exchangemodel.h"
#include "gui/clusters/clustermodel.h"
#include "gui/widgets/appearance.h"
#include "gui/widgets/symbol.h"

#include <QApplication>
#include <QPainter>

namespace Gui {

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

QSize StateDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(option.fontMetrics.height() * 2, 0);
}

void StateDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString state = index.data(ClusterModel::StateRole).toString();
    const Tone tone = stateTone(state);
    const QColor colour = toneColour(tone, option.palette);

    QFont font = option.font;
    font.setPointSizeF(font.pointSizeF() * 0.86);
    font.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(font);
    const int height = metrics.height() + 4;
    const int dot = metrics.height() / 2 + 1;
    const int room = option.rect.width() - dot - 22;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, qMax(0, room));

    QRectF pill(option.rect.x(), option.rect.center().y() - height / 2.0 + 0.5,
                dot + 20 + metrics.horizontalAdvance(text), height);
    painter->setPen(Qt::NoPen);
    // On the selection colour no tint of ours is sure to be readable: the pill brings its own ground along.
    painter->setBrush(mixed(colour, option.palette.color(QPalette::Base), isDark(option.palette) ? 0.2 : 0.12));
    painter->drawRoundedRect(pill, height / 2.0, height / 2.0);

    QRectF mark(pill.x() + 7, pill.center().y() - dot / 2.0, dot, dot);
    if (tone == Tone::Quiet) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colour, 1.5));
        mark.adjust(1, 1, -1, -1);
    } else {
        painter->setBrush(colour);
    }
    painter->drawEllipse(mark);

    painter->setFont(font);
    painter->setPen(tone == Tone::Quiet ? mixed(option.palette.color(QPalette::Text), colour, 0.3)
                                        : mixed(option.palette.color(QPalette::Text), colour, 0.45));
    painter->drawText(pill.adjusted(dot + 12, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

void OutcomeDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    const auto outcome = Calls::Outcome(index.data(CallModel::OutcomeRole).toInt());
    const int side = option.fontMetrics.height();
    const QRectF symbol(option.rect.x(), option.rect.center().y() - side / 2.0 + 0.5, side, side);
    paintSymbol(painter, symbol, outcomeSymbol(outcome),
                isSelected(option) ? textColour(option) : toneColour(outcomeTone(outcome), option.palette));

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

#include "gui/widgets/card.h"

#include <QPainter>

namespace Gui {

Card::Card(Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
{}

void Card::paintEvent(QPaintEvent *)
{
    const QColor colour = toneColour(m_tone, palette());
    const QColor ground = mixed(palette().color(QPalette::Base), palette().color(QPalette::Window), 0.7);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(mixed(colour, ground, 0.45));
    painter.setBrush(mixed(colour, ground, 0.12));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace Gui

#include "gui/widgets/formlabels.h"

#include <QEvent>

namespace Gui {

ToneLabel::ToneLabel(Tone tone, const QString &name, const QString &text, QWidget *parent)
    : QLabel(text, parent)
    , m_tone(tone)
{
    setObjectName(name);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    recolour();
}

void ToneLabel::setTone(Tone tone)
{
    m_tone = tone;
    recolour();
}

QSize ToneLabel::sizeHint() const
{
    // QLabel's own guess at wrapped text is narrow and tall, and a form keeps the height.
    const int width = fontMetrics().averageCharWidth() * 60;
    return QSize(width, heightForWidth(width));
}

void ToneLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange)
        recolour();
    QLabel::changeEvent(event);
}

void ToneLabel::recolour()
{
    QPalette own;
    own.setColor(QPalette::WindowText, m_tone == Tone::Quiet ? quietText(own) : toneColour(m_tone, own));
    setPalette(own);
}

void say(QLabel *label, Tone tone, const QString &text)
{
    static_cast<ToneLabel *>(label)->setTone(tone);
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace Gui

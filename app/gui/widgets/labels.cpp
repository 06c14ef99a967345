#include "labels.h"

#include "gui/widgets/links.h"

#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Gui {

TextLabel::TextLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

void TextLabel::setSelectable()
{
    setTextInteractionFlags(Qt::TextSelectableByMouse);
}

ToneLabel::ToneLabel(Tone tone, const QString &text, QWidget *parent)
    : TextLabel(text, parent)
    , m_tone(tone)
{
    recolour();
}

void ToneLabel::setTone(Tone tone)
{
    m_tone = tone;
    recolour();
}

void ToneLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange)
        recolour();
    TextLabel::changeEvent(event);
}

void ToneLabel::recolour()
{
    QPalette own;
    own.setColor(QPalette::WindowText, m_tone == Tone::Quiet ? quietText(own) : toneColour(m_tone, own));
    setPalette(own);
}

NoteLabel::NoteLabel(Tone tone, const QString &name, const QString &text, QWidget *parent)
    : ToneLabel(tone, text, parent)
{
    setObjectName(name);
    setSelectable();
}

void NoteLabel::say(Tone tone, const QString &text)
{
    setTone(tone);
    setText(text);
    setVisible(!text.isEmpty());
}

QSize NoteLabel::sizeHint() const
{
    // QLabel's own guess at wrapped text is narrow and tall, and a form keeps the height.
    const int width = fontMetrics().averageCharWidth() * 60;
    return QSize(width, heightForWidth(width));
}

ElidedLabel::ElidedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setQuiet()
{
    m_quiet = true;
    update();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return QSize(fontMetrics().averageCharWidth() * 6, fontMetrics().height());
}

QSize ElidedLabel::sizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height());
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_quiet ? quietText(palette()) : palette().color(foregroundRole()));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideRight, width()));
}

LinkLabel::LinkLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    connect(this, &QLabel::linkActivated, this, [this] { openPage(m_url, m_url); });
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
}

void LinkLabel::setLink(const QString &text, const QUrl &url)
{
    m_text = text;
    m_url = url;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

QSize LinkLabel::sizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(m_text) + 4, fontMetrics().height());
}

QSize LinkLabel::minimumSizeHint() const
{
    return QSize(fontMetrics().averageCharWidth() * 6, fontMetrics().height());
}

void LinkLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void LinkLabel::elide()
{
    const QString text =
        width() < sizeHint().width() ? fontMetrics().elidedText(m_text, Qt::ElideRight, width() - 4) : m_text;
    setText(u"<a href=\"%1\">%2</a>"_s.arg(m_url.toString(QUrl::FullyEncoded).toHtmlEscaped(), text.toHtmlEscaped()));
}

void setWeight(QLabel *label, QFont::Weight weight)
{
    QFont font = label->font();
    font.setWeight(weight);
    label->setFont(font);
}

} // namespace Gui

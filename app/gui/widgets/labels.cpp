#include "gui/widgets/labels.h"

#include "gui/widgets/appearance.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Gui {

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

QuietLabel::QuietLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    recolour();
}

void QuietLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::ParentChange)
        recolour();
    QLabel::changeEvent(event);
}

void QuietLabel::recolour()
{
    QPalette own;
    own.setColor(QPalette::WindowText, quietText(own));
    setPalette(own);
}

LinkLabel::LinkLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setOpenExternalLinks(true);
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

void widen(QPushButton *button)
{
    button->setMinimumWidth(button->sizeHint().width() + 20);
}

} // namespace Gui

#include "gui/widgets/fittingarea.h"

#include <QEvent>
#include <QResizeEvent>

namespace Gui {

namespace {

constexpr int LeastLines = 2;

} // namespace

FittingArea::FittingArea(QWidget *content, QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    content->installEventFilter(this);
    // A height for a width would be a layout's minimum as well.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

int FittingArea::contentHeight() const
{
    return widget()->hasHeightForWidth() ? widget()->heightForWidth(viewport()->width())
                                         : widget()->sizeHint().height();
}

QSize FittingArea::sizeHint() const
{
    return {widget()->sizeHint().width(), contentHeight()};
}

QSize FittingArea::minimumSizeHint() const
{
    return {0, qMin(contentHeight(), LeastLines * fontMetrics().lineSpacing())};
}

void FittingArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

bool FittingArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace Gui

#include "gui/approvals/passageview.h"

#include "common/visible.h"
#include "gui/approvals/highlighter.h"

#include <QEvent>
#include <QFontDatabase>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

/// Whether another widget stands in front of a part of it, or a part lies outside of what it is in. A layout that finds
/// too little room lays widgets over each other.
bool isCoveredIn(const QWidget *widget, QRect part)
{
    for (const QWidget *parent = widget->parentWidget(); parent; widget = parent, parent = widget->parentWidget()) {
        part.translate(widget->pos());
        if (!parent->rect().contains(part))
            return true;
        const QList<QWidget *> siblings = parent->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
        const bool covers = std::ranges::any_of(siblings, [widget, &part](const QWidget *sibling) {
            return sibling != widget && !sibling->isWindow() && sibling->isVisible() &&
                   sibling->geometry().intersects(part);
        });
        if (covers)
            return true;
        if (parent->isWindow())
            return false;
    }
    return false;
}

} // namespace

PassageView::PassageView(const QList<Calls::Passage> &passages, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new Highlighter(document()))
{
    setObjectName(u"approvalArguments"_s);
    setReadOnly(true);
    setTabChangesFocus(true);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // Code is read from the left, whatever its first letter is.
    QTextOption fromTheLeft = document()->defaultTextOption();
    fromTheLeft.setTextDirection(Qt::LeftToRight);
    document()->setDefaultTextOption(fromTheLeft);

    QStringList texts;
    int block = 0;
    for (const Calls::Passage &passage : passages) {
        const QString text = Text::revealed(passage.text);
        const QString name = Text::revealed(passage.name);
        // The one that says what happens needs no heading where it stands alone.
        const bool isLong = text.contains(u'\n');
        const bool hasHeading = passages.size() > 1 && isLong;
        if (hasHeading) {
            texts.append(name + u':');
            m_highlighter->addPassage(block, Calls::Passage::Language::Plain);
            ++block;
        }
        m_highlighter->addPassage(block, passage.language);
        texts.append(passages.size() > 1 && !isLong ? QString(name + u": "_s + text) : text);
        block += int(text.count(u'\n')) + 1;
    }
    setPlainText(texts.join(u'\n'));
    moveCursor(QTextCursor::Start);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &PassageView::looked);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &PassageView::looked);
}

bool PassageView::isCovered() const
{
    return isVisible() && isCoveredIn(this, rect());
}

int PassageView::linesBelow() const
{
    return qMax(0, verticalScrollBar()->maximum() - verticalScrollBar()->value());
}

void PassageView::setMostLines(int lines)
{
    m_mostLines = qMax(3, lines);
    fit();
}

void PassageView::fit()
{
    // Blocks are laid out when they are painted; the count of lines needs all of them.
    qreal height = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next())
        height += blockBoundingRect(block).height();
    const int spacing = fontMetrics().lineSpacing();
    const int lines = qBound(1, int(std::ceil(height / spacing)), m_mostLines);
    const int margins = 2 * frameWidth() + int(2 * document()->documentMargin()) + 2;
    setFixedHeight(lines * spacing + margins);
    Q_EMIT looked();
}

void PassageView::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    // What was never painted was seen by nobody; before it is, sizes and lines are guesses.
    const QRectF last = blockBoundingGeometry(document()->lastBlock()).translated(contentOffset());
    if (!m_isEndSeen && last.bottom() <= viewport()->height() + 1) {
        m_isEndSeen = !isCovered();
        // Not inside of a paint event.
        QMetaObject::invokeMethod(this, &PassageView::looked, Qt::QueuedConnection);
    }
}

void PassageView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fit();
}

void PassageView::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    fit();
}

void PassageView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->recolour(palette());
    QPlainTextEdit::changeEvent(event);
}

} // namespace Gui

#include "gui/widgets/table.h"

#include "gui/widgets/appearance.h"
#include "gui/widgets/clipboard.h"
#include "gui/widgets/delegates.h"
#include "gui/widgets/tableheader.h"

#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Gui {

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

void Table::setSample(int column, const QString &text, int more)
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
    copyText(cells.join(u'\t'));
}

} // namespace Gui

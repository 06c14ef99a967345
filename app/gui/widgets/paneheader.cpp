#include "gui/widgets/paneheader.h"

#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace Gui {

PaneHeader::PaneHeader(const QString &title, const QString &name, const QStringList &choices, QWidget *parent)
    : QWidget(parent)
    , m_note(new ElidedLabel)
    , m_choice(new QComboBox)
    , m_filter(new QLineEdit)
    , m_row(new QHBoxLayout(this))
{
    auto *heading = new QLabel(title);
    setWeight(heading, QFont::DemiBold);

    m_note->setObjectName(name + u"Note"_s);
    m_note->setQuiet();
    m_choice->setObjectName(name + u"Choice"_s);
    m_choice->addItems(choices);
    m_choice->setAccessibleName(tr("Which to show: %1").arg(title));
    m_filter->setObjectName(name + u"Filter"_s);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter: %1").arg(title));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(symbolIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_filter->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
    m_filter->setMaximumWidth(fontMetrics().averageCharWidth() * 26);

    m_row->setContentsMargins(10, 6, 10, 6);
    m_row->setSpacing(6);
    m_row->addWidget(heading);
    m_row->addSpacing(6);
    m_row->addWidget(m_note, 1);
    m_row->addWidget(m_filter);
    m_row->addWidget(m_choice);
}

void PaneHeader::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setToolTip(note.isEmpty() ? QString() : plainToolTip(note));
    m_note->updateGeometry();
}

void PaneHeader::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void PaneHeader::addWidget(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace Gui

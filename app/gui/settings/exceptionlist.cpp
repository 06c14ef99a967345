#include "gui/settings/exceptionlist.h"

#include "gui/settings/decisionbox.h"
#include "gui/widgets/table.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Gui {

ExceptionList::ExceptionList(const QHash<QString, Calls::Decision> &exceptions, const QStringList &tools,
                             QWidget *parent)
    : QWidget(parent)
    , m_model(0, 2)
    , m_table(new Table(u"settingsExceptions"_s, tr("Exceptions for single tools")))
    , m_tool(new QComboBox)
    , m_decision(new DecisionBox(u"settingsExceptionDecision"_s, tr("What becomes of its calls"), Calls::Decision::Ask))
    , m_add(new QPushButton(tr("A&dd")))
    , m_remove(new QPushButton(tr("Re&move")))
{
    m_model.setHorizontalHeaderLabels({tr("Tool"), tr("Its calls")});
    m_table->setModel(&m_model);
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->setStretchColumn(0);
    m_table->setSampleText(1, tr("Ask me"), fontMetrics().height() * 3);
    m_table->setEmptyText(tr("No exceptions: what a tool does decides."));
    m_table->setMinimumHeight(fontMetrics().height() * 6);
    QStringList sorted = exceptions.keys();
    sorted.sort();
    for (const QString &tool : std::as_const(sorted))
        put(tool, exceptions.value(tool));
    m_table->setCurrentIndex({});

    m_tool->setObjectName(u"settingsExceptionTool"_s);
    m_tool->setAccessibleName(tr("Tool"));
    m_tool->addItems(tools);
    m_add->setObjectName(u"settingsExceptionAdd"_s);
    m_remove->setObjectName(u"settingsExceptionRemove"_s);
    for (QPushButton *button : {m_add, m_remove})
        button->setAutoDefault(false);
    connect(m_add, &QPushButton::clicked, this, [this] { put(m_tool->currentText(), m_decision->decision()); });
    connect(m_remove, &QPushButton::clicked, this, &ExceptionList::remove);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ExceptionList::showButtons);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_table, 0, 0, 1, 4);
    grid->addWidget(m_tool, 1, 0);
    grid->addWidget(m_decision, 1, 1);
    grid->addWidget(m_add, 1, 2);
    grid->addWidget(m_remove, 1, 3);
    grid->setColumnStretch(0, 1);
    showButtons();
}

void ExceptionList::put(const QString &tool, Calls::Decision decision)
{
    auto *words = new QStandardItem(decisionText(decision));
    words->setData(int(decision));
    const QList<QStandardItem *> known = m_model.findItems(tool);
    if (known.isEmpty())
        m_model.appendRow({new QStandardItem(tool), words});
    else
        m_model.setItem(known.constFirst()->row(), 1, words);
    m_table->selectRow(known.isEmpty() ? m_model.rowCount() - 1 : known.constFirst()->row());
}

void ExceptionList::remove()
{
    if (m_table->currentIndex().isValid())
        m_model.removeRow(m_table->currentIndex().row());
    showButtons();
}

void ExceptionList::showButtons()
{
    m_add->setEnabled(m_tool->count() > 0);
    m_remove->setEnabled(m_table->selectionModel()->hasSelection());
}

QHash<QString, Calls::Decision> ExceptionList::exceptions() const
{
    QHash<QString, Calls::Decision> exceptions;
    for (int row = 0; row < m_model.rowCount(); ++row)
        exceptions.insert(m_model.item(row, 0)->text(), Calls::Decision(m_model.item(row, 1)->data().toInt()));
    return exceptions;
}

} // namespace Gui

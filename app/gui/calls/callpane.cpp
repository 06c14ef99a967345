#include "gui/calls/callpane.h"

#include "gui/calls/calldelegates.h"
#include "gui/calls/calldetails.h"
#include "gui/widgets/paneheader.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/table.h"
#include "gui/widgets/text.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

CallPane::CallPane(Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_header(new PaneHeader(tr("Calls"), u"call"_s, {tr("All"), tr("Failed"), tr("Refused"), tr("Running")}))
    , m_table(new Table(u"callTable"_s, tr("Calls, the newest first")))
    , m_details(new CallDetails)
    , m_splitter(new QSplitter(Qt::Horizontal))
{
    m_proxy.setSourceModel(&m_model);
    m_table->setModel(&m_proxy);
    m_table->setItemDelegateForColumn(CallModel::Outcome, new OutcomeDelegate(m_table));
    m_table->setItemDelegateForColumn(CallModel::Took, new TookDelegate(m_table));
    m_table->setStretchColumn(CallModel::Target);
    m_table->setOptionalColumns({{CallModel::Client, 115}, {CallModel::Took, 76}, {CallModel::Time, 66}});
    m_table->setSampleText(CallModel::Outcome, u"succeeded"_s, fontMetrics().height() + 6);
    m_table->setSampleText(CallModel::Time, u"00:00:00"_s, 4);
    m_table->setSampleText(CallModel::Tool, u"list_warehouses"_s, 8);
    m_table->setSampleText(CallModel::Client, u"cursor-vscode 1.0"_s);
    m_table->setSampleText(CallModel::Took, u"00 min 00 s"_s);

    m_splitter->setObjectName(u"callSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_splitter, 1);

    connect(m_header->filter(), &QLineEdit::textChanged, &m_proxy, &CallProxy::setText);
    connect(m_header->choice(), &QComboBox::currentIndexChanged, &m_proxy,
            [this](int choice) { m_proxy.setShow(CallProxy::Show(choice)); });
    connect(&m_proxy, &QAbstractItemModel::rowsInserted, this, [this] {
        showNote();
        selectFirst();
    });
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, &CallPane::showNote);
    connect(&m_proxy, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
        const int current = m_table->currentIndex().row();
        if (from.column() == 0 && from.row() <= current && current <= to.row())
            showCurrent();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CallPane::showCurrent);
    connect(m_table, &QWidget::customContextMenuRequested, this, &CallPane::showMenu);

    connect(controller, &Controller::callOpened, &m_model, &CallModel::put);
    connect(controller, &Controller::callChanged, &m_model, &CallModel::put);
    connect(controller, &Controller::callsLoaded, &m_model, &CallModel::append);
    connect(m_details, &CallDetails::cancelWanted, controller, &Controller::cancelCall);
    connect(&m_model, &CallModel::pageNeeded, controller, &Controller::loadCalls);
    m_model.fetchMore({});
    showCurrent();
    showNote();
}

void CallPane::focusFilter()
{
    m_header->focusFilter();
}

void CallPane::tick()
{
    m_model.refreshTimes();
}

void CallPane::selectFirst()
{
    if (!m_table->currentIndex().isValid() && m_proxy.rowCount() > 0)
        m_table->selectRow(0);
}

void CallPane::showCurrent()
{
    const QModelIndex index = m_proxy.mapToSource(m_table->currentIndex());
    if (index.isValid())
        m_details->showRecord(m_model.record(index.row()));
    else
        m_details->showNothing();
}

void CallPane::showNote()
{
    const int hidden = m_proxy.hiddenCount();
    m_header->setNote(hidden > 0 ? tr("%1 hidden by filter").arg(hidden) : QString());
    m_table->setEmptyText(
        m_model.rowCount() > 0
            ? tr("No call matches the filter.")
            : tr("No calls yet. Copy the configuration into Cursor and ask it to list your clusters."));
}

void CallPane::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    if (!index.isValid())
        return;
    const Calls::Record record = m_model.record(m_proxy.mapToSource(index).row());
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(symbolIcon(u"copy"_s), tr("Copy &arguments"), this,
                    [record] { QGuiApplication::clipboard()->setText(prettyJson(record.arguments)); });
    QAction *answer =
        menu->addAction(tr("Copy a&nswer"), this, [record] { QGuiApplication::clipboard()->setText(record.answer); });
    answer->setEnabled(!record.answer.isEmpty());
    menu->addSeparator();
    QAction *cancel = menu->addAction(symbolIcon(u"stop"_s), tr("&Cancel call"), this,
                                      [this, id = record.id] { m_controller->cancelCall(id); });
    cancel->setObjectName(u"actionCancelCall"_s);
    cancel->setEnabled(!Calls::isOver(record.outcome));
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace Gui

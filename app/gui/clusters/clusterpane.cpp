#include "gui/clusters/clusterpane.h"

#include "gui/widgets/appearance.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/links.h"
#include "gui/widgets/paneheader.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/table.h"
#include "gui/widgets/text.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QUrl clusterPage(const QUrl &host, const QString &id)
{
    QUrl page = host;
    page.setPath(u"/compute/clusters/"_s + QString::fromLatin1(QUrl::toPercentEncoding(id)), QUrl::StrictMode);
    return page;
}

/// A cluster's state: a coloured dot (a ring where nothing runs) and the API's spelling.
class StateDelegate final : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

QSize StateDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(option.fontMetrics.height() * 2, 0);
}

void StateDelegate::paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto tone = Tone(index.data(ClusterModel::ToneRole).toInt());
    const QColor colour = toneColour(tone, option.palette);

    QFont font = option.font;
    font.setPointSizeF(font.pointSizeF() * 0.86);
    font.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(font);
    const int height = metrics.height() + 4;
    const int dot = metrics.height() / 2 + 1;
    const int room = option.rect.width() - dot - 22;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, qMax(0, room));

    QRectF pill(option.rect.x(), option.rect.center().y() - height / 2.0 + 0.5,
                dot + 20 + metrics.horizontalAdvance(text), height);
    painter->setPen(Qt::NoPen);
    // On the selection colour no tint of ours is sure to be readable: the pill brings its own ground along.
    painter->setBrush(mixed(colour, option.palette.color(QPalette::Base), isDark(option.palette) ? 0.2 : 0.12));
    painter->drawRoundedRect(pill, height / 2.0, height / 2.0);

    QRectF mark(pill.x() + 7, pill.center().y() - dot / 2.0, dot, dot);
    if (tone == Tone::Quiet) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colour, 1.5));
        mark.adjust(1, 1, -1, -1);
    } else {
        painter->setBrush(colour);
    }
    painter->drawEllipse(mark);

    painter->setFont(font);
    painter->setPen(tone == Tone::Quiet ? mixed(option.palette.color(QPalette::Text), colour, 0.3)
                                        : mixed(option.palette.color(QPalette::Text), colour, 0.45));
    painter->drawText(pill.adjusted(dot + 12, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

} // namespace

ClusterPane::ClusterPane(Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_header(new PaneHeader(tr("Clusters"), u"cluster"_s, {tr("All"), tr("Running"), tr("Mine")}))
    , m_table(new Table(u"clusterTable"_s, tr("Clusters of the workspace")))
{
    m_proxy.setSourceModel(&m_model);
    m_table->setModel(&m_proxy);
    m_table->setItemDelegateForColumn(ClusterModel::State, new StateDelegate(m_table));
    m_table->setStretchColumn(ClusterModel::Name);
    m_table->setOptionalColumns({{ClusterModel::Runtime, 137},
                                 {ClusterModel::Creator, 117},
                                 {ClusterModel::Workers, 88},
                                 {ClusterModel::Uptime, 75}});
    m_table->setSampleText(ClusterModel::State, u"TERMINATING"_s, 30);
    m_table->setSampleText(ClusterModel::Workers, u"Workers"_s, 4);
    m_table->setSampleText(ClusterModel::Runtime, u"15.4.x-scala2.12"_s, 4);
    m_table->setSampleText(ClusterModel::Creator, u"someone@example.com"_s);
    m_table->setSampleText(ClusterModel::Uptime, tr("ended %1 ago").arg(u"00 h 00 min"_s));
    m_table->horizontalHeader()->setSectionsClickable(true);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(ClusterModel::State, Qt::AscendingOrder);

    QToolButton *refresh = toolButton(u"refreshClusters"_s, u"refresh"_s, {}, tr("Read the clusters now"));
    refresh->setAutoRaise(true);
    m_header->addWidget(refresh);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_table, 1);

    connect(refresh, &QToolButton::clicked, controller, &Controller::refreshClusters);
    connect(m_header->filter(), &QLineEdit::textChanged, &m_proxy, &ClusterProxy::setText);
    connect(m_header->choice(), &QComboBox::currentIndexChanged, &m_proxy,
            [this](int choice) { m_proxy.setShow(ClusterProxy::Show(choice)); });
    connect(&m_proxy, &QAbstractItemModel::rowsInserted, this, &ClusterPane::showNote);
    connect(&m_proxy, &QAbstractItemModel::rowsRemoved, this, &ClusterPane::showNote);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ClusterPane::showMenu);
    connect(controller, &Controller::clustersUpdated, this, &ClusterPane::showClusters);
    connect(controller, &Controller::clustersFailed, this, &ClusterPane::showFailure);
    connect(controller, &Controller::workspaceStatusChanged, this, &ClusterPane::showWorkspace);
    showWorkspace(controller->workspaceStatus());
    showNote();
}

void ClusterPane::focusFilter()
{
    m_header->focusFilter();
}

void ClusterPane::tick()
{
    m_model.refreshTimes();
    showNote();
}

void ClusterPane::showClusters(const QList<Monitor::Cluster> &clusters)
{
    m_failure.clear();
    m_updated.restart();
    m_model.setClusters(clusters);
    setStale(false);
}

void ClusterPane::showFailure(const QString &message)
{
    m_failure = message.isEmpty() ? tr("The clusters can't be read.") : message;
    setStale(true);
}

void ClusterPane::setStale(bool stale)
{
    QPalette own;
    if (stale)
        own.setColor(QPalette::Text, quietText(own));
    m_table->setPalette(own);
    showNote();
}

void ClusterPane::showWorkspace(const WorkspaceStatus &status)
{
    // Another workspace's clusters are not stale, they are wrong.
    if (status.host != m_host) {
        m_host = status.host;
        m_model.setClusters({});
        m_updated.invalidate();
        m_failure.clear();
    }
    m_proxy.setUser(status.user);
    showNote();
}

QString ClusterPane::freshness() const
{
    if (!m_updated.isValid())
        return m_failure;
    const QString ago = formatAge(std::chrono::milliseconds(m_updated.elapsed()));
    return m_failure.isEmpty() ? tr("Updated %1").arg(ago) : tr("Stale, last updated %1. %2").arg(ago, m_failure);
}

void ClusterPane::showNote()
{
    QStringList parts;
    if (const QString fresh = freshness(); !fresh.isEmpty())
        parts << fresh;
    if (const int hidden = m_proxy.hiddenCount(); hidden > 0)
        parts << tr("%1 hidden by filter").arg(hidden);
    m_header->setNote(parts.join(u" · "_s));

    if (m_model.rowCount() > 0)
        m_table->setEmptyText(tr("No cluster matches the filter."));
    else if (!m_failure.isEmpty())
        m_table->setEmptyText(m_failure);
    else
        m_table->setEmptyText(m_updated.isValid() ? tr("This workspace has no clusters, or none you may see.")
                                                  : tr("The clusters appear here once the workspace answers."));
}

void ClusterPane::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    if (!index.isValid())
        return;
    const Monitor::Cluster cluster = m_model.cluster(m_proxy.mapToSource(index).row());
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(symbolIcon(u"copy"_s), tr("Copy &id"), this,
                    [cluster] { QGuiApplication::clipboard()->setText(cluster.id); });
    menu->addAction(tr("Copy &name"), this, [cluster] { QGuiApplication::clipboard()->setText(cluster.name); });
    menu->addSeparator();
    QAction *open = menu->addAction(symbolIcon(u"external"_s), tr("&Open in Databricks"), this,
                                    [this, cluster] { openPage(clusterPage(m_host, cluster.id), m_host); });
    open->setEnabled(!m_host.isEmpty());
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace Gui

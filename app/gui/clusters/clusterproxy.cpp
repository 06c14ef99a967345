#include "gui/clusters/clusterproxy.h"

#include "gui/clusters/clustermodel.h"

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

/// A collator of the C locale knows neither numbers nor cases.
QLocale sortingLocale()
{
    return QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale();
}

} // namespace

ClusterProxy::ClusterProxy(QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_collator(sortingLocale())
{
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
    sort(ClusterModel::State);
}

void ClusterProxy::setShow(Show show)
{
    m_show = show;
    invalidateFilter();
}

void ClusterProxy::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void ClusterProxy::setUser(const QString &user)
{
    m_user = user;
    invalidateFilter();
}

int ClusterProxy::hiddenCount() const
{
    return sourceModel() ? sourceModel()->rowCount() - rowCount() : 0;
}

bool ClusterProxy::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto cell = [this, row, &parent](int column, int role) {
        return sourceModel()->index(row, column, parent).data(role).toString();
    };
    if (m_show == Show::Running && cell(0, ClusterModel::StateRole) != u"RUNNING"_s)
        return false;
    if (m_show == Show::Mine && cell(ClusterModel::Creator, Qt::DisplayRole).compare(m_user, Qt::CaseInsensitive) != 0)
        return false;
    if (m_text.isEmpty() || cell(0, ClusterModel::IdRole).contains(m_text, Qt::CaseInsensitive))
        return true;
    for (int column = 0; column < ClusterModel::ColumnCount; ++column) {
        if (cell(column, Qt::DisplayRole).contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

bool ClusterProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto sorted = [](const QModelIndex &index, int column) {
        return index.siblingAtColumn(column).data(ClusterModel::SortRole);
    };
    const QVariant one = sorted(left, left.column());
    const QVariant other = sorted(right, left.column());
    switch (left.column()) {
    case ClusterModel::Uptime:
        // The longest uptime is the earliest start.
        return one.toDateTime() > other.toDateTime();
    case ClusterModel::State:
        if (one != other)
            return one.toInt() < other.toInt();
        break;
    default:
        if (const int difference = m_collator.compare(one.toString(), other.toString()); difference != 0)
            return difference < 0;
    }
    return m_collator.compare(sorted(left, ClusterModel::Name).toString(),
                              sorted(right, ClusterModel::Name).toString()) < 0;
}

} // namespace Gui

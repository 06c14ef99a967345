#include "gui/calls/exchangemodel.h"

#include "gui/widgets/text.h"

namespace Gui {

namespace {

QString toolTip(const Rest::Exchange &exchange)
{
    QStringList lines{displayText(exchange.method, 20) + u' ' + displayText(exchange.path, 500)};
    if (exchange.bytesReceived > 0)
        lines << formatSize(exchange.bytesReceived);
    if (!exchange.error.isEmpty())
        lines << displayText(exchange.error, 300);
    return plainToolTip(lines.join(u'\n'));
}

} // namespace

int ExchangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_exchanges.size());
}

int ExchangeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

void ExchangeModel::setRecord(const Calls::Record &record)
{
    const auto known = m_exchanges.size();
    const bool grows = record.id == m_id && record.exchanges.size() >= known;
    if (!grows)
        beginResetModel();
    else if (record.exchanges.size() > known)
        beginInsertRows({}, int(known), int(record.exchanges.size()) - 1);

    m_exchanges = record.exchanges;
    m_started = record.started;
    m_totalMs = qMax<qint64>(1, record.durationMs);
    for (const Rest::Exchange &exchange : m_exchanges)
        m_totalMs = qMax(m_totalMs, startOf(exchange) + qint64(exchange.duration.count()));

    if (!grows)
        endResetModel();
    else if (m_exchanges.size() > known)
        endInsertRows();
    if (grows && known > 0)
        Q_EMIT dataChanged(index(0, 0), index(int(known) - 1, ColumnCount - 1));
    m_id = record.id;
}

QVariant ExchangeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Rest::Exchange &exchange = m_exchanges.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(exchange, index.column());
    case Qt::ToolTipRole:
        return toolTip(exchange);
    case StartRole:
        return startOf(exchange);
    case DurationRole:
        return qint64(exchange.duration.count());
    case TotalRole:
        return m_totalMs;
    case FailedRole:
        return exchange.status == 0 || exchange.status >= 400;
    default:
        return {};
    }
}

QString ExchangeModel::text(const Rest::Exchange &exchange, int column) const
{
    switch (column) {
    case Request: {
        const QString request = displayText(exchange.method, 20) + u' ' + displayText(exchange.path);
        return exchange.attempt > 1 ? tr("%1 (attempt %2)").arg(request).arg(exchange.attempt) : request;
    }
    case Status:
        return exchange.status == 0 ? tr("none") : QString::number(exchange.status);
    default:
        return formatDuration(exchange.duration);
    }
}

QVariant ExchangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Request"), tr("Status"), tr("Time")};
    return titles.value(section);
}

} // namespace Gui

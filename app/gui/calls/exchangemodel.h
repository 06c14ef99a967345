#pragma once

#include "calls/record.h"

#include <QAbstractTableModel>

namespace Gui {

/// The exchanges of one call, in the order they were made.
class ExchangeModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Request, Status, Timeline, ColumnCount };
    enum Role {
        StartRole = Qt::UserRole + 1, ///< milliseconds after the call's start
        DurationRole,
        TotalRole, ///< milliseconds the whole timeline spans
        FailedRole
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows this call. The one that is shown already only grows.
    void setRecord(const Calls::Record &record);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const Rest::Exchange &exchange, int column) const;

    qint64 startOf(const Rest::Exchange &exchange) const { return m_started.msecsTo(exchange.started); }

    qint64 m_id = -1;
    QDateTime m_started; ///< of the call
    qint64 m_totalMs = 1;
    QList<Rest::Exchange> m_exchanges;
};

} // namespace Gui

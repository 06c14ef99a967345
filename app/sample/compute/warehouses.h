#pragma once

#include "sample/server/router.h"
#include "sample/server/tempo.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

#include <functional>
#include <vector>

namespace Sample {

/// The sample's SQL warehouses and the state machine they live in: STOPPED, STARTING, RUNNING, STOPPING. What is asked
/// last wins.
class WarehouseFleet : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WarehouseFleet)

public:
    /// user is who the sample's token belongs to.
    WarehouseFleet(Tempo tempo, const QString &user, QObject *parent = nullptr);

    QJsonArray warehouses() const;
    /// Empty where there is no such warehouse.
    QJsonObject find(const QString &id) const;
    QString state(const QString &id) const;

    void start(const QString &id);
    void stop(const QString &id);
    /// A new one, which starts, from the body of a request; returns its id.
    QString create(const QJsonObject &settings);
    /// Settings that are left out fall back to a default, as in the API.
    void edit(const QString &id, const QJsonObject &settings);
    void remove(const QString &id);
    /// Starts it if it is stopped, and calls when it is RUNNING; at once if it is.
    void whenRunning(const QString &id, const QObject *context, std::function<void()> call);

Q_SIGNALS:
    void running(const QString &id);

private:
    struct Warehouse
    {
        QJsonObject facts;
        quint64 change = 0;
    };

    Warehouse *existing(const QString &id);
    void setState(Warehouse &warehouse, const QString &state);
    void after(std::chrono::milliseconds delay, const Warehouse &warehouse, const QString &state);

    const Tempo m_tempo;
    const QString m_user;
    int m_made = 0;
    std::vector<Warehouse> m_warehouses;
};

/// The endpoints /api/2.0/sql/warehouses (https://docs.databricks.com/api/workspace/warehouses). The fleet must outlive
/// them.
QList<Route> warehouseRoutes(WarehouseFleet &fleet);

} // namespace Sample

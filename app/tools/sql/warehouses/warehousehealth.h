#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// "/api/2.0/sql/warehouses/{id}" and what follows it.
QString warehousePath(const QString &id, const QString &action = {});

/// Why a warehouse that does not run could not be started, with the cloud's own words; empty where nothing failed.
QString launchFailure(const QJsonObject &warehouse);

} // namespace Tools

#pragma once

#include "sample/reports/reportshelf.h"

namespace Sample {

/// SQL alerts (https://docs.databricks.com/api/workspace/alertsv2). Their states agree with the rows that the sample
/// begins with.
class Alerts
{
    Q_DISABLE_COPY_MOVE(Alerts)

public:
    /// user is who the sample's token belongs to. now in milliseconds since 1970.
    Alerts(QString user, qint64 now);

    /// They refer to the alerts.
    QList<Route> routes();

private:
    const QString m_user;
    ReportShelf m_shelf{QStringLiteral("Alert")};
};

} // namespace Sample

#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace Databricks {

/// One HTTP request to the workspace and its answer, as the call log shows it. No headers, no bodies: nothing secret.
struct Exchange
{
    QDateTime started;
    qint64 durationMs = 0;
    QString method;
    QString path; ///< with the query
    int attempt = 1;
    int status = 0; ///< 0 without an answer
    qint64 bytesSent = 0;
    qint64 bytesReceived = 0;
    QString error; ///< empty on success
};

} // namespace Databricks

Q_DECLARE_METATYPE(Databricks::Exchange)

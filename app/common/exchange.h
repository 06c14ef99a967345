#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <functional>

namespace Rest {

/// One HTTP request to the workspace and its answer, as the call log shows it. No headers, no bodies: nothing secret.
struct Exchange
{
    QDateTime started;
    std::chrono::milliseconds duration{0};
    QString method;
    bool isRead = false; ///< it was sent to change nothing, be it a POST
    QString path;        ///< with the query
    int attempt = 1;
    int status = 0; ///< 0 without an answer
    qint64 bytesSent = 0;
    qint64 bytesReceived = 0;
    QString error; ///< empty on success
};

/// Is told of every exchange when it is over.
using Observer = std::function<void(const Exchange &exchange)>;

} // namespace Rest

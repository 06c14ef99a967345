#pragma once

#include "common/exchange.h"

#include <QCoroTask>
#include <QIODevice>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <stop_token>
#include <utility>

namespace Databricks {

using DownloadHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// How far a download may go.
struct DownloadLimits
{
    std::chrono::milliseconds silence = std::chrono::seconds(60); ///< without a single byte
    qint64 bufferBytes = 1024 * 1024; ///< held in memory at most; the network waits for the sink
};

/// What a download tells while it goes on.
class DownloadWatch
{
public:
    DownloadWatch() = default;
    explicit DownloadWatch(std::function<void(qint64)> progress)
        : progress(std::move(progress))
    {}

    std::function<void(qint64 bytes)> progress; ///< bytes written so far
    Rest::Observer observer;                    ///< told once, at its end; without the address's query
};

/// Streams a signed link of a cloud's storage to the sink, as it comes, and returns how many bytes that were. Sends no
/// token: the link is a credential itself. Redirects are followed a few times, to safe links only; headers go to
/// the first host alone. The sink must live until the task is over. Throws ApiError; what the storage says in an error
/// is not repeated, for it may hold the link.
QCoro::Task<qint64> download(QPointer<QNetworkAccessManager> network, QUrl url, DownloadHeaders headers,
                             QIODevice *sink, DownloadLimits limits, std::stop_token stop, DownloadWatch watch);

} // namespace Databricks

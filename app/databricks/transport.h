#pragma once

#include "databricks/httpresponse.h"

#include <QByteArray>
#include <QCoroTask>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

#include <chrono>
#include <stop_token>

namespace Databricks {

/// A request that neither keeps nor sends more than it says: no cache, no cookies, no redirects followed by itself.
QNetworkRequest plainRequest(const QUrl &url);

/// A reply that ends with its coroutine. Where its manager is going, it goes by itself, and must not be touched.
class ReplyHolder
{
public:
    ReplyHolder(QPointer<QNetworkAccessManager> network, QNetworkReply *held);
    ~ReplyHolder();
    Q_DISABLE_COPY_MOVE(ReplyHolder)

    const QPointer<QNetworkReply> reply;

private:
    const QPointer<QNetworkAccessManager> m_network;
};

/// How far one HTTP request may go.
struct Limits
{
    std::chrono::milliseconds time; ///< for the whole of it, from the connection to the last byte
    qint64 answerBytes;
};

/// Sends one HTTP request once. GET goes without a body; any other verb's body is never sent twice. Does not throw.
QCoro::Task<HttpResponse> transport(QPointer<QNetworkAccessManager> network, QByteArray verb, QNetworkRequest request,
                                    QByteArray body, Limits limits, std::stop_token stop);

} // namespace Databricks

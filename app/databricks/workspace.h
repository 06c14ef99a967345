#pragma once

#include "databricks/apierror.h"
#include "databricks/exchange.h"
#include "databricks/tokensource.h"

#include <QCoroTask>
#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>
#include <QUrlQuery>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace Databricks {

/// How patient the client is. The defaults are the official SDKs'.
struct Patience {
    std::chrono::milliseconds requestTimeout = std::chrono::seconds(60);
    std::chrono::milliseconds retryBudget = std::chrono::seconds(300); ///< over all attempts of one request
    std::chrono::milliseconds retryStep = std::chrono::seconds(1);     ///< wait min(10, attempt) steps and up to one more
    qint64 answerBytes = 64 * 1024 * 1024;
};

/// A page of a listing and how to get the next one.
struct Page {
    QJsonArray items;
    QString nextPageToken; ///< empty on the last page
};

/// One workspace, reached with one identity. A light handle: copies share the connection. Every function may throw
/// ApiError. GET requests are repeated on lost connections; what may have changed something is repeated only when the
/// workspace said that it did not do it (429, 503 with Retry-After) or the connection was never made.
class Workspace
{
public:
    using Observer = std::function<void(const Exchange &)>;

    /// host is "https://adb-….azuredatabricks.net"; plain http is accepted for loopback hosts only (throws otherwise).
    /// The network access manager must outlive what runs on it.
    Workspace(QUrl host, std::shared_ptr<TokenSource> tokens, QNetworkAccessManager *network, QByteArray userAgent,
              Patience patience = Patience());

    /// The same workspace for one call: its exchanges are told to the observer, and the stop token aborts them.
    Workspace forCall(Observer observer, std::stop_token stop) const;

    const QUrl &host() const;

    QCoro::Task<QJsonObject> get(const QString &path, const QUrlQuery &query = {}) const;
    QCoro::Task<QJsonObject> post(const QString &path, const QJsonObject &body = {}) const;
    QCoro::Task<QJsonObject> patch(const QString &path, const QJsonObject &body) const;
    QCoro::Task<QJsonObject> put(const QString &path, const QJsonObject &body) const;
    QCoro::Task<QJsonObject> remove(const QString &path, const QUrlQuery &query = {}) const;

    /// One page of a listing; itemsKey names the array in the answer ("clusters").
    QCoro::Task<Page> page(const QString &path, const QUrlQuery &query, const QString &itemsKey) const;
    /// All pages, until there is no token or at least atMost items were read. A page may be empty and not the last.
    QCoro::Task<Page> list(const QString &path, const QUrlQuery &query, const QString &itemsKey, qsizetype atMost) const;

private:
    struct Connection;
    struct Context;
    std::shared_ptr<const Context> m_context;
};

/// Whether a token may be sent there: https, or http to a loopback host; no user, path, query or fragment.
bool isAcceptableHost(const QUrl &host);

} // namespace Databricks

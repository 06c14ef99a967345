#pragma once

#include "common/exchange.h"
#include "databricks/apierror.h"
#include "databricks/requesturl.h"
#include "databricks/retry.h"
#include "databricks/tokensource.h"

#include <QCoroTask>
#include <QDeadlineTimer>
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

/// A page of a listing and how to get the next one.
struct Page
{
    QJsonArray items;
    QString nextPageToken; ///< empty on the last page
    QString cut;           ///< why these are not all although nothing follows; empty where they are
};

/// The token of the page that follows an answer of a listing; empty where none does: has_next_page or has_more say no,
/// or the token is the one that was sent.
QString nextPageToken(const QJsonObject &answer, const QString &sent);

/// An answer as it came: of a file, or of an endpoint that does not always answer with a JSON object.
struct Content
{
    QByteArray bytes;
    QByteArray contentType;
    int status = 200;
    qint64 first = 0;  ///< where in the whole the bytes begin
    qint64 total = -1; ///< bytes in the whole; -1: the workspace did not say
};

struct CallContext;

/// One workspace, reached with one identity. A light handle: copies share the connection. Every function may throw
/// ApiError. Reads are repeated on lost connections; what may have changed something is repeated only when the
/// workspace said that it did not do it (429, 503) or the connection was never made.
class Workspace
{
public:
    /// host is "https://adb-….azuredatabricks.net", or "https://host?o=123" where it serves several workspaces (see
    /// workspaceIdOf()); plain http is accepted for loopback hosts only (throws otherwise).
    /// The network access manager must outlive what runs on it.
    Workspace(QUrl host, std::shared_ptr<TokenSource> tokens, QNetworkAccessManager *network, QByteArray userAgent,
              RetryPolicy retries = RetryPolicy());

    /// The same workspace for one call: its exchanges are told to the observer, and the stop token aborts them. What
    /// has no answer when the call is due fails with Timeout, however patient the client is; downloads take their time.
    Workspace forCall(Rest::Observer observer, std::stop_token stop,
                      QDeadlineTimer due = QDeadlineTimer::Forever) const;
    /// The same, asking first about each request that may change something: beforeChange throws ApiError where it must
    /// not be sent any more.
    Workspace guarded(std::function<void()> beforeChange) const;
    /// The same for requests that are not aborted once they are on their way: their answer says how to stop what they
    /// began. When the call is stopped they are not begun, or tried again, any more.
    Workspace uncancellable() const;

    const QUrl &host() const;
    /// The workspace's number where its host serves several; else empty.
    QString workspaceId() const;
    /// Which workspace it is: the host's name, with the number where it has one.
    QString name() const;

    QCoro::Task<QJsonObject> get(const QString &path, const QUrlQuery &query = {}) const;
    QCoro::Task<QJsonObject> post(const QString &path, const QJsonObject &body = {}) const;
    /// A POST that changes nothing, and is repeated as a GET is.
    QCoro::Task<QJsonObject> readByPost(const QString &path, const QJsonObject &body) const;
    QCoro::Task<QJsonObject> put(const QString &path, const QJsonObject &body) const;
    QCoro::Task<QJsonObject> patch(const QString &path, const QJsonObject &body) const;
    QCoro::Task<QJsonObject> remove(const QString &path, const QUrlQuery &query = {}) const;

    /// Any request, its answer as it came. An empty body is none; else it is JSON.
    QCoro::Task<Content> send(const QByteArray &verb, const QString &path, const QUrlQuery &query,
                              const QByteArray &body) const;
    /// The bytes first to last (last included) of a file, or fewer where it is shorter; none, with the total, where it
    /// ends before first. A server that ignores the range costs the whole file, within the limit of an answer.
    QCoro::Task<Content> getBytes(const QString &path, const QUrlQuery &query, qint64 first, qint64 last) const;
    QCoro::Task<> putBytes(const QString &path, const QUrlQuery &query, const QByteArray &bytes) const;

    /// Streams a signed link that the workspace gave to the sink and returns how many bytes that were; see download().
    /// The token is not sent. progress is told the bytes so far; the sink must live until then.
    QCoro::Task<qint64> download(const QUrl &link, const QList<std::pair<QByteArray, QByteArray>> &headers,
                                 QIODevice *sink, std::function<void(qint64)> progress) const;

    /// One page of a listing; itemsKey names the array in the answer ("clusters").
    QCoro::Task<Page> page(const QString &path, const QUrlQuery &query, const QString &itemsKey) const;
    /// All pages, until there is no token or at least atMost items were read. A page may be empty and not the last.
    QCoro::Task<Page> list(const QString &path, const QUrlQuery &query, const QString &itemsKey,
                           qsizetype atMost) const;

    /// Waits between two questions about work that takes long; throws ApiError Cancelled as soon as the call is
    /// stopped.
    QCoro::Task<> pause(std::chrono::milliseconds time) const;

private:
    std::shared_ptr<const CallContext> m_context;
};

/// "bricktray/0.1.0 qt/6.4.2 os/linux auth/pat", after the official SDKs' convention; it shows in the workspace's query
/// history and audit tables. What is not allowed in a name or a version becomes "-".
QByteArray userAgent(const QString &version, const QString &authType = QStringLiteral("pat"));

} // namespace Databricks

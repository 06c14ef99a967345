#pragma once

#include <QString>
#include <QUrl>
#include <QUrlQuery>

namespace Databricks {

/// Whether a token may be sent there: https, or http to a loopback host; no user, path or fragment, and no query but
/// the workspace's number (see workspaceIdOf()).
bool isAcceptableHost(const QUrl &host);

/// An id or a name as one segment of a path, percent-encoded so that it cannot lead anywhere else. Throws ApiError
/// BadRequest for what no encoding makes safe: "", "." and "..".
QString pathSegment(const QString &segment);

/// Adds a value exactly as it is. QUrlQuery::addQueryItem() takes "%ab" for a percent-encoded byte; data such as a LIKE
/// pattern needs this one.
void addQueryItem(QUrlQuery &query, const QString &key, const QString &value);

/// https, or http to a loopback host, without a user.
bool isSafeUrl(const QUrl &url);

/// The number of the workspace behind a host that serves several: 123 of "https://host/?o=123", as the browser shows
/// it; empty where there is none.
QString workspaceIdOf(const QUrl &host);

/// The workspace's URL without a trailing slash and number. Throws ApiError BadRequest when no token may be sent there.
QUrl acceptedHost(QUrl host);

/// The URL of a request. The path may hold what pathSegment() gave. Throws ApiError BadRequest for a path that would
/// lead elsewhere (dot segments).
QUrl requestUrl(const QUrl &host, const QString &path, const QUrlQuery &query);

/// Same scheme, host and port: where the token may go.
bool isSameOrigin(const QUrl &a, const QUrl &b);

} // namespace Databricks

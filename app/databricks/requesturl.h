#pragma once

#include <QString>
#include <QUrl>
#include <QUrlQuery>

namespace Databricks {

/// The workspace's URL without a trailing slash. Throws ApiError BadRequest when no token may be sent there.
QUrl acceptedHost(QUrl host);

/// The URL of a request. The path may hold what pathSegment() gave. Throws ApiError BadRequest for a path that would
/// lead elsewhere (dot segments).
QUrl requestUrl(const QUrl &host, const QString &path, const QUrlQuery &query);

/// Same scheme, host and port: where the token may go.
bool isSameOrigin(const QUrl &a, const QUrl &b);

} // namespace Databricks

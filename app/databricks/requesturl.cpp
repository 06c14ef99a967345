#include "databricks/requesturl.h"

#include "databricks/apierror.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

bool isDots(const QString &segment)
{
    return segment == u"." || segment == u"..";
}

bool isEncodedDots(const QString &segment)
{
    return isDots(QUrl::fromPercentEncoding(segment.toLatin1()));
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == u"https" ? 443 : 80);
}

} // namespace

bool isAcceptableHost(const QUrl &host)
{
    const bool isQueryKnown = !host.hasQuery() || !workspaceIdOf(host).isEmpty();
    const bool bare = (host.path().isEmpty() || host.path() == u"/") && isQueryKnown && !host.hasFragment();
    return bare && isSafeUrl(host);
}

bool isSafeUrl(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == u"https" || (url.scheme() == u"http" && isLoopback(url.host()));
}

QUrl acceptedHost(QUrl host)
{
    if (!isAcceptableHost(host)) {
        throw ApiError(ApiError::Kind::BadRequest,
                       u"“%1” is not a workspace's URL: it must read https:// and a host name, nothing more."_s.arg(
                           host.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)));
    }
    host.setPath(QString());
    host.setQuery(QString());
    return host;
}

QString workspaceIdOf(const QUrl &host)
{
    static const QRegularExpression number(u"^o=([1-9][0-9]{0,19})$"_s);
    return number.match(host.query(QUrl::FullyEncoded)).captured(1);
}

QString pathSegment(const QString &segment)
{
    // Servers read "%2e%2e" as ".." too, and some "%2f" as "/", so there is no encoding that would make dots safe.
    static const QRegularExpression separators(u"[/\\\\]"_s);
    const QStringList parts = segment.split(separators);
    if (segment.isEmpty() || std::ranges::any_of(parts, isDots))
        throw ApiError(ApiError::Kind::BadRequest, u"“%1” is not an id or a name."_s.arg(segment));
    return QString::fromLatin1(QUrl::toPercentEncoding(segment));
}

void addQueryItem(QUrlQuery &query, const QString &key, const QString &value)
{
    query.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

QUrl requestUrl(const QUrl &host, const QString &path, const QUrlQuery &query)
{
    QUrl url = host;
    url.setPath(path.startsWith(u'/') ? path : QString(u'/' + path), QUrl::TolerantMode);
    const QStringList segments = url.path(QUrl::FullyEncoded).split(u'/');
    if (std::ranges::any_of(segments, isEncodedDots) || !isSameOrigin(url, host))
        throw ApiError(ApiError::Kind::BadRequest, u"“%1” is not a path of the workspace's API."_s.arg(path));

    // QUrlQuery leaves '+' and other delimiters as they are; a server would read them as something else.
    QStringList items;
    for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded)) {
        items += QString::fromLatin1(QUrl::toPercentEncoding(key)) + u'=' +
                 QString::fromLatin1(QUrl::toPercentEncoding(value));
    }
    if (!items.isEmpty())
        url.setQuery(items.join(u'&'), QUrl::StrictMode);
    return url;
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b) && b.userInfo().isEmpty();
}

} // namespace Databricks

#include "tools/apipath.h"

#include "databricks/apierror.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

ApiError refused(const QString &why)
{
    return ApiError(ApiError::Kind::BadRequest, u"This path cannot be called: %1"_s.arg(why));
}

/// Decoded until nothing changes: "%252e" is a dot to whoever decodes twice.
QString decoded(QString path)
{
    for (int round = 0; round < 5; ++round) {
        const QString next = QUrl::fromPercentEncoding(path.toUtf8());
        if (next == path)
            return path;
        path = next;
    }
    throw refused(u"it is encoded over and over."_s);
}

void check(const QString &path)
{
    if (!path.startsWith("/api/"_L1))
        throw refused(u"it must begin with /api/, such as /api/2.0/clusters/list; the host is the workspace's own."_s);
    if (path.contains("//"_L1) || path.contains(u'\\'))
        throw refused(u"it has an empty segment or a backslash."_s);
    const QStringList segments = path.split(u'/');
    // Some servers cut off what follows a semicolon before they look at the dots.
    const bool dots = std::ranges::any_of(segments, [](const QString &segment) {
        const QString name = segment.section(u';', 0, 0);
        return name == "."_L1 || name == ".."_L1;
    });
    if (dots)
        throw refused(u"it has a segment of dots."_s);
    if (std::ranges::any_of(path, [](QChar c) { return c.category() == QChar::Other_Control; }))
        throw refused(u"it has a control character."_s);
}

} // namespace

QString checkedApiPath(const QString &path)
{
    if (path.contains(u'?') || path.contains(u'#'))
        throw refused(
            u"it has a ? or #. Give what follows in the argument query; as data in a path it is %3F or %23."_s);
    check(path);
    check(decoded(path));
    return path;
}

bool answersASecret(const QString &path)
{
    static const QRegularExpression endpoint(u"/secrets/get(?:[/;]|$)"_s, QRegularExpression::CaseInsensitiveOption);
    return endpoint.match(decoded(path)).hasMatch();
}

} // namespace Tools

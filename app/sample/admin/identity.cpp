#include "sample/admin/identity.h"

#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr int never = -1;

QJsonObject token(const QString &comment, int createdDaysAgo, int expiresInDays)
{
    // Half a day more, so that "in 12 days" stays true while somebody looks.
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const qint64 expiry =
        expiresInDays == never ? -1 : now.addDays(expiresInDays).addSecs(12 * 3600).toMSecsSinceEpoch();
    return {{u"token_id"_s, stableUuid("token/"_L1 + comment).remove(u'-')},
            {u"comment"_s, comment},
            {u"creation_time"_s, now.addDays(-createdDaysAgo).toMSecsSinceEpoch()},
            {u"expiry_time"_s, expiry}};
}

} // namespace

QString sampleUser()
{
    return builtInJson(u"me.json"_s).value("userName"_L1).toString();
}

QList<Route> identityRoutes()
{
    const QJsonObject host{{u"workspace_id"_s, QString(WorkspaceId)}, {u"cloud"_s, u"AZURE"_s}};
    return {
        {"GET", u"/api/2.0/preview/scim/v2/Me"_s, [](const ApiRequest &) { return answer(builtInJson(u"me.json"_s)); }},
        {"GET", HostPath, [host](const ApiRequest &) { return answer(host); }}};
}

QList<Route> tokenRoutes()
{
    const QJsonArray tokens{token(u"Bricktray"_s, 78, 12), token(u"laptop notebooks"_s, 300, 65),
                            token(u"old dashboard export"_s, 700, never)};
    return {{"GET", u"/api/2.0/token/list"_s, [tokens](const ApiRequest &) {
                 return answer({{u"token_infos"_s, tokens}});
             }}};
}

} // namespace Sample

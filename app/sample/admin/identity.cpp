#include "sample/admin/identity.h"

#include "sample/server/apianswers.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QJsonObject me()
{
    QFile file(u":/bricktray/sample/me.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The sample workspace's user is not built in.");
    return QJsonDocument::fromJson(file.readAll()).object();
}

} // namespace

QString sampleUser()
{
    return me().value("userName"_L1).toString();
}

QList<Route> identityRoutes()
{
    const QJsonObject host{{u"workspace_id"_s, QString(WorkspaceId)}, {u"cloud"_s, u"AZURE"_s}};
    return {{"GET", u"/api/2.0/preview/scim/v2/Me"_s, [](const ApiRequest &) { return answer(me()); }},
            {"GET", HostPath, [host](const ApiRequest &) { return answer(host); }}};
}

} // namespace Sample

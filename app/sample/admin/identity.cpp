#include "sample/admin/identity.h"

#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"

using namespace Qt::StringLiterals;

namespace Sample {

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

} // namespace Sample

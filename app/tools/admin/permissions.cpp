#include "tools/admin/permissions.h"

#include "tools/kit/answer.h"
#include "tools/kit/text/nearnames.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

#include <QHash>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

/// https://docs.databricks.com/api/workspace/permissions
const QStringList &types()
{
    static const QStringList all{u"alertsv2"_s,
                                 u"apps"_s,
                                 u"authorization"_s,
                                 u"cluster-policies"_s,
                                 u"clusters"_s,
                                 u"dashboards"_s,
                                 u"dbsql-dashboards"_s,
                                 u"directories"_s,
                                 u"experiments"_s,
                                 u"files"_s,
                                 u"genie"_s,
                                 u"instance-pools"_s,
                                 u"jobs"_s,
                                 u"notebooks"_s,
                                 u"pipelines"_s,
                                 u"queries"_s,
                                 u"registered-models"_s,
                                 u"repos"_s,
                                 u"serving-endpoints"_s,
                                 u"vector-search-endpoints"_s,
                                 u"warehouses"_s};
    return all;
}

/// What people call them, in the plural. The alerts that list_alerts shows are of the second kind.
const QHash<QString, QString> &otherNames()
{
    static const QHash<QString, QString> all{{u"alerts"_s, u"alertsv2"_s},
                                             {u"endpoints"_s, u"serving-endpoints"_s},
                                             {u"folders"_s, u"directories"_s},
                                             {u"genie-spaces"_s, u"genie"_s},
                                             {u"genies"_s, u"genie"_s},
                                             {u"git-folders"_s, u"repos"_s},
                                             {u"lakeview-dashboards"_s, u"dashboards"_s},
                                             {u"mlflow-experiments"_s, u"experiments"_s},
                                             {u"policies"_s, u"cluster-policies"_s},
                                             {u"pools"_s, u"instance-pools"_s},
                                             {u"saved-queries"_s, u"queries"_s},
                                             {u"sql-warehouses"_s, u"warehouses"_s},
                                             {u"tokens"_s, u"authorization"_s}};
    return all;
}

/// What Unity Catalog governs by grants instead.
const QStringList Securables{u"catalogs"_s, u"schemas"_s,     u"tables"_s,
                             u"views"_s,    u"functions"_s,   u"volumes"_s,
                             u"models"_s,   u"connections"_s, u"external-locations"_s};

QString plural(const QString &word)
{
    if (word.endsWith(u's'))
        return word;
    return word.endsWith(u'y') ? QString(word.chopped(1) + u"ies"_s) : QString(word + u's');
}

/// The type as the API spells it. Throws ApiError where there is none.
QString typeOf(const QString &given)
{
    const QString word = given.trimmed().toLower().replace(u' ', u'-').replace(u'_', u'-');
    if (types().contains(word))
        return word;
    const QString many = plural(word);
    if (types().contains(many))
        return many;
    if (otherNames().contains(many))
        return otherNames().value(many);
    const QString unknown = u"There are no permissions on \"%1\"."_s.arg(Text::line(given, 60));
    if (many == "secret-scopes"_L1 || many == "secrets"_L1 || many == "scopes"_L1)
        throw ApiError(ApiError::Kind::BadRequest,
                       unknown + u" Scopes have access lists of their own: call_api GET /api/2.0/secrets/acls/list "
                                 "with query {\"scope\": \"…\"}."_s);
    if (Securables.contains(many))
        throw ApiError(
            ApiError::Kind::BadRequest,
            unknown +
                u" Unity Catalog has grants on them: list_grants and update_grants (models are functions there)."_s);
    throw ApiError(ApiError::Kind::BadRequest,
                   unknown + didYouMean(word, types()) + u" object_type is one of: "_s + types().join(", "_L1) + u'.');
}

/// The type that an object of the workspace has there; empty for what has no permissions of its own.
QString typeInWorkspace(const QJsonObject &status)
{
    static const QHash<QString, QString> all{{u"NOTEBOOK"_s, u"notebooks"_s},
                                             {u"DIRECTORY"_s, u"directories"_s},
                                             {u"FILE"_s, u"files"_s},
                                             {u"REPO"_s, u"repos"_s},
                                             {u"DASHBOARD"_s, u"dashboards"_s}};
    return all.value(status.value("object_type"_L1).toString());
}

} // namespace

const QStringList &principalKeys()
{
    static const QStringList keys{u"user_name"_s, u"group_name"_s, u"service_principal_name"_s};
    return keys;
}

QString PermissionObject::apiPath() const
{
    return u"/api/2.0/permissions/%1/"_s.arg(Databricks::pathSegment(type)) + Databricks::pathSegment(id);
}

QString PermissionObject::inWords() const
{
    const QString name = type + u'/' + id;
    return Text::visible(path.isEmpty() ? name : u"%1 (%2)"_s.arg(name, path));
}

QCoro::Task<PermissionObject> permissionObject(ToolCall call)
{
    PermissionObject object;
    object.type = typeOf(call.text(u"object_type"_s));
    object.id = call.text(u"object_id"_s);
    // https://docs.databricks.com/api/workspace/tokenmanagement: who may have tokens at all, and passwords.
    if (object.type == "authorization"_L1 && object.id != "tokens"_L1 && object.id != "passwords"_L1)
        throw ApiError(
            ApiError::Kind::BadRequest,
            u"A single token has no permissions: it is its owner's (list_tokens lists the signed-in user's). "
            "Who may have tokens at all is told for object_id \"tokens\"."_s);
    static const QStringList inTree{u"notebooks"_s, u"directories"_s, u"files"_s, u"repos"_s, u"dashboards"_s};
    if (object.id.startsWith(u'/') && inTree.contains(object.type)) {
        const QJsonObject status = co_await workspaceStatus(call, object.id);
        const QString its = typeInWorkspace(status);
        object.path = status.value("path"_L1).toString();
        object.type = its.isEmpty() ? object.type : its;
        object.id =
            object.type == "dashboards"_L1 ? status.value("resource_id"_L1).toString() : idText(status, u"object_id"_s);
        if (object.id.isEmpty())
            throw ApiError(ApiError::Kind::BadAnswer, u"The workspace does not tell the id of %1."_s.arg(object.path));
    }
    co_return object;
}

} // namespace Tools

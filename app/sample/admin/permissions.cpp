#include "sample/admin/permissions.h"

#include "sample/admin/directory.h"
#include "sample/server/apianswers.h"

#include <QHash>
#include <QJsonArray>

#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// The types there are and the levels of each, weakest first.
const QHash<QString, QStringList> &levels()
{
    const QStringList files{u"CAN_READ"_s, u"CAN_RUN"_s, u"CAN_EDIT"_s, u"CAN_MANAGE"_s};
    static const QHash<QString, QStringList> table{
        {u"clusters"_s, {u"CAN_ATTACH_TO"_s, u"CAN_RESTART"_s, u"CAN_MANAGE"_s}},
        {u"cluster-policies"_s, {u"CAN_USE"_s}},
        {u"instance-pools"_s, {u"CAN_ATTACH_TO"_s, u"CAN_MANAGE"_s}},
        {u"jobs"_s, {u"CAN_VIEW"_s, u"CAN_MANAGE_RUN"_s, u"IS_OWNER"_s, u"CAN_MANAGE"_s}},
        {u"pipelines"_s, {u"CAN_VIEW"_s, u"CAN_RUN"_s, u"IS_OWNER"_s, u"CAN_MANAGE"_s}},
        {u"warehouses"_s, {u"CAN_VIEW"_s, u"CAN_MONITOR"_s, u"CAN_USE"_s, u"IS_OWNER"_s, u"CAN_MANAGE"_s}},
        {u"notebooks"_s, files},
        {u"directories"_s, files},
        {u"files"_s, files},
        {u"repos"_s, files},
        {u"dashboards"_s, files},
        {u"genie"_s, files},
        {u"queries"_s, files},
        {u"alertsv2"_s, files},
        {u"experiments"_s, {u"CAN_READ"_s, u"CAN_EDIT"_s, u"CAN_MANAGE"_s}},
        {u"serving-endpoints"_s, {u"CAN_VIEW"_s, u"CAN_QUERY"_s, u"CAN_MANAGE"_s}},
        {u"authorization"_s, {u"CAN_USE"_s}},
    };
    return table;
}

struct Grants
{
    PermissionSubjects subjects;
    QHash<QString, QJsonArray> lists; ///< by "type/id"

    QJsonArray &of(const QString &type, const QString &id)
    {
        const std::optional<QString> owner = subjects(type, id);
        if (!owner)
            throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s,
                             u"%1 with ID %2 does not exist."_s.arg(type.chopped(1), id));
        QJsonArray &list = lists[type + u'/' + id];
        if (list.isEmpty()) {
            const QStringList known = levels().value(type);
            const QString highest = known.contains(u"IS_OWNER"_s) ? u"IS_OWNER"_s : known.last();
            list.append(entry({{u"user_name"_s, *owner}}, highest, false));
            list.append(entry({{u"group_name"_s, u"users"_s}}, levels().value(type).first(), false));
            list.append(entry({{u"group_name"_s, u"admins"_s}}, levels().value(type).last(), true));
        }
        return list;
    }

    static QJsonObject entry(QJsonObject who, const QString &level, bool inherited)
    {
        QJsonObject permission{{u"permission_level"_s, level}, {u"inherited"_s, inherited}};
        if (inherited)
            permission.insert(u"inherited_from_object"_s, QJsonArray{u"/"_s});
        who.insert(u"all_permissions"_s, QJsonArray{permission});
        return who;
    }
};

QString knownType(const ApiRequest &ask)
{
    const QString type = ask.captures.value(u"type"_s);
    if (!levels().contains(type))
        throw ApiRefusal::invalidParameter(
            u"'%1' is not a supported object type of this sample workspace."_s.arg(type));
    return type;
}

QJsonObject told(Grants &grants, const ApiRequest &ask)
{
    const QString type = knownType(ask);
    const QString id = ask.captures.value(u"id"_s);
    return {{u"object_id"_s, u"/%1/%2"_s.arg(type, id)},
            {u"object_type"_s, type.endsWith(u's') ? type.chopped(1) : type},
            {u"access_control_list"_s, grants.of(type, id)}};
}

bool isSame(const QJsonObject &a, const QJsonObject &b)
{
    for (const auto key : {"user_name"_L1, "group_name"_L1, "service_principal_name"_L1}) {
        if (a.value(key) != b.value(key))
            return false;
    }
    return true;
}

void change(QJsonArray &list, const QJsonObject &wish, const QString &type)
{
    QJsonObject who;
    for (const auto key : {"user_name"_L1, "group_name"_L1, "service_principal_name"_L1}) {
        if (wish.contains(key))
            who.insert(key, wish.value(key));
    }
    if (who.size() != 1)
        throw ApiRefusal::invalidParameter(
            u"An access control needs exactly one of user_name, group_name and service_principal_name."_s);
    const QString group = who.value("group_name"_L1).toString();
    if (!group.isEmpty() && !directoryNames(u"Groups"_s).contains(group))
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Principal: GroupName(%1) does not exist"_s.arg(group));
    for (const auto &[key, kind] : {std::pair("user_name"_L1, "UserName"_L1),
                                    std::pair("service_principal_name"_L1, "ServicePrincipalName"_L1)}) {
        const QString name = who.value(key).toString();
        const bool isUser = directoryNames(u"Users"_s).contains(name, Qt::CaseInsensitive);
        const bool isKnown = key == "user_name"_L1 ? isUser : isPrincipal(name) && !isUser;
        if (!name.isEmpty() && !isKnown)
            throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Principal: %1(%2) does not exist"_s.arg(kind, name));
    }
    const QString level = wish.value("permission_level"_L1).toString();
    if (!levels().value(type).contains(level))
        throw ApiRefusal::invalidParameter(u"'%1' is not a permission level of %2."_s.arg(level, type));
    for (qsizetype i = list.size() - 1; i >= 0; --i) {
        // There is one owner: a new one takes the place of the one before.
        const bool isFormerOwner =
            level == "IS_OWNER"_L1 && list.at(i)["all_permissions"_L1][0]["permission_level"_L1] == level;
        if (isFormerOwner || isSame(list.at(i).toObject(), who))
            list.removeAt(i);
    }
    list.append(Grants::entry(who, level, false));
}

/// Leaves what is inherited.
void removeDirect(QJsonArray &list)
{
    for (qsizetype i = list.size() - 1; i >= 0; --i) {
        if (!list.at(i)["all_permissions"_L1][0]["inherited"_L1].toBool())
            list.removeAt(i);
    }
}

Http::Reply levelsOf(const ApiRequest &ask)
{
    QJsonArray rows;
    for (const QString &level : levels().value(knownType(ask)))
        rows.append(QJsonObject{{u"permission_level"_s, level}, {u"description"_s, QString()}});
    return answer({{u"permission_levels"_s, rows}});
}

} // namespace

QList<Route> permissionRoutes(const PermissionSubjects &subjects)
{
    const auto grants = std::make_shared<Grants>(Grants{subjects, {}});
    const auto changed = [grants](const ApiRequest &ask, bool replaces) {
        const QString type = knownType(ask);
        QJsonArray list = grants->of(type, ask.captures.value(u"id"_s));
        if (replaces)
            removeDirect(list);
        for (const QJsonValue wish : ask.json.value("access_control_list"_L1).toArray())
            change(list, wish.toObject(), type);
        grants->of(type, ask.captures.value(u"id"_s)) = list;
        return answer(told(*grants, ask));
    };
    return {
        {"GET", u"/api/2.0/permissions/{type}/{id}/permissionLevels"_s, &levelsOf},
        {"GET", u"/api/2.0/permissions/{type}/{id}"_s,
         [grants](const ApiRequest &ask) { return answer(told(*grants, ask)); }},
        {"PATCH", u"/api/2.0/permissions/{type}/{id}"_s,
         [changed](const ApiRequest &ask) { return changed(ask, false); }},
        {"PUT", u"/api/2.0/permissions/{type}/{id}"_s, [changed](const ApiRequest &ask) { return changed(ask, true); }},
    };
}

} // namespace Sample

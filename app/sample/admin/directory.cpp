#include "sample/admin/directory.h"

#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"
#include "sample/server/parameters.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QStringList namesIn(const QJsonValue &list)
{
    QStringList names;
    for (const QJsonValue name : list.toArray())
        names.append(name.toString());
    return names;
}

const QJsonObject &directory()
{
    static const QJsonObject all = builtInJson(u"directory.json"_s);
    return all;
}

} // namespace

QStringList directoryNames(const QString &family)
{
    return namesIn(directory().value(family));
}

QStringList groupMembers(const QString &group)
{
    // Everybody is in these.
    if (group == "users"_L1 || group == "account users"_L1)
        return directoryNames(u"Users"_s);
    return namesIn(directory().value("Members"_L1)[group]);
}

namespace {

/// A family of SCIM resources.
struct Family
{
    QString path;
    QString nameKey; ///< what its members are called by
    QJsonArray members;
};

/// The ids of the caller's groups as Me tells them, by their names.
const QHash<QString, QString> &ownGroups()
{
    static const QHash<QString, QString> all = [] {
        QHash<QString, QString> ids;
        for (const QJsonValue group : builtInJson(u"me.json"_s).value("groups"_L1).toArray())
            ids.insert(group["display"_L1].toString(), group["value"_L1].toString());
        return ids;
    }();
    return all;
}

QString idOf(const QString &path, const QString &name)
{
    const QString id = QString::number(stableId(path + u'/' + name));
    const QJsonObject me = builtInJson(u"me.json"_s);
    if (path == "Users"_L1 && name == me.value("userName"_L1))
        return me.value("id"_L1).toString();
    return path == "Groups"_L1 ? ownGroups().value(name, id) : id;
}

QJsonObject member(const Family &family, const QString &name)
{
    QJsonObject facts{{u"id"_s, idOf(family.path, name)}, {family.nameKey, name}, {u"displayName"_s, name}};
    if (family.path == "Groups"_L1) {
        QJsonArray members;
        for (const QString &user : groupMembers(name)) {
            const QString id = idOf(u"Users"_s, user);
            members.append(QJsonObject{{u"display"_s, user}, {u"value"_s, id}, {u"$ref"_s, QString(u"Users/"_s + id)}});
        }
        facts.insert(u"members"_s, members);
        return facts;
    }
    facts.insert(u"active"_s, true);
    if (family.path == "ServicePrincipals"_L1)
        facts.insert(u"applicationId"_s, stableUuid(name));
    if (family.path == "Users"_L1) {
        QStringList words = name.section(u'@', 0, 0).split(u'.');
        for (QString &word : words)
            word = word.left(1).toUpper() + word.mid(1);
        facts.insert(u"displayName"_s, words.join(u' '));
        facts.insert(u"emails"_s, QJsonArray{QJsonObject{{u"value"_s, name}, {u"primary"_s, true}}});
    }
    return facts;
}

QList<Family> families()
{
    QList<Family> all{{u"Users"_s, u"userName"_s, {}},
                      {u"Groups"_s, u"displayName"_s, {}},
                      {u"ServicePrincipals"_s, u"displayName"_s, {}}};
    for (Family &family : all) {
        const QStringList names = directoryNames(family.path);
        for (const QString &name : names)
            family.members.append(member(family, name));
    }
    // The caller is told the same here as by Me.
    const QJsonObject me = builtInJson(u"me.json"_s);
    for (QJsonValueRef user : all.first().members) {
        if (user.toObject().value("userName"_L1) == me.value("userName"_L1))
            user = me;
    }
    return all;
}

Http::Reply list(const Family &family, const QUrlQuery &query)
{
    static const QRegularExpression equation(u"^(\\w+) eq \"([^\"]*)\"$"_s, QRegularExpression::CaseInsensitiveOption);
    const QString filter = queryText(query, u"filter"_s);
    const auto match = equation.match(filter.trimmed());
    if (!filter.isEmpty() && !match.hasMatch())
        throw ApiRefusal::invalidParameter(u"The filter '%1' is not supported."_s.arg(filter));
    QJsonArray found;
    for (const QJsonValue one : family.members) {
        if (filter.isEmpty() || one[match.captured(1)].toString().compare(match.captured(2), Qt::CaseInsensitive) == 0)
            found.append(one);
    }
    const qint64 first = number(query, u"startIndex"_s, 1, 100'000, 1);
    const qint64 count = number(query, u"count"_s, 0, 1000, 100);
    QJsonArray shown;
    for (qint64 i = first - 1; i < found.size() && shown.size() < count; ++i)
        shown.append(found.at(i));
    return answer({{u"schemas"_s, QJsonArray{u"urn:ietf:params:scim:api:messages:2.0:ListResponse"_s}},
                   {u"totalResults"_s, found.size()},
                   {u"startIndex"_s, first},
                   {u"itemsPerPage"_s, shown.size()},
                   {u"Resources"_s, shown}});
}

} // namespace

bool isPrincipal(const QString &name)
{
    static const QStringList all = [] {
        const QStringList services = directoryNames(u"ServicePrincipals"_s);
        QStringList names = directoryNames(u"Users"_s) + directoryNames(u"Groups"_s) + services;
        for (const QString &service : services)
            names.append(stableUuid(service));
        return names;
    }();
    return all.contains(name, Qt::CaseInsensitive);
}

QList<Route> directoryRoutes()
{
    QList<Route> routes;
    for (const Family &family : families()) {
        const QString all = u"/api/2.0/preview/scim/v2/"_s + family.path;
        routes.append({"GET", all, [family](const ApiRequest &ask) { return list(family, ask.query); }});
        routes.append({"GET", all + u"/{id}"_s, [family](const ApiRequest &ask) {
                           const QString id = ask.captures.value(u"id"_s);
                           const ApiRefusal none(404, u"RESOURCE_DOES_NOT_EXIST"_s,
                                                 u"%1 with id %2 not found."_s.arg(family.path.chopped(1), id));
                           return answer(itemWith(family.members, "id"_L1, id, none));
                       }});
    }
    return routes;
}

} // namespace Sample

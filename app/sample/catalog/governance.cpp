#include "sample/catalog/governance.h"

#include "sample/admin/directory.h"
#include "sample/catalog/catalogdata.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const QString Base = u"/api/2.1/unity-catalog/"_s;

ApiRefusal missing(const QString &noun, const QString &name)
{
    return {404, noun.toUpper() + "_DOES_NOT_EXIST"_L1, u"%1 '%2' does not exist."_s.arg(noun, name)};
}

/// Throws ApiRefusal for a privilege that cannot be held on such a securable
/// (https://docs.databricks.com/data-governance/unity-catalog/manage-privileges/privileges).
void checkPrivilege(const QString &type, const QString &name, const QString &privilege)
{
    static const QStringList table{u"SELECT"_s, u"MODIFY"_s, u"APPLY_TAG"_s, u"ALL_PRIVILEGES"_s, u"MANAGE"_s};
    static const QStringList volume{u"READ_VOLUME"_s, u"WRITE_VOLUME"_s, u"APPLY_TAG"_s, u"ALL_PRIVILEGES"_s,
                                    u"MANAGE"_s};
    static const QStringList schema =
        table + volume +
        QStringList{u"USE_SCHEMA"_s,         u"CREATE_TABLE"_s, u"CREATE_VOLUME"_s, u"CREATE_FUNCTION"_s,
                    u"CREATE_MODEL"_s,       u"EXECUTE"_s,      u"REFRESH"_s,       u"CREATE_MATERIALIZED_VIEW"_s,
                    u"EXTERNAL_USE_SCHEMA"_s};
    static const QStringList catalog = schema + QStringList{u"USE_CATALOG"_s, u"CREATE_SCHEMA"_s, u"BROWSE"_s};
    static const QMap<QString, QStringList> all{
        {u"table"_s, table}, {u"volume"_s, volume}, {u"schema"_s, schema}, {u"catalog"_s, catalog}};
    if (!all.value(type).contains(privilege))
        throw ApiRefusal(400, u"INVALID_PARAMETER_VALUE"_s,
                         u"Privilege %1 is not applicable to this entity [%2:%3]. If this seems unexpected, please "
                         "check the privilege version of the metastore in use."_s.arg(privilege, name, type.toUpper()));
}

Http::Reply changeGrants(CatalogData &data, const ApiRequest &ask)
{
    const QString type = ask.captures.value(u"type"_s).toLower();
    const QString name = ask.captures.value(u"name"_s);
    const QMap<QString, const Securables *> families{{u"catalog"_s, &data.catalogs},
                                                     {u"schema"_s, &data.schemas},
                                                     {u"table"_s, &data.tables},
                                                     {u"volume"_s, &data.volumes}};
    if (!families.contains(type) || !families.value(type)->contains(name))
        throw missing(type, name);
    QMap<QString, QStringList> held;
    // Nothing of a change is done where a part of it is refused.
    QJsonArray grants = data.grants.value(type + u' ' + name);
    for (const QJsonValue grant : std::as_const(grants))
        held.insert(grant["principal"_L1].toString(), grant["privileges"_L1].toVariant().toStringList());
    for (const QJsonValue change : ask.json.value("changes"_L1).toArray()) {
        const QString principal = change["principal"_L1].toString();
        if (!isPrincipal(principal))
            throw ApiRefusal(404, u"PRINCIPAL_DOES_NOT_EXIST"_s,
                             u"Could not find principal with name %1"_s.arg(principal));
        QStringList &privileges = held[principal];
        for (const QJsonValue privilege : change["add"_L1].toArray()) {
            checkPrivilege(type, name, privilege.toString());
            if (!privileges.contains(privilege.toString()))
                privileges.append(privilege.toString());
        }
        for (const QJsonValue privilege : change["remove"_L1].toArray())
            privileges.removeAll(privilege.toString());
    }
    grants = {};
    for (auto principal = held.begin(); principal != held.end(); ++principal) {
        if (!principal->isEmpty())
            grants.append(QJsonObject{{"principal"_L1, principal.key()},
                                      {"privileges"_L1, QJsonArray::fromStringList(*principal)}});
    }
    data.grants.insert(type + u' ' + name, grants);
    return answer({{"privilege_assignments"_L1, grants}});
}

Route commentRoute(const QString &family, const QString &noun, CatalogData &data, Securables &objects)
{
    return {"PATCH", Base + family + "/{name}"_L1, [noun, &data, &objects](const ApiRequest &ask) {
                const QString name = ask.captures.value(u"name"_s).toLower();
                if (!objects.contains(name))
                    throw missing(noun, name);
                if (data.isReadOnly(name))
                    throw ApiRefusal::permissionDenied(u"User is not an owner of '%1'."_s.arg(name));
                objects[name].insert("comment"_L1, ask.json.value("comment"_L1));
                return answer(objects.value(name));
            }};
}

QString placeOf(const QString &type, const QString &name)
{
    return type + u' ' + name.toLower();
}

/// Throws ApiRefusal for what is not there.
void checkTagged(const CatalogData &data, const QString &type, const QString &name)
{
    const QMap<QString, const Securables *> families{{u"catalogs"_s, &data.catalogs},
                                                     {u"schemas"_s, &data.schemas},
                                                     {u"tables"_s, &data.tables},
                                                     {u"volumes"_s, &data.volumes}};
    if (type != "columns"_L1) {
        const Securables *family = families.value(type);
        if (!family)
            throw ApiRefusal::invalidParameter(u"Entity type '%1' is not supported."_s.arg(type));
        if (!family->contains(name.toLower()))
            throw missing(type.at(0).toUpper() + type.mid(1).chopped(1), name);
        return;
    }
    const QJsonObject table = data.tables.value(name.toLower().section(u'.', 0, 2));
    for (const QJsonValue column : table.value("columns"_L1).toArray()) {
        if (column["name"_L1].toString().compare(name.section(u'.', 3), Qt::CaseInsensitive) == 0)
            return;
    }
    throw table.isEmpty() ? missing(u"Table"_s, name.section(u'.', 0, 2)) : missing(u"Column"_s, name);
}

QJsonObject assignment(const QString &type, const QString &name, const QString &key, const QString &value)
{
    return {{"entity_type"_L1, type}, {"entity_name"_L1, name}, {"tag_key"_L1, key}, {"tag_value"_L1, value}};
}

Http::Reply listTags(const CatalogData &data, const ApiRequest &ask)
{
    const QString type = ask.captures.value(u"type"_s);
    const QString name = ask.captures.value(u"name"_s);
    checkTagged(data, type, name);
    QJsonArray all;
    const QMap<QString, QString> found = data.tags.value(placeOf(type, name));
    for (auto tag = found.begin(); tag != found.end(); ++tag)
        all.append(assignment(type, name, tag.key(), *tag));
    return answer({{"tag_assignments"_L1, all}});
}

Http::Reply setTag(CatalogData &data, const QString &type, const QString &name, const ApiRequest &ask, bool isNew)
{
    const QString key = requiredText(ask.json, u"tag_key"_s);
    checkTagged(data, type, name);
    QMap<QString, QString> &own = data.tags[placeOf(type, name)];
    if (isNew == own.contains(key))
        throw ApiRefusal(
            isNew ? 409 : 404, isNew ? u"ALREADY_EXISTS"_s : u"RESOURCE_DOES_NOT_EXIST"_s,
            u"Tag assignment %1 of %2: it %3."_s.arg(key, name, isNew ? u"exists"_s : u"does not exist"_s));
    own.insert(key, ask.json.value("tag_value"_L1).toString());
    return answer(assignment(type, name, key, own.value(key)));
}

} // namespace

QList<Route> governanceRoutes(CatalogData &data)
{
    const QString tagged = Base + u"entity-tag-assignments"_s;
    const QString one = tagged + u"/{type}/{name}/tags"_s;
    return {
        {"PATCH", Base + "permissions/{type}/{name}"_L1,
         [&data](const ApiRequest &ask) { return changeGrants(data, ask); }},
        commentRoute(u"catalogs"_s, u"Catalog"_s, data, data.catalogs),
        commentRoute(u"schemas"_s, u"Schema"_s, data, data.schemas),
        commentRoute(u"volumes"_s, u"Volume"_s, data, data.volumes),
        {"GET", one, [&data](const ApiRequest &ask) { return listTags(data, ask); }},
        {"POST", tagged,
         [&data](const ApiRequest &ask) {
             return setTag(data, requiredText(ask.json, u"entity_type"_s), requiredText(ask.json, u"entity_name"_s),
                           ask, true);
         }},
        {"PATCH", one + u"/{key+}"_s,
         [&data](const ApiRequest &ask) {
             return setTag(data, ask.captures.value(u"type"_s), ask.captures.value(u"name"_s), ask, false);
         }},
        {"DELETE", one + u"/{key+}"_s,
         [&data](const ApiRequest &ask) {
             data.tags[placeOf(ask.captures.value(u"type"_s), ask.captures.value(u"name"_s))].remove(
                 ask.captures.value(u"key"_s));
             return answer({});
         }},
    };
}

} // namespace Sample

#include "sample/catalog/governance.h"

#include "sample/catalog/catalogdata.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// "key" to "value" by "tables main.default.page_views".
using Tags = QMap<QString, QMap<QString, QString>>;

const QString Base = u"/api/2.1/unity-catalog/"_s;

ApiRefusal missing(const QString &noun, const QString &name)
{
    return {404, noun.toUpper() + "_DOES_NOT_EXIST"_L1, u"%1 '%2' does not exist."_s.arg(noun, name)};
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
    QJsonArray &grants = data.grants[type + u' ' + name];
    for (const QJsonValue grant : std::as_const(grants))
        held.insert(grant["principal"_L1].toString(), grant["privileges"_L1].toVariant().toStringList());
    for (const QJsonValue change : ask.json.value("changes"_L1).toArray()) {
        const QString principal = change["principal"_L1].toString();
        if (!principal.contains(u'@') && principal == "nobody"_L1)
            throw ApiRefusal(404, u"PRINCIPAL_DOES_NOT_EXIST"_s,
                             u"Could not find principal with name %1"_s.arg(principal));
        QStringList &privileges = held[principal];
        for (const QJsonValue privilege : change["add"_L1].toArray()) {
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

QJsonObject assignment(const QString &type, const QString &name, const QString &key, const QString &value)
{
    return {{"entity_type"_L1, type}, {"entity_name"_L1, name}, {"tag_key"_L1, key}, {"tag_value"_L1, value}};
}

Http::Reply listTags(const Tags &tags, const ApiRequest &ask)
{
    const QString type = ask.captures.value(u"type"_s);
    const QString name = ask.captures.value(u"name"_s);
    QJsonArray all;
    const QMap<QString, QString> found = tags.value(placeOf(type, name));
    for (auto tag = found.begin(); tag != found.end(); ++tag)
        all.append(assignment(type, name, tag.key(), *tag));
    return answer({{"tag_assignments"_L1, all}});
}

Http::Reply setTag(Tags &tags, const QString &type, const QString &name, const ApiRequest &ask, bool isNew)
{
    const QString key = requiredText(ask.json, u"tag_key"_s);
    QMap<QString, QString> &own = tags[placeOf(type, name)];
    if (isNew == own.contains(key))
        throw ApiRefusal(
            isNew ? 409 : 404, isNew ? u"ALREADY_EXISTS"_s : u"RESOURCE_DOES_NOT_EXIST"_s,
            u"Tag assignment %1 of %2: it %3."_s.arg(key, name, isNew ? u"exists"_s : u"does not exist"_s));
    own.insert(key, ask.json.value("tag_value"_L1).toString());
    return answer(assignment(type, name, key, own.value(key)));
}

struct ColumnEdge
{
    const char *source;
    const char *target;
};

/// They agree with system.access.table_lineage.
constexpr ColumnEdge Edges[] = {
    {"samples.tpch.nation.n_name", "main.default.sales_targets.region"},
    {"samples.tpch.orders.o_totalprice", "main.default.sales_targets.target"},
    {"main.default.sales_targets.target", "finance.reporting.month_end.balance"},
};

QJsonObject columnOf(const QString &fullName)
{
    const QStringList parts = fullName.split(u'.');
    return {{"catalog_name"_L1, parts.value(0)},
            {"schema_name"_L1, parts.value(1)},
            {"table_name"_L1, parts.value(2)},
            {"name"_L1, parts.value(3)},
            {"table_type"_L1, u"TABLE"_s}};
}

Http::Reply columnLineage(const ApiRequest &ask)
{
    const QString name = requiredText(ask.query, u"table_name"_s) + u'.' + requiredText(ask.query, u"column_name"_s);
    QJsonObject found;
    for (const ColumnEdge &edge : Edges) {
        const QString source = QString::fromLatin1(edge.source);
        const QString target = QString::fromLatin1(edge.target);
        const bool isTarget = target == name;
        const auto key = isTarget ? "upstream_cols"_L1 : "downstream_cols"_L1;
        if (!isTarget && source != name)
            continue;
        QJsonArray columns = found.value(key).toArray();
        columns.append(columnOf(isTarget ? source : target));
        found.insert(key, columns);
    }
    return answer(found);
}

Http::Reply tableLineage(const ApiRequest &ask)
{
    const QString name = requiredText(ask.query, u"table_name"_s);
    QJsonArray down;
    if (name == "main.default.sales_targets"_L1)
        down.append(
            QJsonObject{{"tableInfo"_L1, QJsonObject{{"name"_L1, u"month_end"_s},
                                                     {"catalog_name"_L1, u"finance"_s},
                                                     {"schema_name"_L1, u"reporting"_s},
                                                     {"table_type"_L1, u"VIEW"_s}}},
                        {"pipelineInfos"_L1,
                         QJsonArray{QJsonObject{{"workspace_id"_L1, 1},
                                                {"pipeline_id"_L1, u"69cebad9-93a4-3397-6974-279163d41a5c"_s}}}}});
    if (name == "main.default.page_views"_L1)
        down.append(QJsonObject{
            {"jobInfos"_L1, QJsonArray{QJsonObject{{"workspace_id"_L1, 1}, {"job_id"_L1, qint64(576952145895090)}}}}});
    return answer(down.isEmpty() ? QJsonObject() : QJsonObject{{"downstreams"_L1, down}});
}

} // namespace

QList<Route> governanceRoutes(CatalogData &data)
{
    const auto tags = std::make_shared<Tags>();
    const QString tagged = Base + u"entity-tag-assignments"_s;
    const QString one = tagged + u"/{type}/{name}/tags"_s;
    return {
        {"PATCH", Base + "permissions/{type}/{name}"_L1,
         [&data](const ApiRequest &ask) { return changeGrants(data, ask); }},
        commentRoute(u"catalogs"_s, u"Catalog"_s, data, data.catalogs),
        commentRoute(u"schemas"_s, u"Schema"_s, data, data.schemas),
        commentRoute(u"volumes"_s, u"Volume"_s, data, data.volumes),
        {"GET", one, [tags](const ApiRequest &ask) { return listTags(*tags, ask); }},
        {"POST", tagged,
         [tags](const ApiRequest &ask) {
             return setTag(*tags, requiredText(ask.json, u"entity_type"_s), requiredText(ask.json, u"entity_name"_s),
                           ask, true);
         }},
        {"PATCH", one + u"/{key+}"_s,
         [tags](const ApiRequest &ask) {
             return setTag(*tags, ask.captures.value(u"type"_s), ask.captures.value(u"name"_s), ask, false);
         }},
        {"DELETE", one + u"/{key+}"_s,
         [tags](const ApiRequest &ask) {
             (*tags)[placeOf(ask.captures.value(u"type"_s), ask.captures.value(u"name"_s))].remove(
                 ask.captures.value(u"key"_s));
             return answer({});
         }},
        {"GET", u"/api/2.0/lineage-tracking/column-lineage"_s, &columnLineage},
        {"GET", u"/api/2.0/lineage-tracking/table-lineage"_s, &tableLineage},
    };
}

} // namespace Sample

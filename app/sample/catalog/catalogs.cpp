#include "sample/catalog/catalogs.h"

#include "sample/catalog/catalogdata.h"
#include "sample/catalog/cataloggrants.h"
#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"
#include "sample/server/parameters.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype ServersPage = 100;
constexpr qsizetype SummariesPage = 10'000;

ApiRefusal missing(const QString &noun, const QString &name)
{
    return {404, noun.toUpper() + "_DOES_NOT_EXIST"_L1, u"%1 '%2' does not exist."_s.arg(noun, name)};
}

const QJsonObject &existing(const Securables &objects, const QString &noun, const QString &name)
{
    const auto found = objects.constFind(name.toLower());
    if (found == objects.constEnd())
        throw missing(noun, name);
    return *found;
}

/// A page as Unity Catalog gives it: no token at the end, and, where hesitant, a first one without items for those who
/// ask for pages.
QJsonObject catalogPage(const QJsonArray &items, const QString &key, const QUrlQuery &query, qsizetype serversSize,
                        const QString &scope, bool hesitant = false)
{
    const qint64 asked = number(query, u"max_results"_s, 0, serversSize, 0);
    const QString token = queryText(query, u"page_token"_s);
    const qsizetype size = token.isEmpty() && hesitant && query.hasQueryItem(u"max_results"_s) ? 0
                           : asked > 0                                                         ? asked
                                                                                               : serversSize;
    QJsonObject json = page(items, key, {size, token}, scope);
    json.remove("prev_page_token"_L1);
    if (json.value("next_page_token"_L1).toString().isEmpty())
        json.remove("next_page_token"_L1);
    return json;
}

bool asked(const QUrlQuery &query, const QString &name)
{
    return truth(query, name).value_or(false);
}

QJsonArray withoutOmitted(const QJsonArray &tables, const QUrlQuery &query)
{
    QStringList omitted;
    if (asked(query, u"omit_columns"_s))
        omitted += {u"columns"_s, u"table_constraints"_s};
    if (asked(query, u"omit_properties"_s))
        omitted += u"properties"_s;
    if (asked(query, u"omit_username"_s))
        omitted += {u"owner"_s, u"created_by"_s, u"updated_by"_s};
    QJsonArray shown;
    for (const QJsonValue value : tables) {
        QJsonObject table = value.toObject();
        for (const QString &key : std::as_const(omitted))
            table.remove(key);
        shown.append(table);
    }
    return shown;
}

/// A SQL LIKE pattern; absent, it takes everything.
QRegularExpression like(const QString &pattern)
{
    QString expression;
    for (const QChar c : pattern) {
        if (c == u'%')
            expression += ".*"_L1;
        else
            expression += c == u'_' ? u"."_s : QRegularExpression::escape(c);
    }
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern.isEmpty() ? u".*"_s : expression),
                              QRegularExpression::CaseInsensitiveOption);
}

} // namespace

struct CatalogStore::Private
{
    Private(CatalogData &data, const QString &user)
        : data(data)
        , user(user)
    {}

    CatalogData &data;
    const QString user;

    /// The full name of the schema that a request names, if it exists.
    QString schemaOf(const QString &catalog, const QString &schema) const
    {
        existing(data.catalogs, u"Catalog"_s, catalog);
        return existing(data.schemas, u"Schema"_s, catalog + u'.' + schema).value("full_name"_L1).toString();
    }
    QString schemaOf(const QUrlQuery &query) const
    {
        return schemaOf(requiredText(query, u"catalog_name"_s), requiredText(query, u"schema_name"_s));
    }
    void checkWritable(const QString &fullName) const
    {
        if (data.isReadOnly(fullName))
            throw ApiRefusal::permissionDenied(u"User is not an owner of '%1'."_s.arg(fullName));
    }

    Http::Reply listCatalogs(const ApiRequest &ask) const
    {
        return answer(catalogPage(within(data.catalogs, {}), u"catalogs"_s, ask.query, ServersPage, u"catalogs"_s));
    }
    Http::Reply listSchemas(const ApiRequest &ask) const
    {
        const QString catalog = requiredText(ask.query, u"catalog_name"_s);
        existing(data.catalogs, u"Catalog"_s, catalog);
        return answer(
            catalogPage(within(data.schemas, catalog), u"schemas"_s, ask.query, ServersPage, "schemas|"_L1 + catalog));
    }
    Http::Reply listTables(const ApiRequest &ask) const
    {
        const QString schema = schemaOf(ask.query);
        QJsonObject json =
            catalogPage(within(data.tables, schema), u"tables"_s, ask.query, ServersPage, "tables|"_L1 + schema, true);
        json.insert("tables"_L1, withoutOmitted(json.value("tables"_L1).toArray(), ask.query));
        return answer(json);
    }
    Http::Reply listIn(const Securables &objects, const QString &key, const ApiRequest &ask) const
    {
        const QString schema = schemaOf(ask.query);
        return answer(catalogPage(within(objects, schema), key, ask.query, ServersPage, key + u'|' + schema, true));
    }
    Http::Reply summaries(const ApiRequest &ask) const
    {
        const QString catalog = requiredText(ask.query, u"catalog_name"_s);
        existing(data.catalogs, u"Catalog"_s, catalog);
        const QString schemas = queryText(ask.query, u"schema_name_pattern"_s);
        const QString names = queryText(ask.query, u"table_name_pattern"_s);
        const QRegularExpression schema = like(schemas);
        const QRegularExpression name = like(names);
        QJsonArray found;
        for (const QJsonValue table : within(data.tables, catalog)) {
            if (schema.match(table["schema_name"_L1].toString()).hasMatch() &&
                name.match(table["name"_L1].toString()).hasMatch())
                found.append(
                    QJsonObject{{"full_name"_L1, table["full_name"_L1]}, {"table_type"_L1, table["table_type"_L1]}});
        }
        const QString scope = QStringList{u"summaries"_s, catalog, schemas, names}.join(u'|');
        return answer(catalogPage(found, u"tables"_s, ask.query, SummariesPage, scope));
    }

    Http::Reply createSchema(const ApiRequest &ask)
    {
        const QString catalog = requiredText(ask.json, u"catalog_name"_s);
        existing(data.catalogs, u"Catalog"_s, catalog);
        const QString name = (catalog + u'.' + requiredText(ask.json, u"name"_s)).toLower();
        checkWritable(name);
        if (data.schemas.contains(name))
            throw ApiRefusal(400, u"SCHEMA_ALREADY_EXISTS"_s, u"Schema '%1' already exists"_s.arg(name));
        QJsonObject schema = newSchema(name, user, QDateTime::currentDateTimeUtc());
        for (const auto key : {"comment"_L1, "storage_root"_L1}) {
            if (ask.json.contains(key))
                schema.insert(key, ask.json.value(key));
        }
        data.schemas.insert(name, schema);
        return answer(schema);
    }
    Http::Reply createVolume(const ApiRequest &ask)
    {
        const QString schema =
            schemaOf(requiredText(ask.json, u"catalog_name"_s), requiredText(ask.json, u"schema_name"_s));
        const QString name = schema + u'.' + requiredText(ask.json, u"name"_s).toLower();
        const QString type =
            word(requiredText(ask.json, u"volume_type"_s), u"volume_type"_s, {u"MANAGED"_s, u"EXTERNAL"_s});
        const QString location = type == "EXTERNAL"_L1 ? requiredText(ask.json, u"storage_location"_s) : QString();
        checkWritable(name);
        if (data.volumes.contains(name))
            throw ApiRefusal(400, u"VOLUME_ALREADY_EXISTS"_s, u"Volume '%1' already exists"_s.arg(name));
        QJsonObject volume = newVolume(name, type, location, user, QDateTime::currentDateTimeUtc());
        if (ask.json.contains("comment"_L1))
            volume.insert("comment"_L1, ask.json.value("comment"_L1));
        data.volumes.insert(name, volume);
        return answer(volume);
    }

    Http::Reply deleteSchema(const ApiRequest &ask)
    {
        const QString name = ask.captures.value(u"name"_s).toLower();
        existing(data.schemas, u"Schema"_s, name);
        checkWritable(name);
        const bool force = asked(ask.query, u"force"_s);
        const QList<Securables *> contents{&data.tables, &data.functions, &data.volumes};
        QList<qsizetype> counts;
        for (const Securables *objects : contents)
            counts.append(within(*objects, name).size());
        if (!force && counts != QList<qsizetype>{0, 0, 0})
            throw ApiRefusal::invalidState(
                u"Schema '%1' is not empty. The schema has %2 tables(s), %3 functions(s), %4 volumes(s)"_s.arg(
                    name, QString::number(counts.at(0)), QString::number(counts.at(1)), QString::number(counts.at(2))));
        for (Securables *objects : contents)
            objects->removeIf([&name](auto object) { return object.key().startsWith(name + u'.'); });
        data.schemas.remove(name);
        return answer({});
    }
    /// Disables a schema of the catalog system (https://docs.databricks.com/api/workspace/systemschemas).
    Http::Reply disableSystemSchema(const ApiRequest &ask)
    {
        const QString name = "system."_L1 + ask.captures.value(u"name"_s);
        existing(data.schemas, u"Schema"_s, name);
        data.tables.removeIf([&name](auto table) { return table.key().startsWith(name + u'.'); });
        data.schemas.remove(name);
        return answer({});
    }
    Http::Reply remove(Securables &objects, const QString &noun, const ApiRequest &ask) const
    {
        const QString name = ask.captures.value(u"name"_s).toLower();
        existing(objects, noun, name);
        checkWritable(name);
        objects.remove(name);
        return answer({});
    }
};

CatalogStore::CatalogStore(CatalogData &data, const QString &user)
    : d(std::make_unique<Private>(data, user))
{}

CatalogStore::~CatalogStore() = default;

void CatalogStore::growTo(qsizetype tables)
{
    Sample::growTo(d->data, tables, QDateTime::currentDateTimeUtc());
}

QList<Route> CatalogStore::routes()
{
    const QString base = u"/api/2.1/unity-catalog/"_s;
    Private *store = d.get();
    const auto lookup = [base](const QString &family, const QString &noun, const Securables &objects) -> Route {
        return {"GET", base + family + "/{name}"_L1, [noun, &objects](const ApiRequest &ask) {
                    return answer(existing(objects, noun, ask.captures.value(u"name"_s)));
                }};
    };
    const auto listing = [base, store](const QString &family, const Securables &objects) -> Route {
        return {"GET", base + family,
                [store, family, &objects](const ApiRequest &ask) { return store->listIn(objects, family, ask); }};
    };
    const auto removal = [base, store](const QString &family, const QString &noun, Securables &objects) -> Route {
        return {"DELETE", base + family + "/{name}"_L1,
                [store, noun, &objects](const ApiRequest &ask) { return store->remove(objects, noun, ask); }};
    };
    CatalogData &data = store->data;
    const QString metastore = stableUuid(u"primary-metastore"_s);
    return QList<Route>{
               {"GET", base + "catalogs"_L1, [store](const ApiRequest &ask) { return store->listCatalogs(ask); }},
               lookup(u"catalogs"_s, u"Catalog"_s, data.catalogs),
               {"GET", base + "schemas"_L1, [store](const ApiRequest &ask) { return store->listSchemas(ask); }},
               lookup(u"schemas"_s, u"Schema"_s, data.schemas),
               {"POST", base + "schemas"_L1, [store](const ApiRequest &ask) { return store->createSchema(ask); }},
               {"DELETE", base + "schemas/{name}"_L1,
                [store](const ApiRequest &ask) { return store->deleteSchema(ask); }},
               {"GET", base + "tables"_L1, [store](const ApiRequest &ask) { return store->listTables(ask); }},
               lookup(u"tables"_s, u"Table"_s, data.tables),
               {"GET", base + "tables/{name}/exists"_L1,
                [&data](const ApiRequest &ask) {
                    return answer({{"table_exists"_L1, data.tables.contains(ask.captures.value(u"name"_s).toLower())}});
                }},
               removal(u"tables"_s, u"Table"_s, data.tables),
               {"GET", base + "table-summaries"_L1, [store](const ApiRequest &ask) { return store->summaries(ask); }},
               {"DELETE", base + "metastores/{id}/systemschemas/{name}"_L1,
                [store](const ApiRequest &ask) { return store->disableSystemSchema(ask); }},
               listing(u"volumes"_s, data.volumes),
               lookup(u"volumes"_s, u"Volume"_s, data.volumes),
               {"POST", base + "volumes"_L1, [store](const ApiRequest &ask) { return store->createVolume(ask); }},
               removal(u"volumes"_s, u"Volume"_s, data.volumes),
               listing(u"functions"_s, data.functions),
               lookup(u"functions"_s, u"Function"_s, data.functions),
               {"GET", base + "current-metastore-assignment"_L1,
                [metastore](const ApiRequest &) {
                    return answer({{"metastore_id"_L1, metastore}, {"default_catalog_name"_L1, u"main"_s}});
                }},
           } +
           grantRoutes(data);
}

} // namespace Sample

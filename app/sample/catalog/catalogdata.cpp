#include "sample/catalog/catalogdata.h"

#include "sample/server/builtin.h"
#include "sample/sql/sqltables.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 Day = 86'400'000;
constexpr auto Lake = "abfss://metastore@examplelake.dfs.core.windows.net/"_L1;
constexpr auto Metastore = "primary-metastore"_L1;

/// full_name and its parts, owner and times: what every securable has.
QJsonObject securable(const QString &fullName, const QString &owner, qint64 created, qint64 updated)
{
    const QStringList parts = fullName.split(u'.');
    QJsonObject object{{"name"_L1, parts.last()}, {"full_name"_L1, fullName},
                       {"owner"_L1, owner},       {"metastore_id"_L1, stableUuid(Metastore)},
                       {"created_by"_L1, owner},  {"created_at"_L1, created},
                       {"updated_by"_L1, owner},  {"updated_at"_L1, updated}};
    if (parts.size() > 1)
        object.insert("catalog_name"_L1, parts.first());
    if (parts.size() > 2)
        object.insert("schema_name"_L1, parts.at(1));
    return object;
}

/// A time in the past that is the same for the same name on the same day.
qint64 someTime(const QString &name, const QDateTime &now)
{
    const qint64 midnight = now.toMSecsSinceEpoch() / Day * Day;
    return midnight - (stableId(name) % 900 + 30) * Day;
}

QJsonObject oldSecurable(const QString &fullName, const QString &owner, const QDateTime &now)
{
    const qint64 created = someTime(fullName, now);
    return securable(fullName, owner, created, created + Day);
}

QJsonObject newSecurable(const QString &fullName, const QString &owner, const QDateTime &now)
{
    return securable(fullName, owner, now.toMSecsSinceEpoch(), now.toMSecsSinceEpoch());
}

QJsonObject column(const QString &name, const QString &typeText, const QString &comment, int position)
{
    QJsonObject json{{"name"_L1, name},
                     {"type_text"_L1, typeText},
                     {"type_name"_L1, apiTypeName(typeText)},
                     {"position"_L1, position},
                     {"nullable"_L1, comment != "Primary key"_L1}};
    if (!comment.isEmpty())
        json.insert("comment"_L1, comment);
    return json;
}

/// The sample's comments say which columns are keys; here they become constraints.
QJsonArray constraints(const QJsonArray &columns, const QString &tableName)
{
    const QString schema = tableName.section(u'.', 0, 1);
    const QString table = tableName.section(u'.', 2);
    QJsonArray found;
    for (const QJsonValue value : columns) {
        const QString name = value["name"_L1].toString();
        const QString comment = value["comment"_L1].toString();
        if (comment == "Primary key"_L1) {
            const QJsonObject key{{"name"_L1, QString(table + "_pk"_L1)}, {"child_columns"_L1, QJsonArray{name}}};
            found.append(QJsonObject{{"primary_key_constraint"_L1, key}});
        } else if (comment.startsWith("Refers to "_L1)) {
            const QString parent = comment.section(u' ', 2);
            const QJsonObject key{{"name"_L1, QString(table + u'_' + name + "_fk"_L1)},
                                  {"child_columns"_L1, QJsonArray{name}},
                                  {"parent_table"_L1, QString(schema + u'.' + parent.section(u'.', 0, 0))},
                                  {"parent_columns"_L1, QJsonArray{parent.section(u'.', 1)}}};
            found.append(QJsonObject{{"foreign_key_constraint"_L1, key}});
        }
    }
    return found;
}

QJsonObject table(const QString &fullName, const QString &owner, const QJsonArray &columns, const QDateTime &now)
{
    QJsonObject json = oldSecurable(fullName, owner, now);
    json.insert("table_id"_L1, stableUuid(fullName));
    json.insert("table_type"_L1, u"MANAGED"_s);
    json.insert("data_source_format"_L1, u"DELTA"_s);
    json.insert("storage_location"_L1, QString(Lake + "tables/"_L1 + stableUuid(fullName)));
    json.insert("columns"_L1, columns);
    json.insert("properties"_L1, QJsonObject{{"delta.minReaderVersion"_L1, u"1"_s}});
    const QJsonArray keys = constraints(columns, fullName);
    if (!keys.isEmpty())
        json.insert("table_constraints"_L1, keys);
    return json;
}

QJsonObject withoutStorage(QJsonObject view)
{
    view.remove("data_source_format"_L1);
    view.remove("storage_location"_L1);
    return view;
}

QJsonArray columnsOf(const SampleTable &table)
{
    QJsonArray columns;
    for (const SampleColumn &one : table.columns)
        columns.append(column(one.name, one.typeText, one.comment, static_cast<int>(columns.size())));
    return columns;
}

QJsonObject queryableTable(const SampleTable &sample, const QDateTime &now)
{
    QJsonObject json = table(sample.fullName(), sample.owner, columnsOf(sample), now);
    json.insert("comment"_L1, sample.comment);
    return json;
}

QJsonObject describedTable(const QJsonObject &line, const QString &owner, const QDateTime &now)
{
    QJsonArray columns;
    for (const QJsonValue value : line.value("columns"_L1).toArray()) {
        const QJsonArray words = value.toArray();
        QJsonObject one = column(words.at(0).toString(), words.at(1).toString(), words.at(2).toString(),
                                 static_cast<int>(columns.size()));
        if (words.at(3) == "partition"_L1)
            one.insert("partition_index"_L1, 0);
        if (words.at(3) == "mask"_L1)
            one.insert("mask"_L1, QJsonObject{{"function_name"_L1, u"finance.ledger.mask_iban"_s}});
        columns.append(one);
    }
    QJsonObject json = table(line.value("name"_L1).toString(), owner, columns, now);
    json.insert("comment"_L1, line.value("comment"_L1));
    for (const auto key : {"table_type"_L1, "storage_location"_L1, "view_definition"_L1, "row_filter"_L1}) {
        if (line.contains(key))
            json.insert(key, line.value(key));
    }
    if (line.contains("format"_L1))
        json.insert("data_source_format"_L1, line.value("format"_L1));
    return json.value("table_type"_L1) == "VIEW"_L1 ? withoutStorage(json) : json;
}

QJsonObject function(const QJsonObject &line, const QString &owner, const QDateTime &now)
{
    const QString name = line.value("name"_L1).toString();
    QJsonArray parameters;
    for (const QJsonValue value : line.value("parameters"_L1).toArray()) {
        const QJsonArray words = value.toArray();
        QJsonObject parameter =
            column(words.at(0).toString(), words.at(1).toString(), {}, static_cast<int>(parameters.size()));
        if (!words.at(2).toString().isEmpty())
            parameter.insert("parameter_default"_L1, words.at(2));
        parameters.append(parameter);
    }
    QJsonObject json = oldSecurable(name, owner, now);
    json.insert("comment"_L1, line.value("comment"_L1));
    json.insert("input_params"_L1, QJsonObject{{"parameters"_L1, parameters}});
    json.insert("data_type"_L1, line.value("returns"_L1));
    json.insert("full_data_type"_L1, line.value("returns"_L1));
    json.insert("routine_body"_L1, line.value("body"_L1));
    json.insert("routine_definition"_L1, line.value("definition"_L1));
    if (line.contains("language"_L1))
        json.insert("external_language"_L1, line.value("language"_L1));
    json.insert("is_deterministic"_L1, true);
    json.insert("sql_data_access"_L1, u"CONTAINS_SQL"_s);
    json.insert("security_type"_L1, u"DEFINER"_s);
    json.insert("specific_name"_L1, json.value("name"_L1));
    return json;
}

void addCatalogs(CatalogData &data, const QJsonArray &lines, const QDateTime &now)
{
    for (const QJsonValue value : lines) {
        const QJsonObject line = value.toObject();
        const QString name = line.value("name"_L1).toString();
        QJsonObject json = oldSecurable(name, line.value("owner"_L1).toString(), now);
        json.insert("comment"_L1, line.value("comment"_L1));
        json.insert("catalog_type"_L1, line.value("catalog_type"_L1).toString(u"MANAGED_CATALOG"_s));
        json.insert("isolation_mode"_L1, u"OPEN"_s);
        json.insert("securable_type"_L1, u"CATALOG"_s);
        if (line.contains("read_only"_L1))
            json.insert("share_name"_L1, line.value("share"_L1));
        data.catalogs.insert(name, json);
    }
}

QString ownerOf(const CatalogData &data, const QString &fullName)
{
    return data.catalogs.value(fullName.section(u'.', 0, 0)).value("owner"_L1).toString();
}

} // namespace

CatalogData sampleCatalogData(const QDateTime &now)
{
    const QJsonObject lines = builtInJson(u"catalogs.json"_s);
    CatalogData data;
    addCatalogs(data, lines.value("catalogs"_L1).toArray(), now);
    for (const QJsonValue line : lines.value("schemas"_L1).toArray()) {
        const QString name = line["name"_L1].toString();
        QJsonObject schema = oldSecurable(name, ownerOf(data, name), now);
        schema.insert("comment"_L1, line["comment"_L1]);
        data.schemas.insert(name, schema);
    }
    for (const SampleTable &sample : sampleTables()) {
        const QString schema = sample.catalog + u'.' + sample.schema;
        if (!data.schemas.contains(schema))
            data.schemas.insert(schema, oldSecurable(schema, ownerOf(data, schema), now));
        data.tables.insert(sample.fullName(), queryableTable(sample, now));
    }
    for (const QJsonValue line : lines.value("tables"_L1).toArray()) {
        const QString name = line["name"_L1].toString();
        data.tables.insert(name, describedTable(line.toObject(), ownerOf(data, name), now));
    }
    for (const QJsonValue line : lines.value("volumes"_L1).toArray()) {
        const QString name = line["name"_L1].toString();
        QJsonObject volume = newVolume(name, line["volume_type"_L1].toString(), line["storage_location"_L1].toString(),
                                       ownerOf(data, name), now);
        volume.insert("comment"_L1, line["comment"_L1]);
        data.volumes.insert(name, volume);
    }
    for (const QJsonValue line : lines.value("functions"_L1).toArray()) {
        const QString name = line["name"_L1].toString();
        data.functions.insert(name, function(line.toObject(), ownerOf(data, name), now));
    }
    const QJsonObject grants = lines.value("grants"_L1).toObject();
    for (auto grant = grants.begin(); grant != grants.end(); ++grant)
        data.grants.insert(grant.key(), grant->toArray());
    return data;
}

bool CatalogData::isReadOnly(const QString &fullName) const
{
    return catalogs.value(fullName.section(u'.', 0, 0)).contains("share_name"_L1);
}

bool CatalogData::isMasked(const QString &fullName) const
{
    const QJsonObject table = tables.value(fullName);
    const QJsonArray columns = table.value("columns"_L1).toArray();
    return table.contains("row_filter"_L1) || std::any_of(columns.begin(), columns.end(), [](const QJsonValue &column) {
               return column.toObject().contains("mask"_L1);
           });
}

void apply(const CatalogChange &change, CatalogData &data)
{
    if (change.object.isEmpty())
        (data.*change.family).remove(change.fullName);
    else
        (data.*change.family).insert(change.fullName, change.object);
}

QJsonArray within(const Securables &objects, const QString &parent)
{
    QJsonArray found;
    const QString prefix = parent.isEmpty() ? QString() : QString(parent + u'.');
    for (auto object = objects.lowerBound(prefix); object != objects.end() && object.key().startsWith(prefix); ++object)
        found.append(*object);
    return found;
}

QJsonObject newTable(const SampleTable &sample, const QDateTime &now)
{
    QJsonObject json = newSecurable(sample.fullName(), sample.owner, now);
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    json.insert("table_id"_L1, id);
    json.insert("table_type"_L1, sample.query.isEmpty() ? u"MANAGED"_s : u"VIEW"_s);
    json.insert("data_source_format"_L1, u"DELTA"_s);
    json.insert("storage_location"_L1, QString(Lake + "tables/"_L1 + id));
    json.insert("properties"_L1, QJsonObject{{"delta.minReaderVersion"_L1, u"1"_s}});
    json = withColumns(json, sample, now);
    if (!sample.comment.isEmpty())
        json.insert("comment"_L1, sample.comment);
    if (sample.query.isEmpty())
        return json;
    json.insert("view_definition"_L1, sample.query);
    json.remove("properties"_L1);
    return withoutStorage(json);
}

QJsonObject withColumns(QJsonObject table, const SampleTable &columns, const QDateTime &now)
{
    table.insert("columns"_L1, columnsOf(columns));
    table.insert("updated_at"_L1, now.toMSecsSinceEpoch());
    return table;
}

QJsonObject renamed(QJsonObject table, const QString &fullName)
{
    table.insert("full_name"_L1, fullName);
    table.insert("catalog_name"_L1, fullName.section(u'.', 0, 0));
    table.insert("schema_name"_L1, fullName.section(u'.', 1, 1));
    table.insert("name"_L1, fullName.section(u'.', 2));
    return table;
}

SampleTable readTable(const QJsonObject &json)
{
    SampleTable table{json.value("catalog_name"_L1).toString(), json.value("schema_name"_L1).toString(),
                      json.value("name"_L1).toString(),         json.value("comment"_L1).toString(),
                      json.value("owner"_L1).toString(),        {},
                      json.value("table_id"_L1).toString(),     json.value("view_definition"_L1).toString()};
    for (const QJsonValue column : json.value("columns"_L1).toArray())
        table.columns.append(
            {column["name"_L1].toString(), column["type_text"_L1].toString(), column["comment"_L1].toString()});
    return table;
}

QJsonObject newSchema(const QString &fullName, const QString &user, const QDateTime &now)
{
    return newSecurable(fullName, user, now);
}

QJsonObject newVolume(const QString &fullName, const QString &type, const QString &location, const QString &user,
                      const QDateTime &now)
{
    QJsonObject volume = newSecurable(fullName, user, now);
    volume.insert("volume_id"_L1, stableUuid(fullName));
    volume.insert("volume_type"_L1, type);
    volume.insert("storage_location"_L1,
                  location.isEmpty() ? QString(Lake + "volumes/"_L1 + stableUuid(fullName)) : location);
    return volume;
}

void growTo(CatalogData &data, qsizetype tables, const QDateTime &now)
{
    const QString schema = u"main.large"_s;
    const QString owner = ownerOf(data, schema);
    data.schemas.insert(schema, newSchema(schema, owner, now));
    const QJsonArray columns{column(u"id"_s, u"bigint"_s, u"Primary key"_s, 0), column(u"value"_s, u"string"_s, {}, 1)};
    // What they share is in memory once.
    const QJsonObject model = table(schema + u".table"_s, owner, columns, now);
    for (qsizetype i = data.tables.size(); i < tables; ++i) {
        const QString name = u"%1.table_%2"_s.arg(schema).arg(i, 6, 10, QLatin1Char('0'));
        QJsonObject one = renamed(model, name);
        const QString id = stableUuid(name);
        one.insert("table_id"_L1, id);
        one.insert("storage_location"_L1, QString(Lake + "tables/"_L1 + id));
        data.tables.insert(name, one);
    }
}

} // namespace Sample

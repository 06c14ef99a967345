#include "sample/sql/system/informationschema.h"

#include "sample/catalog/catalogdata.h"

#include <QDateTime>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// The views of tags: what they tell of, as data.tags calls it, and how many parts its name has.
struct TagView
{
    QString entities;
    QStringList name; ///< of the columns that name the entity
};

const QHash<QString, TagView> &tagViews()
{
    static const QHash<QString, TagView> all{
        {u"catalog_tags"_s, {u"catalogs"_s, {u"catalog_name"_s}}},
        {u"schema_tags"_s, {u"schemas"_s, {u"catalog_name"_s, u"schema_name"_s}}},
        {u"table_tags"_s, {u"tables"_s, {u"catalog_name"_s, u"schema_name"_s, u"table_name"_s}}},
        {u"column_tags"_s, {u"columns"_s, {u"catalog_name"_s, u"schema_name"_s, u"table_name"_s, u"column_name"_s}}},
        {u"volume_tags"_s, {u"volumes"_s, {u"catalog_name"_s, u"schema_name"_s, u"volume_name"_s}}},
    };
    return all;
}

QList<QVariantList> tagRows(const SampleTable &table, const CatalogData &data)
{
    QList<QVariantList> rows;
    const QString entities = tagViews().value(table.name).entities + u' ';
    for (auto tags = data.tags.begin(); tags != data.tags.end(); ++tags) {
        const QStringList parts = tags.key().section(u' ', 1).split(u'.');
        if (!tags.key().startsWith(entities) || (table.catalog != "system"_L1 && parts.first() != table.catalog))
            continue;
        for (auto tag = tags->begin(); tag != tags->end(); ++tag) {
            QVariantList row;
            for (const QString &part : parts)
                row.append(part);
            rows.append(row << tag.key() << *tag);
        }
    }
    return rows;
}

/// A column, its type, and the member of a securable's facts that it shows.
struct Shown
{
    QString column;
    QString type;
    QString key;
};

struct View
{
    SecurableFamily family;
    bool isOfColumns = false; ///< a row for each column of a table
    bool isOfViews = false;   ///< views alone
    QList<Shown> columns;
};

QList<Shown> named(const QString &prefix)
{
    return {{prefix + u"_catalog"_s, u"string"_s, u"catalog_name"_s},
            {prefix + u"_schema"_s, u"string"_s, u"schema_name"_s},
            {prefix + u"_name"_s, u"string"_s, u"name"_s}};
}

QList<Shown> changes()
{
    return {{u"comment"_s, u"string"_s, u"comment"_s},
            {u"created"_s, u"timestamp"_s, u"created_at"_s},
            {u"created_by"_s, u"string"_s, u"created_by"_s},
            {u"last_altered"_s, u"timestamp"_s, u"updated_at"_s},
            {u"last_altered_by"_s, u"string"_s, u"updated_by"_s}};
}

const QHash<QString, View> &views()
{
    static const QHash<QString, View> all{
        {u"catalogs"_s,
         {&CatalogData::catalogs, false, false,
          QList<Shown>{{u"catalog_name"_s, u"string"_s, u"name"_s}, {u"catalog_owner"_s, u"string"_s, u"owner"_s}} +
              changes()}},
        {u"schemata"_s,
         {&CatalogData::schemas, false, false,
          QList<Shown>{{u"catalog_name"_s, u"string"_s, u"catalog_name"_s},
                       {u"schema_name"_s, u"string"_s, u"name"_s},
                       {u"schema_owner"_s, u"string"_s, u"owner"_s}} +
              changes()}},
        {u"tables"_s,
         {&CatalogData::tables, false, false,
          named(u"table"_s) +
              QList<Shown>{{u"table_type"_s, u"string"_s, u"table_type"_s},
                           {u"table_owner"_s, u"string"_s, u"owner"_s},
                           {u"data_source_format"_s, u"string"_s, u"data_source_format"_s}} +
              changes()}},
        {u"columns"_s,
         {&CatalogData::tables, true, false,
          named(u"table"_s) + QList<Shown>{{u"column_name"_s, u"string"_s, u"column.name"_s},
                                           {u"ordinal_position"_s, u"int"_s, u"column.position"_s},
                                           {u"is_nullable"_s, u"string"_s, u"column.is_nullable"_s},
                                           {u"full_data_type"_s, u"string"_s, u"column.type_text"_s},
                                           {u"data_type"_s, u"string"_s, u"column.type_name"_s},
                                           {u"partition_index"_s, u"int"_s, u"column.partition_index"_s},
                                           {u"comment"_s, u"string"_s, u"column.comment"_s}}}},
        {u"views"_s,
         {&CatalogData::tables, false, true,
          named(u"table"_s) + QList<Shown>{{u"view_definition"_s, u"string"_s, u"view_definition"_s}}}},
        {u"volumes"_s,
         {&CatalogData::volumes, false, false,
          named(u"volume"_s) +
              QList<Shown>{{u"volume_type"_s, u"string"_s, u"volume_type"_s},
                           {u"volume_owner"_s, u"string"_s, u"owner"_s},
                           {u"storage_location"_s, u"string"_s, u"storage_location"_s}} +
              changes()}},
        {u"routines"_s,
         {&CatalogData::functions, false, false,
          named(u"routine"_s) +
              QList<Shown>{{u"data_type"_s, u"string"_s, u"data_type"_s},
                           {u"routine_body"_s, u"string"_s, u"routine_body"_s},
                           {u"routine_definition"_s, u"string"_s, u"routine_definition"_s}} +
              changes()}},
    };
    return all;
}

QVariant cellOf(const QJsonObject &facts, const Shown &shown)
{
    const QJsonValue value = facts.value(shown.key);
    if (value.isUndefined() || value.isNull())
        return {};
    if (shown.type == "timestamp"_L1)
        return QDateTime::fromMSecsSinceEpoch(value.toInteger()).toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    return shown.type == "int"_L1 ? QVariant(value.toInteger()) : QVariant(value.toString());
}

/// The table's facts with those of one of its columns, whose position counts from 1 here.
QJsonObject withColumn(QJsonObject table, const QJsonObject &column)
{
    for (auto fact = column.begin(); fact != column.end(); ++fact)
        table.insert(u"column."_s + fact.key(), fact.value());
    table.insert(u"column.position"_s, column.value("position"_L1).toInteger() + 1);
    table.insert(u"column.is_nullable"_s, column.value("nullable"_L1).toBool(true) ? u"YES"_s : u"NO"_s);
    return table;
}

} // namespace

std::optional<SampleTable> informationTable(const QString &fullName)
{
    const QStringList parts = fullName.split(u'.');
    const auto view = views().constFind(parts.value(2));
    const bool isOfTags = tagViews().contains(parts.value(2));
    if (parts.size() != 3 || parts.at(1) != "information_schema"_L1 || (view == views().cend() && !isOfTags))
        return std::nullopt;
    SampleTable table{parts.at(0),
                      parts.at(1),
                      parts.at(2),
                      u"Part of the information schema."_s,
                      u"System user"_s,
                      {},
                      u"information/"_s + fullName};
    if (isOfTags) {
        const QStringList tagged = tagViews().value(parts.at(2)).name + QStringList{u"tag_name"_s, u"tag_value"_s};
        for (const QString &column : tagged)
            table.columns.append({column, u"string"_s});
        return table;
    }
    for (const Shown &shown : view->columns)
        table.columns.append({shown.column, shown.type});
    return table;
}

QList<QVariantList> informationRows(const SampleTable &table, const CatalogData &data)
{
    if (tagViews().contains(table.name))
        return tagRows(table, data);
    const View view = views().value(table.name);
    QList<QVariantList> rows;
    const auto add = [&](const QJsonObject &facts) {
        QVariantList row;
        for (const Shown &shown : view.columns)
            row.append(cellOf(facts, shown));
        rows.append(row);
    };
    const Securables &objects = data.*view.family;
    for (auto object = objects.begin(); object != objects.end(); ++object) {
        const bool isMeant = table.catalog == "system"_L1 || object.key().section(u'.', 0, 0) == table.catalog;
        if (!isMeant || (view.isOfViews && object->value("table_type"_L1) != "VIEW"_L1))
            continue;
        if (!view.isOfColumns) {
            add(*object);
            continue;
        }
        for (const QJsonValue column : object->value("columns"_L1).toArray())
            add(withColumn(*object, column.toObject()));
    }
    return rows;
}

} // namespace Sample

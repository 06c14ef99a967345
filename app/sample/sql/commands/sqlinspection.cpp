#include "sample/sql/commands/sqlinspection.h"

#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Result = std::shared_ptr<SqlResult>;

const QString text = u"string"_s;

Result listed(const QList<SampleColumn> &columns, const QList<QJsonArray> &rows)
{
    auto result = std::make_shared<SqlResult>(5000);
    result->columns = columns;
    for (const QJsonArray &row : rows)
        result->add(row);
    return result;
}

/// The name behind IN or FROM; empty where there is none.
QStringList nameBehindIn(const SqlTokens &tokens)
{
    for (qsizetype i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens.at(i).isWord("IN"_L1) || tokens.at(i).isWord("FROM"_L1))
            return readName(tokens, ++i);
    }
    return {};
}

/// The pattern at the end of SHOW … [LIKE] 'sales*|orders'; without one everything.
QRegularExpression wanted(const SqlTokens &tokens)
{
    QStringList parts;
    if (tokens.last().kind == SqlToken::Kind::Text) {
        for (const QString &part : tokens.last().text.split(u'|'))
            parts.append(QRegularExpression::wildcardToRegularExpression(QString(part).replace(u'%', u'*')));
    }
    return QRegularExpression(parts.join(u'|'), QRegularExpression::CaseInsensitiveOption);
}

QJsonValue textOrNull(const QString &words)
{
    return words.isEmpty() ? QJsonValue() : QJsonValue(words);
}

QString time(const QJsonValue &milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds.toInteger()).toUTC().toString(Qt::ISODateWithMs);
}

QList<QJsonArray> propertyRows(const QJsonObject &json)
{
    QList<QJsonArray> rows;
    const QJsonObject properties = json.value("properties"_L1).toObject();
    for (auto one = properties.begin(); one != properties.end(); ++one)
        rows.append({one.key(), *one});
    return rows;
}

QString createText(const SampleTable &table)
{
    QStringList columns;
    for (const SampleColumn &column : table.columns) {
        const QString comment = column.comment.isEmpty() ? QString() : u" COMMENT '%1'"_s.arg(column.comment);
        columns.append(u"  "_s + column.name + (table.query.isEmpty() ? u' ' + column.typeText.toUpper() : QString()) +
                       comment);
    }
    const QString list = u" (\n"_s + columns.join(",\n"_L1) + u")\n"_s;
    if (table.query.isEmpty())
        return u"CREATE TABLE "_s + table.fullName() + list + u"USING delta\n"_s;
    return u"CREATE VIEW "_s + table.fullName() + list + u"AS "_s + table.query + u'\n';
}

/// What a column of a sample's table takes, roughly: nothing is stored as Delta would.
constexpr qsizetype ColumnBytes = 4096;

Result describeDetail(const SqlContext &context, const SampleTable &described)
{
    const QJsonObject json = context.catalog.data().tables.value(described.fullName());
    const QString format = json.value("data_source_format"_L1).toString().toLower();
    const QJsonArray row{format,
                         described.id,
                         described.fullName(),
                         textOrNull(described.comment),
                         json.value("storage_location"_L1),
                         time(json.value("created_at"_L1)),
                         time(json.value("updated_at"_L1)),
                         u"[]"_s,
                         u"1"_s,
                         QString::number(described.columns.size() * ColumnBytes)};
    return listed({{u"format"_s, text},
                   {u"id"_s, text},
                   {u"name"_s, text},
                   {u"description"_s, text},
                   {u"location"_s, text},
                   {u"createdAt"_s, u"timestamp"_s},
                   {u"lastModified"_s, u"timestamp"_s},
                   {u"partitionColumns"_s, u"array<string>"_s},
                   {u"numFiles"_s, u"bigint"_s},
                   {u"sizeInBytes"_s, u"bigint"_s}},
                  {row});
}

/// The sample keeps no history but that a table was made.
Result describeHistory(const SqlContext &context, const SampleTable &described)
{
    const QJsonObject json = context.catalog.data().tables.value(described.fullName());
    const QJsonArray row{u"0"_s, time(json.value("created_at"_L1)), json.value("created_by"_L1), u"CREATE TABLE"_s};
    return listed(
        {{u"version"_s, u"bigint"_s}, {u"timestamp"_s, u"timestamp"_s}, {u"userName"_s, text}, {u"operation"_s, text}},
        {row});
}

} // namespace

Result showObjects(SqlContext &context, const SqlTokens &tokens)
{
    if (tokens.size() < 2)
        throw SqlFailure::syntax(u"end of input"_s);
    const CatalogData &data = context.catalog.data();
    const QString what = tokens.at(1).text.toUpper();
    if (what == "GRANTS"_L1 || what == "GRANT"_L1)
        throw SqlFailure::unsupported(
            u"SHOW GRANTS (workspaces do); its grants are read by the permissions API, as the "
            "tool list_grants does"_s);
    if (what == "CREATE"_L1 || what == "TBLPROPERTIES"_L1) {
        qsizetype i = what == "CREATE"_L1 ? 3 : 2;
        const SampleTable shown = context.catalog.table(readName(tokens, i), context.ask.defaults);
        if (what == "CREATE"_L1)
            return listed({{u"createtab_stmt"_s, text}}, {{createText(shown)}});
        return listed({{u"key"_s, text}, {u"value"_s, text}}, propertyRows(data.tables.value(shown.fullName())));
    }
    const QStringList place = nameBehindIn(tokens);
    if (what == "COLUMNS"_L1 && !place.isEmpty()) {
        QList<QJsonArray> names;
        for (const SampleColumn &column : context.catalog.table(place, context.ask.defaults).columns)
            names.append({column.name});
        return listed({{u"col_name"_s, text}}, names);
    }
    struct Listing
    {
        SecurableFamily family;
        QList<SampleColumn> columns;
        std::function<QJsonArray(const QJsonValue &)> row;
    };
    static const QHash<QString, Listing> listings{
        {u"CATALOGS"_s,
         {&CatalogData::catalogs, {{u"catalog"_s, text}}, [](auto one) { return QJsonArray{one["name"_L1]}; }}},
        {u"SCHEMAS"_s,
         {&CatalogData::schemas, {{u"databaseName"_s, text}}, [](auto one) { return QJsonArray{one["name"_L1]}; }}},
        {u"TABLES"_s,
         {&CatalogData::tables,
          {{u"database"_s, text}, {u"tableName"_s, text}, {u"isTemporary"_s, u"boolean"_s}},
          [](auto one) {
              return QJsonArray{one["schema_name"_L1], one["name"_L1], u"false"_s};
          }}},
        {u"VIEWS"_s,
         {&CatalogData::tables,
          {{u"namespace"_s, text},
           {u"viewName"_s, text},
           {u"isTemporary"_s, u"boolean"_s},
           {u"isMaterialized"_s, u"boolean"_s}},
          [](auto one) {
              return one["table_type"_L1] == "VIEW"_L1
                         ? QJsonArray{one["schema_name"_L1], one["name"_L1], u"false"_s, u"false"_s}
                         : QJsonArray();
          }}},
        {u"VOLUMES"_s,
         {&CatalogData::volumes,
          {{u"database"_s, text}, {u"volume_name"_s, text}},
          [](auto one) {
              return QJsonArray{one["schema_name"_L1], one["name"_L1]};
          }}},
        {u"FUNCTIONS"_s,
         {&CatalogData::functions, {{u"function"_s, text}}, [](auto one) { return QJsonArray{one["full_name"_L1]}; }}},
    };
    const auto listing = listings.constFind(what == "DATABASES"_L1 ? u"SCHEMAS"_s : what);
    if (listing == listings.cend())
        throw SqlFailure::unsupported(u"SHOW "_s + what);
    QString parent;
    if (listing->family == &CatalogData::schemas) {
        parent = place.value(0, context.ask.defaults.catalog).toLower();
        context.catalog.requireCatalog(parent);
    } else if (listing->family != &CatalogData::catalogs) {
        parent = SqlCatalog::schemaName(place.isEmpty() ? QStringList{context.ask.defaults.schema} : place,
                                        context.ask.defaults);
        context.catalog.requireSchema(parent);
    }
    const QRegularExpression pattern = wanted(tokens);
    QList<QJsonArray> rows;
    for (const QJsonValue object : within(data.*listing->family, parent)) {
        const QJsonArray row = listing->row(object);
        if (!row.isEmpty() && pattern.match(object["name"_L1].toString()).hasMatch())
            rows.append(row);
    }
    return listed(listing->columns, rows);
}

Result describeObject(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    if (takes(tokens, i, {"DETAIL"_L1}))
        return describeDetail(context, context.catalog.table(readName(tokens, i), context.ask.defaults));
    if (takes(tokens, i, {"HISTORY"_L1}))
        return describeHistory(context, context.catalog.table(readName(tokens, i), context.ask.defaults));
    const QList<SampleColumn> columns{{u"col_name"_s, text}, {u"data_type"_s, text}, {u"comment"_s, text}};
    QList<QJsonArray> rows;
    const auto listColumns = [&rows](const QList<SampleColumn> &described) {
        for (const SampleColumn &column : described)
            rows.append({column.name, column.typeText, textOrNull(column.comment)});
        return rows;
    };
    if (takes(tokens, i, {"QUERY"_L1}) || (i < tokens.size() && tokens.at(i).isWord("SELECT"_L1)))
        return listed(columns, listColumns(context.columnsOf(tokens.mid(i), {})));
    const bool isSchema = takes(tokens, i, {"SCHEMA"_L1}) || takes(tokens, i, {"DATABASE"_L1});
    const bool isCatalog = !isSchema && takes(tokens, i, {"CATALOG"_L1});
    takes(tokens, i, {"TABLE"_L1});
    const bool isExtended = takes(tokens, i, {"EXTENDED"_L1});
    const QStringList name = readName(tokens, i);
    if (isSchema || isCatalog) {
        const QString fullName =
            isSchema ? SqlCatalog::schemaName(name, context.ask.defaults) : name.join(u'.').toLower();
        if (isSchema)
            context.catalog.requireSchema(fullName);
        else
            context.catalog.requireCatalog(fullName);
        const CatalogData &data = context.catalog.data();
        const QJsonObject json = (isSchema ? data.schemas : data.catalogs).value(fullName);
        rows = {{u"Catalog Name"_s, json.value("catalog_name"_L1).toString(fullName)},
                {u"Namespace Name"_s, json.value("name"_L1)},
                {u"Comment"_s, json.value("comment"_L1).toString()},
                {u"Owner"_s, json.value("owner"_L1)}};
        return listed({{u"database_description_item"_s, text}, {u"database_description_value"_s, text}}, rows);
    }
    const SampleTable described = context.catalog.table(name, context.ask.defaults);
    listColumns(described.columns);
    if (isExtended) {
        const QJsonObject json = context.catalog.data().tables.value(described.fullName());
        rows.append({u""_s, u""_s, u""_s});
        rows.append({u"# Detailed Table Information"_s, u""_s, u""_s});
        const QList<std::pair<QString, QJsonValue>> facts{{u"Catalog"_s, described.catalog},
                                                          {u"Database"_s, described.schema},
                                                          {u"Table"_s, described.name},
                                                          {u"Created Time"_s, time(json.value("created_at"_L1))},
                                                          {u"Created By"_s, json.value("created_by"_L1)},
                                                          {u"Type"_s, json.value("table_type"_L1)},
                                                          {u"Comment"_s, described.comment},
                                                          {u"View Text"_s, described.query},
                                                          {u"Location"_s, json.value("storage_location"_L1)},
                                                          {u"Provider"_s, json.value("data_source_format"_L1)},
                                                          {u"Owner"_s, described.owner}};
        for (const auto &[fact, value] : facts) {
            if (!value.toString().isEmpty())
                rows.append({fact, value, u""_s});
        }
    }
    return listed(columns, rows);
}

} // namespace Sample

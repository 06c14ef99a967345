#include "tools/catalog/catalogwords.h"
#include "tools/catalog/describetables.h"
#include "tools/catalog/tabledetails.h"
#include "tools/catalog/tablelineage.h"
#include "tools/catalog/tablesearch.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// A schema may hold ten thousands of tables, and the API knows no filter by name: so many are looked at for one
/// answer.
constexpr qsizetype LookedAt = 5000;

/// What the five lists of Unity Catalog differ in.
struct Kind
{
    QString family;    ///< of the path, and the name of the array in the API's answer and in the tool's
    QStringList place; ///< the arguments that say where to look
    QList<std::pair<QString, QString>> asked;
    QJsonObject (*row)(const QJsonObject &);
    Columns columns;
};

QJsonObject withComment(QJsonObject row, const QJsonObject &item)
{
    addText(row, u"comment"_s, briefComment(item));
    return row;
}

QJsonObject catalogRow(const QJsonObject &item)
{
    return withComment(textsOf(item, {u"name"_s, u"catalog_type"_s, u"owner"_s}), item);
}

QJsonObject schemaRow(const QJsonObject &item)
{
    return withComment(textsOf(item, {u"full_name"_s, u"owner"_s}), item);
}

QJsonObject tableRow(const QJsonObject &item)
{
    QJsonObject row = textsOf(item, {u"full_name"_s, u"table_type"_s, u"data_source_format"_s, u"owner"_s});
    addText(row, u"updated_at"_s, timeText(item.value("updated_at"_L1).toInteger()));
    return withComment(row, item);
}

QJsonObject volumeRow(const QJsonObject &item)
{
    QJsonObject row = textsOf(item, {u"full_name"_s, u"volume_type"_s, u"owner"_s});
    row.insert("path"_L1, volumeRoot(item));
    return withComment(row, item);
}

QJsonObject functionRow(const QJsonObject &item)
{
    QJsonObject row = textsOf(item, {u"full_name"_s, u"owner"_s});
    addText(row, u"parameters"_s, parametersText(item));
    addText(row, u"returns"_s, Text::visible(item.value("full_data_type"_L1).toString()));
    return withComment(row, item);
}

const Columns NamedColumns{{u"full_name"_s, u"name"_s}, {u"owner"_s, u"owner"_s}, {u"comment"_s, u"comment"_s}};

const Kind Catalogs{
    u"catalogs"_s,
    {},
    {},
    &catalogRow,
    {{u"name"_s, u"name"_s}, {u"catalog_type"_s, u"type"_s}, {u"owner"_s, u"owner"_s}, {u"comment"_s, u"comment"_s}}};
const Kind Schemas{u"schemas"_s, {u"catalog"_s}, {}, &schemaRow, NamedColumns};
const Kind Tables{u"tables"_s,
                  {u"catalog"_s, u"schema"_s},
                  {{u"omit_columns"_s, u"true"_s}, {u"omit_properties"_s, u"true"_s}, {u"omit_username"_s, u"true"_s}},
                  &tableRow,
                  {{u"full_name"_s, u"name"_s},
                   {u"table_type"_s, u"type"_s},
                   {u"data_source_format"_s, u"format"_s},
                   {u"updated_at"_s, u"definition changed"_s},
                   {u"comment"_s, u"comment"_s}}};
const Kind Volumes{
    u"volumes"_s,
    {u"catalog"_s, u"schema"_s},
    {},
    &volumeRow,
    {{u"full_name"_s, u"name"_s}, {u"volume_type"_s, u"type"_s}, {u"path"_s, u"path"_s}, {u"comment"_s, u"comment"_s}}};
const Kind Functions{u"functions"_s,
                     {u"catalog"_s, u"schema"_s},
                     {},
                     &functionRow,
                     {{u"full_name"_s, u"name"_s},
                      {u"parameters"_s, u"parameters"_s},
                      {u"returns"_s, u"returns"_s},
                      {u"comment"_s, u"comment"_s}}};

QCoro::Task<ToolResult> listObjects(ToolCall call, const Kind *kind)
{
    QUrlQuery query = catalogPages();
    QStringList place;
    for (const QString &argument : kind->place) {
        place.append(plainName(call.text(argument)));
        Databricks::addQueryItem(query, argument + u"_name"_s, place.last());
    }
    for (const auto &[key, value] : kind->asked)
        query.addQueryItem(key, value);
    const QString name = call.text(u"name_contains"_s);
    Listing listing(catalogPath(kind->family), query, kind->family, kind->row);
    listing.holding(u"name"_s, name).lookingAt(name.isEmpty() ? -1 : LookedAt).from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const QString where = place.isEmpty() ? QString() : QString(" in "_L1 + Text::visible(place.join(u'.')));
    const QString headline = u"Found %1 %2"_s.arg(listed.totalInWords(), kind->family) + where +
                             (listed.rows.isEmpty() ? u" that this user may see."_s : u":"_s);
    co_return listAnswer(headline, kind->columns, kind->family, listed);
}

QCoro::Task<ToolResult> listCatalogs(ToolCall call)
{
    return listObjects(call, &Catalogs);
}

QCoro::Task<ToolResult> listSchemas(ToolCall call)
{
    return listObjects(call, &Schemas);
}

QCoro::Task<ToolResult> listTables(ToolCall call)
{
    return listObjects(call, &Tables);
}

QCoro::Task<ToolResult> listVolumes(ToolCall call)
{
    return listObjects(call, &Volumes);
}

QCoro::Task<ToolResult> listFunctions(ToolCall call)
{
    return listObjects(call, &Functions);
}

Schema rowSchema(const Kind &kind)
{
    Schema row;
    for (const auto &[key, heading] : kind.columns)
        row.text(key, {});
    return row.text(u"owner"_s, {})
        .text(u"comment"_s, u"Its beginning; … where there is more"_s)
        .require({kind.columns.first().first});
}

Tool listTool(const QString &title, const QString &description, const Kind &kind,
              QCoro::Task<ToolResult> (*run)(ToolCall))
{
    Schema input;
    if (kind.place.contains(u"catalog"_s))
        input.text(u"catalog"_s, u"Such as main"_s);
    if (kind.place.contains(u"schema"_s))
        input.text(u"schema"_s, u"Such as default"_s);
    input.text(u"name_contains"_s, u"Part of the name, in any case"_s).require(kind.place);
    return {
        .name = "list_"_L1 + kind.family,
        .title = title,
        .description = description,
        .effects = Calls::Effect::Reads,
        .inputSchema = withPages(input),
        .outputSchema = listedSchema(kind.family, rowSchema(kind)),
        .run = run,
    };
}

} // namespace

QList<Tool> unityCatalogTools()
{
    return {
        listTool(u"List catalogs"_s, u"Lists the catalogs of Unity Catalog that the user may see."_s, Catalogs,
                 &listCatalogs),
        listTool(u"List schemas"_s, u"Lists the schemas of a catalog."_s, Schemas, &listSchemas),
        listTool(u"List tables"_s, u"Lists the tables and views of a schema; describe_tables shows their columns."_s,
                 Tables, &listTables),
        getTableTool(),
        describeTablesTool(),
        searchTablesTool(),
        listTool(u"List volumes"_s, u"Lists the volumes of a schema, with the path under which their files are read."_s,
                 Volumes, &listVolumes),
        listTool(u"List functions"_s, u"Lists the user-defined functions of a schema, with parameters and result."_s,
                 Functions, &listFunctions),
        tableLineageTool(),
    };
}

} // namespace Tools

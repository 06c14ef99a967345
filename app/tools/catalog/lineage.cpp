#include "tools/catalog/lineageentities.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/identifiers.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// The lineage API: what Unity Catalog recorded in the last year, without a warehouse. It gives no pages
/// (https://docs.databricks.com/aws/en/data-governance/unity-catalog/data-lineage).
QString lineagePath(const QString &kind)
{
    return u"/api/2.0/lineage-tracking/"_s + kind;
}

/// So many bytes of rows of each side.
constexpr qsizetype SideBytes = 6 * 1024;

/// "main.default.orders", and of a column its name behind it.
QString fullNameOf(const QJsonObject &object, const QString &last)
{
    QStringList parts{object.value("catalog_name"_L1).toString(), object.value("schema_name"_L1).toString()};
    if (object.contains("table_name"_L1))
        parts.append(object.value("table_name"_L1).toString());
    parts.append(last);
    parts.removeAll(QString());
    return Text::visible(parts.join(u'.'));
}

QJsonArray columnRows(const QJsonValue &columns)
{
    QJsonArray rows;
    for (const QJsonValue value : columns.toArray()) {
        const QJsonObject column = value.toObject();
        QJsonObject row{{"column"_L1, fullNameOf(column, column.value("name"_L1).toString())}};
        addTexts(row, column, {u"table_type"_s});
        rows.append(row);
    }
    return rows;
}

/// One side of the lineage below its heading, with what was left out.
void addSide(Answer &answer, const QString &name, const QString &heading, const Columns &columns, const RowsPart &part)
{
    answer.rows(name, heading + u':', columns, part.rows);
    if (part.total == 0)
        answer.note(heading + u": none recorded."_s);
    else if (!part.isWhole())
        answer.note(u"%1: the first %2 of %3 are shown."_s.arg(heading).arg(part.rows.size()).arg(part.total));
}

QCoro::Task<ToolResult> getColumnLineage(ToolCall call)
{
    const QString table = plainName(call.text(u"full_name"_s)).toLower();
    const QString column = plainName(call.text(u"column"_s));
    const QString name = Text::visible(table + u'.' + column);
    call.setTarget(name);
    QUrlQuery query;
    Databricks::addQueryItem(query, u"table_name"_s, table);
    Databricks::addQueryItem(query, u"column_name"_s, column);
    const QJsonObject answer = co_await call.workspace().get(lineagePath(u"column-lineage"_s), query);
    const RowsPart up = rowsPart(columnRows(answer.value("upstream_cols"_L1)), 0, SideBytes);
    const RowsPart down = rowsPart(columnRows(answer.value("downstream_cols"_L1)), 0, SideBytes);
    if (up.total + down.total == 0)
        co_await mustExist(call, table, column);
    const Columns columns{{u"column"_s, u"column"_s}, {u"table_type"_s, u"table type"_s}};
    Answer result(u"Lineage of column %1: %2 upstream, %3 downstream."_s.arg(name).arg(up.total).arg(down.total));
    result.stated(u"column"_s, name);
    addSide(result, u"upstream"_s, u"Computed from"_s, columns, up);
    addSide(result, u"downstream"_s, u"Goes into"_s, columns, down);
    co_return result;
}

/// The id of a notebook, a job, a query: the one member that names it beside the workspace.
QString entityId(const QJsonObject &entity)
{
    for (auto member = entity.begin(); member != entity.end(); ++member) {
        if (member.key().endsWith("_id"_L1) && member.key() != "workspace_id"_L1)
            return idText(entity, member.key());
    }
    return {};
}

/// Who reads a table: the tables that are made from it, and what reads it.
struct Dependents
{
    QJsonArray tables;
    QList<LineageEntity> others;
};

/// Each once.
Dependents dependentsIn(const QJsonArray &downstreams)
{
    Dependents found;
    for (const QJsonValue value : downstreams) {
        const QJsonObject entry = value.toObject();
        const QJsonObject table = entry.value("tableInfo"_L1).toObject();
        const QJsonObject row{{"kind"_L1, Text::visible(table.value("table_type"_L1).toString(u"table"_s)).toLower()},
                              {"name"_L1, fullNameOf(table, table.value("name"_L1).toString())}};
        if (!row.value("name"_L1).toString().isEmpty() && !found.tables.contains(row))
            found.tables.append(row);
        for (auto member = entry.begin(); member != entry.end(); ++member) {
            if (!member.key().endsWith("Infos"_L1))
                continue;
            for (const QJsonValue entity : member->toArray()) {
                const LineageEntity other{entityKind(Text::visible(member.key()).chopped(5)),
                                          entityId(entity.toObject())};
                if (!other.id.isEmpty() && !found.others.contains(other))
                    found.others.append(other);
            }
        }
    }
    return found;
}

QJsonArray dependentRows(const Dependents &dependents, const QHash<QString, QString> &names)
{
    QJsonArray rows = dependents.tables;
    for (const LineageEntity &other : dependents.others) {
        QJsonObject row{{"kind"_L1, other.kind}, {"id"_L1, other.id}};
        addText(row, u"name"_s, names.value(other.key()));
        rows.append(row);
    }
    return rows;
}

QCoro::Task<ToolResult> listDependents(ToolCall call)
{
    const QString table = plainName(call.text(u"full_name"_s)).toLower();
    const QString name = Text::visible(table);
    call.setTarget(name);
    QUrlQuery query;
    Databricks::addQueryItem(query, u"table_name"_s, table);
    query.addQueryItem(u"include_entity_lineage"_s, u"true"_s);
    const QJsonObject answer = co_await call.workspace().get(lineagePath(u"table-lineage"_s), query);
    const Dependents found = dependentsIn(answer.value("downstreams"_L1).toArray());
    const QHash<QString, QString> names = co_await entityNames(call, found.others);
    const RowsPart part = rowsPart(dependentRows(found, names), 0, 2 * SideBytes);
    if (part.total == 0)
        co_await mustExist(call, table);
    Answer result(part.total == 0
                      ? u"None recorded: lineage knows nothing that was made from %1 or reads it."_s.arg(name)
                      : u"%1 recorded to be made from %2 or to read it:"_s.arg(
                            part.total == 1 ? u"1 thing is"_s : u"%1 things are"_s.arg(part.total), name));
    result.stated(u"full_name"_s, name).stated(u"total"_s, part.total);
    result.note(unreadNames(names)).note(notebookPages(call, found.others));
    const Columns columns{{u"name"_s, u"name"_s}, {u"kind"_s, u"kind"_s}, {u"id"_s, u"id"_s}};
    result.rows(u"dependents"_s, u"Dependents:"_s, columns, part.rows);
    if (!part.isWhole())
        result.note(u"The first %1 of %2 are shown."_s.arg(part.rows.size()).arg(part.total));
    result.note(u"This is recorded lineage only, of the last year and of what this user may see. What names the table "
                "may be missing: views, foreign keys, vector indexes, dashboards, alerts, saved queries, Genie spaces "
                "and notebooks (search_notebooks, list_alerts, list_saved_queries, list_vector_indexes and "
                "list_genie_spaces find some)."_s);
    co_return result;
}

} // namespace

QList<Tool> lineageTools()
{
    const Schema column = Schema().text(u"column"_s, {}).text(u"table_type"_s, {});
    return {
        {
            .name = u"get_column_lineage"_s,
            .title = u"Get column lineage"_s,
            .description = u"Shows which columns a column is computed from and which are computed from it. Needs no "
                           "warehouse."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema()
                               .text(u"full_name"_s, u"catalog.schema.table"_s)
                               .text(u"column"_s, u"Name of the column"_s)
                               .require({u"full_name"_s, u"column"_s}),
            .outputSchema = Schema()
                                .text(u"column"_s, {})
                                .rows(u"upstream"_s, {}, column)
                                .rows(u"downstream"_s, {}, column)
                                .require({u"column"_s, u"upstream"_s, u"downstream"_s}),
            .run = &getColumnLineage,
        },
        {
            .name = u"list_dependents"_s,
            .title = u"List dependents"_s,
            .description = u"Lists what depends on a table: the tables made from it, and the jobs, notebooks, "
                           "pipelines, dashboards and queries that read it."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema().text(u"full_name"_s, u"catalog.schema.table"_s).require({u"full_name"_s}),
            .outputSchema =
                Schema()
                    .text(u"full_name"_s, {})
                    .rows(u"dependents"_s, {}, Schema().text(u"kind"_s, {}).text(u"name"_s, {}).text(u"id"_s, {}))
                    .require({u"full_name"_s, u"dependents"_s}),
            .run = &listDependents,
        },
    };
}

} // namespace Tools

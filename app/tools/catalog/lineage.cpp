#include "tools/catalog/catalogwords.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/identifiers.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
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

/// A table without lineage is told from one that is not there. Throws ApiError.
QCoro::Task<> checkExists(ToolCall call, QString table, QString column)
{
    const QJsonObject object = co_await call.workspace().get(catalogPath(u"tables"_s, table));
    if (column.isEmpty())
        co_return;
    QStringList names;
    for (const QJsonValue one : object.value("columns"_L1).toArray()) {
        names.append(Text::visible(one["name"_L1].toString()));
        if (names.last().compare(column, Qt::CaseInsensitive) == 0)
            co_return;
    }
    throw ApiError(ApiError::Kind::NotFound,
                   u"Table %1 has no column %2. Its columns: %3."_s.arg(Text::visible(table), Text::visible(column),
                                                                        beginning(names.join(", "_L1), 800)));
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
        co_await checkExists(call, table, column);
    const Columns columns{{u"column"_s, u"column"_s}, {u"table_type"_s, u"table type"_s}};
    Answer result(u"Lineage of column %1: %2 upstream, %3 downstream."_s.arg(name).arg(up.total).arg(down.total));
    result.stated(u"column"_s, name);
    addSide(result, u"upstream"_s, u"Computed from"_s, columns, up);
    addSide(result, u"downstream"_s, u"Goes into"_s, columns, down);
    co_return result;
}

/// Of "notebookInfos" the kind "notebook".
QString kindOf(const QString &key)
{
    const QString kind = key.chopped(5);
    return kind.startsWith("dashboard"_L1) ? u"dashboard"_s : kind;
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

/// Each thing that depends on a table once: tables, and the notebooks, jobs, pipelines, dashboards and queries that
/// read it.
QJsonArray dependentRows(const QJsonArray &downstreams)
{
    QJsonArray tables;
    QJsonArray others;
    QSet<QString> known;
    const auto add = [&known](QJsonArray &rows, const QString &kind, const QString &name) {
        if (name.isEmpty() || known.contains(kind + u' ' + name))
            return;
        known.insert(kind + u' ' + name);
        rows.append(QJsonObject{{"kind"_L1, kind}, {"name"_L1, name}});
    };
    for (const QJsonValue value : downstreams) {
        const QJsonObject entry = value.toObject();
        const QJsonObject table = entry.value("tableInfo"_L1).toObject();
        if (!table.isEmpty())
            add(tables, Text::visible(table.value("table_type"_L1).toString(u"table"_s)).toLower(),
                fullNameOf(table, table.value("name"_L1).toString()));
        for (auto member = entry.begin(); member != entry.end(); ++member) {
            if (!member.key().endsWith("Infos"_L1))
                continue;
            for (const QJsonValue entity : member->toArray())
                add(others, kindOf(Text::visible(member.key())), entityId(entity.toObject()));
        }
    }
    for (const QJsonValue other : others)
        tables.append(other);
    return tables;
}

QCoro::Task<ToolResult> listDependents(ToolCall call)
{
    const QString table = plainName(call.text(u"full_name"_s)).toLower();
    call.setTarget(Text::visible(table));
    QUrlQuery query;
    Databricks::addQueryItem(query, u"table_name"_s, table);
    query.addQueryItem(u"include_entity_lineage"_s, u"true"_s);
    const QJsonObject answer = co_await call.workspace().get(lineagePath(u"table-lineage"_s), query);
    const RowsPart part = rowsPart(dependentRows(answer.value("downstreams"_L1).toArray()), 0, 2 * SideBytes);
    if (part.total == 0)
        co_await checkExists(call, table, QString());
    Answer result(u"%1 things depend on %2."_s.arg(QString::number(part.total), Text::visible(table)));
    result.stated(u"full_name"_s, Text::visible(table)).stated(u"total"_s, part.total);
    addSide(result, u"dependents"_s, u"Dependents"_s, {{u"name"_s, u"name"_s}, {u"kind"_s, u"kind"_s}}, part);
    result.note(u"Only what ran in the last year was recorded; what this user may not see is missing."_s);
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
            .outputSchema = Schema()
                                .text(u"full_name"_s, {})
                                .rows(u"dependents"_s, {}, Schema().text(u"kind"_s, {}).text(u"name"_s, {}))
                                .require({u"full_name"_s, u"dependents"_s}),
            .run = &listDependents,
        },
    };
}

} // namespace Tools

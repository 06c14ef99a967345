#include "tools/catalog/tabledetails.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"
#include "tools/kit/parts.h"
#include "tools/kit/required.h"
#include "tools/kit/text/identifiers.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// So much of a view's text is shown; the rest of the answer is for the columns.
constexpr qsizetype ViewCharacters = 12 * 1024;
constexpr qsizetype MostTags = 20;

QString namesText(const QJsonValue &names)
{
    QStringList words;
    for (const QJsonValue name : names.toArray())
        words.append(name.toString());
    return Text::visible(words.join(", "_L1));
}

QString constraintText(const QJsonObject &constraint)
{
    const QJsonObject primary = constraint.value("primary_key_constraint"_L1).toObject();
    if (!primary.isEmpty())
        return u"primary key (%1)"_s.arg(namesText(primary.value("child_columns"_L1)));
    const QJsonObject foreign = constraint.value("foreign_key_constraint"_L1).toObject();
    if (!foreign.isEmpty())
        return u"foreign key (%1) references %2 (%3)"_s.arg(namesText(foreign.value("child_columns"_L1)),
                                                            Text::visible(foreign.value("parent_table"_L1).toString()),
                                                            namesText(foreign.value("parent_columns"_L1)));
    const QJsonObject named = constraint.value("named_table_constraint"_L1).toObject();
    return u"constraint "_s + Text::visible(named.value("name"_L1).toString());
}

QJsonArray constraintsOf(const QJsonObject &table)
{
    QJsonArray texts;
    for (const QJsonValue constraint : table.value("table_constraints"_L1).toArray())
        texts.append(constraintText(constraint.toObject()));
    return texts;
}

/// "main.security.by_region (region)": a row filter or a column mask.
QString filterText(const QJsonObject &filter, QLatin1StringView columnsKey)
{
    const QString function = Text::visible(filter.value("function_name"_L1).toString());
    const QString columns = namesText(filter.value(columnsKey));
    return columns.isEmpty() ? function : u"%1 (%2)"_s.arg(function, columns);
}

QJsonValue columnRow(const QJsonValue &value)
{
    const QJsonObject column = value.toObject();
    QJsonObject row{{"name"_L1, Text::visible(column.value("name"_L1).toString())},
                    {"type"_L1, Text::visible(column.value("type_text"_L1).toString())},
                    {"nullable"_L1, column.value("nullable"_L1).toBool(true)}};
    if (column.contains("partition_index"_L1))
        row.insert("partition_index"_L1, column.value("partition_index"_L1));
    addText(row, u"mask"_s, filterText(column.value("mask"_L1).toObject(), "using_column_names"_L1));
    addText(row, u"comment"_s, Text::visible(column.value("comment"_L1).toString()));
    return row;
}

Columns columnHeadings(const QJsonArray &rows)
{
    Columns headings{{u"name"_s, u"column"_s}, {u"type"_s, u"type"_s}, {u"nullable"_s, u"nullable"_s}};
    for (const auto &key : {u"partition_index"_s, u"mask"_s, u"comment"_s}) {
        const auto has = [&key](const QJsonValue &row) { return row.toObject().contains(key); };
        if (std::any_of(rows.begin(), rows.end(), has))
            headings.append({key, key});
    }
    return headings;
}

QJsonObject tableFacts(const QJsonObject &table)
{
    QJsonObject facts = textsOf(table, {u"full_name"_s, u"table_type"_s, u"data_source_format"_s, u"owner"_s,
                                        u"comment"_s, u"storage_location"_s});
    addHistory(facts, table);
    addText(facts, u"row_filter"_s, filterText(table.value("row_filter"_L1).toObject(), "input_column_names"_L1));
    const QJsonArray constraints = constraintsOf(table);
    if (!constraints.isEmpty())
        facts.insert("constraints"_L1, constraints);
    return facts;
}

QString tagsText(const QJsonArray &assignments)
{
    QStringList tags;
    for (const QJsonValue tag : assignments) {
        const QString value = tag["tag_value"_L1].toString();
        const QString key = tag["tag_key"_L1].toString();
        tags.append(value.isEmpty() ? key : QString(key + u'=' + value));
    }
    return tags.isEmpty() ? QString() : someOf(tags, MostTags);
}

/// "domain=web, pii": the table's own tags. Not every workspace has the endpoint, nor every user the right to see them.
QCoro::Task<QString> tagsOf(ToolCall call, QString name)
{
    const QString path = catalogPath(u"entity-tag-assignments/tables"_s, name) + u"/tags"_s;
    const QUrlQuery query = catalogPages();
    QString text;
    try {
        const QJsonObject answer = co_await call.workspace().get(path, query);
        text = tagsText(answer.value("tag_assignments"_L1).toArray());
    } catch (const ApiError &error) {
        const bool isHidden =
            error.kind() == ApiError::Kind::NotFound || error.kind() == ApiError::Kind::PermissionDenied;
        if (!isHidden)
            text = u"could not be read: "_s + error.message();
    }
    co_return text;
}

Schema tableSchema()
{
    const Schema column = Schema()
                              .text(u"name"_s, {})
                              .text(u"type"_s, {})
                              .flag(u"nullable"_s, {})
                              .integer(u"partition_index"_s, u"Place among the partition columns"_s)
                              .text(u"mask"_s, u"Function that masks the column's values"_s)
                              .text(u"comment"_s, {})
                              .require({u"name"_s, u"type"_s});
    return Schema()
        .text(u"full_name"_s, {})
        .text(u"table_type"_s, u"MANAGED, EXTERNAL, VIEW, MATERIALIZED_VIEW, STREAMING_TABLE, …"_s)
        .text(u"data_source_format"_s, {})
        .text(u"owner"_s, {})
        .text(u"comment"_s, {})
        .text(u"storage_location"_s, {})
        .text(u"created_at"_s, {})
        .text(u"created_by"_s, {})
        .text(u"updated_at"_s, {})
        .text(u"updated_by"_s, {})
        .text(u"row_filter"_s, u"Function that decides which rows a user sees, and the columns it is given"_s)
        .texts(u"constraints"_s, {})
        .text(u"tags"_s, u"Of the table itself"_s)
        .rows(u"columns"_s, {}, column)
        .integer(u"column_count"_s, u"Of the whole table"_s)
        .integer(u"next_column"_s, u"There are more columns: give it as first_column"_s)
        .text(u"view_definition"_s, {})
        .integer(u"view_definition_length"_s, u"Its length in characters where it was cut"_s)
        .require({u"full_name"_s, u"columns"_s, u"column_count"_s});
}

QCoro::Task<ToolResult> getTable(ToolCall call)
{
    const QString name = call.text(u"full_name"_s);
    if (nameParts(name).size() != 3)
        co_return ToolResult::error(
            u"“%1” is not a table's full name, which is catalog.schema.table. search_tables finds it."_s.arg(
                Text::visible(name)));
    const QJsonObject table = co_await call.workspace().get(catalogPath(u"tables"_s, name));
    mustHave(table, {u"name"_s});
    QJsonObject facts = tableFacts(table);
    const QString fullName = Text::visible(table.value("full_name"_L1).toString(name));
    call.setTarget(fullName);

    const QJsonArray columns = table.value("columns"_L1).toArray();
    const qsizetype first = call.number(u"first_column"_s, 1) - 1;
    if (first > 0 && first >= columns.size())
        co_return ToolResult::error(u"Table %1 has %2 columns; first_column must not be beyond them."_s.arg(
            fullName, QString::number(columns.size())));
    const QString view = Text::visible(table.value("view_definition"_L1).toString());
    const QString shownView = beginning(view, ViewCharacters);
    const QJsonArray rows = rowsPart(columns, first, RowBytes, &columnRow).rows;
    facts.insert("full_name"_L1, fullName);
    const QString tags = co_await tagsOf(call, plainName(name));
    addText(facts, u"tags"_s, tags);

    Answer answer(u"Table %1 has %2 columns."_s.arg(fullName, QString::number(columns.size())));
    answer.facts(facts).stated(u"column_count"_s, columns.size());
    answer.table(u"columns"_s, columnHeadings(rows), rows);
    answer.text(u"view_definition"_s, u"view_definition:"_s, shownView);
    const qsizetype next = first + rows.size();
    if (next < columns.size()) {
        answer.stated(u"next_column"_s, next + 1);
        answer.next(
            u"These are columns %1 to %2 of %3. For the next ones call again with first_column %4."_s.arg(first + 1)
                .arg(next)
                .arg(columns.size())
                .arg(next + 1));
    }
    if (shownView.size() < view.size()) {
        answer.stated(u"view_definition_length"_s, view.size());
        answer.note(u"The view's text is cut after %1 of %2 characters; SHOW CREATE TABLE in SQL gives all of it."_s
                        .arg(shownView.size())
                        .arg(view.size()));
    }
    co_return answer;
}

} // namespace

Tool getTableTool()
{
    return {
        .name = u"get_table"_s,
        .title = u"Get table"_s,
        .description = u"Shows one table or view: columns, constraints, row filter, owner, storage, a view's text."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema()
                           .text(u"full_name"_s, u"catalog.schema.table, such as samples.nyctaxi.trips"_s)
                           .integer(u"first_column"_s, u"First column to show; default 1"_s, 1, 1'000'000)
                           .require({u"full_name"_s}),
        .outputSchema = tableSchema(),
        .run = &getTable,
    };
}

} // namespace Tools

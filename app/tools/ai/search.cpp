#include "tools/catalog/catalogwords.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/identifiers.h"

#include "common/visible.h"

#include <QJsonDocument>

#include <limits>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// An endpoint holds at most 50 indexes (vendor's limit), a workspace some dozens of endpoints.
constexpr qsizetype MostEndpoints = 1000;
constexpr qsizetype MostIndexes = 5000;

QJsonObject indexRow(const QJsonObject &index)
{
    return {{"name"_L1, Text::visible(index.value("name"_L1).toString())},
            {"endpoint_name"_L1, Text::visible(index.value("endpoint_name"_L1).toString())},
            {"index_type"_L1, Text::visible(index.value("index_type"_L1).toString())},
            {"primary_key"_L1, Text::visible(index.value("primary_key"_L1).toString())},
            {"creator"_L1, Text::visible(index.value("creator"_L1).toString())}};
}

/// All of a listing that is asked for in order to ask on.
QCoro::Task<Listed> wholeListing(ToolCall call, QString path, QUrlQuery query, QString itemsKey, Listing::Shape shape,
                                 qsizetype atMost)
{
    Listing listing(path, query, itemsKey, shape);
    listing.within(std::numeric_limits<qsizetype>::max()).from(QString(), atMost);
    const Listed listed = co_await readListing(call.workspace(), listing);
    co_return listed;
}

QCoro::Task<Listed> namedEndpoints(ToolCall call)
{
    if (call.has(u"endpoint_name"_s)) {
        Listed one;
        one.rows.append(QJsonObject{{"name"_L1, call.text(u"endpoint_name"_s)}});
        co_return one;
    }
    const Listing::Shape shape = [](const QJsonObject &endpoint) {
        return QJsonObject{{"name"_L1, endpoint.value("name"_L1)}};
    };
    const QString path = u"/api/2.0/vector-search/endpoints"_s;
    const QUrlQuery query;
    const Listed all = co_await wholeListing(call, path, query, u"endpoints"_s, shape, MostEndpoints);
    co_return all;
}

/// From the row that the token names: the listing of all endpoints together has no pages of the API's own.
Listed pageOf(const QJsonArray &rows, const QString &pageToken, qsizetype limit)
{
    bool isNumber = true;
    const qsizetype first = pageToken.isEmpty() ? 0 : pageToken.toLongLong(&isNumber);
    if (!isNumber || first < 0)
        throw ApiError(
            ApiError::Kind::BadRequest,
            u"This page_token is not one that an earlier answer gave. Leave it out to start at the beginning."_s);
    const RowsPart part = rowsPart(rows, first, RowBytes);
    Listed listed;
    listed.total = rows.size();
    listed.totalIsExact = rows.size() < MostIndexes;
    for (const QJsonValue row : part.rows) {
        if (listed.rows.size() < limit)
            listed.rows.append(row);
    }
    if (const qsizetype next = first + listed.rows.size(); next < rows.size())
        listed.nextPageToken = QString::number(next);
    return listed;
}

QCoro::Task<ToolResult> listVectorIndexes(ToolCall call)
{
    const QString name = call.text(u"name_contains"_s);
    const Listed endpoints = co_await namedEndpoints(call);
    QJsonArray rows;
    QStringList refused;
    if (!endpoints.problem.isEmpty())
        refused.append(u"the endpoints that follow: "_s + endpoints.problem);
    const QString path = u"/api/2.0/vector-search/indexes"_s;
    const Listing::Shape shape = &indexRow;
    for (const QJsonValue one : endpoints.rows) {
        const QString endpoint = one["name"_L1].toString();
        QUrlQuery query;
        Databricks::addQueryItem(query, u"endpoint_name"_s, endpoint);
        const qsizetype atMost = MostIndexes - rows.size();
        Listed indexes;
        try {
            indexes = co_await wholeListing(call, path, query, u"vector_indexes"_s, shape, atMost);
        } catch (const ApiError &error) {
            if (endpoints.rows.size() == 1 || isEndOfAll(error))
                throw;
            indexes.problem = error.message();
        }
        if (!indexes.problem.isEmpty())
            refused.append(u"%1: %2"_s.arg(Text::visible(endpoint), indexes.problem));
        for (const QJsonValue index : indexes.rows) {
            if (nameHolds(index["name"_L1].toString(), name))
                rows.append(index);
        }
        if (rows.size() >= MostIndexes)
            break;
    }
    Listed listed = pageOf(rows, call.text(u"page_token"_s), call.number(u"limit"_s, 100));
    if (!refused.isEmpty()) {
        listed.problem = u"not all endpoints could be asked: "_s + refused.join(u"; "_s);
        listed.totalIsExact = false;
    }
    const Columns columns{{u"name"_s, u"name"_s},
                          {u"endpoint_name"_s, u"endpoint"_s},
                          {u"index_type"_s, u"type"_s},
                          {u"primary_key"_s, u"primary key"_s},
                          {u"creator"_s, u"creator"_s}};
    co_return listAnswer(
        u"Found %1 vector indexes on %2 endpoints:"_s.arg(listed.totalInWords()).arg(endpoints.rows.size()), columns,
        u"indexes"_s, listed);
}

/// The columns that can be asked for: those that are synchronised, or the schema of an index that is written directly.
QStringList columnsOf(const QJsonObject &index)
{
    QStringList columns{index.value("primary_key"_L1).toString()};
    const QJsonObject synced = index.value("delta_sync_index_spec"_L1).toObject();
    const QJsonObject direct = index.value("direct_access_index_spec"_L1).toObject();
    for (const QJsonValue column : synced.value("columns_to_sync"_L1).toArray())
        columns.append(column.toString());
    for (const QJsonObject &spec : {synced, direct}) {
        for (const QJsonValue column : spec.value("embedding_source_columns"_L1).toArray())
            columns.append(column["name"_L1].toString());
    }
    const QJsonObject schema = QJsonDocument::fromJson(direct.value("schema_json"_L1).toString().toUtf8()).object();
    for (auto column = schema.begin(); column != schema.end(); ++column) {
        if (!column->toString().startsWith("array"_L1))
            columns.append(column.key());
    }
    columns.removeDuplicates();
    columns.removeAll(QString());
    return columns;
}

/// A vector is hundreds of numbers, of no use to a reader.
bool isVector(const QJsonObject &column)
{
    return column.value("type_text"_L1).toString().startsWith("array"_L1, Qt::CaseInsensitive) ||
           column.value("name"_L1).toString().startsWith("__db_"_L1);
}

/// The columns of the table behind an index that names none and so has them all; empty where the user may not look.
QCoro::Task<QStringList> sourceColumns(ToolCall call, QString table)
{
    QStringList columns;
    try {
        const QJsonObject source = co_await call.workspace().get(catalogPath(u"tables"_s, table));
        for (const QJsonValue column : source.value("columns"_L1).toArray()) {
            if (!isVector(column.toObject()))
                columns.append(column["name"_L1].toString());
        }
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
    }
    const QStringList all = columns;
    co_return all;
}

QCoro::Task<QJsonArray> wantedColumns(ToolCall call, QJsonObject index)
{
    if (call.has(u"columns"_s))
        co_return call.array(u"columns"_s);
    QStringList columns = columnsOf(index);
    const QJsonObject synced = index.value("delta_sync_index_spec"_L1).toObject();
    const QString table = synced.value("source_table"_L1).toString();
    if (synced.value("columns_to_sync"_L1).toArray().isEmpty() && !table.isEmpty()) {
        const QStringList all = co_await sourceColumns(call, table);
        columns += all;
        columns.removeDuplicates();
        for (const QJsonValue vector : synced.value("embedding_vector_columns"_L1).toArray())
            columns.removeAll(vector["name"_L1].toString());
    }
    const QJsonArray wanted = QJsonArray::fromStringList(columns);
    co_return wanted;
}

/// What an index that is not ready gives: nothing, or what it had. Empty for one that is.
QString readinessNote(const QJsonObject &index)
{
    const QJsonObject status = index.value("status"_L1).toObject();
    if (status.value("ready"_L1).toBool(true))
        return {};
    const QString message = Text::visible(status.value("message"_L1).toString());
    QString note = u"The index is not ready, so matches may be missing"_s;
    if (status.contains("indexed_row_count"_L1))
        note += u" (%1 rows are in it so far)"_s.arg(status.value("indexed_row_count"_L1).toInteger());
    return sentence(message.isEmpty() ? note : QString(note + u": "_s + message));
}

/// The question as the endpoint takes it.
QJsonObject questionOf(const ToolCall &call, const QJsonArray &columns)
{
    QJsonObject body{{"columns"_L1, columns}, {"num_results"_L1, call.number(u"num_results"_s, 10)}};
    if (call.has(u"query_text"_s))
        body.insert("query_text"_L1, call.text(u"query_text"_s));
    else
        body.insert("query_vector"_L1, call.array(u"query_vector"_s));
    if (call.has(u"query_type"_s))
        body.insert("query_type"_L1, call.text(u"query_type"_s));
    if (call.has(u"filters"_s))
        body.insert("filters_json"_L1, jsonText(call.object(u"filters"_s)));
    return body;
}

/// The names of an answer's columns, each once: a table may have a column "score" of its own before the search's.
QStringList headingsOf(const QJsonObject &answer)
{
    QStringList headings;
    for (const QJsonValue column : answer.value("manifest"_L1)["columns"_L1].toArray()) {
        const QString name = Text::visible(column["name"_L1].toString());
        headings.append(headings.contains(name) ? QString(u"search_"_s + name) : name);
    }
    return headings;
}

QCoro::Task<ToolResult> queryVectorIndex(ToolCall call)
{
    const QString name = call.text(u"index_name"_s);
    const QString pageToken = call.text(u"page_token"_s);
    if (pageToken.isEmpty() && call.has(u"query_text"_s) == call.has(u"query_vector"_s))
        co_return ToolResult::error(
            u"Give query_text, or query_vector for an index whose vectors are made elsewhere: one of the two."_s);
    const QString path = u"/api/2.0/vector-search/indexes/"_s + Databricks::pathSegment(name);
    const QJsonObject index = co_await call.workspace().get(path);
    // POSTs that only read.
    QJsonObject answer;
    if (pageToken.isEmpty()) {
        const QJsonArray columns = co_await wantedColumns(call, index);
        const QJsonObject body = questionOf(call, columns);
        answer = co_await call.workspace().readByPost(path + u"/query"_s, body);
    } else {
        const QJsonObject body{{"page_token"_L1, pageToken}, {"endpoint_name"_L1, index.value("endpoint_name"_L1)}};
        answer = co_await call.workspace().readByPost(path + u"/query-next-page"_s, body);
    }
    const QStringList headings = headingsOf(answer);
    const auto match = [&headings](const QJsonValue &given) -> QJsonValue {
        const QJsonArray cells = cleanCells(given).toArray();
        QJsonObject row;
        for (qsizetype i = 0; i < qMin(headings.size(), cells.size()); ++i)
            row.insert(headings.at(i), cells.at(i));
        return row;
    };
    const QJsonArray found = answer.value("result"_L1)["data_array"_L1].toArray();
    const QJsonArray rows = rowsPart(found, 0, RowBytes, match).rows;
    Answer result(u"Found %1 matches, the best first:"_s.arg(found.size()));
    result.data(u"matches"_s, headings, rows).stated(u"total"_s, found.size());
    if (rows.size() < found.size()) {
        result.note(
            u"The first %1 of %2 are shown; ask for fewer columns to see more."_s.arg(rows.size()).arg(found.size()));
    } else if (const QString next = Databricks::nextPageToken(answer, pageToken); !next.isEmpty()) {
        result.nextPage(Text::visible(next),
                        u"There are more matches: call again with index_name and this page_token alone."_s);
    }
    result.note(readinessNote(index));
    co_return result;
}

} // namespace

QList<Tool> searchTools()
{
    return {
        {
            .name = u"list_vector_indexes"_s,
            .title = u"List vector indexes"_s,
            .description = u"Lists the vector search indexes of all endpoints, or of one."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema()
                              .text(u"endpoint_name"_s, u"Only indexes on this endpoint"_s)
                              .text(u"name_contains"_s, u"Only indexes whose name holds this text, in any case"_s)),
            .outputSchema = listedSchema(u"indexes"_s, Schema()
                                                           .text(u"name"_s, {})
                                                           .text(u"endpoint_name"_s, {})
                                                           .text(u"index_type"_s, {})
                                                           .text(u"primary_key"_s, {})
                                                           .text(u"creator"_s, {})),
            .run = &listVectorIndexes,
        },
        {
            .name = u"query_vector_index"_s,
            .title = u"Query vector index"_s,
            .description = u"Finds the rows of a vector search index that are nearest in meaning to a text."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                Schema()
                    .text(u"index_name"_s, u"Full name, such as main.default.reviews_index"_s)
                    .text(u"query_text"_s, u"What to look for"_s)
                    .numbers(u"query_vector"_s, u"Instead of a text, for an index whose vectors are made elsewhere"_s)
                    .texts(u"columns"_s, u"The columns to return; default all that can be"_s)
                    .integer(u"num_results"_s, u"At most this many; default 10"_s, 1, 200)
                    .choice(u"query_type"_s, u"Default ANN: by meaning; HYBRID also by words"_s,
                            {u"ANN"_s, u"HYBRID"_s, u"FULL_TEXT"_s})
                    .text(u"page_token"_s, u"next_page_token of the last answer"_s)
                    .json(u"filters"_s, u"Column (with an operator, as in \"id >=\") to value"_s)
                    .require({u"index_name"_s}),
            .outputSchema = Schema()
                                .rows(u"matches"_s, u"Column to value, with the score"_s, Schema())
                                .integer(u"total"_s, {})
                                .text(u"note"_s, u"What was left out"_s)
                                .text(u"next_page_token"_s, u"There are more: give it as page_token"_s)
                                .text(u"index_status"_s, u"Why matches may be missing"_s)
                                .require({u"matches"_s, u"total"_s}),
            .run = &queryVectorIndex,
        },
    };
}

} // namespace Tools

#include "sample/ai/vectorsearch.h"

#include "sample/catalog/reviews.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const QString reviews = u"main.default.reviews_index"_s;

QJsonObject endpoint(const QString &name, int indexes)
{
    return {{u"name"_s, name},
            {u"endpoint_type"_s, u"STANDARD"_s},
            {u"num_indexes"_s, indexes},
            {u"creator"_s, u"wei.zhang@example.com"_s},
            {u"endpoint_status"_s, QJsonObject{{u"state"_s, u"ONLINE"_s}}}};
}

QJsonArray endpoints()
{
    return {endpoint(u"search-main"_s, 2), endpoint(u"search-trial"_s, 1)};
}

QJsonObject existingEndpoint(const QString &name)
{
    return itemWith(endpoints(), "name"_L1, name,
                    {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Vector search endpoint %1 not found."_s.arg(name)});
}

QJsonObject index(const QString &name, const QString &on, const QString &type, const QString &key)
{
    return {{u"name"_s, name},
            {u"endpoint_name"_s, on},
            {u"index_type"_s, type},
            {u"primary_key"_s, key},
            {u"creator"_s, u"wei.zhang@example.com"_s}};
}

QJsonArray indexes()
{
    return {index(reviews, u"search-main"_s, u"DELTA_SYNC"_s, u"review_id"_s),
            index(u"main.default.manuals_index"_s, u"search-main"_s, u"DELTA_SYNC"_s, u"page_id"_s),
            index(u"main.default.vectors_index"_s, u"search-trial"_s, u"DIRECT_ACCESS"_s, u"id"_s)};
}

QJsonObject existing(const QString &name)
{
    return itemWith(indexes(), "name"_L1, name,
                    {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Vector search index %1 not found."_s.arg(name)});
}

QJsonObject described(const QString &name)
{
    QJsonObject found = existing(name);
    found.insert(u"status"_s, QJsonObject{{u"ready"_s, true}, {u"indexed_row_count"_s, sampleReviews().size()}});
    if (found.value("index_type"_L1) == "DELTA_SYNC"_L1) {
        const QJsonObject source{{u"name"_s, u"text"_s}, {u"embedding_model_endpoint_name"_s, u"sample-embedding"_s}};
        found.insert(u"delta_sync_index_spec"_s,
                     QJsonObject{{u"source_table"_s, QString(name).replace("_index"_L1, ""_L1)},
                                 {u"embedding_source_columns"_s, QJsonArray{source}},
                                 {u"columns_to_sync"_s, QJsonArray{u"stars"_s}},
                                 {u"pipeline_type"_s, u"TRIGGERED"_s}});
    } else {
        found.insert(
            u"direct_access_index_spec"_s,
            QJsonObject{{u"schema_json"_s, u"{\"id\":\"bigint\",\"text\":\"string\",\"vector\":\"array<float>\"}"_s}});
    }
    return found;
}

using Row = Review;

double likeness(const QString &text, const QString &question)
{
    static const QRegularExpression gaps(u"\\W+"_s);
    const QStringList words = question.toLower().split(gaps, Qt::SkipEmptyParts);
    const QStringList have = text.toLower().split(gaps, Qt::SkipEmptyParts);
    const auto shared =
        std::count_if(words.begin(), words.end(), [&](const QString &word) { return have.contains(word); });
    return double(shared + 1) / double(words.size() + 1);
}

QJsonValue cell(const Row &row, const QString &column)
{
    if (column == "text"_L1)
        return row.text;
    if (column == "stars"_L1)
        return row.stars;
    return row.id;
}

QJsonObject queried(const QString &name, const QJsonObject &body)
{
    const QJsonObject asked = described(name);
    const QJsonArray columns = body.value("columns"_L1).toArray();
    if (columns.isEmpty())
        throw ApiRefusal::missingField(u"columns"_s);
    const QString key = asked.value("primary_key"_L1).toString();
    for (const QJsonValue column : columns) {
        if (!QStringList{key, u"text"_s, u"stars"_s}.contains(column.toString()))
            throw ApiRefusal::invalidParameter(u"Column %1 is not in the index."_s.arg(column.toString()));
    }
    const QString question = body.value("query_text"_L1).toString();
    if (question.isEmpty() && !body.value("query_vector"_L1).isArray())
        throw ApiRefusal::invalidParameter(u"Either query_text or query_vector must be given."_s);
    const QJsonObject filters = QJsonDocument::fromJson(body.value("filters_json"_L1).toString().toUtf8()).object();

    QList<std::pair<double, Row>> found;
    for (const Row &row : sampleReviews()) {
        if (!filters.contains("stars"_L1) || filters.value("stars"_L1).toInt() == row.stars)
            found.append({likeness(row.text, question), row});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    const qint64 most = number(body.value("num_results"_L1), u"num_results"_s, 1, 10'000, 10);
    QJsonArray data;
    for (const auto &[score, row] : found.mid(0, most)) {
        QJsonArray line;
        for (const QJsonValue column : columns)
            line.append(cell(row, column.toString()));
        line.append(score);
        data.append(line);
    }
    QJsonArray names;
    for (const QJsonValue column : columns)
        names.append(QJsonObject{{u"name"_s, column}});
    names.append(QJsonObject{{u"name"_s, u"score"_s}});
    return {{u"manifest"_s, QJsonObject{{u"column_count"_s, names.size()}, {u"columns"_s, names}}},
            {u"result"_s, QJsonObject{{u"row_count"_s, data.size()}, {u"data_array"_s, data}}}};
}

Http::Reply listed(const QUrlQuery &query)
{
    const QString on = requiredText(query, u"endpoint_name"_s);
    existingEndpoint(on);
    QJsonArray found;
    for (const QJsonValue one : indexes()) {
        if (one["endpoint_name"_L1] == on)
            found.append(one);
    }
    return answer(page(found, u"vector_indexes"_s, {50, queryText(query, u"page_token"_s)}, u"indexes"_s + on));
}

} // namespace

QList<Route> vectorSearchRoutes()
{
    const auto all = [](const ApiRequest &ask) {
        return answer(
            page(endpoints(), u"endpoints"_s, {1, queryText(ask.query, u"page_token"_s)}, u"vector endpoints"_s));
    };
    const QString index = u"/api/2.0/vector-search/indexes/{name}"_s;
    return {
        {"GET", u"/api/2.0/vector-search/endpoints"_s, all},
        {"GET", u"/api/2.0/vector-search/endpoints/{name}"_s,
         [](const ApiRequest &ask) { return answer(existingEndpoint(ask.captures.value(u"name"_s))); }},
        {"GET", u"/api/2.0/vector-search/indexes"_s, [](const ApiRequest &ask) { return listed(ask.query); }},
        {"GET", index, [](const ApiRequest &ask) { return answer(described(ask.captures.value(u"name"_s))); }},
        {"POST", index + u"/query"_s,
         [](const ApiRequest &ask) { return answer(queried(ask.captures.value(u"name"_s), ask.json)); }},
    };
}

} // namespace Sample

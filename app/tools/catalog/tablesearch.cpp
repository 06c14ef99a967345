#include "tools/catalog/tablesearch.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/identifiers.h"
#include "tools/kit/listing.h"
#include "tools/kit/required.h"

#include "common/visible.h"

#include <QElapsedTimer>

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// Each catalog is a request, and a metastore may have a thousand: after this time the answer is what was found, with a
/// token to go on.
constexpr auto LongestSearch = 30s;
constexpr qsizetype MostCatalogs = 10'000;

/// Where a search goes on: the catalog, the token of its listing, and what was counted in the catalogs before it.
struct Place
{
    QString catalog;
    QString token;
    qsizetype counted = 0;
};

QString placeToken(const Place &place)
{
    return pageToken({{"c"_L1, place.catalog}, {"p"_L1, place.token}, {"n"_L1, place.counted}});
}

Place placeOf(const QString &token)
{
    if (token.isEmpty())
        return {};
    const QJsonObject json = pagePlace(token, u"c"_s);
    return {json.value("c"_L1).toString(), json.value("p"_L1).toString(), qMax(0, json.value("n"_L1).toInteger())};
}

/// A pattern as the API wants it: a name without % stands for every name that holds it.
QString containing(const QString &pattern)
{
    return pattern.contains(u'%') ? pattern : QString(u'%' + pattern + u'%');
}

QJsonObject summaryRow(const QJsonObject &item)
{
    return textsOf(item, {u"full_name"_s, u"table_type"_s});
}

/// The catalogs to search in, and why there may be others.
struct SearchPlaces
{
    QStringList catalogs;
    QString problem;
};

QCoro::Task<SearchPlaces> catalogsFrom(ToolCall call, QString first)
{
    Listing listing(catalogPath(u"catalogs"_s), catalogPages(), u"catalogs"_s,
                    [](const QJsonObject &catalog) { return textsOf(catalog, {u"name"_s}); });
    listing.within(std::numeric_limits<qsizetype>::max()).from(QString(), MostCatalogs);
    const Listed all = co_await readListing(call.workspace(), listing);
    QStringList names;
    for (const QJsonValue catalog : all.rows)
        names.append(catalog["name"_L1].toString());
    // The workspace promises no order, and a place in the list must mean the same next time.
    names.sort();
    names.erase(names.begin(), std::lower_bound(names.begin(), names.end(), first));
    const SearchPlaces places{names, all.problem};
    co_return places;
}

QCoro::Task<ToolResult> searchTables(ToolCall call)
{
    const Place start = placeOf(call.text(u"page_token"_s));
    const qint64 limit = call.number(u"limit"_s, 100);
    const bool oneCatalog = call.has(u"catalog_name"_s);
    SearchPlaces places{{plainName(call.text(u"catalog_name"_s))}, {}};
    if (!oneCatalog)
        places = co_await catalogsFrom(call, start.catalog);

    Listed found;
    found.total = start.counted;
    QStringList notSearched;
    QStringList reasons;
    if (!places.problem.isEmpty()) {
        reasons.append(u"catalogs that could not be listed: "_s + sentence(places.problem));
        found.totalIsExact = false;
    }
    qsizetype bytes = AnswerBytes;
    QElapsedTimer searched;
    searched.start();
    for (const QString &catalog : std::as_const(places.catalogs)) {
        const bool over = std::chrono::milliseconds(searched.elapsed()) > LongestSearch && !oneCatalog;
        if (found.rows.size() >= limit || bytes <= 0 || over) {
            found.nextPageToken = placeToken({catalog, QString(), found.total});
            break;
        }
        QUrlQuery query = catalogPages();
        Databricks::addQueryItem(query, u"catalog_name"_s, catalog);
        if (call.has(u"schema_pattern"_s))
            Databricks::addQueryItem(query, u"schema_name_pattern"_s, call.text(u"schema_pattern"_s));
        Databricks::addQueryItem(query, u"table_name_pattern"_s, containing(call.text(u"pattern"_s)));
        Listing listing(catalogPath(u"table-summaries"_s), query, u"tables"_s, &summaryRow);
        listing.within(bytes).from(catalog == start.catalog ? start.token : QString(), limit - found.rows.size());
        Listed here;
        try {
            here = co_await readListing(call.workspace(), listing);
        } catch (const ApiError &error) {
            if (oneCatalog || isEndOfAll(error))
                throw;
            notSearched.append(Text::visible(catalog));
            reasons.append(Text::visible(catalog) + u": "_s + sentence(error.message()));
            found.totalIsExact = false;
            continue;
        }
        if (!here.problem.isEmpty())
            reasons.append(u"the rest of "_s + Text::visible(catalog) + u": "_s + sentence(here.problem));
        const qsizetype before = found.total;
        for (const QJsonValue row : std::as_const(here.rows)) {
            bytes -= jsonBytes(row.toObject());
            found.rows.append(row);
        }
        found.total += here.total;
        found.totalIsExact = found.totalIsExact && here.totalIsExact;
        if (!here.nextPageToken.isEmpty()) {
            found.nextPageToken = placeToken({catalog, here.nextPageToken, before});
            break;
        }
    }
    if (!oneCatalog && !found.nextPageToken.isEmpty())
        found.totalIsExact = false;

    const QString headline = u"Found %1 tables named like %2%3"_s.arg(
        found.totalInWords(), Text::visible(containing(call.text(u"pattern"_s))),
        found.rows.isEmpty() ? u"."_s : u":"_s);
    const Columns columns{{u"full_name"_s, u"name"_s}, {u"table_type"_s, u"type"_s}};
    const ToolResult result = listAnswer(headline, columns, u"tables"_s, found);
    if (reasons.isEmpty())
        co_return result;
    QJsonObject structured = result.structuredContent();
    structured.insert("catalogs_not_searched"_L1, QJsonArray::fromStringList(notSearched));
    structured.insert("reasons_not_searched"_L1, QJsonArray::fromStringList(reasons));
    co_return ToolResult(result.text() + u"\nNot searched, because the workspace refused: "_s + reasons.join(u' '),
                         structured);
}

} // namespace

Tool searchTablesTool()
{
    return {
        .name = u"search_tables"_s,
        .title = u"Search tables"_s,
        .description = u"Finds tables and views by name, in one catalog or in all that the user may see. Cheaper than "
                       "listing schema by schema."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = withPages(
            Schema()
                .text(u"pattern"_s, u"What the table's own name holds, such as orders; or a LIKE pattern with %"_s)
                .text(u"catalog_name"_s, u"Only this catalog. Optional: all catalogs"_s)
                .text(u"schema_pattern"_s, u"Only schemas with this name, or a LIKE pattern with %"_s)
                .require({u"pattern"_s})),
        .outputSchema = listedSchema(u"tables"_s, Schema().text(u"full_name"_s, {}).text(u"table_type"_s, {}))
                            .texts(u"catalogs_not_searched"_s, u"Catalogs that refused to be searched"_s)
                            .texts(u"reasons_not_searched"_s, u"Why"_s),
        .run = &searchTables,
    };
}

} // namespace Tools

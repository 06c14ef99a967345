#include "tools/catalog/tablesearch.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/required.h"
#include "tools/kit/text/identifiers.h"

#include "common/visible.h"

#include <QElapsedTimer>
#include <QRegularExpression>

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
    return pageToken({QString::number(place.counted), place.catalog, place.token});
}

Place placeOf(const QString &token)
{
    if (token.isEmpty())
        return {};
    const QStringList parts = pageParts(token, 3);
    return {.catalog = parts.at(1), .token = parts.at(2), .counted = qMax(0, parts.at(0).toLongLong())};
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

/// What SQL's LIKE means by the text; without a % in it, a part of the name.
QRegularExpression likePattern(const QString &text)
{
    QString pattern = QRegularExpression::escape(text);
    if (text.contains(u'%'))
        pattern = u"\\A"_s + pattern.replace(u"\\%"_s, u".*"_s).replace(u'_', u'.') + u"\\z"_s;
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

/// The columns of a table with such a name: "o_custkey bigint".
QStringList columnsLike(const QJsonObject &table, const QRegularExpression &pattern)
{
    QStringList found;
    for (const QJsonValue column : table.value("columns"_L1).toArray()) {
        if (pattern.match(column["name"_L1].toString()).hasMatch())
            found.append(Text::visible(column["name"_L1].toString() + u' ' + column["type_text"_L1].toString()));
    }
    return found;
}

/// Unity Catalog finds no column: every schema that may be seen is listed with its columns, for as long as an answer
/// may take.
QCoro::Task<ToolResult> searchColumns(ToolCall call)
{
    const QString column = call.text(u"column"_s);
    const QRegularExpression wanted = likePattern(column);
    QString pattern = call.text(u"pattern"_s);
    pattern.remove(u'%');
    const qint64 limit = call.number(u"limit"_s, PageSize().usual);
    SearchPlaces places{{plainName(call.text(u"catalog"_s))}, {}};
    if (!call.has(u"catalog"_s))
        places = co_await catalogsFrom(call, call.text(u"page_token"_s));
    QJsonArray rows;
    QStringList refused;
    if (!places.problem.isEmpty())
        refused.append(u"catalogs that could not be listed (%1)"_s.arg(Text::line(places.problem, 100)));
    QString next;
    QElapsedTimer searched;
    searched.start();
    for (const QString &catalog : std::as_const(places.catalogs)) {
        if (std::chrono::milliseconds(searched.elapsed()) > LongestSearch || rows.size() >= limit) {
            next = catalog;
            break;
        }
        try {
            QUrlQuery query = catalogPages();
            Databricks::addQueryItem(query, u"catalog_name"_s, catalog);
            const Databricks::Page schemas =
                co_await call.workspace().list(catalogPath(u"schemas"_s), query, u"schemas"_s, MostCatalogs);
            for (const QJsonValue schema : schemas.items) {
                const QString name = schema["name"_L1].toString();
                if (name == "information_schema"_L1)
                    continue;
                QUrlQuery tables = query;
                Databricks::addQueryItem(tables, u"schema_name"_s, name);
                tables.addQueryItem(u"omit_properties"_s, u"true"_s);
                const Databricks::Page page =
                    co_await call.workspace().list(catalogPath(u"tables"_s), tables, u"tables"_s, MostCatalogs);
                for (const QJsonValue table : page.items) {
                    const QStringList columns = columnsLike(table.toObject(), wanted);
                    if (columns.isEmpty() || !nameHolds(table["name"_L1].toString(), pattern))
                        continue;
                    QJsonObject row = summaryRow(table.toObject());
                    row.insert("columns"_L1, columns.join(", "_L1));
                    rows.append(row);
                }
            }
        } catch (const ApiError &error) {
            if (error.kind() == ApiError::Kind::Cancelled || call.has(u"catalog"_s))
                throw;
            refused.append(u"%1 (%2)"_s.arg(Text::visible(catalog), Text::line(error.message(), 100)));
        }
    }
    const QString found = (next.isEmpty() ? QString() : u"at least "_s) + QString::number(rows.size());
    Answer answer(u"Found %1 tables with a column like %2%3"_s.arg(found, Text::line(column, 80),
                                                                   rows.isEmpty() ? u"."_s : u":"_s));
    if (next.isEmpty())
        answer.stated(u"total"_s, rows.size());
    answer.table(u"tables"_s, {{u"full_name"_s, u"name"_s}, {u"table_type"_s, u"type"_s}, {u"columns"_s, u"columns"_s}},
                 rows);
    if (!refused.isEmpty())
        answer.note(u"Not searched, because the workspace refused: %1."_s.arg(refused.join(", "_L1)));
    if (!next.isEmpty())
        answer.nextPage(Text::visible(next), u"Not all was searched. Go on with this page_token, or give catalog."_s);
    co_return answer;
}

QCoro::Task<ToolResult> searchTables(ToolCall call)
{
    if (call.has(u"column"_s)) {
        const ToolResult result = co_await searchColumns(call);
        co_return result;
    }
    if (!call.has(u"pattern"_s))
        co_return ToolResult::error(u"Give pattern (a table's name) or column."_s);
    const Place start = placeOf(call.text(u"page_token"_s));
    const qint64 limit = call.number(u"limit"_s, PageSize().usual);
    const bool oneCatalog = call.has(u"catalog"_s);
    SearchPlaces places{{plainName(call.text(u"catalog"_s))}, {}};
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
    qsizetype bytes = RowBytes;
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
            bytes -= jsonBytes(row);
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
    Answer answer = listAnswer(headline, columns, u"tables"_s, found);
    if (!reasons.isEmpty()) {
        answer.stated(u"catalogs_not_searched"_s, QJsonArray::fromStringList(notSearched));
        answer.note(u"Not searched, because the workspace refused: "_s + reasons.join(u' '));
    }
    co_return answer;
}

} // namespace

Tool searchTablesTool()
{
    return {
        .name = u"search_tables"_s,
        .title = u"Search tables"_s,
        .description = u"Finds tables by name, or by the column they have, in one catalog or all."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = withPages(Schema()
                                     .text(u"pattern"_s, u"Part of the table's name, or a LIKE pattern with %"_s)
                                     .text(u"column"_s, u"Part of a column's name, or LIKE with %; slower"_s)
                                     .text(u"catalog"_s, u"Only this catalog"_s)
                                     .text(u"schema_pattern"_s, u"Only schemas with this name, or a LIKE pattern"_s)),
        .outputSchema = listedSchema(u"tables"_s, Schema().text(u"full_name"_s, {}).text(u"table_type"_s, {}))
                            .texts(u"catalogs_not_searched"_s, u"Catalogs that refused to be searched"_s)
                            .texts(u"reasons_not_searched"_s, u"Why"_s),
        .run = &searchTables,
    };
}

} // namespace Tools

#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"
#include "tools/sql/alertwords.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include "common/visible.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qint64 UsualMinutes = 24 * 60;
constexpr qint64 MostMinutes = 30 * 24 * 60; ///< the API's longest range
constexpr qsizetype TextLength = 300;
/// A busy workspace runs ten thousands of queries a day: so many are read to count them, and to find some in them.
constexpr qsizetype CountedQueries = 200;
constexpr qsizetype LookedAtQueries = 5000;

constexpr PageSize UsualPage{.usual = 25};

const QStringList States{u"QUEUED"_s, u"RUNNING"_s, u"CANCELED"_s, u"FAILED"_s, u"FINISHED"_s};

QJsonObject queryRow(const QJsonObject &query)
{
    QJsonObject row{{"statement_id"_L1, query.value("query_id"_L1)},
                    {"status"_L1, query.value("status"_L1)},
                    {"user_name"_L1, Text::visible(query.value("user_name"_L1).toString())},
                    {"started"_L1, timeText(query.value("query_start_time_ms"_L1).toInteger())},
                    {"warehouse_id"_L1, query.value("warehouse_id"_L1)},
                    {"query_text"_L1, Text::line(query.value("query_text"_L1).toString(), TextLength)}};
    if (query.contains("duration"_L1))
        row.insert("duration"_L1, durationText(std::chrono::milliseconds(query.value("duration"_L1).toInteger())));
    row.insert("milliseconds"_L1, query.value("duration"_L1));
    if (query.contains("rows_produced"_L1))
        row.insert("rows_produced"_L1, query.value("rows_produced"_L1).toInteger());
    addText(row, u"error_message"_s, Text::line(query.value("error_message"_L1).toString(), TextLength));
    return row;
}

/// As many of the slowest as are asked for and fit into an answer.
void keepSlowest(Listed &listed, qsizetype limit)
{
    QList<QJsonValue> rows(listed.rows.begin(), listed.rows.end());
    std::ranges::stable_sort(rows, [](const QJsonValue &left, const QJsonValue &right) {
        return left["milliseconds"_L1].toInteger() > right["milliseconds"_L1].toInteger();
    });
    listed.rows = {};
    qsizetype bytes = 0;
    for (const QJsonValue &row : rows.first(qMin(rows.size(), limit))) {
        bytes += jsonBytes(row);
        if (bytes > RowBytes && !listed.rows.isEmpty())
            break;
        listed.rows.append(row);
    }
    // There is no going on in this order: nothing of the workspace's knows it.
    listed.nextPageToken.clear();
}

/// "47 queries in the last 60 minutes, newest first", "The 3 slowest of 47 queries in the last 60 minutes"
QString queriesHeadline(const Listed &listed, qint64 minutes, bool slowestFirst)
{
    if (!slowestFirst || listed.rows.isEmpty())
        return u"Found %1 queries in the last %2 minutes, %3 first:"_s.arg(listed.totalInWords())
            .arg(minutes)
            .arg(slowestFirst ? u"slowest"_s : u"newest"_s);
    return u"The %1 slowest of %2%3 queries in the last %4 minutes:"_s.arg(
        QString::number(listed.rows.size()), listed.totalIsExact ? QString() : u"the newest "_s,
        QString::number(listed.total), QString::number(minutes));
}

/// How to see more than the slowest that are shown; empty where all are.
QString moreSlowest(const Listed &listed, qsizetype limit)
{
    if (listed.rows.size() >= listed.total)
        return {};
    return listed.rows.size() == limit ? u"Raise limit for more."_s
                                       : u"More do not fit into an answer; ask for fewer minutes."_s;
}

/// The id of the warehouse that the call asks for. What looks like an id is taken as one: the history also knows
/// warehouses that were deleted.
QCoro::Task<QString> askedWarehouse(ToolCall call)
{
    static const QRegularExpression id(u"^[0-9a-fA-F]{16}$"_s);
    const QString given = call.text(u"warehouse_id"_s);
    if (given.isEmpty() || id.match(given).hasMatch())
        co_return given;
    const QString meant = co_await warehouseMeant(call, given);
    co_return meant;
}

QCoro::Task<ToolResult> listQueries(ToolCall call)
{
    const qint64 minutes = call.number(u"minutes"_s, UsualMinutes);
    const bool slowestFirst = call.flag(u"slowest_first"_s);
    const qsizetype limit = call.number(u"limit"_s, UsualPage.usual);
    if (slowestFirst && call.has(u"page_token"_s))
        throw ApiError(ApiError::Kind::BadRequest,
                       u"page_token goes on with the newest first. With slowest_first there are no pages: raise limit "
                       "instead."_s);
    const QString warehouse = co_await askedWarehouse(call);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QUrlQuery query{{u"max_results"_s, u"100"_s}};
    query.addQueryItem(u"filter_by.query_start_time_range.start_time_ms"_s, QString::number(now - minutes * 60'000));
    for (const QString &state : call.texts(u"statuses"_s))
        query.addQueryItem(u"filter_by.statuses"_s, state);
    if (!warehouse.isEmpty())
        Databricks::addQueryItem(query, u"filter_by.warehouse_ids"_s, warehouse);

    const QString user = call.text(u"user_contains"_s);
    const QString text = call.text(u"text_contains"_s);
    Listing listing(u"/api/2.0/sql/history/queries"_s, query, u"res"_s, &queryRow);
    listing
        .matching([user, text](const QJsonObject &one) {
            return nameHolds(one.value("user_name"_L1).toString(), user) &&
                   one.value("query_text"_L1).toString().contains(text, Qt::CaseInsensitive);
        })
        .countingTo(CountedQueries)
        .lookingAt(LookedAtQueries);
    if (slowestFirst)
        listing.from(QString(), LookedAtQueries).within(LookedAtQueries * TextLength * 4);
    else
        listing.from(call, UsualPage);
    Listed listed = co_await readListing(call.workspace(), listing);
    if (slowestFirst)
        keepSlowest(listed, limit);
    // Nothing ran there, or there is no such warehouse.
    if (listed.rows.isEmpty() && !warehouse.isEmpty())
        co_await warehouseMeant(call, warehouse);
    for (qsizetype i = 0; i < listed.rows.size(); ++i) {
        QJsonObject row = listed.rows.at(i).toObject();
        row.remove("milliseconds"_L1);
        listed.rows.replace(i, row);
    }
    const Columns columns{{u"statement_id"_s, u"statement_id"_s},
                          {u"status"_s, u"status"_s},
                          {u"started"_s, u"started"_s},
                          {u"duration"_s, u"duration"_s},
                          {u"warehouse_id"_s, u"warehouse"_s},
                          {u"rows_produced"_s, u"rows"_s},
                          {u"user_name"_s, u"user"_s},
                          {u"query_text"_s, u"text"_s},
                          {u"error_message"_s, u"error"_s}};
    Answer answer = listAnswer(queriesHeadline(listed, minutes, slowestFirst), columns, u"queries"_s, listed);
    if (slowestFirst)
        answer.next(moreSlowest(listed, limit));
    co_return answer;
}

QJsonObject alertRow(const QJsonObject &alert)
{
    const QJsonObject evaluation = alert.value("evaluation"_L1).toObject();
    QJsonObject row = textsOf(alert, {u"id"_s, u"display_name"_s, u"owner_user_name"_s, u"warehouse_id"_s});
    addText(row, u"condition"_s, conditionText(evaluation));
    addText(row, u"state"_s, Text::visible(evaluation.value("state"_L1).toString()));
    addText(row, u"schedule"_s, alertSchedule(alert));
    addText(row, u"last_evaluated"_s, anyTimeText(evaluation.value("last_evaluated_at"_L1)));
    addText(row, u"query_text"_s, Text::line(alert.value("query_text"_L1).toString(), TextLength));
    return row;
}

QCoro::Task<ToolResult> listAlerts(ToolCall call)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.0/alerts"_s, query, u"alerts"_s, &alertRow);
    listing
        .matching([name](const QJsonObject &alert) {
            return alert.value("lifecycle_state"_L1) != "TRASHED"_L1 &&
                   nameHolds(alert.value("display_name"_L1).toString(), name);
        })
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"id"_s, u"id"_s},
                          {u"display_name"_s, u"name"_s},
                          {u"condition"_s, u"condition"_s},
                          {u"state"_s, u"state"_s},
                          {u"last_evaluated"_s, u"last looked"_s},
                          {u"schedule"_s, u"looks"_s},
                          {u"owner_user_name"_s, u"owner"_s}};
    co_return listAnswer(u"Found %1 alerts:"_s.arg(listed.totalInWords()), columns, u"alerts"_s, listed);
}

} // namespace

QList<Tool> queryTools()
{
    return {
        {
            .name = u"list_queries"_s,
            .title = u"List queries"_s,
            .description = u"Lists the history of SQL queries, newest or slowest first: who, when, how long, failed or "
                           "not."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema()
                                         .integer(u"minutes"_s, u"Minutes back; default 1440"_s, 1, MostMinutes)
                                         .texts(u"statuses"_s, u"Only with these statuses"_s, States)
                                         .text(u"warehouse_id"_s, u"Only on this SQL warehouse"_s)
                                         .text(u"user_contains"_s, u"Part of the user's name"_s)
                                         .text(u"text_contains"_s, u"Part of the query's text"_s)
                                         .flag(u"slowest_first"_s, u"The slowest instead of the newest first"_s),
                                     UsualPage),
            .outputSchema = listedSchema(u"queries"_s, Schema()
                                                           .text(u"statement_id"_s, {})
                                                           .text(u"status"_s, {})
                                                           .text(u"user_name"_s, {})
                                                           .text(u"started"_s, {})
                                                           .text(u"duration"_s, {})
                                                           .integer(u"rows_produced"_s, {})
                                                           .text(u"warehouse_id"_s, {})
                                                           .text(u"query_text"_s, u"Its beginning"_s)
                                                           .text(u"error_message"_s, {})),
            .run = &listQueries,
        },
        {
            .name = u"list_alerts"_s,
            .title = u"List alerts"_s,
            .description = u"Lists the SQL alerts: what each watches for, when it looks, and what it last saw."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema().text(u"name_contains"_s, u"Only alerts whose name holds this text, in any case"_s)),
            .outputSchema =
                listedSchema(u"alerts"_s, Schema()
                                              .text(u"id"_s, {})
                                              .text(u"display_name"_s, {})
                                              .text(u"owner_user_name"_s, {})
                                              .text(u"warehouse_id"_s, {})
                                              .text(u"condition"_s, u"Such as \"total > 100\""_s)
                                              .text(u"state"_s, u"What it last saw: OK, TRIGGERED, ERROR, UNKNOWN"_s)
                                              .text(u"last_evaluated"_s, u"When it last looked"_s)
                                              .text(u"schedule"_s, u"When it looks, in words"_s)
                                              .text(u"query_text"_s, u"Its beginning"_s)),
            .run = &listAlerts,
        },
    };
}

} // namespace Tools

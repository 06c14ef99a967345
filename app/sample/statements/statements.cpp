#include "sample/statements/statements.h"

#include "common/bytes.h"
#include "sample/compute/warehouses.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"
#include "sample/sql/expressions/timetexts.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/statements/statementbook.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sample {

namespace {

constexpr qint64 InlineBytes = 26'214'400;
constexpr auto LinkLife = 15min;

QString iso(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC().toString(Qt::ISODateWithMs);
}

const Statement &existing(const StatementBook &book, const QString &id)
{
    const Statement *statement = book.find(id);
    if (!statement)
        throw ApiRefusal(404, u"NOT_FOUND"_s, u"The statement %1 was not found."_s.arg(id));
    return *statement;
}

/// A date or a time as SQLite has it; empty where it is none that the sample takes.
QString timeValue(const QString &text, const QString &type)
{
    try {
        return type == "DATE"_L1 ? dateIn(text) : timestampIn(text);
    } catch (const SqlFailure &) {
        return {};
    }
}

QVariant parameterValue(const QJsonObject &parameter)
{
    const QString name = requiredText(parameter, u"name"_s);
    const QJsonValue value = parameter.value("value"_L1);
    if (value.isUndefined() || value.isNull())
        return {};
    if (!value.isString())
        throw ApiRefusal::malformed(u"The value of parameter %1 must be a string."_s.arg(name));
    const QString type = parameter.value("type"_L1).toString(u"STRING"_s).toUpper().section(u'(', 0, 0);
    static const QStringList integers{u"INT"_s, u"BIGINT"_s, u"SMALLINT"_s, u"TINYINT"_s};
    static const QStringList reals{u"DOUBLE"_s, u"FLOAT"_s, u"DECIMAL"_s};
    bool isValid = true;
    QVariant result = value.toString();
    if (integers.contains(type))
        result = value.toString().toLongLong(&isValid);
    else if (reals.contains(type))
        result = value.toString().toDouble(&isValid);
    else if (type == "BOOLEAN"_L1)
        result = value.toString() == "true"_L1 ? 1 : 0;
    else if (type == "DATE"_L1 || type == "TIMESTAMP"_L1)
        result = timeValue(value.toString(), type);
    isValid &= !result.toString().isEmpty() || type == "STRING"_L1;
    if (!isValid)
        throw ApiRefusal::invalidParameter(u"The value of parameter %1 is not a valid %2."_s.arg(name, type));
    return result;
}

/// The type of a parameter as Unity Catalog spells it.
QString parameterType(const QJsonObject &parameter)
{
    const QString type = parameter.value("type"_L1).toString(u"STRING"_s);
    try {
        qsizetype behind = 0;
        return readType(sqlTokens(type), behind);
    } catch (const SqlFailure &) {
        throw ApiRefusal::invalidParameter(u"The type %1 of a parameter is not known."_s.arg(type));
    }
}

std::chrono::milliseconds waitOf(const QJsonObject &body)
{
    const QString text = body.value("wait_timeout"_L1).toString(u"10s"_s);
    bool isNumber = false;
    const int seconds = text.chopped(text.isEmpty() ? 0 : 1).toInt(&isNumber);
    if (!isNumber || !text.endsWith(u's') || (seconds != 0 && (seconds < 5 || seconds > 50)))
        throw ApiRefusal::invalidParameter(u"wait_timeout must be 0s or between 5s and 50s."_s);
    return std::chrono::seconds(seconds);
}

Statement statementOf(const QJsonObject &body, const WarehouseFleet &fleet, const StatementLinks &links)
{
    Statement statement;
    statement.ask.statement = requiredText(body, u"statement"_s);
    statement.warehouseId = requiredText(body, u"warehouse_id"_s);
    if (fleet.find(statement.warehouseId).isEmpty())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s,
                         u"SQL warehouse %1 does not exist."_s.arg(statement.warehouseId));
    statement.ask.defaults.catalog = body.value("catalog"_L1).toString(statement.ask.defaults.catalog).toLower();
    statement.ask.defaults.schema = body.value("schema"_L1).toString(statement.ask.defaults.schema).toLower();
    const QString disposition =
        word(body.value("disposition"_L1).toString(), u"disposition"_s, {u"INLINE"_s, u"EXTERNAL_LINKS"_s});
    statement.hasLinks = disposition == "EXTERNAL_LINKS"_L1;
    statement.format =
        word(body.value("format"_L1).toString(), u"format"_s, {u"JSON_ARRAY"_s, u"CSV"_s, u"ARROW_STREAM"_s});
    const bool isJson = statement.format == "JSON_ARRAY"_L1;
    if (!isJson && (!statement.hasLinks || statement.format == "ARROW_STREAM"_L1 || links.refusesCsv)) {
        throw ApiRefusal::invalidParameter(
            u"The format %1 is not supported with disposition %2."_s.arg(statement.format, disposition));
    }
    for (const QJsonValue parameter : body.value("parameters"_L1).toArray()) {
        const QString name = parameter["name"_L1].toString();
        statement.ask.parameters.insert(name, parameterValue(parameter.toObject()));
        statement.ask.parameterTypes.insert(name, parameterType(parameter.toObject()));
    }
    statement.ask.rowLimit =
        number(body.value("row_limit"_L1), u"row_limit"_s, 1, std::numeric_limits<qint64>::max(), -1);
    statement.ask.byteLimit = statement.hasLinks ? -1 : InlineBytes;
    statement.ask.rowsInChunk = statement.hasLinks ? 50'000 : 5'000;
    return statement;
}

QJsonObject chunkFacts(const SqlResult &result, qsizetype chunk)
{
    const SqlResult::Chunk &facts = result.chunks().at(chunk);
    return {{u"chunk_index"_s, chunk}, {u"row_offset"_s, facts.firstRow}, {u"row_count"_s, facts.rows}};
}

void addNext(QJsonObject &json, const Statement &statement, qsizetype chunk)
{
    if (chunk + 1 >= statement.outcome.result->chunks().size())
        return;
    json.insert(u"next_chunk_index"_s, chunk + 1);
    json.insert(u"next_chunk_internal_link"_s,
                u"/api/2.0/sql/statements/%1/result/chunks/%2"_s.arg(statement.id).arg(chunk + 1));
}

/// links may be nullptr for a statement whose rows come inline.
QJsonObject chunkResult(const Statement &statement, qsizetype chunk, const StatementLinks *links)
{
    const SqlResult &result = *statement.outcome.result;
    if (chunk < 0 || chunk >= result.chunks().size()) {
        if (chunk == 0)
            return {};
        throw ApiRefusal(404, u"NOT_FOUND"_s,
                         u"The chunk %1 of statement %2 was not found."_s.arg(chunk).arg(statement.id));
    }
    QJsonObject json = chunkFacts(result, chunk);
    if (!statement.hasLinks) {
        json.insert(u"data_array"_s, QJsonDocument::fromJson(result.read(chunk)).array());
        addNext(json, statement, chunk);
        return json;
    }
    const qint64 end = QDateTime::currentMSecsSinceEpoch() + std::chrono::milliseconds(LinkLife).count();
    const QString expires = QString::number(end);
    QUrl url = links->base();
    url.setPath(QString(LinkPath) + statement.id + u'/' + QString::number(chunk));
    url.setQuery(
        QUrlQuery{{u"X-Expires"_s, expires}, {u"X-Signature"_s, links->signature(statement.id, chunk, expires)}});
    json.insert(u"byte_count"_s, result.chunks().at(chunk).bytes);
    json.insert(u"external_link"_s, url.toString(QUrl::FullyEncoded));
    json.insert(u"expiration"_s, iso(end));
    addNext(json, statement, chunk);
    return {{u"external_links"_s, QJsonArray{json}}};
}

QJsonObject manifest(const Statement &statement)
{
    const SqlResult &result = *statement.outcome.result;
    QJsonArray columns;
    for (const SampleColumn &column : result.columns) {
        columns.append(QJsonObject{{u"name"_s, column.name},
                                   {u"position"_s, columns.size()},
                                   {u"type_name"_s, apiTypeName(column.typeText)},
                                   {u"type_text"_s, column.typeText.toUpper()}});
    }
    QJsonArray chunks;
    for (qsizetype i = 0; i < result.chunks().size(); ++i)
        chunks.append(chunkFacts(result, i));
    return {{u"format"_s, statement.format},
            {u"schema"_s, QJsonObject{{u"column_count"_s, columns.size()}, {u"columns"_s, columns}}},
            {u"total_row_count"_s, result.rowCount()},
            {u"total_byte_count"_s, result.byteCount()},
            {u"total_chunk_count"_s, result.chunks().size()},
            {u"chunks"_s, chunks},
            {u"truncated"_s, result.isTruncated}};
}

QJsonObject factsOf(const Statement &statement, const StatementLinks *links)
{
    QJsonObject status{{u"state"_s, statement.state}};
    if (statement.state == "FAILED"_L1) {
        status.insert(u"error"_s,
                      QJsonObject{{u"error_code"_s, u"BAD_REQUEST"_s}, {u"message"_s, statement.outcome.message}});
        status.insert(u"sql_state"_s, statement.outcome.sqlState);
    }
    QJsonObject json{{u"statement_id"_s, statement.id}, {u"status"_s, status}};
    if (statement.state == "SUCCEEDED"_L1) {
        json.insert(u"manifest"_s, manifest(statement));
        json.insert(u"result"_s, chunkResult(statement, 0, links));
    }
    return json;
}

Http::Reply described(const Statement &statement, const StatementLinks &links)
{
    return answer(factsOf(statement, &links));
}

Http::Reply link(const StatementBook &book, const StatementLinks &links, const ApiRequest &ask)
{
    const QString id = ask.captures.value(u"id"_s);
    const qsizetype chunk = ask.captures.value(u"chunk"_s).toLongLong();
    const QString expires = queryText(ask.query, u"X-Expires"_s);
    const Statement *statement = book.find(id);
    const bool isGood = statement && statement->hasLinks && statement->outcome.result &&
                        queryText(ask.query, u"X-Signature"_s) == links.signature(id, chunk, expires) &&
                        expires.toLongLong() > QDateTime::currentMSecsSinceEpoch();
    Http::Reply reply;
    if (!isGood) {
        reply.status = 403;
        reply.contentType = "application/xml";
        reply.body = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
        return reply;
    }
    const SqlResult &result = *statement->outcome.result;
    reply.body = result.read(chunk);
    if (statement->format == "CSV"_L1) {
        reply.contentType = "text/csv";
        const QByteArray header = chunk == 0 ? csvHeader(result.columns) : QByteArray();
        reply.body = header + csvRows(QJsonDocument::fromJson(reply.body).array());
    }
    return reply;
}

Http::Reply listQueries(const StatementBook &book, const QUrlQuery &query)
{
    const auto wished = [&query](const QString &filter) {
        return query.allQueryItemValues(u"filter_by."_s + filter, QUrl::FullyDecoded);
    };
    const QStringList statuses = wished(u"statuses"_s);
    const QStringList warehouses = wished(u"warehouse_ids"_s);
    const QStringList ids = wished(u"statement_ids"_s);
    const QString range = u"filter_by.query_start_time_range."_s;
    const qint64 most = std::numeric_limits<qint64>::max();
    const qint64 from = number(query, range + u"start_time_ms"_s, 0, most, 0);
    const qint64 to = number(query, range + u"end_time_ms"_s, 0, most, most);
    QJsonArray found;
    for (const Statement &statement : book.history()) {
        const QJsonObject entry = historyEntry(statement);
        const bool wanted = (statuses.isEmpty() || statuses.contains(entry.value("status"_L1).toString())) &&
                            (warehouses.isEmpty() || warehouses.contains(statement.warehouseId)) &&
                            (ids.isEmpty() || ids.contains(statement.id)) && statement.started >= from &&
                            statement.started <= to;
        if (wanted)
            found.append(entry);
    }
    const PageWish wish{number(query, u"max_results"_s, 1, 999, 100), queryText(query, u"page_token"_s)};
    const QString scope = u"queries|"_s + (statuses + warehouses + ids).join(u',');
    QJsonObject json = page(found, u"res"_s, wish, scope);
    json.insert(u"has_next_page"_s, !json.value("next_page_token"_L1).toString().isEmpty());
    return answer(json);
}

} // namespace

QJsonObject statementFacts(const Statement &statement)
{
    return factsOf(statement, nullptr);
}

StatementLinks::StatementLinks()
{
    expire();
}

void StatementLinks::expire()
{
    secret = Bytes::random(8).toHex();
}

QString StatementLinks::signature(const QString &id, qsizetype chunk, const QString &expires) const
{
    const QString text = u"%1|%2|%3|%4"_s.arg(QString::fromLatin1(secret), id, QString::number(chunk), expires);
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

QList<Route> statementRoutes(StatementBook &book, const WarehouseFleet &fleet, const StatementLinks &links)
{
    const QString all = u"/api/2.0/sql/statements"_s;
    const auto submit = [&book, &fleet, &links](const ApiRequest &ask, const Respond &respond) {
        const std::chrono::milliseconds wait = waitOf(ask.json);
        const bool cancels = ask.json.value("on_wait_timeout"_L1) == "CANCEL"_L1;
        const QString id = book.submit(statementOf(ask.json, fleet, links));
        book.whenOver(id, wait, [&book, &links, id, respond, cancels] {
            if (cancels)
                book.cancel(id);
            if (const Statement *statement = book.find(id))
                respond(described(*statement, links));
        });
    };
    const auto chunk = [&book, &links](const ApiRequest &ask) {
        const Statement &statement = existing(book, ask.captures.value(u"id"_s));
        if (statement.state != "SUCCEEDED"_L1)
            throw ApiRefusal::invalidState(u"The statement %1 is in state %2."_s.arg(statement.id, statement.state));
        return answer(chunkResult(statement, ask.captures.value(u"chunk"_s).toLongLong(), &links));
    };
    return {
        {.method = "POST", .path = all, .handler = {}, .late = submit},
        {"GET", all + u"/{id}"_s,
         [&book, &links](const ApiRequest &ask) {
             return described(existing(book, ask.captures.value(u"id"_s)), links);
         }},
        {"GET", all + u"/{id}/result/chunks/{chunk}"_s, chunk},
        {"POST", all + u"/{id}/cancel"_s,
         [&book](const ApiRequest &ask) {
             book.cancel(existing(book, ask.captures.value(u"id"_s)).id);
             return answer({});
         }},
        {"GET", u"/api/2.0/sql/history/queries"_s,
         [&book](const ApiRequest &ask) { return listQueries(book, ask.query); }},
        {"GET", QString(LinkPath) + u"{id}/{chunk}"_s,
         [&book, &links](const ApiRequest &ask) { return link(book, links, ask); }},
    };
}

} // namespace Sample

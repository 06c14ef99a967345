#include "calls/journalrows.h"

#include <QJsonDocument>
#include <QSqlQuery>

namespace Calls {

using namespace Qt::StringLiterals;

namespace {

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// A null QString would be stored as NULL.
QString text(const QString &words)
{
    return words.isNull() ? u""_s : words;
}

} // namespace

QVariantList valuesOf(const Record &record)
{
    return {text(record.target), compact(record.arguments), outcomeName(record.outcome), text(record.message),
            record.durationMs,   record.answerBytes,        text(record.permission),     record.id};
}

QVariantList startOf(const Record &record)
{
    return {record.started.toMSecsSinceEpoch(), text(record.client), text(record.profile), text(record.workspace),
            text(record.tool)};
}

QVariantList valuesOf(const Rest::Exchange &exchange, const Record &record, int position)
{
    return {record.id,
            position,
            record.started.msecsTo(exchange.started),
            qint64(exchange.duration.count()),
            text(exchange.method),
            text(exchange.path),
            exchange.attempt,
            exchange.status,
            exchange.bytesReceived,
            text(exchange.error)};
}

Record recordOf(const QSqlQuery &row)
{
    Record record;
    record.started = QDateTime::fromMSecsSinceEpoch(row.value(0).toLongLong()).toUTC();
    record.client = row.value(1).toString();
    record.profile = row.value(2).toString();
    record.workspace = row.value(3).toString();
    record.tool = row.value(4).toString();
    record.target = row.value(5).toString();
    record.arguments = QJsonDocument::fromJson(row.value(6).toString().toUtf8()).object();
    record.outcome = outcomeFromName(row.value(7).toString());
    record.message = row.value(8).toString();
    record.durationMs = row.value(9).toLongLong();
    record.answerBytes = row.value(10).toLongLong();
    record.permission = row.value(11).toString();
    record.id = row.value(12).toLongLong();
    return record;
}

Rest::Exchange exchangeOf(const QSqlQuery &row, const QDateTime &callStarted)
{
    Rest::Exchange exchange;
    exchange.started = callStarted.addMSecs(row.value(1).toLongLong());
    exchange.duration = std::chrono::milliseconds(row.value(2).toLongLong());
    exchange.method = row.value(3).toString();
    exchange.path = row.value(4).toString();
    exchange.attempt = row.value(5).toInt();
    exchange.status = row.value(6).toInt();
    exchange.bytesReceived = row.value(7).toLongLong();
    exchange.error = row.value(8).toString();
    return exchange;
}

} // namespace Calls

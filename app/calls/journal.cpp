#include "calls/journal.h"

#include "calls/journalfile.h"

#include <QHash>
#include <QJsonDocument>
#include <QSet>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr auto CrashMessage = "Bricktray stopped before this call ended"_L1;

// SQLite's code for a key that is already there, SQLITE_CONSTRAINT.
constexpr int ConstraintError = 19;

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// A null QString would be stored as NULL.
QString text(const QString &words)
{
    return words.isNull() ? u""_s : words;
}

void bind(QSqlQuery &query, const QVariantList &values)
{
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values.at(i));
}

Record recordOf(const QSqlQuery &row)
{
    Record record;
    record.id = row.value(0).toLongLong();
    record.started = QDateTime::fromMSecsSinceEpoch(row.value(1).toLongLong()).toUTC();
    record.client = row.value(2).toString();
    record.profile = row.value(3).toString();
    record.workspace = row.value(4).toString();
    record.tool = row.value(5).toString();
    record.target = row.value(6).toString();
    record.arguments = QJsonDocument::fromJson(row.value(7).toString().toUtf8()).object();
    record.outcome = outcomeFromName(row.value(8).toString());
    record.message = row.value(9).toString();
    record.durationMs = row.value(10).toLongLong();
    record.answerBytes = row.value(11).toLongLong();
    record.permission = row.value(12).toString();
    return record;
}

/// The row has the time since the call's start.
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

} // namespace

class Journal::Private
{
public:
    Private(const QString &fileName, Retention kept);

    QSqlQuery prepared(const QString &statement);
    bool run(QSqlQuery &query, const QVariantList &values = {});
    bool noted(const QSqlError &error);
    bool execute(const QString &statement);
    bool insertRow(const Record &record);
    bool writeExchanges(const Record &record);
    bool written(const Record &record);
    qint64 newestId();

    JournalFile file;
    Retention retention;
    QString problem; // of the last write
    int lastError = 0;
    qint64 lastId = 0;
    QSet<qint64> unsaved; // their insert failed

    QSqlQuery insert;
    QSqlQuery update;
    QSqlQuery deleteExchanges;
    QSqlQuery insertExchange;
    QSqlQuery selectCalls;
    QSqlQuery selectExchanges;
    QSqlQuery deleteOld;
};

Journal::Private::Private(const QString &fileName, Retention kept)
    : file(fileName)
    , retention(kept)
    , insert(prepared(u"INSERT INTO calls (id, started, client, profile, workspace, tool, target, arguments, outcome, "
                      "message, duration_ms, answer_bytes, permission) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s))
    , update(prepared(u"UPDATE calls SET target = ?, arguments = ?, outcome = ?, message = ?, duration_ms = ?, "
                      "answer_bytes = ?, permission = ? WHERE id = ?"_s))
    , deleteExchanges(prepared(u"DELETE FROM exchanges WHERE call_id = ?"_s))
    , insertExchange(prepared(u"INSERT INTO exchanges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s))
    , selectCalls(
          prepared(u"SELECT id, started, client, profile, workspace, tool, target, arguments, outcome, message, "
                   "duration_ms, answer_bytes, permission FROM calls WHERE id < ? ORDER BY id DESC LIMIT ?"_s))
    , selectExchanges(prepared(u"SELECT call_id, started_ms, duration_ms, method, path, attempt, status, "
                               "bytes_received, error FROM exchanges WHERE call_id BETWEEN ? AND ? "
                               "ORDER BY call_id, position"_s))
    , deleteOld(prepared(u"DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE (started < ? OR id <= ?) AND "
                         "outcome NOT IN ('running', 'waiting') ORDER BY id LIMIT ?)"_s))
{
    lastId = newestId();
    QSqlQuery close(file.database());
    close.prepare(u"UPDATE calls SET outcome = ?, message = ? WHERE outcome IN ('running', 'waiting')"_s);
    run(close, {outcomeName(Outcome::Cancelled), QString(CrashMessage)});
}

QSqlQuery Journal::Private::prepared(const QString &statement)
{
    QSqlQuery query(file.database());
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        noted(query.lastError());
    return query;
}

/// Binds and executes; what goes wrong becomes the problem.
bool Journal::Private::run(QSqlQuery &query, const QVariantList &values)
{
    bind(query, values);
    return query.exec() || noted(query.lastError());
}

bool Journal::Private::noted(const QSqlError &error)
{
    lastError = error.nativeErrorCode().toInt() & 0xff;
    problem = u"The journal could not be written or read: %1."_s.arg(error.databaseText());
    return false;
}

bool Journal::Private::execute(const QString &statement)
{
    QSqlQuery query(file.database());
    return query.exec(statement) || noted(query.lastError());
}

qint64 Journal::Private::newestId()
{
    QSqlQuery query(file.database());
    return query.exec(u"SELECT max(id) FROM calls"_s) && query.next() ? query.value(0).toLongLong() : 0;
}

bool Journal::Private::insertRow(const Record &record)
{
    return run(insert, {record.id, record.started.toMSecsSinceEpoch(), text(record.client), text(record.profile),
                        text(record.workspace), text(record.tool), text(record.target), compact(record.arguments),
                        outcomeName(record.outcome), text(record.message), record.durationMs, record.answerBytes,
                        text(record.permission)});
}

bool Journal::Private::writeExchanges(const Record &record)
{
    if (!run(deleteExchanges, {record.id}))
        return false;
    int position = 0;
    for (const Rest::Exchange &exchange : record.exchanges) {
        if (!run(insertExchange, {record.id, position++, record.started.msecsTo(exchange.started),
                                  qint64(exchange.duration.count()), text(exchange.method), text(exchange.path),
                                  exchange.attempt, exchange.status, exchange.bytesReceived, text(exchange.error)}))
            return false;
    }
    return true;
}

bool Journal::Private::written(const Record &record)
{
    if (unsaved.contains(record.id))
        return insertRow(record) && writeExchanges(record);
    if (!run(update, {text(record.target), compact(record.arguments), outcomeName(record.outcome), text(record.message),
                      record.durationMs, record.answerBytes, text(record.permission), record.id}))
        return false;
    // No row: somebody emptied the file meanwhile, and exchanges of nothing would not be accepted.
    return update.numRowsAffected() == 0 || writeExchanges(record);
}

Journal::Journal(const QString &fileName, Retention retention)
    : d(std::make_unique<Private>(fileName, retention))
{}

Journal::~Journal() = default;

QString Journal::problem() const
{
    return d->file.problem().isEmpty() ? d->problem : d->file.problem();
}

qint64 Journal::insert(const Record &record)
{
    Record row = record;
    row.id = ++d->lastId;
    bool inserted = d->insertRow(row);
    if (!inserted && d->lastError == ConstraintError) {
        // Another process writes to the same file: go on behind it.
        row.id = d->lastId = d->newestId() + 1;
        inserted = d->insertRow(row);
    }
    if (inserted)
        d->problem.clear();
    else
        d->unsaved.insert(row.id);
    return row.id;
}

void Journal::update(const Record &record)
{
    if (!d->execute(u"BEGIN IMMEDIATE"_s))
        return;
    if (d->written(record) && d->execute(u"COMMIT"_s)) {
        d->unsaved.remove(record.id);
        d->problem.clear();
        return;
    }
    // SQLite has rolled back by itself after some errors; saying it again only fails.
    QSqlQuery(d->file.database()).exec(u"ROLLBACK"_s);
}

QList<Record> Journal::latest(int count, qint64 before) const
{
    QList<Record> records;
    QSqlQuery &calls = d->selectCalls;
    if (count <= 0 || !d->run(calls, {before > 0 ? before : std::numeric_limits<qint64>::max(), count}))
        return records;
    QHash<qint64, qsizetype> rows;
    while (calls.next()) {
        rows.insert(calls.value(0).toLongLong(), records.size());
        records.append(recordOf(calls));
    }
    calls.finish();
    if (records.isEmpty() || !d->run(d->selectExchanges, {records.constLast().id, records.constFirst().id}))
        return records;
    while (d->selectExchanges.next()) {
        const auto row = rows.constFind(d->selectExchanges.value(0).toLongLong());
        if (row != rows.cend())
            records[*row].exchanges.append(exchangeOf(d->selectExchanges, records.at(*row).started));
    }
    d->selectExchanges.finish();
    return records;
}

bool Journal::prune()
{
    const Retention &kept = d->retention;
    const qint64 oldest = kept.days > 0 ? QDateTime::currentDateTimeUtc().addDays(-kept.days).toMSecsSinceEpoch()
                                        : std::numeric_limits<qint64>::min();
    qint64 lastTooMany = 0;
    if (kept.calls > 0) {
        QSqlQuery query(d->file.database());
        query.prepare(u"SELECT id FROM calls ORDER BY id DESC LIMIT 1 OFFSET ?"_s);
        if (!d->run(query, {kept.calls}))
            return false;
        lastTooMany = query.next() ? query.value(0).toLongLong() : 0;
    }
    return d->run(d->deleteOld, {oldest, lastTooMany, PruneChunk}) && d->deleteOld.numRowsAffected() == PruneChunk;
}

} // namespace Calls

#include "calls/journaldatabase.h"

#include "calls/journalrows.h"

#include <QHash>
#include <QSqlError>
#include <QVariant>

#include <limits>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr auto CrashMessage = "Bricktray stopped before this call ended"_L1;

// SQLite's code for a key that is already there, SQLITE_CONSTRAINT.
constexpr int ConstraintError = 19;

void bind(QSqlQuery &query, const QVariantList &values)
{
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values.at(i));
}

} // namespace

JournalDatabase::JournalDatabase(const QString &fileName)
    : m_file(fileName)
    , m_insert(prepared(u"INSERT INTO calls (started, client, profile, workspace, tool, target, arguments, outcome, "
                        "message, duration_ms, answer_bytes, permission, id) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s))
    , m_update(prepared(u"UPDATE calls SET target = ?, arguments = ?, outcome = ?, message = ?, duration_ms = ?, "
                        "answer_bytes = ?, permission = ? WHERE id = ?"_s))
    , m_deleteExchanges(prepared(u"DELETE FROM exchanges WHERE call_id = ?"_s))
    , m_insertExchange(prepared(u"INSERT INTO exchanges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s))
    , m_selectCalls(
          prepared(u"SELECT started, client, profile, workspace, tool, target, arguments, outcome, message, "
                   "duration_ms, answer_bytes, permission, id FROM calls WHERE id < ? ORDER BY id DESC LIMIT ?"_s))
    , m_selectExchanges(prepared(u"SELECT call_id, started_ms, duration_ms, method, path, attempt, status, "
                                 "bytes_received, error FROM exchanges WHERE call_id BETWEEN ? AND ? "
                                 "ORDER BY call_id, position"_s))
    , m_deleteOld(prepared(u"DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE (started < ? OR id <= ?) AND "
                           "outcome NOT IN ('running', 'waiting') ORDER BY id LIMIT ?)"_s))
{
    QSqlQuery close(m_file.database());
    close.prepare(u"UPDATE calls SET outcome = ?, message = ? WHERE outcome IN ('running', 'waiting')"_s);
    run(close, {outcomeName(Outcome::Cancelled), QString(CrashMessage)});
}

QSqlQuery JournalDatabase::prepared(const QString &statement)
{
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        noted(query.lastError());
    return query;
}

/// Binds and executes; what goes wrong becomes the problem.
bool JournalDatabase::run(QSqlQuery &query, const QVariantList &values)
{
    bind(query, values);
    return query.exec() || noted(query.lastError());
}

bool JournalDatabase::noted(const QSqlError &error)
{
    m_lastError = error.nativeErrorCode().toInt() & 0xff;
    m_problem = u"The journal could not be written or read: %1."_s.arg(error.databaseText());
    return false;
}

bool JournalDatabase::execute(const QString &statement)
{
    QSqlQuery query(m_file.database());
    return query.exec(statement) || noted(query.lastError());
}

qint64 JournalDatabase::newestId()
{
    QSqlQuery query(m_file.database());
    return query.exec(u"SELECT max(id) FROM calls"_s) && query.next() ? query.value(0).toLongLong() : 0;
}

bool JournalDatabase::insert(const Record &record)
{
    if (!run(m_insert, startOf(record) + valuesOf(record)))
        return false;
    m_problem.clear();
    return true;
}

bool JournalDatabase::writeExchanges(const Record &record)
{
    if (!run(m_deleteExchanges, {record.id}))
        return false;
    int position = 0;
    for (const Rest::Exchange &exchange : record.exchanges) {
        if (!run(m_insertExchange, valuesOf(exchange, record, position++)))
            return false;
    }
    return true;
}

bool JournalDatabase::isTaken() const
{
    return m_lastError == ConstraintError;
}

bool JournalDatabase::written(const Record &record, Row row)
{
    if (row == Row::New)
        return insert(record) && writeExchanges(record);
    if (!run(m_update, valuesOf(record)))
        return false;
    if (m_update.numRowsAffected() > 0)
        return writeExchanges(record);
    // No row: somebody emptied the file meanwhile, and exchanges of nothing would not be accepted.
    return row == Row::Known || (insert(record) && writeExchanges(record));
}

bool JournalDatabase::store(const Record &record, Row row)
{
    if (!execute(u"BEGIN IMMEDIATE"_s))
        return false;
    if (written(record, row) && execute(u"COMMIT"_s)) {
        m_problem.clear();
        return true;
    }
    // SQLite has rolled back by itself after some errors; saying it again only fails.
    QSqlQuery(m_file.database()).exec(u"ROLLBACK"_s);
    return false;
}

QList<Record> JournalDatabase::latest(int count, qint64 before)
{
    QList<Record> records;
    QSqlQuery &calls = m_selectCalls;
    if (count <= 0 || !run(calls, {before > 0 ? before : std::numeric_limits<qint64>::max(), count}))
        return records;
    QHash<qint64, qsizetype> rows;
    while (calls.next()) {
        records.append(recordOf(calls));
        rows.insert(records.constLast().id, records.size() - 1);
    }
    calls.finish();
    if (records.isEmpty() || !run(m_selectExchanges, {records.constLast().id, records.constFirst().id}))
        return records;
    while (m_selectExchanges.next()) {
        const auto row = rows.constFind(m_selectExchanges.value(0).toLongLong());
        if (row != rows.cend())
            records[*row].exchanges.append(exchangeOf(m_selectExchanges, records.at(*row).started));
    }
    m_selectExchanges.finish();
    return records;
}

bool JournalDatabase::prune(const Retention &kept, int most)
{
    const qint64 oldest = kept.days > 0 ? QDateTime::currentDateTimeUtc().addDays(-kept.days).toMSecsSinceEpoch()
                                        : std::numeric_limits<qint64>::min();
    qint64 lastTooMany = 0;
    if (kept.calls > 0) {
        QSqlQuery query(m_file.database());
        query.prepare(u"SELECT id FROM calls ORDER BY id DESC LIMIT 1 OFFSET ?"_s);
        if (!run(query, {kept.calls}))
            return false;
        lastTooMany = query.next() ? query.value(0).toLongLong() : 0;
    }
    return run(m_deleteOld, {oldest, lastTooMany, most}) && m_deleteOld.numRowsAffected() == most;
}

} // namespace Calls

#include "sample/statements/statementbook.h"

#include "sample/compute/warehouses.h"
#include "sample/server/builtin.h"

#include <QDateTime>
#include <QTimer>
#include <QUuid>

#include <ranges>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr std::size_t MostStatements = 200;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

struct Past
{
    const char *user;
    const char *warehouse;
    const char *state;
    const char *text;
    const char *error;
    int minutesAgo;
    int milliseconds;
    int rows;
};

const Past Rows[] = {
    {"bi-team@example.com", "8f3b2c1d90e47a65", "FINISHED",
     "SELECT r_name, sum(o_totalprice) FROM samples.tpch.orders JOIN samples.tpch.customer ON o_custkey = c_custkey "
     "JOIN "
     "samples.tpch.nation ON c_nationkey = n_nationkey JOIN samples.tpch.region ON n_regionkey = r_regionkey GROUP BY "
     "r_name",
     "", 4, 2310, 5},
    {"li.wei@example.com", "8f3b2c1d90e47a65", "FAILED", "SELECT * FROM samples.nyctaxi.tripz LIMIT 10",
     "[TABLE_OR_VIEW_NOT_FOUND] The table or view `samples`.`nyctaxi`.`tripz` cannot be found. SQLSTATE: 42P01", 11,
     140, 0},
    {"etl-robot@example.com", "74d1e8a2b6f3c09e", "FINISHED",
     "INSERT OVERWRITE main.default.sales_targets SELECT * FROM main.default.sales_targets", "", 47, 18400, 20},
    {"bi-team@example.com", "1a7de05c44b98f20", "CANCELED",
     "SELECT * FROM samples.tpch.lineitem a, samples.tpch.lineitem b", "", 95, 600000, 0},
    {"li.wei@example.com", "8f3b2c1d90e47a65", "FINISHED",
     "SELECT pickup_zip, avg(fare_amount) FROM samples.nyctaxi.trips GROUP BY pickup_zip", "", 130, 870, 40},
};

/// Statements that others ran in the last hours, newest first; the same every time, but for now.
QList<Statement> pastStatements(qint64 now)
{
    QList<Statement> past;
    for (const Past &row : Rows) {
        Statement statement;
        statement.ask.statement = QString::fromLatin1(row.text);
        statement.id = stableUuid(statement.ask.statement);
        statement.user = QString::fromLatin1(row.user);
        statement.warehouseId = QString::fromLatin1(row.warehouse);
        statement.state = QString::fromLatin1(row.state);
        statement.outcome.message = QString::fromLatin1(row.error);
        statement.started = now - qint64(row.minutesAgo) * 60'000;
        statement.ended = statement.started + row.milliseconds;
        statement.pastRows = row.rows;
        past.append(statement);
    }
    return past;
}

} // namespace

StatementBook::StatementBook(WarehouseFleet &fleet, CatalogData &catalog, QString user, QObject *parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_user(std::move(user))
    , m_engine(catalog)
    , m_past(pastStatements(now()))
{}

const Statement *StatementBook::find(const QString &id) const
{
    const auto found = m_statements.find(id);
    return found == m_statements.end() ? nullptr : &found->second;
}

Statement *StatementBook::existing(const QString &id)
{
    const auto found = m_statements.find(id);
    return found == m_statements.end() ? nullptr : &found->second;
}

QList<Statement> StatementBook::history() const
{
    QList<Statement> all;
    for (const auto &[id, statement] : std::views::reverse(m_statements))
        all.append(statement);
    return all + m_past;
}

QString StatementBook::submit(const Statement &statement)
{
    // Like Databricks' ids, one that begins with the time.
    const QString id = QString::number(now(), 16).rightJustified(12, u'0').insert(8, u'-') +
                       QUuid::createUuid().toString(QUuid::WithoutBraces).mid(13);
    Statement taken = statement;
    taken.id = id;
    taken.user = m_user;
    taken.started = now();
    for (auto it = m_statements.begin(); it != m_statements.end() && m_statements.size() >= MostStatements;)
        it = it->second.isOver() ? m_statements.erase(it) : std::next(it);
    m_statements.emplace(id, taken);
    m_fleet.whenRunning(taken.warehouseId, this, [this, id] { run(id); });
    return id;
}

void StatementBook::run(const QString &id)
{
    Statement *statement = existing(id);
    if (!statement || statement->isOver())
        return;
    statement->state = u"RUNNING"_s;
    m_engine.run(statement->ask, [this, id](const SqlOutcome &outcome) {
        QTimer::singleShot(outcome.delay, this, [this, id, outcome] { finish(id, outcome); });
    });
}

void StatementBook::finish(const QString &id, const SqlOutcome &outcome)
{
    Statement *statement = existing(id);
    if (!statement || statement->isOver())
        return;
    statement->outcome = outcome;
    statement->state = outcome.result ? u"SUCCEEDED"_s : u"FAILED"_s;
    statement->ended = now();
    Q_EMIT over(id);
}

void StatementBook::cancel(const QString &id)
{
    Statement *statement = existing(id);
    if (!statement || statement->isOver())
        return;
    *statement->ask.cancelled = true;
    statement->state = u"CANCELED"_s;
    statement->ended = now();
    Q_EMIT over(id);
}

void StatementBook::whenOver(const QString &id, std::chrono::milliseconds time, std::function<void()> call)
{
    const Statement *statement = find(id);
    if (!statement || statement->isOver() || time.count() == 0)
        return call();
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    const auto once = [timer, call = std::move(call)] {
        timer->disconnect();
        timer->deleteLater();
        call();
    };
    connect(timer, &QTimer::timeout, timer, once);
    connect(this, &StatementBook::over, timer, [id, once, timer](const QString &ended) {
        // Still connected for as long as the timer lives; it is stopped once it has called.
        if (ended == id && timer->isActive()) {
            timer->stop();
            once();
        }
    });
    timer->start(time);
}

QJsonObject historyEntry(const Statement &statement)
{
    // The history has names of its own for the states of statements.
    const QString status = statement.state == "SUCCEEDED"_L1 ? u"FINISHED"_s
                           : statement.state == "PENDING"_L1 ? u"QUEUED"_s
                                                             : statement.state;
    QJsonObject entry{{u"query_id"_s, statement.id},
                      {u"query_text"_s, statement.ask.statement},
                      {u"status"_s, status},
                      {u"user_name"_s, statement.user},
                      {u"warehouse_id"_s, statement.warehouseId},
                      {u"endpoint_id"_s, statement.warehouseId},
                      {u"query_start_time_ms"_s, statement.started},
                      {u"is_final"_s, statement.isOver()}};
    if (statement.isOver()) {
        entry.insert(u"query_end_time_ms"_s, statement.ended);
        entry.insert(u"duration"_s, statement.ended - statement.started);
        entry.insert(u"rows_produced"_s,
                     statement.outcome.result ? statement.outcome.result->rowCount() : statement.pastRows);
    }
    if (!statement.outcome.message.isEmpty())
        entry.insert(u"error_message"_s, statement.outcome.message);
    return entry;
}

} // namespace Sample

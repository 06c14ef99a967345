#include "sample/statements/statementbook.h"

#include "sample/compute/warehousefleet.h"

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

} // namespace Sample

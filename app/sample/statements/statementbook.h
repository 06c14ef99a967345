#pragma once

#include "sample/server/tempo.h"
#include "sample/sql/sqlask.h"
#include "sample/sql/sqlengine.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace Sample {

class WarehouseFleet;

/// A statement and what became of it.
struct Statement
{
    QString id;
    QString user;
    QString warehouseId;
    SqlAsk ask;
    bool hasLinks = false; ///< EXTERNAL_LINKS instead of INLINE
    QString format;        ///< JSON_ARRAY or CSV
    QString state = QStringLiteral("PENDING");
    SqlOutcome outcome;
    qint64 started = 0; ///< milliseconds since 1970
    qint64 ended = 0;
    qint64 pastRows = 0; ///< how many it gave, where its result is long gone

    bool isOver() const { return state != QLatin1StringView("PENDING") && state != QLatin1StringView("RUNNING"); }
};

/// What sql/history/queries says of it.
QJsonObject historyEntry(const Statement &statement);

/// The statements that were sent to the sample, and how they go on: PENDING until the warehouse runs, RUNNING, then
/// SUCCEEDED, FAILED or CANCELED (https://docs.databricks.com/api/workspace/statementexecution).
class StatementBook : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatementBook)

public:
    /// user is who the sample's token belongs to.
    StatementBook(WarehouseFleet &fleet, CatalogData &catalog, QString user, QObject *parent = nullptr);

    /// Runs what reads and changes the same rows.
    SqlEngine &engine() { return m_engine; }
    /// Takes a statement that is complete but for what the book says of it, and gives its id.
    QString submit(const Statement &statement);
    /// nullptr where there is no such statement.
    const Statement *find(const QString &id) const;
    /// Newest first, with those that others are said to have run before.
    QList<Statement> history() const;
    /// Does nothing to a statement that is over.
    void cancel(const QString &id);
    /// Calls when the statement is over or the time is, once.
    void whenOver(const QString &id, std::chrono::milliseconds time, std::function<void()> call);

Q_SIGNALS:
    void over(const QString &id);

private:
    Statement *existing(const QString &id);
    void run(const QString &id);
    void finish(const QString &id, const SqlOutcome &outcome);

    WarehouseFleet &m_fleet;
    const QString m_user;
    SqlEngine m_engine;
    std::map<QString, Statement> m_statements; ///< ids ascend with time
    QList<Statement> m_past;
};

} // namespace Sample

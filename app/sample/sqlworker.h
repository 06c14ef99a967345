#pragma once

#include "sample/sqlcatalog.h"
#include "sample/sqlengine.h"
#include "sample/sqltokens.h"
#include "sample/sqltranslation.h"

#include <QObject>
#include <QSqlDatabase>

class QSqlQuery;

namespace Sample {

/// The engine's other half: owns the database, lives in the engine's thread.
class SqlWorker : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SqlWorker)

public:
    explicit SqlWorker(std::shared_ptr<std::atomic_bool> ending);
    ~SqlWorker() override;

    SqlOutcome run(const SqlAsk &ask);

private:
    using Command = std::shared_ptr<SqlResult> (SqlWorker::*)(const SqlAsk &, SqlTokens);

    /// The commands by their first word.
    static const QHash<QString, Command> &commands();

    void open();
    std::shared_ptr<SqlResult> query(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> table(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> show(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> describe(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> explain(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> nothing(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> create(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> drop(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> insert(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> change(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> truncate(const SqlAsk &ask, SqlTokens tokens);

    std::shared_ptr<SqlResult> createSchema(const SqlAsk &ask, const SqlTokens &tokens, qsizetype at, bool ifAbsent);
    void createFromQuery(const SqlAsk &ask, SampleTable table, const SqlTokens &tokens);
    void dropTable(const QString &fullName);
    void requireWritable(const QStringList &name, const SqlDefaults &defaults) const;
    /// Runs what SQLite understands. Throws SqlFailure in Databricks' words.
    void execute(QSqlQuery &query, const SqlAsk &ask, const SqlTranslation &translation);
    qint64 executeChange(const SqlAsk &ask, const SqlTokens &tokens);
    std::shared_ptr<SqlResult> rowsOf(QSqlQuery &query, const SqlAsk &ask, const SqlTranslation &translation);

    const std::shared_ptr<std::atomic_bool> m_ending;
    const QString m_connection;
    QSqlDatabase m_database;
    SqlCatalog m_catalog;
    QSet<QString> m_unfilled; ///< the sample's tables that nobody has asked for yet
    std::chrono::milliseconds m_delay{0};
};

} // namespace Sample

#pragma once

#include "sample/sql/sqlask.h"
#include "sample/sql/sqlstorage.h"
#include "sample/sql/sqltokens.h"
#include "sample/sql/sqltranslation.h"

#include <QObject>

class QSqlQuery;

namespace Sample {

/// The engine's other half: owns the rows, lives in the engine's thread.
class SqlWorker : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SqlWorker)

public:
    explicit SqlWorker(std::shared_ptr<std::atomic_bool> ending);

    SqlOutcome run(const SqlAsk &ask, const CatalogData &catalog);

private:
    using Command = std::shared_ptr<SqlResult> (SqlWorker::*)(const SqlAsk &, SqlTokens);

    /// The commands by their first word.
    static const QHash<QString, Command> &commands();

    std::shared_ptr<SqlResult> query(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> values(const SqlAsk &ask, SqlTokens tokens);
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

    std::shared_ptr<SqlResult> alter(const SqlAsk &ask, SqlTokens tokens);
    std::shared_ptr<SqlResult> comment(const SqlAsk &ask, SqlTokens tokens);

    std::shared_ptr<SqlResult> createSchema(const QString &name, const SqlTokens &tokens, bool ifAbsent);
    std::shared_ptr<SqlResult> createView(const SqlAsk &ask, SampleTable view, const SqlTokens &tokens, qsizetype i);
    std::shared_ptr<SqlResult> dropSchema(const QString &name, bool ifPresent, bool cascades);
    QList<SampleColumn> columnsOfQuery(const SqlAsk &ask, const SqlTokens &tokens, const QList<SampleColumn> &named);
    /// "main.default" for the words of a schema's name.
    QString schemaName(const QStringList &words, const SqlDefaults &defaults) const;
    std::shared_ptr<SqlResult> describeDetail(const SampleTable &described);
    std::shared_ptr<SqlResult> describeHistory(const SampleTable &described);
    // Each throws SqlFailure.
    void requireCatalog(const QString &name) const;
    void requireSchema(const QString &name) const;
    void requireWritable(const QString &fullName) const;
    void requireRows(const QStringList &name, const SqlDefaults &defaults) const;
    void execute(QSqlQuery &query, const SqlAsk &ask, const SqlTranslation &translation);
    qint64 executeChange(const SqlAsk &ask, const SqlTokens &tokens);
    std::shared_ptr<SqlResult> rowsOf(QSqlQuery &query, const SqlAsk &ask, const SqlTranslation &translation);

    const std::shared_ptr<std::atomic_bool> m_ending;
    SqlStorage m_storage;
    SqlCatalog m_catalog; ///< for the statement that runs
    std::chrono::milliseconds m_delay{0};
};

} // namespace Sample

#pragma once

#include "sample/sql/sqlask.h"
#include "sample/sql/sqlstorage.h"
#include "sample/sql/translation/sqltokens.h"
#include "sample/sql/translation/sqltranslation.h"

class QSqlQuery;

namespace Sample {

/// One statement as it runs: what is asked, the catalog as it sees it, and how queries reach the rows. What runs a
/// query throws SqlFailure.
class SqlContext
{
    Q_DISABLE_COPY_MOVE(SqlContext)

public:
    SqlContext(const SqlAsk &asked, const CatalogData &data, SqlStorage &rows, const std::atomic_bool &ending);

    const SqlAsk &ask;
    SqlCatalog catalog;
    SqlStorage &storage;
    std::chrono::milliseconds delay{0}; ///< how long it asked to take beyond its own time

    SqlTranslation translate(const SqlTokens &tokens) const;
    std::shared_ptr<SqlResult> query(const SqlTokens &tokens);
    /// Runs what changes rows, and says how many it changed.
    qint64 change(const SqlTokens &tokens);
    /// The columns and types of a query are those of its rows. named, unless it is empty, says what they are called.
    QList<SampleColumn> columnsOf(const SqlTokens &tokens, const QList<SampleColumn> &named);
    void execute(QSqlQuery &query, const SqlTranslation &translation);

private:
    std::shared_ptr<SqlResult> rowsOf(QSqlQuery &query, const SqlAsk &limits, const SqlTranslation &translation);

    const std::atomic_bool &m_ending;
};

} // namespace Sample

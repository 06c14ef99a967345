#pragma once

#include "sample/sql/sqlcatalog.h"

#include <QHash>
#include <QSqlDatabase>

namespace Sample {

/// The rows of Unity Catalog's tables, in SQLite in memory. A table's name there is its id: one that is dropped and
/// made anew is another. Belongs to the thread of its first use.
class SqlStorage
{
    Q_DISABLE_COPY_MOVE(SqlStorage)

public:
    SqlStorage();
    ~SqlStorage();

    const QSqlDatabase &database() const { return m_database; }
    /// Drops the rows of tables that are no longer in the catalog.
    void follow(const SqlCatalog &catalog);
    /// Makes a table that the workspace had from the start, with its rows, when it is first asked for: all of them take
    /// a moment that most programs need not wait.
    void ensure(const SampleTable &table, const CatalogData &data);
    /// Makes an empty table.
    void create(const SampleTable &table);
    void rename(const SampleTable &table) { m_names.insert(table.id, table.fullName()); }
    /// Runs what SQLite understands. Throws SqlFailure in Databricks' words.
    void execute(const QString &sql);

private:
    const QString m_connection;
    QSqlDatabase m_database;
    QHash<QString, QString> m_names; ///< the tables that are made, by id
};

} // namespace Sample

#include "sample/sql/sqlstorage.h"

#include "sample/sql/functions/letters.h"
#include "sample/sql/sqldata.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/system/billingtables.h"
#include "sample/sql/system/informationschema.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Sample {

SqlStorage::SqlStorage()
    : m_connection(u"sample-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{}

SqlStorage::~SqlStorage()
{
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

void SqlStorage::follow(const SqlCatalog &catalog)
{
    if (!m_database.isOpen()) {
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
        m_database.setDatabaseName(u":memory:"_s);
        m_database.setConnectOptions(u"QSQLITE_ENABLE_REGEXP"_s);
        if (!m_database.open())
            qFatal("The sample workspace has no SQLite: %s", qPrintable(m_database.lastError().text()));
        execute(u"PRAGMA case_sensitive_like = ON"_s);
        for (const QString &statement : letterStatements())
            execute(statement);
    }
    m_names.removeIf([&](auto table) {
        const bool isGone = catalog.data().tables.value(table.value()).value("table_id"_L1) != table.key();
        if (isGone)
            execute(u"DROP TABLE "_s + inSqlite({SqlToken::Kind::Name, table.key()}));
        return isGone;
    });
}

void SqlStorage::ensure(const SampleTable &table, const CatalogData &data)
{
    if (!table.query.isEmpty() || m_names.contains(table.id))
        return;
    create(table);
    if (informationTable(table.fullName()))
        fillTable(m_database, table, informationRows(table, data));
    else if (table.fullName() == "system.billing.usage"_L1)
        fillTable(m_database, table, usageRows(data.clusters));
    else
        fillTable(m_database, table);
}

void SqlStorage::create(const SampleTable &table)
{
    execute(createStatement(table));
    m_names.insert(table.id, table.fullName());
}

void SqlStorage::execute(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        throw failureOf(query.lastError());
}

} // namespace Sample

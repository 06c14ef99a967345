#pragma once

#include "sample/sqltables.h"

#include <QMap>
#include <QSet>
#include <QStringList>

namespace Sample {

/// Where names without a catalog or schema lead.
struct SqlDefaults
{
    QString catalog = QStringLiteral("main");
    QString schema = QStringLiteral("default");
};

/// The tables that statements see: those of the sample, and what statements created.
class SqlCatalog
{
public:
    SqlCatalog();

    /// "samples.nyctaxi.trips" for the parts of a name, whether or not there is such a table.
    static QString fullName(const QStringList &parts, const SqlDefaults &defaults);

    /// nullptr where there is none.
    const SampleTable *find(const QString &fullName) const;
    bool hasSchema(const QString &catalog, const QString &schema) const;
    QStringList catalogs() const;
    QStringList schemas(const QString &catalog) const;
    QList<SampleTable> tables(const QString &catalog, const QString &schema) const;

    void add(const SampleTable &table) { m_tables.insert(table.fullName(), table); }
    void remove(const QString &fullName) { m_tables.remove(fullName); }
    void addSchema(const QString &catalog, const QString &schema) { m_schemas.insert({catalog, schema}); }
    void removeSchema(const QString &catalog, const QString &schema) { m_schemas.remove({catalog, schema}); }

private:
    QMap<QString, SampleTable> m_tables;
    QSet<std::pair<QString, QString>> m_schemas;
};

} // namespace Sample

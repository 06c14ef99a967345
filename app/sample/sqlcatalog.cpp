#include "sample/sqlcatalog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

SqlCatalog::SqlCatalog()
{
    for (const SampleTable &table : sampleTables()) {
        add(table);
        addSchema(table.catalog, table.schema);
    }
}

QString SqlCatalog::fullName(const QStringList &parts, const SqlDefaults &defaults)
{
    QStringList full = parts;
    if (full.size() < 2)
        full.prepend(defaults.schema);
    if (full.size() < 3)
        full.prepend(defaults.catalog);
    return full.join(u'.').toLower();
}

const SampleTable *SqlCatalog::find(const QString &fullName) const
{
    const auto found = m_tables.constFind(fullName);
    return found == m_tables.cend() ? nullptr : &*found;
}

bool SqlCatalog::hasSchema(const QString &catalog, const QString &schema) const
{
    return m_schemas.contains({catalog, schema});
}

QStringList SqlCatalog::catalogs() const
{
    QStringList names;
    for (const auto &[catalog, schema] : m_schemas)
        names.append(catalog);
    names.removeDuplicates();
    names.sort();
    return names;
}

QStringList SqlCatalog::schemas(const QString &catalog) const
{
    QStringList names;
    for (const auto &[owner, schema] : m_schemas) {
        if (owner == catalog)
            names.append(schema);
    }
    names.sort();
    return names;
}

QList<SampleTable> SqlCatalog::tables(const QString &catalog, const QString &schema) const
{
    QList<SampleTable> found;
    std::ranges::copy_if(m_tables, std::back_inserter(found),
                         [&](const SampleTable &table) { return table.catalog == catalog && table.schema == schema; });
    return found;
}

} // namespace Sample

#include "sample/sql/sqlcatalog.h"

#include "sample/sql/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

QString SqlCatalog::fullName(const QStringList &parts, const SqlDefaults &defaults)
{
    QStringList full = parts;
    if (full.size() < 2)
        full.prepend(defaults.schema);
    if (full.size() < 3)
        full.prepend(defaults.catalog);
    return full.join(u'.').toLower();
}

std::optional<SampleTable> SqlCatalog::find(const QString &fullName) const
{
    const auto found = m_data.tables.constFind(fullName);
    return found == m_data.tables.cend() ? std::nullopt : std::optional(readTable(*found));
}

SampleTable SqlCatalog::table(const QStringList &words, const SqlDefaults &defaults) const
{
    const std::optional<SampleTable> found = find(fullName(words, defaults));
    if (!found)
        throw SqlFailure::noSuchTable(words.join(u'.'));
    return *found;
}

void SqlCatalog::put(SecurableFamily family, const QJsonObject &object)
{
    change({family, object.value("full_name"_L1).toString(), object});
}

void SqlCatalog::remove(SecurableFamily family, const QString &fullName)
{
    change({family, fullName, {}});
}

void SqlCatalog::change(const CatalogChange &change)
{
    apply(change, m_data);
    m_changes.append(change);
}

} // namespace Sample

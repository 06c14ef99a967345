#include "sample/sql/sqlcatalog.h"

#include "sample/sql/sqlfailure.h"
#include "sample/sql/system/informationschema.h"

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
    if (m_data.catalogs.contains(fullName.section(u'.', 0, 0))) {
        if (const auto table = informationTable(fullName))
            return table;
    }
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

QString SqlCatalog::schemaName(const QStringList &words, const SqlDefaults &defaults)
{
    return (words.size() > 1 ? words.first(2).join(u'.') : defaults.catalog + u'.' + words.first()).toLower();
}

void SqlCatalog::requireCatalog(const QString &name) const
{
    if (!m_data.catalogs.contains(name))
        throw SqlFailure(u"NO_SUCH_CATALOG_EXCEPTION"_s, u"Catalog '%1' was not found."_s.arg(name), u"42704"_s);
}

void SqlCatalog::requireSchema(const QString &name) const
{
    if (!hasSchema(name)) {
        throw SqlFailure(u"SCHEMA_NOT_FOUND"_s,
                         u"The schema `%1` cannot be found. Verify the spelling and correctness of the schema and "
                         "catalog."_s.arg(QString(name).replace(u'.', u"`.`"_s)),
                         u"42704"_s);
    }
}

void SqlCatalog::requireWritable(const QString &fullName) const
{
    if (informationTable(fullName) || m_data.isReadOnly(fullName)) {
        throw SqlFailure(u"INSUFFICIENT_PERMISSIONS"_s, u"User does not have MODIFY on '%1'."_s.arg(fullName),
                         u"42501"_s);
    }
}

} // namespace Sample

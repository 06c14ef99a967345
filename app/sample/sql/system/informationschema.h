#pragma once

#include "sample/sql/sqltables.h"

#include <QList>
#include <QVariant>

#include <optional>

namespace Sample {

struct CatalogData;

/// A view of the information schema (https://docs.databricks.com/sql/language-manual/sql-ref-information-schema):
/// main.information_schema.tables, or system.information_schema.tables of all catalogs. nullopt for any other name.
std::optional<SampleTable> informationTable(const QString &fullName);

/// Its rows as the catalog is now.
QList<QVariantList> informationRows(const SampleTable &table, const CatalogData &data);

} // namespace Sample

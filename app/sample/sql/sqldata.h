#pragma once

#include <QList>
#include <QVariant>

class QSqlDatabase;

namespace Sample {

struct SampleTable;

/// Fills a table that the workspace begins with: by its name, or where there is nothing to tell, with a few rows by the
/// types of its columns.
void fillTable(const QSqlDatabase &database, const SampleTable &table);
/// Fills a table with these rows.
void fillTable(const QSqlDatabase &database, const SampleTable &table, const QList<QVariantList> &rows);

} // namespace Sample

#pragma once

class QSqlDatabase;

namespace Sample {

struct SampleTable;

/// Fills a table that the workspace begins with: by its name, or where there is nothing to tell, with a few rows by the
/// types of its columns.
void fillTable(const QSqlDatabase &database, const SampleTable &table);

} // namespace Sample

#pragma once

class QSqlDatabase;

namespace Sample {

/// Creates sampleTables() in an empty SQLite database and fills them with invented rows, the same every time. A table's
/// name there is its full name, dots and all.
void fillWithSampleData(QSqlDatabase &database);

} // namespace Sample

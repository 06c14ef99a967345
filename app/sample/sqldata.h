#pragma once

class QSqlDatabase;
class QString;

namespace Sample {

/// Creates sampleTables() in an empty SQLite database. A table's name there is its full name, dots and all.
void createSampleTables(QSqlDatabase &database);

/// Fills one of them with invented rows, the same every time.
void fillSampleTable(QSqlDatabase &database, const QString &fullName);

} // namespace Sample

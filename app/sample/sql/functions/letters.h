#pragma once

#include <QString>

namespace Sample {

/// SQLite's upper() and lower() know the letters of ASCII only. These forms look the others up in a table of the
/// database, which letterStatements() makes.
QString upperForm();
QString lowerForm();
/// initcap: the first letter of each word is large.
QString titleForm();

/// What makes the table of all letters that are large or small.
QStringList letterStatements();

} // namespace Sample

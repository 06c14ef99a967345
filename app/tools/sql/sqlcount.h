#pragma once

#include <QString>

namespace Tools {

/// The query that counts the rows which a DELETE or UPDATE of one table would change: the same table, alias and WHERE,
/// word by word. Empty where the text is anything else, or where it could be read in another way.
QString countingQuery(const QString &sql);

} // namespace Tools

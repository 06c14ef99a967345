#pragma once

#include <QString>

namespace Text {

/// The text without the values that stand behind a credential's name, as SQL, Python, Scala, JSON and query strings
/// write them: OPTIONS (password 'x'), .option("password", "x"), os.environ["API_KEY"] = "x", {"token": "x"},
/// AccountKey=x. It looks at the surroundings of each name alone, so that a quote that is never closed elsewhere hides
/// nothing from it, and takes linear time.
QString withoutNamedSecrets(const QString &text);

} // namespace Text

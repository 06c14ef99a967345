#pragma once

#include <QString>

namespace Tools {

/// Whether this is a built-in function of Databricks SQL that does nothing but compute or read; in upper case. What is
/// not in the table is somebody's own, or new: nobody knows what it does.
bool isReadingFunction(const QString &name);
/// Whether it sends something beyond the query: requests to hosts and models, other databases, any Java method.
bool isReachingFunction(const QString &name);
/// Whether its value is a secret.
bool isSecretFunction(const QString &name);
/// Whether a bracket may follow it that is no call: a word of the language or a type.
bool isBracketWord(const QString &word);

} // namespace Tools

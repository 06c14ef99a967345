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
/// Whether a bracket behind this word is the grammar's own, or a type's.
bool isStructure(const QString &word);
/// Whether a bracket behind this word may be a list of a definition; behind the beginning of an expression it is not.
bool opensList(const QString &word);
/// Whether an expression may follow this word.
bool precedesExpression(const QString &word);

} // namespace Tools

#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace Mcp {

/// So many problems are looked for; a model mends its call by the first ones.
inline constexpr qsizetype MostProblems = 3;

/// What is wrong with a value by the plain keywords of a schema (type, enum, bounds, lengths, pattern, properties,
/// required, additionalProperties, items), in words that name the argument and say what is wanted: "ids[2]: expected a
/// string, got a number". A name is the way to the value from the arguments, empty for the arguments as a whole.
QStringList misfits(const QJsonValue &value, const QJsonObject &schema, const QString &name);

} // namespace Mcp

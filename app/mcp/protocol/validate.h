#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace Mcp {

/// So many problems are looked for; a model mends its call by the first ones.
inline constexpr qsizetype MostProblems = 3;

/// What is wrong with arguments by their schema, in words that name the argument and say what is wanted: "ids[2]:
/// expected a string, got a number".
QStringList validate(const QJsonObject &arguments, const QJsonObject &schema);

/// A schema that "$ref" names within root ("#/$defs/name"); nothing where there is none.
QJsonValue referenced(const QJsonObject &root, const QString &reference);

} // namespace Mcp

#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace Sample {

/// A call of a Databricks function, its arguments translated, as SQLite has it; nullopt where SQLite has the same.
/// Throws SqlFailure for arguments that the function does not take and for what the sample does not run.
std::optional<QString> sqliteCall(const QString &name, const QStringList &arguments);

/// CAST(value AS type), type as Unity Catalog spells it.
QString sqliteCast(const QString &value, const QString &type);

/// value + INTERVAL count unit; sign is "+" or "-".
QString sqliteShift(const QString &value, const QString &sign, const QString &count, const QString &unit);

/// The type of a function's result where its name tells, else empty.
QString resultType(const QString &function);

bool isAggregate(const QString &function);

} // namespace Sample

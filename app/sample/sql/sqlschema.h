#pragma once

#include "sample/sql/sqltables.h"
#include "sample/sql/translation/sqltokens.h"

#include <QStringList>

namespace Sample {

/// CREATE TABLE in SQLite. The table's name there is its id; its types are Unity Catalog's, so that they say what they
/// are; SQLite takes any.
QString createStatement(const SampleTable &table);

/// A column in it, or behind ADD COLUMN.
QString columnDefinition(const SampleColumn &column);

/// The columns between the parentheses of CREATE TABLE t (a BIGINT NOT NULL COMMENT '…', …); tokens are what stands
/// between them.
QList<SampleColumn> readColumns(const SqlTokens &tokens);

/// The parts between commas.
QList<SqlTokens> separated(const SqlTokens &tokens);

/// Reads the type at i as Unity Catalog spells it, "decimal(18,2)", and moves i behind it. Throws SqlFailure for what
/// is none.
QString readType(const SqlTokens &tokens, qsizetype &i);

/// "STRING" for "string", "DECIMAL" for "decimal(18,2)".
QString typeName(const QString &typeText);

/// The properties in ('key' = 'value', …).
QJsonObject readProperties(const SqlTokens &tokens);

} // namespace Sample

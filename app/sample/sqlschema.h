#pragma once

#include "sample/sqltables.h"
#include "sample/sqltokens.h"

#include <QStringList>

namespace Sample {

/// CREATE TABLE in SQLite. Its types are Unity Catalog's, so that they say what they are; SQLite takes any.
QString createStatement(const SampleTable &table);

/// The columns between the parentheses of CREATE TABLE t (a BIGINT NOT NULL COMMENT '…', …); tokens are what stands
/// between them.
QList<SampleColumn> readColumns(const SqlTokens &tokens);

/// "STRING" for "string", "DECIMAL" for "decimal(18,2)".
QString typeName(const QString &typeText);

} // namespace Sample

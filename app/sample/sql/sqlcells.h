#pragma once

#include "sample/sql/sqltranslation.h"

#include <QJsonValue>
#include <QStringList>
#include <QVariant>

namespace Sample {

/// A value of SQLite as the API's JSON_ARRAY format has it: a text or null; a timestamp as 2016-01-01T00:00:00.000Z.
QJsonValue cellOf(const QVariant &value, const QString &typeText);

/// The type of a result's column: what the query says, else that of a column called the same in the tables it came
/// from, else what the first value looks like.
QString typeOf(const QString &name, const QVariant &value, const SqlTranslation &translation);

} // namespace Sample

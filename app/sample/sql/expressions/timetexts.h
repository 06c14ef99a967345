#pragma once

#include <QString>

namespace Sample {

/// The date in a text such as "2016-1-31", as 2016-01-31; empty where it is none
/// (https://docs.databricks.com/sql/language-manual/data-types/date-type). Throws SqlFailure for what the sample does
/// not reckon with.
QString dateIn(const QString &text);

/// The time in a text such as "2016-01-31T10:00+02:00", in UTC as 2016-01-31 08:00:00
/// (https://docs.databricks.com/sql/language-manual/data-types/timestamp-type).
QString timestampIn(const QString &text);

} // namespace Sample

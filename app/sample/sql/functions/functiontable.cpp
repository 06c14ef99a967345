#include "sample/sql/functions/functiontable.h"

#include "sample/sql/functions/letters.h"
#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QList>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

struct Row
{
    const char *names;
    const char *takes;
    const char *gives;
    QString form;
};

const QString SumOfSquares = u"(sum($1 * $1 * 1.0)$over - sum($1)$over * sum($1)$over * 1.0 / count($1)$over)"_s;

QList<Row> timeRows()
{
    return {
        {"year", "moment", "int", u"CAST(strftime('%Y', $1) AS INTEGER)"_s},
        {"quarter", "moment", "int", u"((strftime('%m', $1) + 2) / 3)"_s},
        {"month", "moment", "int", u"CAST(strftime('%m', $1) AS INTEGER)"_s},
        {"weekofyear", "moment", "int", u"((strftime('%j', date($1, '-3 days', 'weekday 4')) - 1) / 7 + 1)"_s},
        {"day dayofmonth", "moment", "int", u"CAST(strftime('%d', $1) AS INTEGER)"_s},
        {"dayofyear", "moment", "int", u"CAST(strftime('%j', $1) AS INTEGER)"_s},
        {"dayofweek", "moment", "int", u"(1 + strftime('%w', $1))"_s},
        {"weekday", "moment", "int", u"((strftime('%w', $1) + 6) % 7)"_s},
        {"dayname", "moment", "string", u"substr('SunMonTueWedThuFriSat', 1 + 3 * strftime('%w', $1), 3)"_s},
        {"hour", "timestamp", "int", u"CAST(strftime('%H', $1) AS INTEGER)"_s},
        {"minute", "timestamp", "int", u"CAST(strftime('%M', $1) AS INTEGER)"_s},
        {"second", "timestamp", "int", u"CAST(strftime('%S', $1) AS INTEGER)"_s},
        {"current_date curdate", "", "date", u"date('now')"_s},
        {"current_timestamp now getdate", "", "timestamp", u"datetime('now')"_s},
        {"last_day", "date", "date", u"date($1, 'start of month', '+1 month', '-1 day')"_s},
        {"datediff date_diff", "date date", "int", u"CAST(julianday($1) - julianday($2) AS INTEGER)"_s},
        {"make_date", "int int int", "date",
         u"CASE WHEN $1 + $2 + $3 IS NULL THEN NULL WHEN date(printf('%04d-%02d-%02d', $1, $2, $3), '+0 days') = "
         u"printf('%04d-%02d-%02d', $1, $2, $3) THEN printf('%04d-%02d-%02d', $1, $2, $3) ELSE "_s +
             raised(u"DATETIME_FIELD_OUT_OF_BOUNDS"_s) + u" END"_s},
        {"unix_timestamp", "", "bigint", u"CAST(strftime('%s', 'now') AS INTEGER)"_s},
        {"unix_timestamp to_unix_timestamp unix_seconds", "timestamp", "bigint",
         u"CAST(strftime('%s', $1) AS INTEGER)"_s},
        {"from_unixtime", "bigint", "string", u"datetime($1, 'unixepoch')"_s},
        {"timestamp_seconds", "bigint", "timestamp", u"datetime($1, 'unixepoch')"_s},
        {"unix_date", "date", "int", u"CAST(julianday($1) - 2440587.5 AS INTEGER)"_s},
        {"date_from_unix_date", "int", "date", u"date('1970-01-01', $1 || ' days')"_s},
    };
}

QList<Row> textRows()
{
    return {
        {"length len char_length character_length", "string", "int", u"length($1)"_s},
        {"octet_length", "string", "int", u"length(CAST($1 AS BLOB))"_s},
        {"bit_length", "string", "int", u"(8 * length(CAST($1 AS BLOB)))"_s},
        {"upper ucase", "string", "string", upperForm()},
        {"lower lcase", "string", "string", lowerForm()},
        {"initcap", "string", "string", titleForm()},
        {"reverse", "string", "string",
         u"(WITH RECURSIVE turned(rest, done) AS (SELECT $1, '' UNION ALL SELECT substr(rest, 2), substr(rest, 1, 1) "
         "|| done FROM turned WHERE rest <> '') SELECT done FROM turned WHERE rest = '')"_s},
        {"trim", "string", "string", u"trim($1)"_s},
        {"btrim", "string", "string", u"trim($1)"_s},
        {"btrim", "string string", "string", u"trim($1, $2)"_s},
        {"ltrim", "string", "string", u"ltrim($1)"_s},
        {"ltrim", "string string", "string", u"ltrim($2, $1)"_s},
        {"rtrim", "string", "string", u"rtrim($1)"_s},
        {"rtrim", "string string", "string", u"rtrim($2, $1)"_s},
        {"substr substring", "string int", "string", u"substr($1, $2)"_s},
        {"substr substring", "string int int", "string", u"substr($1, iif($2 = 0, 1, $2), max($3, 0))"_s},
        {"left", "string int", "string", u"substr($1, 1, max($2, 0))"_s},
        {"right", "string int", "string", u"iif($2 > 0, substr($1, -$2), substr($1, 1, $2 * 0))"_s},
        {"instr", "string string", "int", u"instr($1, $2)"_s},
        {"locate position charindex", "string string", "int", u"instr($2, $1)"_s},
        {"startswith", "string string", "boolean", u"(substr($1, 1, length($2)) = $2)"_s},
        {"endswith", "string string", "boolean", u"($2 = '' OR substr($1, -length($2)) = $2)"_s},
        {"contains", "string string", "boolean", u"(instr($1, $2) > 0)"_s},
        {"replace", "string string", "string", u"replace($1, $2, '')"_s},
        {"replace", "string string string", "string", u"replace($1, $2, $3)"_s},
        {"repeat", "string int", "string", u"iif($2 IS NULL, NULL, replace(hex(zeroblob($2)), '00', $1))"_s},
        {"space", "int", "string", u"iif($1 IS NULL, NULL, replace(hex(zeroblob($1)), '00', ' '))"_s},
        {"lpad", "string int", "string",
         u"iif(length($1) >= $2, substr($1, 1, max($2, 0)), printf('%*s', $2 - length($1), '') || $1)"_s},
        {"rpad", "string int", "string", u"substr($1 || printf('%*s', $2, ''), 1, max($2, 0))"_s},
        {"lpad", "string int string", "string",
         u"iif(length($1) >= $2, substr($1, 1, max($2, 0)), substr(replace(hex(zeroblob($2)), '00', $3), 1, "
         "$2 - length($1)) || $1)"_s},
        {"rpad", "string int string", "string", u"substr($1 || replace(hex(zeroblob($2)), '00', $3), 1, max($2, 0))"_s},
        {"regexp_like rlike regexp", "string string", "boolean",
         u"iif($1 IS NULL OR $2 IS NULL, NULL, $1 REGEXP $2)"_s},
        {"ascii", "string", "int", u"iif($1 = '', 0, unicode($1))"_s},
        {"chr char", "bigint", "string", u"iif($1 < 0, '', iif($1 IS NULL, NULL, char($1 % 256)))"_s},
    };
}

QList<Row> choiceRows()
{
    return {
        {"nvl ifnull", "same same", "$1", u"ifnull($1, $2)"_s},
        {"nvl2", "any same same", "$2", u"iif($1 IS NOT NULL, $2, $3)"_s},
        {"if iff", "boolean same same", "$2", u"iif($1, $2, $3)"_s},
        {"nullif", "same same", "$1", u"nullif($1, $2)"_s},
        {"isnull", "any", "boolean", u"($1 IS NULL)"_s},
        {"isnotnull", "any", "boolean", u"($1 IS NOT NULL)"_s},
        {"equal_null", "same same", "boolean", u"($1 IS $2)"_s},
        {"zeroifnull", "number", "$1", u"ifnull($1, 0)"_s},
        {"nullifzero", "number", "$1", u"nullif($1, 0)"_s},
        {"raise_error", "string", "void", raised(u"USER_RAISED_EXCEPTION"_s, u"$1"_s)},
    };
}

QList<Row> numberRows()
{
    const QString negative = raised(u"SAMPLE_WORKSPACE NaN, the root of"_s, u"$1"_s);
    return {
        {"abs", "number", "$1", u"abs($1)"_s},
        {"sign signum", "double", "double", u"(sign($1) * 1.0)"_s},
        {"negative", "number", "$1", u"(-$1)"_s},
        {"positive", "number", "$1", u"$1"_s},
        {"sqrt", "double", "double", u"iif($1 < 0, "_s + negative + u", sqrt($1))"_s},
        {"power pow", "double double", "double", u"power($1, $2)"_s},
        {"exp", "double", "double", u"exp($1)"_s},
        {"ln", "double", "double", u"ln($1)"_s},
        {"log", "double", "double", u"ln($1)"_s},
        {"log", "double double", "double", u"log($1, $2)"_s},
        {"log10", "double", "double", u"log10($1)"_s},
        {"log2", "double", "double", u"log2($1)"_s},
        {"sin", "double", "double", u"sin($1)"_s},
        {"cos", "double", "double", u"cos($1)"_s},
        {"tan", "double", "double", u"tan($1)"_s},
        {"atan", "double", "double", u"atan($1)"_s},
        {"atan2", "double double", "double", u"atan2($1, $2)"_s},
        {"radians", "double", "double", u"radians($1)"_s},
        {"degrees", "double", "double", u"degrees($1)"_s},
        {"pi", "", "double", u"pi()"_s},
        {"e", "", "double", u"exp(1.0)"_s},
        {"width_bucket", "double double double bigint", "bigint",
         u"CASE WHEN $4 <= 0 OR $2 = $3 THEN NULL WHEN $2 < $3 THEN max(0, min($4 + 1, CAST(floor(($1 - $2) / ($3 - "
         "$2) * $4) AS INTEGER) + 1)) ELSE max(0, min($4 + 1, CAST(floor(($2 - $1) / ($2 - $3) * $4) AS INTEGER) + "
         "1)) END"_s},
        {"rand random", "", "double", u"(abs(random() / 2) / 4611686018427387905.0)"_s},
        {"uuid", "", "string",
         u"lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
         "substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"_s},
        {"size cardinality array_size json_array_length", "any", "int", u"json_array_length($1)"_s},
    };
}

QList<Row> aggregateRows()
{
    return {
        {"min", "any", "$1", u"min($1)$over"_s},
        {"max", "any", "$1", u"max($1)$over"_s},
        {"any_value first", "any", "$1", u"max($1)$over"_s},
        {"bool_or some any", "boolean", "boolean", u"max($1)$over"_s},
        {"bool_and every", "boolean", "boolean", u"min($1)$over"_s},
        {"count_if", "boolean", "bigint", u"count(CASE WHEN $1 THEN 1 END)$over"_s},
        {"approx_count_distinct", "any", "bigint", u"count(DISTINCT $1)$over"_s},
        {"collect_list array_agg", "any", "array<$1>", u"json_group_array($1) FILTER (WHERE $1 IS NOT NULL)$over"_s},
        {"collect_set", "any", "array<$1>", u"json_group_array(DISTINCT $1) FILTER (WHERE $1 IS NOT NULL)$over"_s},
        {"string_agg listagg", "string", "string", u"group_concat($1, '')$over"_s},
        {"string_agg listagg", "string string", "string", u"group_concat($1, $2)$over"_s},
        {"variance var_samp", "double", "double", u"("_s + SumOfSquares + u" / nullif(count($1)$over - 1, 0))"_s},
        {"stddev std stddev_samp", "double", "double",
         u"sqrt(max(0.0, "_s + SumOfSquares + u" / nullif(count($1)$over - 1, 0)))"_s},
        {"var_pop", "double", "double", u"("_s + SumOfSquares + u" / nullif(count($1)$over, 0))"_s},
        {"stddev_pop", "double", "double", u"sqrt(max(0.0, "_s + SumOfSquares + u" / nullif(count($1)$over, 0)))"_s},
    };
}

QList<Row> windowRows()
{
    return {
        {"row_number", "", "int", u"row_number()$over"_s},
        {"rank", "", "int", u"rank()$over"_s},
        {"dense_rank", "", "int", u"dense_rank()$over"_s},
        {"percent_rank", "", "double", u"percent_rank()$over"_s},
        {"cume_dist", "", "double", u"cume_dist()$over"_s},
        {"ntile", "int", "int", u"ntile($1)$over"_s},
        {"lag", "any", "$1", u"lag($1)$over"_s},
        {"lag", "any int", "$1", u"lag($1, $2)$over"_s},
        {"lag", "same int same", "$1", u"lag($1, $2, $3)$over"_s},
        {"lead", "any", "$1", u"lead($1)$over"_s},
        {"lead", "any int", "$1", u"lead($1, $2)$over"_s},
        {"lead", "same int same", "$1", u"lead($1, $2, $3)$over"_s},
        {"first_value", "any", "$1", u"first_value($1)$over"_s},
        {"last_value", "any", "$1", u"last_value($1)$over"_s},
        {"nth_value", "any int", "$1", u"nth_value($1, $2)$over"_s},
    };
}

/// Those that functions.cpp computes by their types or their number of arguments.
const QSet<QString> OtherAggregates{u"count"_s, u"sum"_s, u"avg"_s, u"mean"_s};

using Table = QHash<QString, QList<FunctionRow>>;

Table tableOf(const QList<Row> &rows)
{
    Table table;
    for (const Row &row : rows) {
        const FunctionRow function{QString::fromLatin1(row.takes).split(u' ', Qt::SkipEmptyParts),
                                   QString::fromLatin1(row.gives), row.form};
        for (const QString &name : QString::fromLatin1(row.names).split(u' '))
            table[name].append(function);
    }
    return table;
}

const Table &table()
{
    static const Table all =
        tableOf(timeRows() + textRows() + choiceRows() + numberRows() + aggregateRows() + windowRows());
    return all;
}

} // namespace

const FunctionRow *functionRow(const QString &name, qsizetype count)
{
    const auto rows = table().constFind(name);
    if (rows == table().cend())
        return nullptr;
    for (const FunctionRow &row : *rows) {
        if (row.takes.size() == count)
            return &row;
    }
    return nullptr;
}

QList<qsizetype> argumentCounts(const QString &name)
{
    QList<qsizetype> counts;
    for (const FunctionRow &row : table().value(name))
        counts.append(row.takes.size());
    return counts;
}

bool isAggregate(const QString &function)
{
    static const Table aggregates = tableOf(aggregateRows());
    return OtherAggregates.contains(function) || aggregates.contains(function);
}

bool isWindowFunction(const QString &function)
{
    static const Table windows = tableOf(windowRows());
    return windows.contains(function);
}

} // namespace Sample

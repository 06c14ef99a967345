#include "sample/sql/sqlfunctions.h"

#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// $1 … are the arguments; SQLite's single quotes stay as they are.
const QHash<QString, QString> &calls()
{
    static const QHash<QString, QString> all{
        {u"year/1"_s, u"CAST(strftime('%Y', $1) AS INTEGER)"_s},
        {u"quarter/1"_s, u"((strftime('%m', $1) + 2) / 3)"_s},
        {u"month/1"_s, u"CAST(strftime('%m', $1) AS INTEGER)"_s},
        {u"week/1"_s, u"((strftime('%j', date($1, '-3 days', 'weekday 4')) - 1) / 7 + 1)"_s},
        {u"day/1"_s, u"CAST(strftime('%d', $1) AS INTEGER)"_s},
        {u"dayofyear/1"_s, u"CAST(strftime('%j', $1) AS INTEGER)"_s},
        {u"dayofweek/1"_s, u"(1 + strftime('%w', $1))"_s},
        {u"weekday/1"_s, u"((strftime('%w', $1) + 6) % 7)"_s},
        {u"hour/1"_s, u"CAST(strftime('%H', $1) AS INTEGER)"_s},
        {u"minute/1"_s, u"CAST(strftime('%M', $1) AS INTEGER)"_s},
        {u"second/1"_s, u"CAST(strftime('%S', $1) AS INTEGER)"_s},
        {u"to_date/1"_s, u"date($1)"_s},
        {u"to_timestamp/1"_s, u"datetime($1)"_s},
        {u"timestamp/1"_s, u"datetime($1)"_s},
        {u"current_date/0"_s, u"date('now')"_s},
        {u"curdate/0"_s, u"date('now')"_s},
        {u"current_timestamp/0"_s, u"datetime('now')"_s},
        {u"now/0"_s, u"datetime('now')"_s},
        {u"date_add/2"_s, u"date($1, ($2) || ' days')"_s},
        {u"date_sub/2"_s, u"date($1, -($2) || ' days')"_s},
        {u"add_months/2"_s, u"date($1, ($2) || ' months')"_s},
        {u"last_day/1"_s, u"date($1, 'start of month', '+1 month', '-1 day')"_s},
        {u"datediff/2"_s, u"CAST(julianday(date($1)) - julianday(date($2)) AS INTEGER)"_s},
        {u"make_date/3"_s, u"printf('%04d-%02d-%02d', $1, $2, $3)"_s},
        {u"unix_timestamp/0"_s, u"CAST(strftime('%s', 'now') AS INTEGER)"_s},
        {u"unix_timestamp/1"_s, u"CAST(strftime('%s', $1) AS INTEGER)"_s},
        {u"from_unixtime/1"_s, u"datetime($1, 'unixepoch')"_s},
        {u"len/1"_s, u"length($1)"_s},
        {u"char_length/1"_s, u"length($1)"_s},
        {u"ucase/1"_s, u"upper($1)"_s},
        {u"lcase/1"_s, u"lower($1)"_s},
        {u"left/2"_s, u"substr($1, 1, $2)"_s},
        {u"right/2"_s, u"substr($1, -($2))"_s},
        {u"locate/2"_s, u"instr($2, $1)"_s},
        {u"position/2"_s, u"instr($2, $1)"_s},
        {u"startswith/2"_s, u"(substr($1, 1, length($2)) = $2)"_s},
        {u"endswith/2"_s, u"(substr($1, -length($2)) = $2)"_s},
        {u"contains/2"_s, u"(instr($1, $2) > 0)"_s},
        {u"repeat/2"_s, u"replace(hex(zeroblob($2)), '00', $1)"_s},
        {u"lpad/3"_s, u"iif(length($1) >= $2, substr($1, 1, $2), "
                      "substr(replace(hex(zeroblob($2)), '00', $3), 1, $2 - length($1)) || $1)"_s},
        {u"rpad/3"_s, u"substr($1 || replace(hex(zeroblob($2)), '00', $3), 1, $2)"_s},
        {u"regexp_like/2"_s, u"($1 REGEXP $2)"_s},
        {u"nvl/2"_s, u"ifnull($1, $2)"_s},
        {u"nvl2/3"_s, u"iif($1 IS NOT NULL, $2, $3)"_s},
        {u"if/3"_s, u"iif($1, $2, $3)"_s},
        {u"isnull/1"_s, u"($1 IS NULL)"_s},
        {u"isnotnull/1"_s, u"($1 IS NOT NULL)"_s},
        {u"zeroifnull/1"_s, u"ifnull($1, 0)"_s},
        {u"try_divide/2"_s, u"(($1) * 1.0 / nullif($2, 0))"_s},
        {u"pmod/2"_s, u"((($1) % ($2) + ($2)) % ($2))"_s},
        {u"rand/0"_s, u"(abs(random()) / 9223372036854775807.0)"_s},
        {u"random/0"_s, u"(abs(random()) / 9223372036854775807.0)"_s},
        {u"uuid/0"_s, u"lower(hex(randomblob(16)))"_s},
        {u"collect_list/1"_s, u"json_group_array($1)"_s},
        {u"array_agg/1"_s, u"json_group_array($1)"_s},
        {u"collect_set/1"_s, u"json_group_array(DISTINCT $1)"_s},
        {u"size/1"_s, u"json_array_length($1)"_s},
        {u"array_size/1"_s, u"json_array_length($1)"_s},
        {u"any_value/1"_s, u"max($1)"_s},
        {u"first/1"_s, u"min($1)"_s},
        {u"bool_or/1"_s, u"max($1)"_s},
        {u"bool_and/1"_s, u"min($1)"_s},
        {u"count_if/1"_s, u"count(CASE WHEN $1 THEN 1 END)"_s},
        {u"approx_count_distinct/1"_s, u"count(DISTINCT $1)"_s},
        {u"variance/1"_s, u"((sum(($1) * ($1)) - sum($1) * sum($1) * 1.0 / count($1)) / nullif(count($1) - 1, 0))"_s},
        {u"stddev/1"_s, u"sqrt((sum(($1) * ($1)) - sum($1) * sum($1) * 1.0 / count($1)) / nullif(count($1) - 1, 0))"_s},
    };
    return all;
}

/// Of each name the one thing that is said of it. A row is that, and the names of which it is true.
QHash<QString, QString> byName(const QList<std::pair<QLatin1StringView, QLatin1StringView>> &rows)
{
    QHash<QString, QString> table;
    for (const auto &[fact, names] : rows) {
        for (const QString &name : QString(names).split(u' '))
            table.insert(name, fact);
    }
    return table;
}

/// The names that Databricks has twice.
const QHash<QString, QString> &synonyms()
{
    static const QHash<QString, QString> all = byName({
        {"date_add"_L1, "dateadd timestampadd"_L1},
        {"datediff"_L1, "date_diff timestampdiff"_L1},
        {"week"_L1, "weekofyear"_L1},
        {"day"_L1, "dayofmonth"_L1},
        {"unix_timestamp"_L1, "to_unix_timestamp"_L1},
        {"locate"_L1, "charindex"_L1},
        {"char_length"_L1, "character_length"_L1},
        {"regexp_like"_L1, "rlike"_L1},
        {"bool_or"_L1, "some any"_L1},
        {"bool_and"_L1, "every"_L1},
        {"stddev"_L1, "std stddev_samp"_L1},
        {"variance"_L1, "var_samp"_L1},
        {"size"_L1, "cardinality"_L1},
        {"substr"_L1, "substring"_L1},
        {"avg"_L1, "mean"_L1},
    });
    return all;
}

const QHash<QString, QString> &kinds()
{
    static const QHash<QString, QString> all = byName({
        // What Databricks has and the sample does not.
        {"absent"_L1, "explode explode_outer posexplode inline stack sequence array map struct "
                      "named_struct transform filter aggregate reduce array_contains array_join "
                      "array_sort sort_array flatten element_at map_keys map_values from_json "
                      "to_json get_json_object parse_json schema_of_json split split_part "
                      "regexp_extract regexp_replace regexp_count initcap reverse translate md5 sha1 "
                      "sha2 hash xxhash64 base64 unbase64 percentile median percentile_approx mode "
                      "approx_percentile percentile_cont corr covar_samp skewness kurtosis max_by "
                      "min_by last window months_between next_day from_utc_timestamp "
                      "to_utc_timestamp format_number to_char to_number ai_query ai_generate_text "
                      "read_files levenshtein soundex grouping_id input_file_name "
                      "monotonically_increasing_id rollup"_L1},
        {"aggregate"_L1, "count sum avg min max mean count_if any_value first collect_list array_agg "
                         "collect_set stddev variance string_agg listagg bool_or bool_and every some "
                         "group_concat approx_count_distinct"_L1},
    });
    return all;
}

QString filled(const QString &form, const QStringList &arguments)
{
    QString sql;
    for (qsizetype i = 0; i < form.size(); ++i) {
        const bool isPlace = form.at(i) == u'$' && i + 1 < form.size() && form.at(i + 1).isDigit();
        sql += isPlace ? arguments.value(form.at(i + 1).digitValue() - 1) : QString(form.at(i));
        i += isPlace ? 1 : 0;
    }
    return sql;
}

SqlFailure wrongUnit(const QString &unit)
{
    return {u"INVALID_PARAMETER_VALUE.DATETIME_UNIT"_s, u"The value `%1` is not a unit of time here."_s.arg(unit),
            u"22023"_s};
}

QString unitOf(const QString &argument)
{
    QString unit = argument.toUpper();
    unit.remove(u'\'').remove(u'"');
    return unit.endsWith(u'S') ? unit.chopped(1) : unit;
}

QString truncatedTime(const QString &unit, const QString &value)
{
    static const QHash<QString, QString> forms{
        {u"YEAR"_s, u"datetime($1, 'start of year')"_s},
        {u"YYYY"_s, u"datetime($1, 'start of year')"_s},
        {u"QUARTER"_s, u"datetime($1, 'start of month', '-' || ((strftime('%m', $1) - 1) % 3) || ' months')"_s},
        {u"MONTH"_s, u"datetime($1, 'start of month')"_s},
        {u"MM"_s, u"datetime($1, 'start of month')"_s},
        {u"WEEK"_s, u"datetime($1, 'start of day', '-' || ((strftime('%w', $1) + 6) % 7) || ' days')"_s},
        {u"DAY"_s, u"datetime($1, 'start of day')"_s},
        {u"HOUR"_s, u"strftime('%Y-%m-%d %H:00:00', $1)"_s},
        {u"MINUTE"_s, u"strftime('%Y-%m-%d %H:%M:00', $1)"_s},
        {u"SECOND"_s, u"datetime($1)"_s},
    };
    const QString form = forms.value(unitOf(unit));
    if (form.isEmpty())
        throw wrongUnit(unit);
    return filled(form, {value});
}

QString difference(const QString &unit, const QString &begin, const QString &end)
{
    static const QHash<QString, int> seconds{
        {u"SECOND"_s, 1}, {u"MINUTE"_s, 60}, {u"HOUR"_s, 3600}, {u"DAY"_s, 86'400}, {u"WEEK"_s, 604'800}};
    static const QHash<QString, int> months{{u"MONTH"_s, 1}, {u"QUARTER"_s, 3}, {u"YEAR"_s, 12}};
    const QString name = unitOf(unit);
    if (seconds.contains(name))
        return filled(u"((strftime('%s', $2) - strftime('%s', $1)) / $3)"_s,
                      {begin, end, QString::number(seconds.value(name))});
    if (!months.contains(name))
        throw wrongUnit(unit);
    return filled(u"(((strftime('%Y', $2) - strftime('%Y', $1)) * 12 + strftime('%m', $2) - strftime('%m', $1) - "
                  "(strftime('%d', $2) < strftime('%d', $1))) / $3)"_s,
                  {begin, end, QString::number(months.value(name))});
}

/// Java's patterns as strftime has them.
QString formatted(const QString &value, const QString &pattern)
{
    static const QList<std::pair<QString, QString>> parts{{u"yyyy"_s, u"%Y"_s}, {u"MM"_s, u"%m"_s}, {u"dd"_s, u"%d"_s},
                                                          {u"HH"_s, u"%H"_s},   {u"mm"_s, u"%M"_s}, {u"ss"_s, u"%S"_s}};
    QString form = pattern;
    for (const auto &[java, sqlite] : parts)
        form.replace(java, sqlite);
    static const QRegularExpression left(u"(?<!%)[A-Za-z]"_s);
    if (!form.startsWith(u'\'') || left.match(form).hasMatch())
        throw SqlFailure::unsupported(u"the date pattern %1"_s.arg(pattern));
    return u"strftime(%1, %2)"_s.arg(form, value);
}

QString joinedWith(const QStringList &arguments)
{
    QStringList parts;
    for (const QString &argument : arguments.mid(1))
        parts.append(u"ifnull(%1 || %2, '')"_s.arg(arguments.first(), argument));
    return u"substr(%1, length(%2) + 1)"_s.arg(parts.join(" || "_L1), arguments.first());
}

} // namespace

std::optional<QString> sqliteCall(const QString &called, const QStringList &arguments)
{
    const QString name = synonyms().value(called, called);
    const qsizetype count = arguments.size();
    if (name == "date_trunc"_L1 && count == 2)
        return truncatedTime(arguments.at(0), arguments.at(1));
    if (name == "trunc"_L1 && count == 2)
        return u"date(%1)"_s.arg(truncatedTime(arguments.at(1), arguments.at(0)));
    if (name == "date_add"_L1 && count == 3)
        return sqliteShift(arguments.at(2), u"+"_s, arguments.at(1), arguments.at(0));
    if (name == "datediff"_L1 && count == 3)
        return difference(arguments.at(0), arguments.at(1), arguments.at(2));
    if (name == "date_part"_L1 && count == 2)
        return sqliteCall(unitOf(arguments.at(0)).toLower(), arguments.mid(1));
    if (name == "date_format"_L1 && count == 2)
        return formatted(arguments.at(0), arguments.at(1));
    if ((name == "to_date"_L1 || name == "to_timestamp"_L1) && count == 2) {
        if (!arguments.at(1).startsWith("'yyyy-MM-dd"_L1))
            throw SqlFailure::unsupported(u"the date pattern "_s + arguments.at(1));
        return sqliteCall(name, arguments.first(1));
    }
    if (name == "concat"_L1 && count > 0)
        return u"(%1)"_s.arg(arguments.join(" || "_L1));
    if (name == "concat_ws"_L1 && count > 1)
        return joinedWith(arguments);
    if (name == "string_agg"_L1 || name == "listagg"_L1)
        return u"group_concat(%1)"_s.arg(arguments.join(", "_L1));
    if (name == "greatest"_L1 || name == "least"_L1)
        return u"%1(%2)"_s.arg(name == "least"_L1 ? u"min"_s : u"max"_s, arguments.join(", "_L1));
    const auto form = calls().constFind(u"%1/%2"_s.arg(name).arg(count));
    if (form != calls().cend())
        return filled(*form, arguments);
    if (kinds().value(name) == "absent"_L1)
        throw SqlFailure::unsupported(u"the function "_s + name);
    for (int other = 0; other < 4; ++other) {
        if (calls().contains(u"%1/%2"_s.arg(name).arg(other)))
            throw SqlFailure(
                u"WRONG_NUM_ARGS.WITHOUT_SUGGESTION"_s,
                u"The `%1` requires %2 parameters but the actual number is %3."_s.arg(called).arg(other).arg(count),
                u"42605"_s);
    }
    return name == called ? std::nullopt : std::optional(u"%1(%2)"_s.arg(name, arguments.join(", "_L1)));
}

QString sqliteCast(const QString &value, const QString &type)
{
    const QString base = type.section(u'(', 0, 0);
    if (base == "date"_L1)
        return u"date(%1)"_s.arg(value);
    if (base.startsWith("timestamp"_L1))
        return u"datetime(%1)"_s.arg(value);
    if (base == "decimal"_L1)
        return u"round(CAST(%1 AS REAL), %2)"_s.arg(value, type.section(u',', 1).chopped(1));
    if (base == "boolean"_L1)
        return u"CASE lower(%1) WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE (%1) <> 0 END"_s.arg(value);
    static const QSet<QString> integers{u"bigint"_s, u"int"_s, u"smallint"_s, u"tinyint"_s};
    const QString target = integers.contains(base)                     ? u"INTEGER"_s
                           : base == "double"_L1 || base == "float"_L1 ? u"REAL"_s
                                                                       : u"TEXT"_s;
    return u"CAST(%1 AS %2)"_s.arg(value, target);
}

QString sqliteShift(const QString &value, const QString &sign, const QString &count, const QString &unit)
{
    struct Step
    {
        QString unit;
        int factor = 1;
    };
    static const QHash<QString, Step> steps{{u"SECOND"_s, {u"seconds"_s}},    {u"MINUTE"_s, {u"minutes"_s}},
                                            {u"HOUR"_s, {u"hours"_s}},        {u"DAY"_s, {u"days"_s}},
                                            {u"WEEK"_s, {u"days"_s, 7}},      {u"MONTH"_s, {u"months"_s}},
                                            {u"QUARTER"_s, {u"months"_s, 3}}, {u"YEAR"_s, {u"years"_s}}};
    const QString name = unitOf(unit);
    if (!steps.contains(name))
        throw wrongUnit(unit);
    const Step step = steps.value(name);
    const QString modifier = u"(%1 (%2) * %3) || ' %4'"_s.arg(sign, count).arg(step.factor).arg(step.unit);
    static const QSet<QString> ofADay{u"SECOND"_s, u"MINUTE"_s, u"HOUR"_s};
    if (ofADay.contains(name))
        return u"datetime(%1, %2)"_s.arg(value, modifier);
    return u"iif(length(%1) > 10, datetime(%1, %2), date(%1, %2))"_s.arg(value, modifier);
}

QString resultType(const QString &function)
{
    static const QHash<QString, QString> types = byName({
        {"int"_L1, "year quarter month day dayofmonth dayofweek hour minute weekofyear datediff "
                   "length row_number rank dense_rank extract"_L1},
        {"boolean"_L1, "contains startswith endswith isnull bool_or bool_and isnotnull regexp_like "
                       "every some"_L1},
        {"string"_L1, "concat concat_ws date_format substring string_agg"_L1},
        {"bigint"_L1, "count count_if approx_count_distinct"_L1},
        {"double"_L1, "avg stddev try_divide"_L1},
    });
    return types.value(function);
}

bool isAggregate(const QString &function)
{
    return kinds().value(function) == "aggregate"_L1;
}

} // namespace Sample

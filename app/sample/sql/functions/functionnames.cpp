#include "sample/sql/functions/functiontable.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr char Names[] =
    "abs acos acosh add_months aes_decrypt aes_encrypt aggregate any any_value approx_count_distinct "
    "approx_percentile array array_agg array_append array_compact array_contains array_distinct array_except "
    "array_insert array_intersect array_join array_max array_min array_position array_prepend array_remove "
    "array_repeat array_size array_sort array_union arrays_overlap arrays_zip ascii asin asinh assert_true atan "
    "atan2 atanh avg base64 bigint bin binary bit_and bit_count bit_get bit_length bit_or bit_reverse bit_xor "
    "bool_and bool_or boolean bround btrim cardinality cast cbrt ceil ceiling char char_length character_length "
    "charindex chr cloud_files_state coalesce collate collation collations collect_list collect_set concat "
    "concat_ws contains conv convert_timezone corr cos cosh cot count count_if count_min_sketch covar_pop "
    "covar_samp crc32 csc cube cume_dist curdate current_catalog current_database current_date current_metastore "
    "current_path current_recipient current_schema current_time current_timestamp current_timezone current_user "
    "current_version date date_add date_diff date_format date_from_unix_date date_part date_sub date_trunc "
    "dateadd datediff datepart day dayname dayofmonth dayofweek dayofyear decimal decode degrees dense_rank div "
    "double e element_at elt encode endswith equal_null event_log every exists exp explode explode_outer expm1 "
    "extract factorial filter find_in_set first first_value flatten float floor forall format_number "
    "format_string from_avro from_csv from_json from_protobuf from_unixtime from_utc_timestamp from_xml get "
    "get_json_object get_warehouse_statistics getbit getdate greatest group_concat grouping grouping_id hash hex "
    "histogram_numeric hour http_request hypot identifier if iff ifnull ilike initcap inline inline_outer "
    "input_file_block_length input_file_block_start input_file_name instr int integer is_account_group_member "
    "is_member is_valid_utf8 is_variant_null isdistinct isnan isnotnull isnull java_hash java_method "
    "json_array_length json_object_keys json_tuple kurtosis lag last last_day last_value lcase lead least left "
    "len length levenshtein like list_secrets listagg ln localtimestamp locate log log10 log1p log2 lower lpad "
    "ltrim luhn_check make_date make_dt_interval make_interval make_time make_timestamp make_timestamp_ltz "
    "make_timestamp_ntz make_valid_utf8 make_ym_interval map map_concat map_contains_key map_entries map_filter "
    "map_from_arrays map_from_entries map_keys map_values map_zip_with mask max max_by md5 mean measure median "
    "min min_by minute mod mode monotonically_increasing_id month months_between named_struct nanvl negative "
    "next_day not now nth_value ntile nullif nullifzero nvl nvl2 octet_length overlay parse_json parse_timestamp "
    "parse_url percent_rank percentile percentile_approx percentile_cont percentile_disc pi pmod posexplode "
    "posexplode_outer position positive pow power printf quarter quote radians raise_error rand randn random "
    "randstr range rank read_files read_kafka read_kinesis read_pubsub read_pulsar read_state_metadata "
    "read_statestore reduce reflect regexp regexp_count regexp_extract regexp_extract_all regexp_instr "
    "regexp_like regexp_replace regexp_substr remote_query repeat replace reverse right rint rlike rollup round "
    "row_number rpad rtrim sec second secret sentences sequence session_user session_window sha sha1 sha2 "
    "shiftleft shiftright shiftrightunsigned shuffle sign signum sin sinh size skewness slice smallint some "
    "sort_array soundex space spark_partition_id split split_part sql_keywords sqrt stack startswith std stddev "
    "stddev_pop stddev_samp str_to_map string string_agg struct substr substring substring_index sum "
    "table_changes tan tanh time time_diff time_trunc timediff timestamp timestamp_micros timestamp_millis "
    "timestamp_ntz timestamp_seconds timestampadd timestampdiff tinyint to_avro to_binary to_char to_csv to_date "
    "to_geography to_geometry to_json to_number to_protobuf to_time to_timestamp to_timestamp_ltz "
    "to_timestamp_ntz to_unix_timestamp to_utc_timestamp to_varchar to_variant_object to_xml transform "
    "transform_keys transform_values translate trim trunc try_add try_aes_decrypt try_avg try_cast try_divide "
    "try_element_at try_make_interval try_make_timestamp try_make_timestamp_ltz try_make_timestamp_ntz try_mod "
    "try_multiply try_parse_json try_parse_url try_reflect try_secret try_subtract try_sum try_to_binary "
    "try_to_date try_to_geography try_to_geometry try_to_number try_to_time try_to_timestamp try_url_decode "
    "try_validate_utf8 try_variant_get try_zstd_decompress typeof ucase unbase64 unhex uniform unix_date "
    "unix_micros unix_millis unix_seconds unix_timestamp upper url_decode url_encode user uuid validate_utf8 "
    "var_pop var_samp variance vector_search version weekday weekofyear width_bucket window window_time xpath "
    "xxhash64 year zeroifnull zip_with zstd_compress zstd_decompress";

/// Of whole families of functions.
const QStringList Beginnings{u"ai_"_s,   u"approx_top_k"_s, u"bitmap_"_s, u"h3_"_s,    u"hll_"_s,     u"kll_"_s,
                             u"regr_"_s, u"schema_of_"_s,   u"st_"_s,     u"theta_"_s, u"variant_"_s, u"xpath_"_s};

QSet<QString> setOf(const QString &words)
{
    const QStringList list = words.split(u' ');
    return {list.cbegin(), list.cend()};
}

} // namespace

bool isBuiltIn(const QString &name)
{
    static const QSet<QString> names = setOf(QString::fromLatin1(Names));
    return names.contains(name) ||
           std::ranges::any_of(Beginnings, [&name](const QString &beginning) { return name.startsWith(beginning); });
}

} // namespace Sample

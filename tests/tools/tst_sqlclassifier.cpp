#include "tools/sql/grammar/sqlclassifier.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Effect;
using Calls::Effects;
using Tools::SqlDeed;

Q_DECLARE_METATYPE(Calls::Effects)

/// What a statement does, from its text alone: the policy rests on it.
class TestSqlClassifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifies_data();
    void classifies();
    void neverMissesAHiddenStatement_data();
    void neverMissesAHiddenStatement();
    void aCallOfNobodyKnowsWhatIsFoundAnywhere_data();
    void aCallOfNobodyKnowsWhatIsFoundAnywhere();
    void whatReachesOutIsFoundHoweverItIsNamed_data();
    void whatReachesOutIsFoundHoweverItIsNamed();
    void secretsAreRefusedHoweverTheyAreNamed_data();
    void secretsAreRefusedHoweverTheyAreNamed();
    void whatAnalystsWriteDailyDoesNotAsk_data();
    void whatAnalystsWriteDailyDoesNotAsk();
    void otherChanges_data();
    void otherChanges();
    void trustedFunctionsRead();
    void verbAndTargetAreNamed_data();
    void verbAndTargetAreNamed();
    void aTargetThatIsCutSaysSo();
    void aNameBehindASettingIsNoWholeTarget();
    void isQuickWithLongTexts();
};

namespace {

struct Case
{
    const char *name;
    Effects effects;
    const char16_t *sql;
};

const Case Cases[] = {
    {"select", Effect::Reads, u"SELECT 1"},
    {"lower case", Effect::Reads, u"select * from samples.nyctaxi.trips limit 5"},
    {"trailing semicolons", Effect::Reads, u"SELECT 1;;  ;\n"},
    {"leading semicolons", Effect::Reads, u" ; ;SELECT 1"},
    {"parentheses", Effect::Reads, u"((SELECT 1) UNION (SELECT 2))"},
    {"with", Effect::Reads, u"WITH a AS (SELECT 1), b(x) AS (SELECT 2) SELECT * FROM a, b"},
    {"from first", Effect::Reads, u"FROM t SELECT a"},
    {"values", Effect::Reads, u"VALUES (1, 'x')"},
    {"table", Effect::Reads, u"TABLE main.default.t"},
    {"show", Effect::Reads, u"SHOW CREATE TABLE t"},
    {"describe", Effect::Reads, u"DESCRIBE HISTORY t"},
    {"desc", Effect::Reads, u"desc extended t"},
    {"list", Effect::Reads, u"LIST '/Volumes/main/default/v'"},
    {"explain", Effect::Reads, u"EXPLAIN EXTENDED DELETE FROM t"},
    {"model function", Effect::ReachesOut, u"SELECT ai_query('m', 'drop the table') FROM t"},
    {"replace function", Effect::Reads, u"SELECT replace(a, 'x', 'y') FROM t"},
    {"hint", Effect::Reads, u"SELECT /*+ BROADCAST(t) */ * FROM t JOIN u USING (id)"},
    {"keyword in text", Effect::Reads, u"SELECT 'DROP TABLE t; DELETE FROM t' AS \"INSERT INTO\""},
    {"keyword in name", Effect::Reads, u"SELECT `drop`, t.delete, `a``; DROP TABLE b` FROM `update`"},
    {"keyword in comments", Effect::Reads, u"/* DROP */ SELECT 1 -- DELETE FROM t\n/* INSERT /* nested */ still */"},
    {"executable comment elsewhere", Effect::Reads, u"SELECT 1 /*! DROP TABLE t */"},
    {"escaped quote", Effect::Reads, u"SELECT 'it\\'s; DROP TABLE t'"},
    {"doubled quote", Effect::Reads, u"SELECT 'it''s; DROP TABLE t'"},
    {"raw text", Effect::Reads, u"SELECT r'\\', 'x'"},
    {"names like keywords", Effect::Reads, u"SELECT dropped_at, created, insert_time FROM deletes"},
    {"foreign letters", Effect::Reads, u"SELECT größe, 名前 FROM straße"},
    {"parameters", Effect::Reads, u"SELECT * FROM IDENTIFIER(:t) WHERE a = :a AND j:b.c > 1"},
    {"unicode spaces", Effect::Reads, u"\u00a0SELECT\u20031\u3000"},
    {"comment first, carriage return", Effect::Reads, u"-- a note\rSELECT 1"},

    {"insert", Effect::Appends, u"INSERT INTO t VALUES (1)"},
    {"insert after with", Effect::Appends, u"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a"},
    {"insert after from", Effect::Appends, u"FROM a INSERT INTO t SELECT *"},
    {"select into", Effect::Adds, u"SELECT a INTO b FROM t"},
    {"merge", Effect::Replaces, u"MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET *"},
    {"update", Effect::Replaces, u"UPDATE t SET a = 1"},
    {"copy into", Effect::Appends, u"COPY INTO t FROM '/x' FILEFORMAT = CSV"},
    {"create", Effect::Adds, u"CREATE TABLE t AS SELECT 1"},
    {"comment", Effect::Replaces, u"COMMENT ON TABLE main.a.b IS 'x'"},
    {"alter", Effect::Replaces, u"ALTER TABLE t ADD COLUMN a INT"},
    {"optimize", Effect::Adds, u"OPTIMIZE t ZORDER BY (a)"},
    {"call", Effect::RunsCode, u"CALL p(1)"},
    {"set", Effect::Adds, u"SET x = 1"},
    {"use", Effect::Adds, u"USE CATALOG main"},
    {"grant", Effect::Grants, u"GRANT SELECT ON t TO `someone`"},
    {"refresh", Effect::Adds | Effect::RunsCode, u"REFRESH TABLE t"},
    {"cache", Effect::Adds, u"CACHE TABLE t"},
    {"analyze", Effect::Adds, u"ANALYZE TABLE t COMPUTE STATISTICS"},
    {"undrop", Effect::Adds, u"UNDROP TABLE t"},
    {"begin", Effect::Adds, u"BEGIN SELECT 1; END"},
    {"explain analyze", Effect::Unknown, u"EXPLAIN ANALYZE SELECT 1"},
    {"script", Effect::RunsCode, u"SELECT TRANSFORM(a) USING 'cat' AS (b) FROM t"},
    {"second statement", Effect::Appends, u"SELECT 1; INSERT INTO t VALUES (1)"},
    {"nothing", Effect::Unknown, u""},
    {"comment only", Effect::Unknown, u"-- SELECT 1"},
    {"unknown", Effect::Unknown, u"FROBNICATE t"},
    {"open text", Effect::Unknown, u"SELECT 'abc"},
    {"open name", Effect::Unknown, u"SELECT `abc"},
    {"open comment", Effect::Unknown, u"SELECT 1 /* abc"},
    {"variable", Effect::Unknown, u"SELECT ${x}"},
    {"wide letters", Effect::Unknown, u"\uff33\uff25\uff2c\uff25\uff23\uff34 1"},
    {"dotless i", Effect::Unknown | Effect::Appends, u"FROM a \u0131nsert \u0131nto t SELECT *"},
    {"zero width space", Effect::Unknown, u"SEL\u200bECT 1"},

    {"quoted name before a bracket", Effect::Reads, u"WITH `a` (b) AS (SELECT 1) SELECT * FROM `a`"},
    {"function called execute", Effect::Reads, u"SELECT t.execute, length(a) FROM t"},

    {"request", Effect::ReachesOut, u"SELECT http_request(conn => 'c', method => 'POST', path => '/x')"},
    {"request, quoted", Effect::ReachesOut, u"SELECT `http_request`(conn => 'c', method => 'GET')"},
    {"request, qualified", Effect::ReachesOut, u"SELECT system.builtin.http_request(conn => 'c') FROM t"},
    {"any class", Effect::ReachesOut, u"SELECT reflect('java.lang.System', 'exit', 0)"},
    {"text run as SQL in a script", Effect::Adds | Effect::RunsCode | Effect::Unknown,
     u"BEGIN EXECUTE IMMEDIATE 'DROP SCHEMA s CASCADE'; END"},
    {"full refresh", Effect::Replaces | Effect::Destroys | Effect::RunsCode, u"REFRESH MATERIALIZED VIEW v FULL"},
    {"drop", Effect::Destroys, u"DROP TABLE t"},
    {"truncate", Effect::Destroys, u"truncate table t"},
    {"delete", Effect::Destroys, u"DELETE FROM t"},
    {"vacuum", Effect::Destroys, u"VACUUM t RETAIN 0 HOURS"},
    {"restore", Effect::Replaces, u"RESTORE TABLE t TO VERSION AS OF 1"},
    {"overwrite", Effect::Replaces, u"INSERT OVERWRITE t SELECT 1"},
    {"overwrite after with", Effect::Replaces, u"WITH a AS (SELECT 1) INSERT OVERWRITE TABLE t SELECT * FROM a"},
    {"replace where", Effect::Replaces, u"INSERT INTO t REPLACE WHERE a > 1 SELECT 1"},
    {"create or replace", Effect::Adds | Effect::Replaces, u"CREATE OR /* x */ REPLACE TABLE t AS SELECT 1"},
    {"replace table", Effect::Replaces, u"REPLACE TABLE t (a INT)"},
    {"drop column", Effect::Replaces | Effect::Destroys, u"ALTER TABLE t DROP COLUMN a"},
    {"merge with delete", Effect::Replaces | Effect::Destroys,
     u"MERGE INTO t USING u ON a = b WHEN MATCHED THEN DELETE"},
    {"delete after with", Effect::Destroys, u"WITH a AS (SELECT 1) DELETE FROM t WHERE b IN (SELECT * FROM a)"},
    {"second statement", Effect::Destroys, u"SELECT 1;DROP TABLE t"},
    {"in a block", Effect::Adds | Effect::Destroys, u"BEGIN IF x THEN DROP TABLE t; END IF; END"},
    {"text run as SQL", Effect::RunsCode | Effect::Unknown, u"EXECUTE IMMEDIATE 'DROP ' || 'TABLE t'"},
    {"remove a file", Effect::Destroys, u"REMOVE '/Volumes/main/default/v/x'"},
};

} // namespace

void TestSqlClassifier::classifies_data()
{
    QTest::addColumn<Effects>("effects");
    QTest::addColumn<QString>("sql");
    int row = 0;
    for (const Case &one : Cases)
        QTest::addRow("%d %s", row++, one.name) << one.effects << QString::fromUtf16(one.sql);
}

void TestSqlClassifier::classifies()
{
    QFETCH(Effects, effects);
    QFETCH(QString, sql);
    const SqlDeed deed = Tools::sqlDeed(sql);
    QVERIFY2(deed.effects == effects,
             qPrintable(Calls::effectNames(deed.effects) + u"; "_s + deed.reasons.join(u", "_s)));
}

void TestSqlClassifier::neverMissesAHiddenStatement_data()
{
    QTest::addColumn<QString>("sql");
    const std::pair<const char *, const char16_t *> hidden[] = {
        {"comment ends with the line", u"SELECT 1 -- x\n; DROP TABLE t"},
        {"comment ends with a carriage return", u"SELECT 1 -- x\r; DROP TABLE t"},
        {"comment ends with LINE SEPARATOR elsewhere", u"SELECT 1 -- x\u2028; DROP TABLE t"},
        {"comment ends with NEXT LINE elsewhere", u"SELECT 1 -- x\u0085; DROP TABLE t"},
        {"comment goes on behind a backslash", u"-- \\\nSELECT 1 --\nDROP TABLE t"},
        {"comment that is not nested", u"/* /* */ */ DROP TABLE t"},
        {"hint in a comment", u"/* /*+ */ DROP TABLE t; /* */ */"},
        {"text in a hint", u"SELECT /*+ '*/; DROP TABLE t --'*/ 1"},
        {"raw text ends at the backslash", u"SELECT r'\\'; DROP TABLE t --'"},
        {"text ends behind two backslashes", u"SELECT '\\\\'; DROP TABLE t --'"},
        {"comment in a text", u"SELECT '/*'; DROP TABLE t --*/"},
        {"text in a comment", u"SELECT 1 -- '\n; DROP TABLE t -- '"},
        {"quote in a name", u"SELECT `'`; DROP TABLE t -- '"},
        {"dollar quotes", u"SELECT $$ ' $$; DROP TABLE t -- '"},
        {"variable in a text", u"SELECT '${a}'; DROP TABLE t"},
        {"open comment", u"SELECT 1 /* DROP TABLE t"},
        {"long s", u"SELECT 1; RE\u017fTORE TABLE t TO VERSION AS OF 1"},
        {"no space", u"SELECT(1)/**/;/**/DROP/**/TABLE t"},
    };
    for (const auto &[name, sql] : hidden)
        QTest::newRow(name) << QString::fromUtf16(sql);
}

void TestSqlClassifier::neverMissesAHiddenStatement()
{
    QFETCH(QString, sql);
    QVERIFY(Tools::sqlDeed(sql).effects.testFlag(Effect::Destroys));
}

/// Where an expression can stand, a call can.
void TestSqlClassifier::aCallOfNobodyKnowsWhatIsFoundAnywhere_data()
{
    QTest::addColumn<QString>("sql");
    for (const char16_t *sql : {
             u"SELECT main.default.f()",
             u"SELECT f(1)",
             u"SELECT `f`(1)",
             u"SELECT \"f\"(1)",
             u"SELECT f /* c */ (1)",
             u"SELECT f--c\n(1)",
             u"SELECT main . default . f (1)",
             u"SELECT `main`.`default`.`f`(a) FROM t",
             u"EXPLAIN SELECT f(1)",
             u"DESCRIBE QUERY SELECT f(1)",
             u"WITH a AS (SELECT f(1)) SELECT * FROM a",
             u"WITH a(b) AS (SELECT f(1)) SELECT * FROM a",
             u"WITH a AS (SELECT 1), f(b) AS (a, c) SELECT 1",
             u"VALUES (1), (f(2))",
             u"SELECT transform(a, x -> f(x)) FROM t",
             u"SELECT * FROM f(1)",
             u"SELECT * FROM TABLE(f(1))",
             u"SELECT * FROM t, LATERAL f(a)",
             u"SELECT * FROM t LATERAL VIEW f(a) x AS b",
             u"INSERT INTO t SELECT * FROM u LATERAL VIEW f(a) x AS b",
             u"SELECT * FROM t JOIN f(1) ON true",
             u"SELECT * FROM t WHERE f(a)",
             u"SELECT * FROM t WHERE a IN (f(1))",
             u"SELECT CASE WHEN f(a) THEN 1 ELSE f(b) END FROM t",
             u"SELECT count(*) OVER (PARTITION BY f(a)) FROM t",
             u"SELECT sum(a) FILTER (WHERE f(a)) FROM t",
             u"SELECT a FROM t ORDER BY f(a)",
             u"SELECT trim(BOTH tags(1) FROM 'x')",
             u"SELECT trim(LEADING options(1) FROM 'x')",
             u"SELECT trim(TRAILING identity(1) FROM 'x')",
             u"SELECT overlay('a' PLACING columns(1) FROM 2)",
             u"SELECT substring('abc' FROM 1 FOR columns(2))",
             u"SELECT 1 < numeric(5)",
             u"SELECT a FROM t ORDER BY name(a)",
             u"SELECT sum(a) OVER (PARTITION BY name(1)) FROM t",
             u"SELECT a FROM t GROUP BY f(a) HAVING f(a) > 1",
             u"SELECT DISTINCT f(a) FROM t",
             u"SELECT ALL f(a) FROM t",
             u"SELECT NOT f(a) FROM t",
             u"SELECT - f(a), 1 DIV f(a) FROM t",
             u"SELECT INTERVAL f(a) DAY",
             u"FROM t |> WHERE f(a)",
             u"FROM t |> EXTEND f(a) AS b",
             u"FROM t |> AGGREGATE f(a) GROUP BY b",
             u"FROM t |> SET a = f(a)",
             u"SELECT * FROM t TABLESAMPLE (f(1) PERCENT)",
             u"SELECT * FROM t PIVOT (f(a) FOR b IN (1, 2))",
             u"INSERT INTO t SELECT f(a) FROM u",
             u"INSERT INTO t(a) VALUES (f(1))",
             u"SET VAR x = f(1)",
             u"SET VARIABLE x = (SELECT f(1))",
             u"DECLARE x INT DEFAULT f(1)",
             u"BEGIN SELECT f(1); END",
             u"CREATE TABLE t AS SELECT f(1)",
             u"CREATE TABLE t (a INT DEFAULT f(1))",
             u"SELECT IDENTIFIER('f')(1)",
             u"SELECT IDENTIFIER('main.default.' || 'f')(a) FROM t",
             u"SELECT cast(f(a) AS decimal(10, 2)) FROM t",
             u"SELECT /*+ BROADCAST(t) */ f(a) FROM t",
             u"SELECT a, stack(1, f(b)) AS (c, d) FROM t",
             u"SELECT f(a) AS (b, c) FROM t",
             u"SELECT main.default.count(a) FROM t",
             u"SELECT default.filter(a) FROM t",
             u"SELECT value(a) FROM t",
             u"SELECT a, key(b) FROM t",
             u"SELECT type(a), zone(b), comment(c) FROM t",
             u"SELECT columns(a), object(b), delta(c) FROM t",
             u"SELECT options(a), tags(b), properties(c) FROM t",
             u"CREATE TABLE t AS SELECT tags(a) FROM u",
             u"SELECT row(a), rollup(b) FROM t",
             u"SELECT f(with) FROM (SELECT 1 AS with)",
             u"SELECT f(select) FROM (SELECT 1 AS select)",
             u"SELECT f(select * 2, select.a) FROM t",
             u"SELECT IDENTIFIER('f')(with) FROM t",
             u"SELECT IDENTIFIER(:f)(SELECT 1)",
             u"SELECT set(1)",
             u"SELECT a, from(1)",
             u"SELECT 1 + table(1), over(1)",
             u"SELECT 2 * in(1)",
             u"SELECT when(a), then(a) FROM t",
             u"SELECT case(a) FROM t",
             u"SELECT as(a) FROM t WHERE limit(a)",
             u"SELECT * FROM t WHERE join(a)",
             u"SELECT * FROM t WHERE NOT in(a)",
             u"SELECT abs(values(a)), lateral(a) FROM t",
             u"SELECT varchar('a')",
             u"SELECT 1 + all(a) FROM t",
             u"SELECT * FROM with(1)",
             u"SELECT * FROM t TIMESTAMP AS OF include(1)",
             u"SELECT builtin.upper('a')",
             u"SELECT ?(1)",
             u"SET PATH = main.mine, system.builtin",
         })
        QTest::newRow(qPrintable(QString::fromUtf16(sql))) << QString::fromUtf16(sql);
}

void TestSqlClassifier::aCallOfNobodyKnowsWhatIsFoundAnywhere()
{
    QFETCH(QString, sql);
    const SqlDeed deed = Tools::sqlDeed(sql);
    QVERIFY2(deed.effects & (Effect::RunsCode | Effect::Unknown), qPrintable(Calls::effectNames(deed.effects)));
}

void TestSqlClassifier::whatReachesOutIsFoundHoweverItIsNamed_data()
{
    QTest::addColumn<QString>("sql");
    for (const QString &name :
         {u"http_request"_s, u"ai_query"_s, u"ai_classify"_s, u"ai_gen"_s, u"AI_Forecast"_s, u"remote_query"_s,
          u"read_kafka"_s, u"read_kinesis"_s, u"read_pubsub"_s, u"read_pulsar"_s, u"from_protobuf"_s, u"to_avro"_s,
          u"reflect"_s, u"try_reflect"_s, u"java_method"_s}) {
        for (const QString &form : {u"SELECT %1('a')"_s, u"SELECT * FROM %1('a')"_s, u"SELECT `%1`('a')"_s,
                                    u"SELECT system.builtin.%1('a')"_s, u"EXPLAIN SELECT %1/**/('a')"_s,
                                    u"INSERT INTO t SELECT %1('a')"_s, u"VALUES (%1('a'))"_s})
            QTest::newRow(qPrintable(form.arg(name))) << form.arg(name);
    }
}

void TestSqlClassifier::whatReachesOutIsFoundHoweverItIsNamed()
{
    QFETCH(QString, sql);
    QVERIFY(Tools::sqlDeed(sql).effects.testFlag(Effect::ReachesOut));
}

void TestSqlClassifier::secretsAreRefusedHoweverTheyAreNamed_data()
{
    QTest::addColumn<QString>("sql");
    for (const char16_t *sql :
         {u"SELECT secret('s', 'k')", u"SELECT try_secret('s', 'k')", u"SELECT `secret`('s', 'k')",
          u"SELECT system.builtin.secret('s', 'k')", u"SELECT secret/* */('s', 'k')",
          u"EXPLAIN SELECT SECRET('s', 'k')", u"SELECT IDENTIFIER('secret')('s', 'k')",
          u"EXECUTE IMMEDIATE 'SELECT secret(\"s\", \"k\")'",
          u"WITH a AS (SELECT secret('s', 'k') AS b) SELECT b FROM a", u"SELECT '${x}', secret('s', 'k')"})
        QTest::newRow(qPrintable(QString::fromUtf16(sql))) << QString::fromUtf16(sql);
}

void TestSqlClassifier::secretsAreRefusedHoweverTheyAreNamed()
{
    QFETCH(QString, sql);
    QVERIFY(Tools::sqlDeed(sql).readsSecret);
}

void TestSqlClassifier::whatAnalystsWriteDailyDoesNotAsk_data()
{
    QTest::addColumn<QString>("sql");
    for (const char16_t *sql : {
             u"SELECT count(*), count(DISTINCT a), avg(b), max(c) FROM main.sales.orders WHERE d >= current_date() - "
             u"INTERVAL 7 DAYS",
             u"SELECT date_trunc('month', ts) AS m, sum(amount)::decimal(18, 2) FROM t GROUP BY 1 ORDER BY 1 DESC "
             u"LIMIT 10",
             u"SELECT *, row_number() OVER (PARTITION BY id ORDER BY ts DESC) AS rn FROM t QUALIFY rn = 1",
             u"SELECT a, sum(b) OVER (ORDER BY c ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM t",
             u"SELECT coalesce(a, b, 'x'), nullif(c, ''), if(d > 1, 'y', 'n'), iff(e, 1, 2) FROM t",
             u"SELECT CASE WHEN a IN (1, 2) THEN 'x' WHEN b BETWEEN (1) AND (2) THEN 'y' ELSE (c) END FROM t",
             u"WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r",
             u"WITH a (x, y) AS (SELECT 1, 2), b (z) AS ((SELECT 3)) SELECT * FROM a CROSS JOIN b",
             u"SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, name)",
             u"SELECT * FROM (SELECT 1, 2) t(a, b)",
             u"SELECT * FROM VALUES (1, 2) AS t(a, b)",
             u"SELECT explode(sequence(1, 10)) AS n",
             u"SELECT t.a, x.col FROM t LATERAL VIEW explode(t.items) x AS col",
             u"SELECT t.a, x.* FROM t LATERAL VIEW OUTER posexplode(t.items) x AS p, col",
             u"SELECT * FROM t, LATERAL explode(t.items) AS e(item)",
             u"SELECT * FROM range(1, 100, 2)",
             u"SELECT :status AS a, :least AS b FROM t WHERE c = :c",
             u"VALUES :a",
             u"SELECT * FROM read_files('/Volumes/main/default/raw/*.csv', format => 'csv', header => true)",
             u"SELECT * FROM table_changes('main.default.t', 1, 5)",
             u"SELECT transform(a, x -> x + 1), filter(a, (x, i) -> i > 1), aggregate(a, 0, (s, x) -> s + x) FROM t",
             u"SELECT named_struct('a', 1, 'b', array(1, 2)).b[0], map('k', 1)['k'], j:a.b[0]::int FROM t",
             u"SELECT from_json(a, 'struct<x:int>'), to_json(struct(b, c)), get_json_object(d, '$.e') FROM t",
             u"SELECT * FROM t PIVOT (sum(amount) AS s FOR year IN (2023 AS y23, 2024))",
             u"SELECT * FROM t UNPIVOT (v FOR k IN (a, b))",
             u"SELECT * FROM t UNPIVOT INCLUDE NULLS (v FOR k IN (a, b))",
             u"SELECT * FROM t UNPIVOT EXCLUDE NULLS (v FOR k IN (a, b))",
             u"SELECT a, b, sum(c) FROM t GROUP BY GROUPING SETS ((a), (b), ())",
             u"SELECT a, b, grouping_id(a, b) FROM t GROUP BY ROLLUP (a, b)",
             u"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), listagg(b, ',') WITHIN GROUP (ORDER BY b) FROM t",
             u"SELECT sum(a) FILTER (WHERE b > 1) FROM t",
             u"SELECT sum(a) FILTER (WHERE (b > 1)) FROM t",
             u"SELECT a FROM t WHERE a > 1. AND (b) OR (c[0] IN (1, 2)) AND :p IN (1) GROUP BY ALL HAVING (a) LIMIT "
             u"(3)",
             u"SELECT a FROM t WHERE a IS NOT DISTINCT FROM (b) AND NOT (c) AND d NOT IN (1) AND (a, b) IN ((1, 2))",
             u"SELECT CASE (a) WHEN (1) THEN (2) ELSE (3) END, CASE WHEN (a) THEN (b) END FROM (SELECT (1))",
             u"SELECT * FROM (a JOIN b ON (a.x = b.x)), (SELECT 1) c INNER JOIN (SELECT (1)) d USING (x)",
             u"SELECT t.*, 2 * (3), a.order IN (1) FROM (SELECT (1) UNION ALL SELECT (2) UNION VALUES (3)) t",
             u"EXPLAIN EXTENDED (SELECT * FROM t)",
             u"WITH view AS (SELECT a FROM t) (SELECT * FROM view UNION SELECT 1)",
             u"SELECT DISTINCT (a), array(SELECT (1)), trim(BOTH FROM (b)) FROM t WHERE c = (SELECT (1))",
             u"FROM t |> WHERE (a > 1) |> SELECT (a) |> LIMIT (5)",
             u"SELECT * EXCEPT (a, b) FROM t",
             u"SELECT t.* REPLACE (upper(a) AS a) FROM t",
             u"SELECT * FROM t TABLESAMPLE (10 PERCENT)",
             u"SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) AND b NOT IN (SELECT c FROM v)",
             u"SELECT * FROM t WHERE a LIKE ANY ('%x%', '%y%') OR b RLIKE '^a' AND any(c) > ALL (SELECT 1)",
             u"SELECT * FROM a JOIN b USING (id) LEFT ANTI JOIN c ON (a.x = c.x) NATURAL JOIN d",
             u"(SELECT 1) UNION ALL (SELECT 2) EXCEPT (SELECT 3) INTERSECT (SELECT 4)",
             u"SELECT regexp_replace(lower(trim(a)), '[^a-z]', ''), split_part(b, '-', 2), left(c, 3), right(d, 2) "
             u"FROM t",
             u"SELECT datediff(day, a, b), date_add(c, 7), timestampdiff(HOUR, d, now()), make_date(2024, 1, 31) FROM "
             u"t",
             u"SELECT extract(YEAR FROM a), year(a), month(a), try_cast(b AS timestamp), date(c), timestamp(d) FROM t",
             u"SELECT * FROM main.default.t VERSION AS OF 12",
             u"SELECT * FROM t TIMESTAMP AS OF date_sub(current_date(), 1)",
             u"SELECT * FROM IDENTIFIER(:cat || '.default.t') WHERE a = :value",
             u"FROM t |> WHERE a > 1 |> AGGREGATE count(*) AS n GROUP BY b |> ORDER BY n DESC |> LIMIT 5",
             u"SELECT window.start, count(*) FROM t GROUP BY window(ts, '5 minutes')",
             u"SELECT w, sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b ORDER BY c)",
             u"SELECT h3_longlatash3(x, y, 8), st_distance(st_point(1, 2), g) FROM t",
             u"SELECT current_user(), current_catalog(), session_user(), is_account_group_member('a')",
             u"SELECT array_agg(a ORDER BY b), collect_set(c), approx_percentile(d, array(0.5, 0.9)) FROM t",
             u"SELECT variant_get(parse_json(a), '$.b', 'int'), schema_of_json(c), typeof(d) FROM t",
             u"SELECT measure(revenue) FROM main.default.metrics GROUP BY ALL",
             u"SELECT 1 AS `drop table x`, \"text\" AS b -- DELETE FROM t",
             u"SHOW TABLES IN main.default LIKE 'a*'",
             u"SHOW GRANTS ON TABLE main.default.t",
             u"DESCRIBE TABLE EXTENDED main.default.t",
             u"DESCRIBE HISTORY main.default.t LIMIT 5",
             u"EXPLAIN FORMATTED SELECT count(*) FROM t",
             u"TABLE main.default.t",
             u"SELECT * FROM event_log(TABLE(main.default.t))",
             u"SELECT * FROM STREAM(main.default.t)",
             u"SELECT cast(a AS varchar(10)), cast(b AS array<struct<x: int>>), CAST(c AS INTERVAL DAY TO SECOND) FROM "
             u"t",
             u"SELECT count_if(a), any_value(b), max_by(c, d), mode(e), stddev(f), corr(g, h) FROM t",
         })
        QTest::newRow(qPrintable(QString::fromUtf16(sql))) << QString::fromUtf16(sql);
}

void TestSqlClassifier::whatAnalystsWriteDailyDoesNotAsk()
{
    QFETCH(QString, sql);
    const SqlDeed deed = Tools::sqlDeed(sql);
    QVERIFY2(deed.reads(), qPrintable(Calls::effectNames(deed.effects) + u"; "_s + deed.reasons.join(u", "_s)));
}

void TestSqlClassifier::otherChanges_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<Effects>("effects");
    const auto row = [](const QString &sql, Effects effects) { QTest::newRow(qPrintable(sql)) << sql << effects; };
    row(u"INSERT INTO t (a, b) (SELECT 1, 2)"_s, Effect::Appends);
    row(u"INSERT INTO main.default.t(a, b) SELECT 1, length('x')"_s, Effect::Appends);
    row(u"CREATE FUNCTION main.default.f(a INT) RETURNS INT RETURN a + 1"_s, Effect::Adds | Effect::RunsCode);
    row(u"CREATE OR REPLACE FUNCTION f() RETURNS INT LANGUAGE PYTHON AS $$ return 1 $$"_s,
        Effect::Adds | Effect::RunsCode | Effect::Replaces | Effect::Unknown);
    row(u"CREATE MATERIALIZED VIEW v AS SELECT 1"_s, Effect::Adds | Effect::Computes);
    row(u"CREATE OR REFRESH STREAMING TABLE t AS SELECT 1"_s, Effect::Adds | Effect::Computes);
    row(u"CREATE TABLE t LOCATION 's3://x/y' AS SELECT 1"_s, Effect::Adds | Effect::ReachesOut);
    row(u"CREATE TABLE t USING postgresql OPTIONS (host 'h')"_s, Effect::Adds | Effect::ReachesOut);
    row(u"CREATE TABLE t USING jdbc OPTIONS (url 'u') AS SELECT 1 FROM a JOIN b USING (id)"_s,
        Effect::Adds | Effect::ReachesOut);
    row(u"CREATE TABLE t USING csv OPTIONS (path 's3://x/y') AS SELECT 1"_s, Effect::Adds | Effect::ReachesOut);
    row(u"CREATE TABLE t USING csv OPTIONS (header 'true', 'pa\\u0074h' = 's3://x/y') AS SELECT 1"_s,
        Effect::Adds | Effect::ReachesOut);
    row(u"CREATE TABLE t USING delta.mine AS SELECT 1"_s, Effect::Adds | Effect::ReachesOut);
    row(u"CREATE TABLE IF NOT EXISTS delta.`s3://x/y` AS SELECT 1"_s, Effect::Adds | Effect::ReachesOut);
    row(u"CREATE TABLE t WITH ROW FILTER f ON (a) AS SELECT count(*) FILTER (WHERE b) FROM u"_s,
        Effect::Adds | Effect::Grants);
    row(u"SELECT * FROM text.`https://example.com/x`"_s, Effect::ReachesOut);
    // The dot belongs to the number.
    row(u"FROM a JOIN b ON a.x < 1. INSERT INTO t SELECT a.*"_s, Effect::Appends);
    row(u"FROM a TIMESTAMP AS OF 1./**/INSERT OVERWRITE t SELECT *"_s, Effect::Replaces);
    row(u"SYNC SCHEMA a.b FROM c.d SET OWNER x"_s, Effect::Replaces | Effect::Grants);
    row(u"CREATE TABLE IF NOT EXISTS t (a DECIMAL(10, 2) NOT NULL, PRIMARY KEY (a)) PARTITIONED BY (b)"_s,
        Effect::Adds);
    row(u"CREATE SHARE s"_s, Effect::Adds | Effect::Grants | Effect::ReachesOut);
    row(u"ALTER TABLE t OWNER TO `a@b.c`"_s, Effect::Replaces | Effect::Grants);
    row(u"ALTER TABLE t SET OWNER TO x"_s, Effect::Replaces | Effect::Grants);
    row(u"ALTER TABLE t ALTER COLUMN a SET MASK f"_s, Effect::Replaces | Effect::Grants);
    row(u"ALTER TABLE t SET ROW FILTER f ON (a)"_s, Effect::Replaces | Effect::Grants);
    row(u"ALTER SHARE s ADD TABLE t"_s, Effect::Replaces | Effect::Grants);
    row(u"REVOKE ALL PRIVILEGES ON SCHEMA s FROM x"_s, Effect::Grants);
    row(u"DENY SELECT ON TABLE t TO x"_s, Effect::Grants);
    row(u"ADD JAR '/Volumes/x.jar'"_s, Effect::RunsCode);
    row(u"COMMENT ON TABLE t IS 'x'"_s, Effect::Replaces);
    row(u"DROP SCHEMA s CASCADE; CREATE SCHEMA s"_s, Effect::Destroys | Effect::Adds);
    // Behind another declaration a handler begins a piece of its own.
    const QString handler = u"BEGIN DECLARE x INT; DECLARE EXIT HANDLER FOR SQLEXCEPTION %1; SELECT 1; END"_s;
    row(handler.arg(u"DELETE FROM main.sales.orders"_s), Effect::Destroys);
    row(handler.arg(u"BEGIN DROP TABLE t; END"_s), Effect::Destroys);
    row(handler.arg(u"GRANT ALL PRIVILEGES ON CATALOG main TO users"_s), Effect::Grants);
    row(handler.arg(u"EXECUTE IMMEDIATE 'DROP TABLE t'"_s), Effect::RunsCode);
    row(u"SET TAG ON TABLE main.sales.orders `pii` = `no`"_s, Effect::Replaces | Effect::Grants);
    // A label may be any word, and any word may begin a statement of a script.
    for (const QString &label : {u"LIST"_s, u"SHOW"_s, u"VALUES"_s, u"FROM"_s, u"WITH"_s, u"`x`"_s, u"END"_s}) {
        row(u"BEGIN SELECT 1; %1: BEGIN DROP TABLE main.default.orders; END %1; END"_s.arg(label), Effect::Destroys);
        row(u"%1: BEGIN GRANT ALL PRIVILEGES ON CATALOG main TO x; END"_s.arg(label), Effect::Grants);
        row(u"BEGIN SELECT 1; %1: BEGIN EXECUTE IMMEDIATE 'DROP SCHEMA s'; END; END"_s.arg(label), Effect::RunsCode);
        row(u"BEGIN SELECT 1; %1: BEGIN FROBNICATE t; END; END"_s.arg(label), Effect::Unknown);
    }
    for (const QString &unknown : {u"UNSET TAG ON COLUMN t.a pii"_s, u"GET '/Volumes/a/b/c' TO 'x'"_s, u"EXPORT t"_s}) {
        for (const QString &script : {u"BEGIN %1; END"_s, u"BEGIN IF a THEN %1; END IF; END"_s, handler,
                                      u"BEGIN FOR x AS SELECT 1 DO %1; END FOR; END"_s, u"BEGIN SELECT 1; %1; END"_s})
            QVERIFY2(Tools::sqlDeed(script.arg(unknown)).effects & (Effect::Unknown | Effect::Grants),
                     qPrintable(script.arg(unknown)));
    }
    row(u"UNSET TAG ON COLUMN main.default.customers.email pii"_s, Effect::Grants);
    // A place that is named by an expression, by options behind a bracket, by a keyword.
    row(u"CREATE TABLE IDENTIFIER('delta.`s3://mallory/x`') AS SELECT * FROM t"_s, Effect::ReachesOut);
    row(u"CREATE TABLE t USING csv OPTIONS (nullvalue = current_catalog(), path = 's3://x/y') AS SELECT 1"_s,
        Effect::ReachesOut);
    row(u"CREATE TEMP VIEW v USING csv OPTIONS (header = f(1), path = 's3://x/y')"_s, Effect::ReachesOut);
    row(u"CREATE TABLE t USING csv OPTIONS (header.path 's3://x/y')"_s, Effect::ReachesOut);
    for (const QString &sql :
         {u"INSERT OVERWRITE DIRECTORY 's3://x' USING csv SELECT 1"_s,
          u"INSERT OVERWRITE LOCAL DIRECTORY '/x' SELECT 1"_s,
          u"FROM t INSERT OVERWRITE DIRECTORY 's3://x' USING jdbc OPTIONS (url 'u') SELECT a"_s,
          u"INSERT INTO delta.`s3://x/y` SELECT 1"_s, u"UPDATE delta.`s3://x/y` SET a = 1"_s,
          u"INSERT WITH SCHEMA EVOLUTION INTO delta.`s3://x/y` SELECT 1"_s, u"INSERT INTO IDENTIFIER(:t) SELECT 1"_s,
          u"MERGE WITH SCHEMA EVOLUTION INTO delta.`s3://x/y` USING u ON true WHEN MATCHED THEN UPDATE SET *"_s,
          u"ALTER TABLE t SET LOCATION 's3://x'"_s, u"ALTER TABLE t ADD PARTITION (a = 1) LOCATION 's3://x'"_s,
          u"ALTER CATALOG c OPTIONS (database 'x')"_s, u"SELECT * FROM IDENTIFIER('text.`https://e.example/?d=a`')"_s,
          u"SELECT * FROM read_files('https://e.example/?d=a')"_s, u"LIST 'https://e.example/'"_s})
        row(sql, Effect::ReachesOut);
    for (const QString &sql :
         {u"ALTER TABLE t SET TAGS ('a' = 'b')"_s, u"ALTER TABLE t ALTER COLUMN c UNSET TAGS ('a')"_s,
          u"MSCK REPAIR SCHEMA s PRIVILEGES"_s, u"ALTER CLEAN ROOM r ADD TABLE t"_s})
        row(sql, Effect::Grants);
    row(u"ALTER TABLE t REPLACE COLUMNS (a INT)"_s, Effect::Destroys);
    row(u"MSCK REPAIR TABLE t DROP PARTITIONS"_s, Effect::Destroys);
    row(u"ALTER MATERIALIZED VIEW v ADD SCHEDULE EVERY 1 HOUR"_s, Effect::RunsCode);
    row(u"REFRESH STREAMING TABLE t"_s, Effect::RunsCode);
    row(u"SELECT TRANSFORM(a) USING :x FROM t"_s, Effect::RunsCode);
    // One name to Spark, a comment to others.
    row(u"BEGIN REFRESH s://x-- ; DROP TABLE t;\nEND"_s, Effect::Unknown | Effect::Destroys);
    row(u"LIST JAR s://x-- ; GRANT ALL PRIVILEGES ON CATALOG c TO x"_s, Effect::Unknown);
    row(u"LIST JAR s:///* ; DROP TABLE t -- */"_s, Effect::Unknown | Effect::Destroys);
    for (const QString &sql :
         {u"SELECT * FROM read_files(path => 'https://e.example')"_s, u"SELECT * FROM read_files('' || 'https://e')"_s,
          u"SELECT * FROM read_files(:p)"_s, u"SELECT * FROM text.`webhdfs://e/x`"_s,
          u"COPY INTO t FROM 'https://e.example/x' FILEFORMAT = CSV"_s,
          u"COPY INTO t FROM 's3://x' WITH (CREDENTIAL c) FILEFORMAT = CSV"_s})
        row(sql, Effect::ReachesOut);
    row(u"MSCK REPAIR TABLE t SYNC PARTITIONS"_s, Effect::Destroys);
    row(u"FROM t MAP a USING ? AS b"_s, Effect::RunsCode);
    row(u"BEGIN SET TAG ON COLUMN t.a pii; END"_s, Effect::Replaces | Effect::Grants);
}

void TestSqlClassifier::otherChanges()
{
    QFETCH(QString, sql);
    QFETCH(Effects, effects);
    const SqlDeed deed = Tools::sqlDeed(sql);
    // More than that is no lie; less is.
    QVERIFY2(!(effects & ~deed.effects), qPrintable(Calls::effectNames(deed.effects)));
}

void TestSqlClassifier::trustedFunctionsRead()
{
    const QString sql = u"SELECT main.default.clean(a) FROM t"_s;
    QVERIFY(!Tools::sqlDeed(sql).reads());
    QVERIFY(Tools::sqlDeed(sql, {u"Main.Default.Clean"_s}).reads());
    QVERIFY(!Tools::sqlDeed(u"SELECT main.other.clean(a)"_s, {u"main.default.clean"_s}).reads());
    QVERIFY(!Tools::sqlDeed(u"SELECT clean(a)"_s, {u"main.default.clean"_s}).reads());
    QVERIFY(!Tools::sqlDeed(u"SELECT clean(a)"_s, {u"clean"_s}).reads());
    QVERIFY(!Tools::sqlDeed(u"SELECT IDENTIFIER('a').main.default.clean(a)"_s, {u"main.default.clean"_s}).reads());
}

void TestSqlClassifier::verbAndTargetAreNamed_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("target");
    const auto row = [](const QString &sql, const QString &verb, const QString &target) {
        QTest::newRow(qPrintable(sql)) << sql << verb << target;
    };
    row(u"drop table if exists main.Sales.orders"_s, u"DROP TABLE"_s, u"main.Sales.orders"_s);
    row(u"DELETE FROM `main`.sales.orders WHERE a = 1"_s, u"DELETE FROM"_s, u"main.sales.orders"_s);
    row(u"INSERT INTO TABLE t VALUES (1)"_s, u"INSERT INTO TABLE"_s, u"t"_s);
    row(u"INSERT OVERWRITE t SELECT 1"_s, u"INSERT OVERWRITE"_s, u"t"_s);
    row(u"CREATE OR REPLACE TABLE t AS SELECT 1"_s, u"CREATE OR REPLACE TABLE"_s, u"t"_s);
    row(u"GRANT SELECT, MODIFY ON TABLE main.a.b TO x"_s, u"GRANT SELECT MODIFY"_s, u"TABLE main . a . b TO x"_s);
    row(u"DROP SCHEMA main.x CASCADE"_s, u"DROP SCHEMA CASCADE"_s, u"main.x"_s);
    row(u"SET TAG ON TABLE main.a.b pii = no"_s, u"SET TAG"_s, u"TABLE main . a . b pii = no"_s);
    // No name that is certain, no target that a yes could be for.
    for (const QString &sql :
         {u"EXECUTE IMMEDIATE 'DROP TABLE t'"_s, u"ADD JAR '/x.jar'"_s, u"COMMENT ON TABLE t IS 'x'"_s,
          u"MSCK REPAIR TABLE t"_s, u"DENY SELECT ON TABLE t TO x"_s, u"CALL p(1)"_s})
        QTest::newRow(qPrintable(sql)) << sql << Tools::sqlDeed(sql).verb << QString();
    row(u"DROP TABLE IDENTIFIER('t')"_s, u"DROP TABLE"_s, QString());
    row(u"MERGE WITH SCHEMA EVOLUTION INTO a.b.c USING u ON true WHEN MATCHED THEN DELETE"_s,
        u"MERGE WITH SCHEMA EVOLUTION INTO"_s, u"a.b.c"_s);
    row(u"MERGE INTO a.b t USING u s ON true WHEN MATCHED THEN DELETE"_s, u"MERGE INTO"_s, u"a.b"_s);
    row(u"INSERT OVERWRITE DIRECTORY '/Volumes/a/b/c' SELECT 1"_s, u"INSERT OVERWRITE"_s, QString());
    row(u"INSERT OVERWRITE LOCAL DIRECTORY '/x' SELECT 1"_s, u"INSERT OVERWRITE"_s, QString());
    row(u"DROP CLEAN ROOM x"_s, u"DROP"_s, QString());
    row(u"DELETE FROM a.b.IDENTIFIER(:t)"_s, u"DELETE FROM"_s, QString());
    row(u"GRANT SELECT ON TABLE a TO IDENTIFIER(:p)"_s, u"GRANT SELECT"_s, QString());
    row(u"DROP INDEX i ON a"_s, u"DROP INDEX"_s, QString());
    row(u"DROP BLOOMFILTER INDEX ON TABLE a"_s, u"DROP BLOOMFILTER INDEX"_s, QString());
    row(u"SET TAG ON TABLE a pii = 'no'"_s, u"SET TAG"_s, u"TABLE a pii = no"_s);
    row(u"DROP TABLE `a.b`"_s, u"DROP TABLE"_s, u"`a.b`"_s);
    row(u"UPDATE t SET a = 1"_s, u"UPDATE"_s, u"t"_s);
    row(u"MERGE INTO t USING u ON a = b WHEN MATCHED THEN DELETE"_s, u"MERGE INTO"_s, u"t"_s);
    row(u"SELECT 1; DROP VIEW v; TRUNCATE TABLE t"_s, u"DROP VIEW + TRUNCATE TABLE"_s, u"v, t"_s);
    row(u"SELECT 1"_s, u"Read"_s, QString());
}

void TestSqlClassifier::verbAndTargetAreNamed()
{
    QFETCH(QString, sql);
    const SqlDeed deed = Tools::sqlDeed(sql);
    QTEST(deed.verb, "verb");
    QTEST(deed.target, "target");
}

void TestSqlClassifier::aTargetThatIsCutSaysSo()
{
    const QString many = u"GRANT SELECT ON TABLE main.a.b TO x"_s + u", y"_s.repeated(30);
    QVERIFY(Tools::sqlDeed(many).target.endsWith(u'…'));
    QVERIFY(!Tools::sqlDeed(u"GRANT SELECT ON TABLE main.a.b TO x"_s).target.endsWith(u'…'));
}

void TestSqlClassifier::aNameBehindASettingIsNoWholeTarget()
{
    QVERIFY(Tools::sqlDeed(u"BEGIN DROP TABLE s.t; END"_s).isTargetWhole);
    QVERIFY(!Tools::sqlDeed(u"BEGIN USE CATALOG prod; DROP TABLE s.t; END"_s).isTargetWhole);
}

void TestSqlClassifier::isQuickWithLongTexts()
{
    // Sixteen MiB are the most a statement may have.
    const QString nested = u"/*"_s.repeated(2'000'000) + u"*/"_s.repeated(2'000'000) + u"SELECT 1"_s;
    QVERIFY(Tools::sqlDeed(nested).reads());
    QVERIFY(Tools::sqlDeed(u"("_s.repeated(1'000'000) + u"DROP TABLE t"_s).effects.testFlag(Effect::Destroys));
    // Nothing is looked for once a word.
    QVERIFY(Tools::sqlDeed(u"MERGE ALTER x REFRESH f(a.b.c(d, "_s.repeated(20'000)).effects.testFlag(Effect::Replaces));
    QVERIFY(Tools::sqlDeed(u"SELECT 1;"_s.repeated(500'000) + u"DELETE FROM t"_s).effects.testFlag(Effect::Destroys));

    // Four times the text takes about four times as long, whatever the machine: nowhere near the square.
    for (const QString &part : {u"SELECT f(a, (b)) FROM t WHERE x IN (1, 2) -- c\n"_s, u"((a.b."_s,
                                u"WITH x AS (SELECT 1) "_s, u"a || 'b' || "_s, u"IDENTIFIER('x') "_s,
                                u"BEGIN REPLACE "_s, u"BEGIN x: "_s, u"BEGIN DECLARE HANDLER FOR "_s,
                                u"CREATE TABLE OPTIONS(header "_s, u"BEGIN INSERT WITH SCHEMA EVOLUTION a.b."_s}) {
        const auto needed = [&part](qsizetype count) {
            const QString text = part.repeated(count);
            QElapsedTimer timer;
            timer.start();
            Tools::sqlDeed(text);
            return timer.nsecsElapsed();
        };
        needed(1000);
        const qint64 once = needed(20'000);
        const qint64 fourTimes = needed(80'000);
        QVERIFY2(fourTimes < 10 * once + 50'000'000,
                 qPrintable(u"%1: %2 and %3 ns"_s.arg(part).arg(once).arg(fourTimes)));
    }
}

QTEST_GUILESS_MAIN(TestSqlClassifier)
#include "tst_sqlclassifier.moc"

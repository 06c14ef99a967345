#include "tools/sql/sqlclassifier.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Effect;

/// What a statement does, from its text alone: the policy rests on it.
class TestSqlClassifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifies_data();
    void classifies();
    void neverMissesAHiddenStatement_data();
    void neverMissesAHiddenStatement();
    void isQuickWithLongTexts();
};

namespace {

struct Case
{
    const char *name;
    Effect effect;
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
    {"model function", Effect::Reads, u"SELECT ai_query('m', 'drop the table') FROM t"},
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

    {"insert", Effect::Writes, u"INSERT INTO t VALUES (1)"},
    {"insert after with", Effect::Writes, u"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a"},
    {"insert after from", Effect::Writes, u"FROM a INSERT INTO t SELECT *"},
    {"select into", Effect::Writes, u"SELECT a INTO b FROM t"},
    {"merge", Effect::Writes, u"MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET *"},
    {"update", Effect::Writes, u"UPDATE t SET a = 1"},
    {"copy into", Effect::Writes, u"COPY INTO t FROM '/x' FILEFORMAT = CSV"},
    {"create", Effect::Writes, u"CREATE TABLE t AS SELECT 1"},
    {"alter", Effect::Writes, u"ALTER TABLE t ADD COLUMN a INT"},
    {"optimize", Effect::Writes, u"OPTIMIZE t ZORDER BY (a)"},
    {"call", Effect::Writes, u"CALL p(1)"},
    {"set", Effect::Writes, u"SET x = 1"},
    {"use", Effect::Writes, u"USE CATALOG main"},
    {"grant", Effect::Writes, u"GRANT SELECT ON t TO `someone`"},
    {"refresh", Effect::Writes, u"REFRESH TABLE t"},
    {"cache", Effect::Writes, u"CACHE TABLE t"},
    {"analyze", Effect::Writes, u"ANALYZE TABLE t COMPUTE STATISTICS"},
    {"undrop", Effect::Writes, u"UNDROP TABLE t"},
    {"begin", Effect::Writes, u"BEGIN SELECT 1; END"},
    {"explain analyze", Effect::Writes, u"EXPLAIN ANALYZE SELECT 1"},
    {"script", Effect::Writes, u"SELECT TRANSFORM(a) USING 'cat' AS (b) FROM t"},
    {"second statement", Effect::Writes, u"SELECT 1; INSERT INTO t VALUES (1)"},
    {"nothing", Effect::Writes, u""},
    {"comment only", Effect::Writes, u"-- SELECT 1"},
    {"unknown", Effect::Writes, u"FROBNICATE t"},
    {"open text", Effect::Writes, u"SELECT 'abc"},
    {"open name", Effect::Writes, u"SELECT `abc"},
    {"open comment", Effect::Writes, u"SELECT 1 /* abc"},
    {"variable", Effect::Writes, u"SELECT ${x}"},
    {"wide letters", Effect::Writes, u"\uff33\uff25\uff2c\uff25\uff23\uff34 1"},
    {"dotless i", Effect::Writes, u"FROM a \u0131nsert \u0131nto t SELECT *"},
    {"zero width space", Effect::Writes, u"SEL\u200bECT 1"},

    {"quoted name before a bracket", Effect::Reads, u"WITH `a` (b) AS (SELECT 1) SELECT * FROM `a`"},
    {"function called execute", Effect::Reads, u"SELECT t.execute, reflection(a) FROM t"},

    {"request", Effect::Destroys, u"SELECT http_request(conn => 'c', method => 'POST', path => '/x')"},
    {"request, quoted", Effect::Destroys, u"SELECT `http_request`(conn => 'c', method => 'GET')"},
    {"request, qualified", Effect::Destroys, u"SELECT system.builtin.http_request(conn => 'c') FROM t"},
    {"any class", Effect::Destroys, u"SELECT reflect('java.lang.System', 'exit', 0)"},
    {"text run as SQL in a script", Effect::Destroys, u"BEGIN EXECUTE IMMEDIATE 'DROP SCHEMA s CASCADE'; END"},
    {"full refresh", Effect::Destroys, u"REFRESH MATERIALIZED VIEW v FULL"},
    {"drop", Effect::Destroys, u"DROP TABLE t"},
    {"truncate", Effect::Destroys, u"truncate table t"},
    {"delete", Effect::Destroys, u"DELETE FROM t"},
    {"vacuum", Effect::Destroys, u"VACUUM t RETAIN 0 HOURS"},
    {"restore", Effect::Destroys, u"RESTORE TABLE t TO VERSION AS OF 1"},
    {"overwrite", Effect::Destroys, u"INSERT OVERWRITE t SELECT 1"},
    {"overwrite after with", Effect::Destroys, u"WITH a AS (SELECT 1) INSERT OVERWRITE TABLE t SELECT * FROM a"},
    {"replace where", Effect::Destroys, u"INSERT INTO t REPLACE WHERE a > 1 SELECT 1"},
    {"create or replace", Effect::Destroys, u"CREATE OR /* x */ REPLACE TABLE t AS SELECT 1"},
    {"replace table", Effect::Destroys, u"REPLACE TABLE t (a INT)"},
    {"drop column", Effect::Destroys, u"ALTER TABLE t DROP COLUMN a"},
    {"merge with delete", Effect::Destroys, u"MERGE INTO t USING u ON a = b WHEN MATCHED THEN DELETE"},
    {"delete after with", Effect::Destroys, u"WITH a AS (SELECT 1) DELETE FROM t WHERE b IN (SELECT * FROM a)"},
    {"second statement", Effect::Destroys, u"SELECT 1;DROP TABLE t"},
    {"in a block", Effect::Destroys, u"BEGIN IF x THEN DROP TABLE t; END IF; END"},
    {"text run as SQL", Effect::Destroys, u"EXECUTE IMMEDIATE 'DROP ' || 'TABLE t'"},
    {"remove a file", Effect::Destroys, u"REMOVE '/Volumes/main/default/v/x'"},
};

} // namespace

void TestSqlClassifier::classifies_data()
{
    QTest::addColumn<Effect>("effect");
    QTest::addColumn<QString>("sql");
    int row = 0;
    for (const Case &one : Cases)
        QTest::addRow("%d %s", row++, one.name) << one.effect << QString::fromUtf16(one.sql);
}

void TestSqlClassifier::classifies()
{
    QFETCH(Effect, effect);
    QFETCH(QString, sql);
    QCOMPARE(Tools::classify(sql), effect);
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
    QCOMPARE(Tools::classify(sql), Effect::Destroys);
}

void TestSqlClassifier::isQuickWithLongTexts()
{
    // Sixteen MiB are the most a statement may have.
    const QString nested = u"/*"_s.repeated(2'000'000) + u"*/"_s.repeated(2'000'000) + u"SELECT 1"_s;
    QCOMPARE(Tools::classify(nested), Effect::Reads);
    QCOMPARE(Tools::classify(u"("_s.repeated(1'000'000) + u"DROP TABLE t"_s), Effect::Destroys);
    QCOMPARE(Tools::classify(u"SELECT 1;"_s.repeated(500'000) + u"DELETE FROM t"_s), Effect::Destroys);
}

QTEST_GUILESS_MAIN(TestSqlClassifier)
#include "tst_sqlclassifier.moc"

#include "sample/workspaceclient.h"

#include "sample/controls/testcontrols.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Statements = u"/api/2.0/sql/statements"_s;
const QString Shared = u"8f3b2c1d90e47a65"_s;

} // namespace

/// The sample's statements where the tools do not reach: arguments it refuses, waits, links.
class TestSampleStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void refusesWhatTheApiRefuses_data();
    void refusesWhatTheApiRefuses();
    void waitsAsLongAsAsked();
    void doesNotHoldUpOthers();
    void cancelsAtTheTimeout();
    void namesLeadToTables_data();
    void namesLeadToTables();
    void typicalQueriesRun_data();
    void typicalQueriesRun();
    void failuresSpeakDatabricks_data();
    void failuresSpeakDatabricks();
    void lettersBeyondAsciiTurn();
    void parametersHaveTypes();
    void overwritingKeepsWhatFailed();
    void linksTakeNoTokenAndDie();
    void chunksEnd();

private:
    QJsonObject run(const QString &statement, QJsonObject more = {})
    {
        more.insert(u"statement"_s, statement);
        if (!more.contains(u"warehouse_id"_s))
            more.insert(u"warehouse_id"_s, Shared);
        return client->post(Statements, more).json();
    }
    static QString state(const QJsonObject &answer)
    {
        return answer.value("status"_L1).toObject().value("state"_L1).toString();
    }

    std::unique_ptr<Sample::SampleWorkspace> sample;
    std::unique_ptr<WorkspaceClient> client;
};

void TestSampleStatements::init()
{
    sample = std::make_unique<Sample::SampleWorkspace>("token", Sample::Tempo{100ms, 100ms, 100ms},
                                                       std::make_unique<Sample::TestControls>());
    QVERIFY(sample->listen());
    client = std::make_unique<WorkspaceClient>(sample->url(), "Bearer token");
}

void TestSampleStatements::cleanup()
{
    client.reset();
    sample.reset();
}

void TestSampleStatements::refusesWhatTheApiRefuses_data()
{
    QTest::addColumn<QJsonObject>("more");
    QTest::addColumn<int>("status");
    QTest::newRow("wait too short") << QJsonObject{{u"wait_timeout"_s, u"3s"_s}} << 400;
    QTest::newRow("wait too long") << QJsonObject{{u"wait_timeout"_s, u"60s"_s}} << 400;
    QTest::newRow("wait without unit") << QJsonObject{{u"wait_timeout"_s, u""_s}} << 400;
    QTest::newRow("inline CSV") << QJsonObject{{u"format"_s, u"CSV"_s}} << 400;
    QTest::newRow("unknown format") << QJsonObject{{u"format"_s, u"XML"_s}} << 400;
    QTest::newRow("row limit") << QJsonObject{{u"row_limit"_s, 0}} << 400;
    QTest::newRow("warehouse") << QJsonObject{{u"warehouse_id"_s, u"none"_s}} << 404;
    const QJsonObject parameter{{u"name"_s, u"x"_s}, {u"value"_s, u"one"_s}, {u"type"_s, u"INT"_s}};
    QTest::newRow("parameter") << QJsonObject{{u"parameters"_s, QJsonArray{parameter}}} << 400;
}

void TestSampleStatements::refusesWhatTheApiRefuses()
{
    QFETCH(QJsonObject, more);
    QFETCH(int, status);
    more.insert(u"statement"_s, u"SELECT 1"_s);
    if (!more.contains(u"warehouse_id"_s))
        more.insert(u"warehouse_id"_s, Shared);
    const Answer answer = client->post(Statements, more);
    QCOMPARE(answer.status, status);
    QVERIFY(!answer.errorCode().isEmpty());
}

void TestSampleStatements::waitsAsLongAsAsked()
{
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(state(run(u"SELECT sleep_seconds(0.4)"_s, {{u"wait_timeout"_s, u"5s"_s}})), u"SUCCEEDED"_s);
    QVERIFY(timer.elapsed() >= 400);
    timer.start();
    const QJsonObject begun = run(u"SELECT sleep_seconds(30)"_s, {{u"wait_timeout"_s, u"0s"_s}});
    QVERIFY(timer.elapsed() < 2000);
    QCOMPARE(state(begun), u"RUNNING"_s);
    const QString id = begun.value("statement_id"_L1).toString();
    QCOMPARE(client->get(Statements + u'/' + id + u"/result/chunks/0"_s).errorCode(), u"INVALID_STATE"_s);
}

void TestSampleStatements::doesNotHoldUpOthers()
{
    const QJsonObject begun = run(u"SELECT count(*) FROM range(1500000)"_s, {{u"wait_timeout"_s, u"0s"_s}});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client->get(u"/api/2.0/sql/warehouses"_s).status, 200);
    const QString path = Statements + u'/' + begun.value("statement_id"_L1).toString();
    QCOMPARE(state(client->get(path).json()), u"RUNNING"_s);
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QTRY_COMPARE_WITH_TIMEOUT(state(client->get(path).json()), u"SUCCEEDED"_s, 15000);
}

void TestSampleStatements::cancelsAtTheTimeout()
{
    const QJsonObject answer =
        run(u"SELECT sleep_seconds(30)"_s, {{u"wait_timeout"_s, u"0s"_s}, {u"on_wait_timeout"_s, u"CANCEL"_s}});
    QCOMPARE(state(answer), u"CANCELED"_s);
}

void TestSampleStatements::namesLeadToTables_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("state");
    const std::pair<const char *, const char *> rows[] = {
        {"SELECT trips.fare_amount FROM samples.nyctaxi.trips LIMIT 1", "SUCCEEDED"},
        {"SELECT samples.nyctaxi.trips.fare_amount FROM samples.nyctaxi.trips LIMIT 1", "SUCCEEDED"},
        {"SELECT t.fare_amount FROM `samples`.`nyctaxi`.`trips` AS t LIMIT 1", "SUCCEEDED"},
        {"SELECT * FROM samples.tpch.nation n, samples.tpch.region r WHERE n_regionkey = r_regionkey", "SUCCEEDED"},
        {"SELECT * FROM samples.tpch.nation JOIN samples.tpch.region ON n_regionkey = r_regionkey", "SUCCEEDED"},
        {"WITH a AS (SELECT * FROM samples.tpch.region), b AS (SELECT * FROM a) SELECT * FROM b", "SUCCEEDED"},
        {"SELECT * FROM (SELECT r_name FROM samples.tpch.region) x WHERE x.r_name IN (SELECT r_name FROM "
         "samples.tpch.region)",
         "SUCCEEDED"},
        {"SELECT * FROM page_views WHERE page = \"/basket\" -- comment; here\n LIMIT 1;", "SUCCEEDED"},
        {"TABLE samples.tpch.region", "SUCCEEDED"},
        {"SHOW SCHEMAS IN samples", "SUCCEEDED"},
        {"SELECT year(TIMESTAMP '2016-01-01 00:00:00'), if(1 > 0, 'a', 'b'), CAST(5 AS STRING), current_user()",
         "SUCCEEDED"},
        {"SELECT 1; SELECT 2", "FAILED"},
        {"SELECT * FROM nyctaxi.trips", "FAILED"},
        {"SHOW TABLES IN samples.nope", "FAILED"},
        {"SELECT (1", "FAILED"},
        {"", "FAILED"},
    };
    for (const auto &[statement, state] : rows)
        QTest::newRow(*statement ? statement : "empty") << QString::fromLatin1(statement) << QString::fromLatin1(state);
}

void TestSampleStatements::namesLeadToTables()
{
    QFETCH(QString, statement);
    QFETCH(QString, state);
    const QJsonObject answer = run(statement.isEmpty() ? u"-- nothing"_s : statement);
    QVERIFY2(this->state(answer) == state, WorkspaceClient::bytes(answer).constData());
}

/// The columns, and the first row cell by cell, of what a data engineer would write.
void TestSampleStatements::typicalQueriesRun_data()
{
    QTest::addColumn<QString>("columns");
    QTest::addColumn<QString>("row");
    const std::tuple<const char *, const char *, const char *> rows[] = {
        {"SELECT date_trunc('MONTH', tpep_pickup_datetime) AS month, count(*) FROM samples.nyctaxi.trips GROUP BY 1 "
         "ORDER BY 1",
         "month TIMESTAMP, count(1) BIGINT", "2016-01-01T00:00:00.000Z, 11544"},
        {"SELECT date_trunc('week', DATE '2016-01-01') AS w, trunc(DATE '2016-05-17', 'QUARTER') AS q, "
         "last_day('2016-02-03')",
         "w TIMESTAMP, q DATE, last_day(2016-02-03) DATE", "2015-12-28T00:00:00.000Z, 2016-04-01, 2016-02-29"},
        {"SELECT date_add(DATE '2016-01-01', -1) AS a, date_sub('2016-01-01', 1) AS b, dateadd(MONTH, 2, "
         "DATE '2016-01-15') AS c",
         "a DATE, b DATE, c TIMESTAMP", "2015-12-31, 2015-12-31, 2016-03-15T00:00:00.000Z"},
        {"SELECT DATE '2016-02-01' + INTERVAL 7 DAYS AS a, TIMESTAMP '2016-02-01 00:00:00' - INTERVAL '2' HOURS AS b",
         "a DATE, b TIMESTAMP", "2016-02-08, 2016-01-31T22:00:00.000Z"},
        {"SELECT datediff('2016-03-01', '2016-02-01') AS a, timestampdiff(MINUTE, '2016-01-01 00:00:00', "
         "'2016-01-01 01:30:00') AS b, datediff(MONTH, '2016-01-31', '2016-03-30') AS c",
         "a INT, b BIGINT, c BIGINT", "29, 90, 1"},
        {"SELECT year(d), quarter(d), month(d), dayofweek(d), weekofyear(d), extract(DAY FROM d) AS day FROM (SELECT "
         "DATE '2016-01-03' AS d)",
         "year(d) INT, quarter(d) INT, month(d) INT, dayofweek(d) INT, weekofyear(d) INT, day INT",
         "2016, 1, 1, 1, 53, 3"},
        {"SELECT date_format(tpep_pickup_datetime, 'yyyy-MM') AS ym, count(*) AS n FROM samples.nyctaxi.trips GROUP BY "
         "ALL ORDER BY n DESC NULLS LAST",
         "ym STRING, n BIGINT", "2016-01, 11544"},
        {"SELECT count_if(fare_amount > 20) AS pricey, count_if(fare_amount > 20) / count(*) < 0.1 AS few FROM "
         "samples.nyctaxi.trips",
         "pricey BIGINT, few BOOLEAN", "1824, true"},
        {"SELECT * FROM (SELECT pickup_zip, rank() OVER (PARTITION BY pickup_zip ORDER BY fare_amount DESC) AS r FROM "
         "samples.nyctaxi.trips) ranked WHERE r = 1 ORDER BY pickup_zip",
         "pickup_zip INT, r INT", "10001, 1"},
        {"WITH daily AS (SELECT date(tpep_pickup_datetime) AS day, sum(fare_amount) AS revenue FROM "
         "samples.nyctaxi.trips GROUP BY 1) SELECT day, avg(revenue) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND "
         "CURRENT ROW) AS week FROM daily ORDER BY day",
         "day DATE, week DOUBLE", "2016-01-01, 4791.0"},
        {"SELECT CASE WHEN r_regionkey < 1 THEN 'first' ELSE 'other' END AS c, concat_ws('-', r_name, NULL, 'x') AS w "
         "FROM samples.tpch.region ORDER BY r_regionkey",
         "c STRING, w STRING", "first, AFRICA-x"},
        {"SELECT r_name FROM samples.tpch.region WHERE r_regionkey IN (SELECT n_regionkey FROM samples.tpch.nation "
         "WHERE n_name = 'JAPAN') UNION ALL SELECT 'Z' ORDER BY 1",
         "r_name STRING", "ASIA"},
        {"SELECT n.n_name, count(DISTINCT c_custkey) AS customers FROM samples.tpch.nation n LEFT JOIN "
         "samples.tpch.customer ON c_nationkey = n_nationkey GROUP BY n.n_name HAVING count(*) > 1 ORDER BY n.n_name",
         "n_name STRING, customers BIGINT", "ALGERIA, 17"},
        {"SELECT o_orderpriority, count(*) FILTER (WHERE o_orderstatus = 'F') AS f FROM samples.tpch.orders GROUP BY "
         "o_orderpriority ORDER BY 1",
         "o_orderpriority STRING, f BIGINT", "1-URGENT, 220"},
        {"SELECT CAST('7' AS INT) AS i, CAST(2.25 AS DECIMAL(10,1)) AS d, 5::string AS s, CAST('2016-01-01 10:00:00' "
         "AS DATE) AS day, CAST('true' AS BOOLEAN) AS b",
         "i INT, d DECIMAL(10,1), s STRING, day DATE, b BOOLEAN", "7, 2.3, 5, 2016-01-01, true"},
        {"SELECT sum(target) AS s, avg(target) AS a, max(target) AS m, target * 2 AS t, round(sum(target), 1) AS r "
         "FROM "
         "(SELECT target FROM main.default.sales_targets WHERE region = 'ASIA' AND quarter = '2026-Q1') GROUP BY "
         "target",
         "s DECIMAL(28,2), a DECIMAL(22,6), m DECIMAL(18,2), t DECIMAL(20,2), r DECIMAL(28,1)",
         "110000.00, 110000.000000, 110000.00, 220000.00, 110000.0"},
        {"SELECT sum(CASE WHEN target > 0 THEN target ELSE 0 END) > 0 AS b, count(target) AS n, sum(target) / 4 AS q "
         "FROM main.default.sales_targets WHERE region = 'NONE'",
         "b BOOLEAN, n BIGINT, q DECIMAL(32,6)", "null, 0, null"},
        {"WITH t AS (SELECT quarter, sum(target) AS total FROM main.default.sales_targets GROUP BY quarter) SELECT "
         "count(*) AS n, sum(total) > 0 AS some FROM t",
         "n BIGINT, some BOOLEAN", "4, true"},
        {"SELECT sum(l_extendedprice * (1 - l_discount)) > 0 AS net FROM samples.tpch.lineitem", "net BOOLEAN", "true"},
        {"SELECT table_name, table_type FROM main.information_schema.tables WHERE table_schema = 'default' ORDER BY 1",
         "table_name STRING, table_type STRING", "manuals, MANAGED"},
        {"SELECT count(*) AS n FROM system.information_schema.columns WHERE table_catalog = 'samples' AND table_name = "
         "'nation'",
         "n BIGINT", "3"},
        {"SELECT full_data_type, data_type, is_nullable, ordinal_position FROM information_schema.columns WHERE "
         "table_name = 'sales_targets' AND column_name = 'target'",
         "full_data_type STRING, data_type STRING, is_nullable STRING, ordinal_position INT",
         "decimal(18,2), DECIMAL, YES, 3"},
        {"SELECT schema_name FROM finance.information_schema.schemata ORDER BY schema_name", "schema_name STRING",
         "ledger"},
        {"SELECT 10 / 4, 10 DIV 4, 10 % 4", "10 / 4 DOUBLE, 10 DIV 4 BIGINT, 10 % 4 INT", "2.5, 2, 2"},
        {"SELECT lpad('7', 3, '0') AS a, left('abc', 2) AS b, contains('abc', 'b') AS c, nvl(NULL, 'n') AS d, "
         "if(1 > 0, 'y', 'n') AS e",
         "a STRING, b STRING, c BOOLEAN, d STRING, e STRING", "007, ab, true, n, y"},
        {"SELECT lag(r_name) OVER (ORDER BY r_regionkey) AS before, EXISTS (SELECT 1 FROM samples.tpch.nation) AS some "
         "FROM samples.tpch.region",
         "before STRING, some BOOLEAN", "null, true"},
        {"VALUES (1, 'a'), (2, 'b')", "col1 INT, col2 STRING", "1, a"},
        {"SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(id, name) ORDER BY id DESC", "id INT, name STRING", "2, b"},
        {"SELECT c_custkey FROM samples.tpch.customer WHERE c_mktsegment LIKE 'build%' OR c_name RLIKE '00[12]$' ORDER "
         "BY 1 DESC",
         "c_custkey BIGINT", "2"},
        {"SELECT count(*) > 1 AS found FROM samples.tpch.customer WHERE c_mktsegment ILIKE 'build%'", "found BOOLEAN",
         "true"},
        {"SELECT `r_name` FROM `samples`.`tpch`.`region` WHERE `region`.`r_regionkey` <=> 2", "r_name STRING", "ASIA"},
        {"SELECT count(*) > 0 AS filled, sum(balance) > 0 AS sums FROM finance.reporting.month_end",
         "filled BOOLEAN, sums BOOLEAN", "true, true"},
        {"SHOW TABLES IN samples.tpch LIKE 'n*'", "database STRING, tableName STRING, isTemporary BOOLEAN",
         "tpch, nation, false"},
        {"SHOW COLUMNS IN samples.tpch.nation", "col_name STRING", "n_nationkey"},
        {"DESCRIBE EXTENDED samples.tpch.region", "col_name STRING, data_type STRING, comment STRING",
         "r_regionkey, bigint, Primary key"},
        {"DESCRIBE QUERY SELECT 1 AS a", "col_name STRING, data_type STRING, comment STRING", "a, int, null"},
        // Days and months are added to dates, and no numbers to their years.
        {"SELECT current_date() - 7 = date_sub(current_date(), 7) AS a, current_date - 30 = date_add(current_date(), "
         "-30) AS b, date '2026-01-31' + 1 AS c, 1 + date '2026-01-31' AS d",
         "a BOOLEAN, b BOOLEAN, c DATE, d DATE", "true, true, 2026-02-01, 2026-02-01"},
        {"SELECT DATE '2026-01-31' + INTERVAL 1 MONTH AS a, DATE '2026-03-31' - INTERVAL 1 MONTH AS b, add_months("
         "'2016-08-31', 1) AS c, DATE '2024-02-29' + INTERVAL 1 YEAR AS d, DATE '2024-02-29' - INTERVAL '1' QUARTER AS "
         "e",
         "a DATE, b DATE, c DATE, d DATE, e DATE", "2026-02-28, 2026-02-28, 2016-09-30, 2025-02-28, 2023-11-29"},
        {"SELECT dateadd(MONTH, -1, TIMESTAMP '2022-03-31 00:00:00') AS a, TIMESTAMP '2026-01-31 10:20:30' + INTERVAL "
         "'1 month 2 hours' AS b, DATE '2026-01-31' + INTERVAL 2 HOURS AS c",
         "a TIMESTAMP, b TIMESTAMP, c TIMESTAMP",
         "2022-02-28T00:00:00.000Z, 2026-02-28T12:20:30.000Z, 2026-01-31T02:00:00.000Z"},
        {"SELECT max(o_orderdate) + 1 > max(o_orderdate) AS a, count_if(o_orderdate > current_date() - 20000) = "
         "count(*) AS b FROM samples.tpch.orders",
         "a BOOLEAN, b BOOLEAN", "true, true"},
        // A text becomes what it says; one that says nothing is NULL where that is tried.
        {"SELECT try_cast('a' AS INT) AS a, try_cast('12x' AS DOUBLE) AS b, CAST(' 12 ' AS INT) AS c, try_cast("
         "'2026-02-30' AS DATE) AS d, CAST('2026-2-3' AS DATE) AS e, CAST(-3.99 AS INT) AS f, CAST('yes' AS BOOLEAN) "
         "AS g",
         "a INT, b DOUBLE, c INT, d DATE, e DATE, f INT, g BOOLEAN", "null, null, 12, null, 2026-02-03, -3, true"},
        {"SELECT 1 = '1' AS a, DATE '2026-01-01' = '2026-1-1' AS b, DATE '2026-01-01' = TIMESTAMP '2026-01-01 "
         "00:00:00' "
         "AS c, 0.1 + 0.2 = 0.3 AS d, 'a_b' LIKE 'a\\_b' AS e, 'axb' LIKE 'a\\_b' AS f, 1 <=> NULL AS g",
         "a BOOLEAN, b BOOLEAN, c BOOLEAN, d BOOLEAN, e BOOLEAN, f BOOLEAN, g BOOLEAN",
         "true, true, true, true, true, false, false"},
        {"SELECT concat('a', 1, true) AS a, 'b' || 1.50 AS b, CAST(DATE '2026-01-31' AS STRING) AS c, concat('a', "
         "NULL) "
         "AS d",
         "a STRING, b STRING, c STRING, d STRING", "a1true, b1.50, 2026-01-31, null"},
        {"SELECT try_divide(1, 0) AS a, try_divide(3, 2) AS b, try_add(2147483647, 1) AS c, try_subtract(5, 3) AS d, "
         "try_multiply(2, 3) AS e, NULL / 0 AS f, try_mod(5, 0) AS g",
         "a DOUBLE, b DOUBLE, c INT, d INT, e INT, f INT, g INT", "null, 1.5, null, 2, 6, null, null"},
        {"SELECT typeof(1) AS a, typeof(3000000000) AS b, typeof(1.50) AS c, typeof(1e3) AS d, typeof(1L) AS e, typeof("
         "NULL) AS f, typeof('a') AS g, typeof(current_date()) AS h, typeof(1 / 2) AS i",
         "a STRING, b STRING, c STRING, d STRING, e STRING, f STRING, g STRING, h STRING, i STRING",
         "int, bigint, decimal(3,2), double, bigint, void, string, date, double"},
        {"SELECT ceil(1.2) AS a, ceil(1.2D) AS b, floor(-1.5D) AS c, round(1234, -2) AS d, round(2.5) AS e, 5.5 % 2 AS "
         "f, pmod(-7, 3) AS g, 1.0E7D AS h, 1.25E-4 AS i",
         "a DECIMAL(2,0), b BIGINT, c BIGINT, d INT, e DECIMAL(2,0), f DECIMAL(2,1), g INT, h DOUBLE, i DOUBLE",
         "2, 2, -2, 1200, 3, 1.5, 2, 1.0E7, 1.25E-4"},
        {"SELECT greatest(1, NULL, 3) AS a, least('b', 'a') AS b, width_bucket(5.3, 0.2, 10.6, 5) AS c, equal_null("
         "NULL, NULL) AS d, decode(2, 1, 'a', 2, 'b', 'c') AS e, CASE WHEN false THEN 1 ELSE 2.5 END AS f",
         "a INT, b STRING, c BIGINT, d BOOLEAN, e STRING, f DECIMAL(11,1)", "3, a, 3, true, b, 2.5"},
        {"SELECT chr(65) AS a, ascii('234') AS b, format_string('%s has %d of %.2f%%', 'a', 3, 1.5) AS c, "
         "printf('%05d', "
         "7) AS d, substr('abc', 0, 2) AS e, ltrim('Sp', 'SSparkSQLS') AS f, trim(BOTH 'x' FROM 'xax') AS g",
         "a STRING, b INT, c STRING, d STRING, e STRING, f STRING, g STRING",
         "A, 50, a has 3 of 1.50%, 00007, ab, arkSQLS, a"},
        {"SELECT length(uuid()) AS a, uuid() RLIKE '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AS b, "
         "is_member('data-platform') AS c, is_member('admins') AS d, is_account_group_member('account users') AS e",
         "a INT, b BOOLEAN, c BOOLEAN, d BOOLEAN, e BOOLEAN", "36, true, true, false, true"},
        {"SELECT count(DISTINCT a, b) AS pairs, count(a, b) AS whole, count(*) AS n FROM VALUES (1, 1), (1, 1), (1, "
         "2), "
         "(2, NULL) AS t(a, b)",
         "pairs BIGINT, whole BIGINT, n BIGINT", "2, 3, 4"},
        {"SELECT stddev(x) FILTER (WHERE x > 1) AS s, string_agg(t, '-') AS l, variance(x) AS v FROM VALUES (1, 'a'), "
         "(3, 'b'), (5, 'c') AS v(x, t)",
         "s DOUBLE, l STRING, v DOUBLE", "1.4142135623730951, a-b-c, 4.0"},
        // What is grouped by may be named by its expression, its alias or its place.
        {"SELECT year(o_orderdate) + 1 AS next, count(*) > 1 AS many FROM samples.tpch.orders GROUP BY "
         "year(o_orderdate) "
         "ORDER BY year(o_orderdate)",
         "next INT, many BOOLEAN", "1993, true"},
        {"SELECT lower(r.r_name) AS name, (SELECT count(*) FROM samples.tpch.nation n WHERE n.n_regionkey = "
         "r.r_regionkey) AS nations FROM samples.tpch.region r ORDER BY r_regionkey",
         "name STRING, nations BIGINT", "africa, 4"},
        {"SELECT * EXCEPT (n_nationkey) FROM samples.tpch.nation JOIN (SELECT r_regionkey AS n_regionkey, r_name FROM "
         "samples.tpch.region) USING (n_regionkey) ORDER BY n_name",
         "n_regionkey BIGINT, n_name STRING, r_name STRING", "0, ALGERIA, AFRICA"},
        {"SELECT id * 2 AS twice, twice + 1 AS more FROM range(3) ORDER BY more DESC", "twice BIGINT, more BIGINT",
         "4, 5"},
        {"(SELECT 1 AS a UNION SELECT 2) EXCEPT SELECT 2 UNION ALL SELECT 3 INTERSECT SELECT 3 ORDER BY a DESC",
         "a INT", "3"},
    };
    for (const auto &[statement, columns, row] : rows)
        QTest::newRow(statement) << QString::fromLatin1(columns) << QString::fromLatin1(row);
}

void TestSampleStatements::typicalQueriesRun()
{
    QFETCH(QString, columns);
    QFETCH(QString, row);
    const QJsonObject answer = run(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(state(answer) == "SUCCEEDED"_L1, WorkspaceClient::bytes(answer).constData());
    QStringList described;
    for (const QJsonValue column : answer.value("manifest"_L1)["schema"_L1]["columns"_L1].toArray())
        described.append(column["name"_L1].toString() + u' ' + column["type_text"_L1].toString());
    QCOMPARE(described.join(", "_L1), columns);
    QStringList cells;
    for (const QJsonValue cell : answer.value("result"_L1)["data_array"_L1][0].toArray())
        cells.append(cell.isNull() ? u"null"_s : cell.toString());
    QCOMPARE(cells.join(", "_L1), row);
}

void TestSampleStatements::failuresSpeakDatabricks_data()
{
    QTest::addColumn<QString>("errorClass");
    QTest::addColumn<QString>("sqlState");
    const std::tuple<const char *, const char *, const char *> rows[] = {
        {"SELECT explode(sequence(1, 3))", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT *, row_number() OVER (ORDER BY r_name) AS rn FROM samples.tpch.region QUALIFY rn = 1",
         "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"MERGE INTO a USING b ON 1 = 1 WHEN MATCHED THEN DELETE", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT main.default.fiscal_quarter(current_date())", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT nonsense(1)", "UNRESOLVED_ROUTINE", "42883"},
        {"SELECT DATE '2026-01-31' - DATE '2026-01-01'", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT current_timestamp() - TIMESTAMP '2026-01-01 00:00:00'", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE",
         "0A000"},
        {"SELECT INTERVAL 1 DAY", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT TIMESTAMP '2026-01-01 00:00:00' + 1", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "42K09"},
        {"SELECT DATE '2026-02-30'", "INVALID_TYPED_LITERAL", "42604"},
        {"SELECT CAST('a' AS INT)", "CAST_INVALID_INPUT", "22018"},
        {"SELECT sum(CAST(c_name AS INT)) FROM samples.tpch.customer", "CAST_INVALID_INPUT", "22018"},
        {"SELECT CAST('2026-02-30' AS DATE)", "CAST_INVALID_INPUT", "22018"},
        {"SELECT count(*) FROM samples.tpch.orders WHERE o_orderdate > 'soon'", "CAST_INVALID_INPUT", "22018"},
        {"SELECT CAST(300 AS TINYINT)", "CAST_OVERFLOW", "22003"},
        {"SELECT CAST(current_date() AS INT)", "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", "42K09"},
        {"SELECT 1 / 0", "DIVIDE_BY_ZERO", "22012"},
        {"SELECT n_nationkey / n_regionkey FROM samples.tpch.nation ORDER BY n_regionkey DESC", "DIVIDE_BY_ZERO",
         "22012"},
        {"SELECT 1 % 0", "REMAINDER_BY_ZERO", "22012"},
        {"SELECT 2147483647 + 1", "ARITHMETIC_OVERFLOW", "22003"},
        {"SELECT region, quarter, sum(target) FROM main.default.sales_targets GROUP BY region", "MISSING_AGGREGATION",
         "42803"},
        {"SELECT region FROM main.default.sales_targets GROUP BY region ORDER BY target", "MISSING_AGGREGATION",
         "42803"},
        {"SELECT region, sum(target) FROM main.default.sales_targets", "MISSING_GROUP_BY", "42803"},
        {"SELECT sum(target) FROM main.default.sales_targets GROUP BY sum(target)", "GROUP_BY_AGGREGATE", "42903"},
        {"SELECT sum(count(*)) FROM samples.tpch.region", "NESTED_AGGREGATE_FUNCTION", "42607"},
        {"SELECT (SELECT r_name FROM samples.tpch.region)", "SCALAR_SUBQUERY_TOO_MANY_ROWS", "21000"},
        {"SELECT rowid FROM samples.tpch.region", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703"},
        {"SELECT julianday('now')", "UNRESOLVED_ROUTINE", "42883"},
        {"SELECT crc32('a')", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT url_encode('a b')", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT version()", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT st_area(1)", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT transform(array(1), x -> x + 1)", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE", "0A000"},
        {"SELECT date_add('2016-01-01')", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "42605"},
        {"SELECT date_trunc('EON', now())", "INVALID_PARAMETER_VALUE.DATETIME_UNIT", "22023"},
        {"SELECT n_name FROM samples.tpch.nation, samples.tpch.nation", "AMBIGUOUS_REFERENCE", "42704"},
        {"SELECT * FROM samples.tpch.nation WHERE", "PARSE_SYNTAX_ERROR", "42601"},
        {"SELECT r_name FROM samples.tpch.region WHERE sum(r_regionkey) > 3", "INVALID_WHERE_CONDITION", "42903"},
        {"SELECT 1 UNION SELECT 1, 2", "NUM_COLUMNS_MISMATCH", "42826"},
        {"SHOW TABLES IN samples.nope", "SCHEMA_NOT_FOUND", "42704"},
        {"SHOW SCHEMAS IN nope", "NO_SUCH_CATALOG_EXCEPTION", "42704"},
        {"CREATE TABLE samples.tpch.x (a INT)", "INSUFFICIENT_PERMISSIONS", "42501"},
        {"CREATE TABLE main.default.x (a BLAH)", "UNSUPPORTED_DATATYPE", "0A000"},
        {"CREATE TABLE main.default.page_views (a INT)", "TABLE_OR_VIEW_ALREADY_EXISTS", "42P07"},
        {"INSERT INTO main.default.sales_targets VALUES (1)", "INSERT_COLUMN_ARITY_MISMATCH", "21S01"},
        {"INSERT INTO finance.reporting.month_end VALUES (1)", "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE", "42809"},
        {"DROP TABLE finance.reporting.month_end", "WRONG_COMMAND_FOR_OBJECT_TYPE", "42809"},
        {"DROP SCHEMA main.default", "SCHEMA_NOT_EMPTY", "2BP01"},
    };
    for (const auto &[statement, errorClass, sqlState] : rows)
        QTest::newRow(statement) << QString::fromLatin1(errorClass) << QString::fromLatin1(sqlState);
}

void TestSampleStatements::failuresSpeakDatabricks()
{
    QFETCH(QString, errorClass);
    QFETCH(QString, sqlState);
    const QJsonObject answer = run(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(state(answer) == "FAILED"_L1, WorkspaceClient::bytes(answer).constData());
    const QString message = answer.value("status"_L1)["error"_L1]["message"_L1].toString();
    QVERIFY2(message.startsWith(u'[' + errorClass + u']'), qPrintable(message));
    QVERIFY2(message.endsWith(u"SQLSTATE: "_s + sqlState), qPrintable(message));
    QCOMPARE(answer.value("status"_L1)["sql_state"_L1].toString(), sqlState);
}

void TestSampleStatements::lettersBeyondAsciiTurn()
{
    const QJsonObject answer =
        run(u"SELECT upper('übersicht'), lower('ÜBERSICHT Ж'), initcap('élan VITAL'), upper('straße'), upper(name), "
            "count(*) FROM VALUES ('λ') AS t(name) GROUP BY upper(name)"_s);
    const QJsonArray row = answer.value("result"_L1)["data_array"_L1][0].toArray();
    QCOMPARE(row, (QJsonArray{u"ÜBERSICHT"_s, u"übersicht ж"_s, u"Élan Vital"_s, u"STRASSE"_s, u"Λ"_s, u"1"_s}));
}

void TestSampleStatements::parametersHaveTypes()
{
    const auto parameter = [](const QString &name, const QString &value, const QString &type) {
        return QJsonObject{{u"name"_s, name}, {u"value"_s, value}, {u"type"_s, type}};
    };
    const QJsonArray parameters{parameter(u"day"_s, u"2026-1-31"_s, u"DATE"_s),
                                parameter(u"price"_s, u"1.5"_s, u"DECIMAL(10,2)"_s),
                                parameter(u"isTrue"_s, u"true"_s, u"BOOLEAN"_s)};
    const QJsonObject answer = run(u"SELECT :day + 1, :price, :isTrue"_s, {{u"parameters"_s, parameters}});
    QCOMPARE(answer.value("result"_L1)["data_array"_L1][0].toArray(),
             (QJsonArray{u"2026-02-01"_s, u"1.50"_s, u"true"_s}));
    const QJsonArray wrong{parameter(u"day"_s, u"soon"_s, u"DATE"_s)};
    QCOMPARE(run(u"SELECT :day"_s, {{u"parameters"_s, wrong}}).value("error_code"_L1), u"INVALID_PARAMETER_VALUE"_s);
}

/// New rows may come from the old ones, and a statement that fails leaves these.
void TestSampleStatements::overwritingKeepsWhatFailed()
{
    const auto counted = [this] {
        return run(u"SELECT count(*) FROM main.default.sales_targets"_s)
            .value("result"_L1)["data_array"_L1][0][0]
            .toString();
    };
    const QString table = u"INSERT OVERWRITE main.default.sales_targets "_s;
    QCOMPARE(state(run(table + u"SELECT region, quarter, CAST(region AS INT) FROM main.default.sales_targets"_s)),
             u"FAILED"_s);
    QCOMPARE(counted(), u"20"_s);
    QCOMPARE(state(run(table + u"SELECT * FROM main.default.sales_targets WHERE region = 'ASIA'"_s)), u"SUCCEEDED"_s);
    QCOMPARE(counted(), u"4"_s);
}

void TestSampleStatements::linksTakeNoTokenAndDie()
{
    const QJsonObject answer = run(u"SELECT * FROM range(10)"_s, {{u"disposition"_s, u"EXTERNAL_LINKS"_s}});
    const QJsonObject first =
        answer.value("result"_L1).toObject().value("external_links"_L1).toArray().first().toObject();
    const QUrl link(first.value("external_link"_L1).toString());
    WorkspaceClient stranger(sample->url(), {});
    const Answer rows = stranger.get(link.path(), QUrlQuery(link));
    QCOMPARE(rows.status, 200);
    QCOMPARE(QJsonDocument::fromJson(rows.body).array().size(), 10);
    QCOMPARE(client->get(link.path(), QUrlQuery(link)).status, 400);
    QCOMPARE(stranger.get(link.path()).status, 403);
    client->post(u"/sample/statements"_s, QJsonObject{{u"expire_links"_s, true}});
    QCOMPARE(stranger.get(link.path(), QUrlQuery(link)).status, 403);
}

void TestSampleStatements::chunksEnd()
{
    const QJsonObject answer = run(u"SELECT * FROM range(12000)"_s);
    QCOMPARE(answer.value("manifest"_L1).toObject().value("total_chunk_count"_L1).toInteger(), 3);
    QJsonObject result = answer.value("result"_L1).toObject();
    qint64 rows = 0;
    while (true) {
        rows += result.value("data_array"_L1).toArray().size();
        const QString next = result.value("next_chunk_internal_link"_L1).toString();
        if (next.isEmpty())
            break;
        result = client->get(next).json();
    }
    QCOMPARE(rows, 12000);
    const QString path = Statements + u'/' + answer.value("statement_id"_L1).toString() + u"/result/chunks/"_s;
    QCOMPARE(client->get(path + u'3').status, 404);
}

QTEST_GUILESS_MAIN(TestSampleStatements)
#include "tst_samplestatements.moc"

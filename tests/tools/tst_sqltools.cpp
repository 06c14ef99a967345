#include "tools/host/catalogue.h"
#include "tools/toolbench.h"

#include <QDir>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Shared = u"8f3b2c1d90e47a65"_s;
const QString Stopped = u"1a7de05c44b98f20"_s;
const QString Smallest = u"c05f9b7a3e2d1846"_s;
const QString Statements = u"/api/2.0/sql/statements"_s;

QJsonObject on(const QString &warehouse)
{
    return {{u"warehouse_id"_s, warehouse}};
}

QStringList posts(const QStringList &requests)
{
    return requests.filter(u"POST "_s + Statements + u' ');
}

} // namespace

/// The toolset sql but for exports: the REST requests it makes and what it answers.
class TestSqlTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void warehousesAreListed();
    void warehouseIsShown();
    void warehouseStartsAndStops();
    void unknownWarehousesGetTheWordsOfTheApi_data();
    void unknownWarehousesGetTheWordsOfTheApi();

    void rowsComeWithNamesAndTypes();
    void warehouseIsChosen();
    void nullIsNotEmpty();
    void hostileCellsAreHarmless();
    void parametersAndDefaultsAreSent();
    void limitIsStated();
    void everyRowCanBeHad();
    void statementsThatChangeRun();
    void failuresAreTyped_data();
    void failuresAreTyped();
    void aParameterNamesNoFunctionThatReadsSecrets();
    void tooLargeResultNamesExport();
    void slowStatementsGiveAHandle();
    void startingWarehouseIsNamed();
    void lostAnswerIsNotRepeated_data();
    void lostAnswerIsNotRepeated();
    void stoppedCallCancelsInDatabricks();
    void cancelStatement();
    void getStatementFails();
    void policyFollowsTheStatement();
    void querySqlOnlyReads();
    void parametersMayBeAMap();
    void aNameWithASlipIsToldTheNearOne();
    void queriesOfAWarehouseAreFoundByItsName();
    void aStatementThatCannotBeFetchedIsNoCircle();
    void whatTheSampleDoesNotRunIsItsOwnFault();
    void queriesAreListed();
    void theSlowestQueriesComeFirst();
    void queriesFail();
    void alerts();
    void alertsAreOffByDefault();

private:
    Mcp::ToolResult execute(const QString &statement, QJsonObject more = {})
    {
        more.insert(u"statement"_s, statement);
        return bench->call(u"execute_sql"_s, more);
    }

    std::unique_ptr<ToolBench> bench;
};

void TestSqlTools::warehousesAreListed()
{
    const Mcp::ToolResult all = bench->call(u"list_warehouses"_s);
    QVERIFY2(!all.isError(), qPrintable(all.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/sql/warehouses?page_size=100"_s});
    QCOMPARE(all.structuredContent().value("total"_L1).toInteger(), 4);
    QVERIFY2(all.text().startsWith("Found 4 SQL warehouses (1 running):"_L1), qPrintable(all.text()));
    QVERIFY(all.text().contains("8f3b2c1d90e47a65 | Shared Serverless | RUNNING | Small | 1 (1-4) | true"_L1));

    const Mcp::ToolResult some =
        bench->call(u"list_warehouses"_s, {{u"states"_s, QJsonArray{u"STOPPED"_s}}, {u"name_contains"_s, u"DASH"_s}});
    QCOMPARE(some.structuredContent().value("total"_L1).toInteger(), 1);

    bench->fault({{u"path"_s, u"/api/2.0/sql/warehouses"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_warehouses"_s).isError());
}

void TestSqlTools::warehouseIsShown()
{
    const Mcp::ToolResult result = bench->call(u"get_warehouse"_s, on(Shared));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("health"_L1).toString(), u"HEALTHY"_s);
    QCOMPARE(result.structuredContent().value("auto_stop_mins"_L1).toInteger(), 10);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/sql/warehouses/"_s + Shared});

    const Mcp::ToolResult none = bench->call(u"get_warehouse"_s);
    QVERIFY2(none.isError() && none.text().contains("list_warehouses"_L1), qPrintable(none.text()));
    bench->defaultWarehouseId = Stopped;
    bench->reset();
    QCOMPARE(bench->call(u"get_warehouse"_s).structuredContent().value("name"_L1).toString(), u"BI Dashboards"_s);
}

void TestSqlTools::warehouseStartsAndStops()
{
    const QString path = u"/api/2.0/sql/warehouses/"_s + Stopped;
    const Mcp::ToolResult started = bench->call(u"start_warehouse"_s, on(Stopped));
    QCOMPARE(started.structuredContent().value("state"_L1).toString(), u"STARTING"_s);
    QCOMPARE(bench->requests(), (QStringList{u"GET "_s + path, u"POST "_s + path + u"/start"_s, u"GET "_s + path}));
    const Mcp::ToolResult waited = bench->call(u"start_warehouse"_s, {{u"warehouse_id"_s, Stopped}, {u"wait"_s, true}});
    QCOMPARE(waited.structuredContent().value("state"_L1).toString(), u"RUNNING"_s);
    QVERIFY(!bench->progress.isEmpty());
    bench->requests();
    QVERIFY(bench->call(u"start_warehouse"_s, on(Stopped)).text().contains("running already"_L1));
    QCOMPARE(bench->requests(), QStringList{u"GET "_s + path});

    const Mcp::ToolResult ended = bench->call(u"stop_warehouse"_s, on(Stopped));
    QCOMPARE(ended.structuredContent().value("state"_L1).toString(), u"STOPPING"_s);
    QCOMPARE(bench->requests(), (QStringList{u"GET "_s + path, u"POST "_s + path + u"/stop"_s, u"GET "_s + path}));
    QTRY_VERIFY(bench->call(u"stop_warehouse"_s, on(Stopped)).text().contains("stopped already"_L1));
}

void TestSqlTools::unknownWarehousesGetTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    for (const auto tool : {"get_warehouse", "start_warehouse", "stop_warehouse", "execute_sql"})
        QTest::newRow(tool) << QString::fromLatin1(tool);
}

void TestSqlTools::unknownWarehousesGetTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    QJsonObject arguments = on(u"0000nothere"_s);
    if (tool == "execute_sql"_L1)
        arguments.insert(u"statement"_s, u"SELECT 1"_s);
    const Mcp::ToolResult result = bench->call(tool, arguments);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("SQL warehouse 0000nothere does not exist"_L1), qPrintable(result.text()));
}

void TestSqlTools::rowsComeWithNamesAndTypes()
{
    const Mcp::ToolResult result = execute(
        u"SELECT pickup_zip, count(*) AS trips, max(tpep_pickup_datetime) AS tpep_pickup_datetime, avg(fare_amount) AS "
        "fare FROM samples.nyctaxi.trips WHERE pickup_zip < 10003 GROUP BY pickup_zip ORDER BY pickup_zip"_s,
        on(Shared));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("state"_L1).toString(), u"SUCCEEDED"_s);
    QCOMPARE(facts.value("rows"_L1).toArray().size(), 2);
    QVERIFY(!facts.contains("truncated"_L1));
    QStringList types;
    for (const QJsonValue column : facts.value("columns"_L1).toArray())
        types.append(column.toObject().value("type"_L1).toString());
    QCOMPARE(types, (QStringList{u"INT"_s, u"BIGINT"_s, u"TIMESTAMP"_s, u"DOUBLE"_s}));
    QCOMPARE(facts.value("rows"_L1).toArray().first().toArray().first().toString(), u"10001"_s);
    QVERIFY(result.text().contains("pickup_zip (INT) | trips (BIGINT) |"_L1));
    QCOMPARE(
        bench->requests(),
        QStringList{
            u"POST /api/2.0/sql/statements "
            "{\"disposition\":\"INLINE\",\"format\":\"JSON_ARRAY\",\"on_wait_timeout\":\"CONTINUE\",\"row_limit\":100,"
            "\"statement\":\"SELECT pickup_zip, count(*) AS trips, max(tpep_pickup_datetime) AS tpep_pickup_datetime, "
            "avg(fare_amount) AS fare FROM samples.nyctaxi.trips WHERE pickup_zip < 10003 GROUP BY pickup_zip ORDER "
            "BY pickup_zip\",\"wait_timeout\":\"5s\",\"warehouse_id\":\"8f3b2c1d90e47a65\"}"_s});
}

void TestSqlTools::warehouseIsChosen()
{
    const Mcp::ToolResult running = execute(u"SELECT 1"_s);
    QVERIFY2(running.text().contains("Shared Serverless (8f3b2c1d90e47a65), because it is running already"_L1),
             qPrintable(running.text()));
    QCOMPARE(bench->requests().mid(0, 2), (QStringList{u"GET /api/warehouses/v1/default-warehouse-overrides/me"_s,
                                                       u"GET /api/2.0/sql/warehouses?page_size=100"_s}));

    bench->call(u"stop_warehouse"_s, on(Shared));
    const Mcp::ToolResult smallest = execute(u"SELECT 1"_s);
    QCOMPARE(smallest.structuredContent().value("warehouse_id"_L1).toString(), Smallest);
    QVERIFY2(smallest.text().contains("none is running and it is the smallest"_L1), qPrintable(smallest.text()));

    bench->control("PATCH", u"/api/warehouses/v1/default-warehouse-overrides/me"_s, on(Stopped));
    const Mcp::ToolResult own = execute(u"SELECT 1"_s);
    QCOMPARE(own.structuredContent().value("warehouse_id"_L1).toString(), Stopped);
    QVERIFY2(own.text().contains("the user's default in Databricks"_L1), qPrintable(own.text()));

    bench->defaultWarehouseId = Shared;
    bench->reset();
    const Mcp::ToolResult profile = execute(u"SELECT 1"_s);
    QVERIFY2(profile.text().contains("the profile's default"_L1), qPrintable(profile.text()));
    QCOMPARE(bench->requests().size(), 1);

    // A workspace that does not know of overrides.
    bench->defaultWarehouseId.clear();
    bench->reset();
    bench->fault({{u"path"_s, u"/api/warehouses/v1/*"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(!execute(u"SELECT 1"_s).isError());
}

void TestSqlTools::nullIsNotEmpty()
{
    const Mcp::ToolResult result = execute(u"SELECT NULL AS a, '' AS b, 'null' AS c, 'x|y\\nz' AS d"_s, on(Shared));
    const QJsonArray row = result.structuredContent().value("rows"_L1).toArray().first().toArray();
    QCOMPARE(row, (QJsonArray{QJsonValue::Null, u""_s, u"null"_s, u"x|y\nz"_s}));
    QVERIFY2(result.text().contains("null | \"\" | null | x\\|y\\nz"_L1), qPrintable(result.text()));
}

void TestSqlTools::hostileCellsAreHarmless()
{
    const Mcp::ToolResult result =
        execute(u"SELECT 'a\u202eb\u0007' AS a, repeat('x', 5000) AS long_one"_s, on(Shared));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonArray row = result.structuredContent().value("rows"_L1).toArray().first().toArray();
    QCOMPARE(row.first().toString(), u"ab"_s);
    QVERIFY(row.last().toString().toUtf8().size() <= 2048);
    QCOMPARE(result.structuredContent().value("cut_cells"_L1).toInteger(), 1);
    QVERIFY2(result.text().contains("1 cells were longer than 2048 bytes"_L1), qPrintable(result.text().right(200)));
}

void TestSqlTools::parametersAndDefaultsAreSent()
{
    const QJsonArray parameters{QJsonObject{{u"name"_s, u"key"_s}, {u"value"_s, u"3"_s}, {u"type"_s, u"BIGINT"_s}},
                                QJsonObject{{u"name"_s, u"nothing"_s}}};
    const Mcp::ToolResult result = execute(u"SELECT r_name, :nothing AS n FROM region WHERE r_regionkey = :key"_s,
                                           {{u"warehouse_id"_s, Shared},
                                            {u"catalog"_s, u"samples"_s},
                                            {u"schema"_s, u"tpch"_s},
                                            {u"parameters"_s, parameters}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("rows"_L1).toArray(),
             (QJsonArray{QJsonArray{u"EUROPE"_s, QJsonValue::Null}}));
    const QString request = bench->requests().first();
    QVERIFY2(request.contains("\"catalog\":\"samples\""_L1) && request.contains("\"schema\":\"tpch\""_L1),
             qPrintable(request));
    QVERIFY2(request.contains(
                 "\"parameters\":[{\"name\":\"key\",\"type\":\"BIGINT\",\"value\":\"3\"},{\"name\":\"nothing\"}]"_L1),
             qPrintable(request));
}

void TestSqlTools::limitIsStated()
{
    const QString statement = u"SELECT * FROM samples.tpch.nation"_s;
    const Mcp::ToolResult some = execute(statement, {{u"warehouse_id"_s, Shared}, {u"row_limit"_s, 5}});
    QCOMPARE(some.structuredContent().value("rows"_L1).toArray().size(), 5);
    QVERIFY(some.structuredContent().value("truncated"_L1).toBool());
    QVERIFY2(some.text().contains("has more rows"_L1) && some.text().contains("export_query"_L1),
             qPrintable(some.text()));
    // Exactly as many as there are: nothing was left out.
    const Mcp::ToolResult all = execute(statement, {{u"warehouse_id"_s, Shared}, {u"row_limit"_s, 20}});
    QCOMPARE(all.structuredContent().value("rows"_L1).toArray().size(), 20);
    QVERIFY(!all.structuredContent().value("truncated"_L1).toBool());
    QVERIFY(!all.text().contains("more rows"_L1));
}

void TestSqlTools::everyRowCanBeHad()
{
    Mcp::ToolResult result =
        execute(u"SELECT *, row_number() OVER (ORDER BY tpep_pickup_datetime) FROM samples.nyctaxi.trips"_s,
                {{u"warehouse_id"_s, Shared}, {u"row_limit"_s, 7000}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString id = result.structuredContent().value("statement_id"_L1).toString();
    bench->requests();
    qint64 seen = 0;
    while (true) {
        const QJsonObject facts = result.structuredContent();
        const QJsonArray rows = facts.value("rows"_L1).toArray();
        QVERIFY(!rows.isEmpty());
        QVERIFY(result.text().size() < 200'000);
        for (const QJsonValue row : rows)
            QCOMPARE(row.toArray().last().toString(), QString::number(++seen));
        if (!facts.contains("next_row"_L1))
            break;
        QVERIFY(result.text().contains(u"first_row %1"_s.arg(seen)));
        result =
            bench->call(u"get_statement"_s, {{u"statement_id"_s, id}, {u"first_row"_s, seen}, {u"row_limit"_s, 10000}});
    }
    QCOMPARE(seen, 7000);
    const QString path = u"GET "_s + Statements + u'/' + id;
    const QStringList requests = bench->requests();
    QVERIFY(requests.contains(path) && requests.contains(path + u"/result/chunks/1"_s));

    const Mcp::ToolResult chunk =
        bench->call(u"get_statement"_s, {{u"statement_id"_s, id}, {u"chunk"_s, 1}, {u"row_limit"_s, 1}});
    QVERIFY2(chunk.text().contains("rows 5000 to 5000"_L1), qPrintable(chunk.text()));
    QCOMPARE(chunk.structuredContent().value("rows"_L1).toArray().size(), 1);
    const Mcp::ToolResult beyond = bench->call(u"get_statement"_s, {{u"statement_id"_s, id}, {u"first_row"_s, 7000}});
    QVERIFY2(beyond.text().contains("There is no row 7000"_L1), qPrintable(beyond.text()));
}

void TestSqlTools::statementsThatChangeRun()
{
    const auto run = [this](const QString &statement) {
        const Mcp::ToolResult result = execute(statement, on(Shared));
        return result.isError() ? result.text() : QString();
    };
    QCOMPARE(run(u"CREATE TABLE main.default.notes (id BIGINT, body STRING COMMENT 'text')"_s), QString());
    QCOMPARE(run(u"INSERT INTO notes VALUES (1, 'one'), (2, NULL)"_s), QString());
    QCOMPARE(run(u"UPDATE notes SET body = 'two' WHERE id = 2"_s), QString());
    const Mcp::ToolResult rows = execute(u"SELECT * FROM `main`.`default`.notes ORDER BY id"_s, on(Shared));
    QCOMPARE(rows.structuredContent().value("rows"_L1).toArray(),
             (QJsonArray{QJsonArray{u"1"_s, u"one"_s}, QJsonArray{u"2"_s, u"two"_s}}));
    QCOMPARE(run(u"CREATE OR REPLACE TABLE notes AS SELECT r_name FROM samples.tpch.region"_s), QString());
    QCOMPARE(execute(u"DESCRIBE TABLE notes"_s, on(Shared)).structuredContent().value("rows"_L1).toArray(),
             (QJsonArray{QJsonArray{u"r_name"_s, u"string"_s, QJsonValue::Null}}));
    const Mcp::ToolResult dropped = execute(u"DROP TABLE notes"_s, on(Shared));
    QVERIFY2(dropped.text().contains("it gives no rows"_L1), qPrintable(dropped.text()));
    QVERIFY(run(u"SELECT * FROM notes"_s).contains("TABLE_OR_VIEW_NOT_FOUND"_L1));
    QVERIFY(run(u"DELETE FROM samples.tpch.region"_s).contains("INSUFFICIENT_PERMISSIONS"_L1));
}

void TestSqlTools::failuresAreTyped_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("errorClass");
    QTest::addColumn<QString>("sqlState");
    QTest::newRow("table") << u"SELECT * FROM samples.nyctaxi.tripz"_s << u"TABLE_OR_VIEW_NOT_FOUND"_s << u"42P01"_s;
    QTest::newRow("column") << u"SELECT fare FROM samples.nyctaxi.trips"_s << u"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION"_s
                            << u"42703"_s;
    QTest::newRow("syntax") << u"SELEC 1"_s << u"PARSE_SYNTAX_ERROR"_s << u"42601"_s;
    QTest::newRow("parameter") << u"SELECT :a"_s << u"UNBOUND_SQL_PARAMETER"_s << u"42P02"_s;
}

void TestSqlTools::failuresAreTyped()
{
    QFETCH(QString, statement);
    QFETCH(QString, errorClass);
    QFETCH(QString, sqlState);
    const Mcp::ToolResult result = execute(statement, on(Shared));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains(u'[' + errorClass + u']'), qPrintable(result.text()));
    QVERIFY2(result.text().contains(u"SQLSTATE: "_s + sqlState), qPrintable(result.text()));
}

void TestSqlTools::aParameterNamesNoFunctionThatReadsSecrets()
{
    const QJsonObject name{{u"name"_s, u"f"_s}, {u"value"_s, u"system.builtin.secret"_s}};
    const Mcp::ToolResult result =
        bench->call(u"execute_sql"_s,
                    {{u"statement"_s, u"SELECT IDENTIFIER(:f)('s', 'k')"_s}, {u"parameters"_s, QJsonArray{name}}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("never read back"_L1), qPrintable(result.text()));
    QVERIFY(bench->requests().filter(u"POST"_s).isEmpty());
}

void TestSqlTools::tooLargeResultNamesExport()
{
    bench->requestTimeout = 20s;
    bench->reset();
    const Mcp::ToolResult result =
        execute(u"SELECT repeat('x', 900) FROM range(30000)"_s, {{u"warehouse_id"_s, Shared}, {u"row_limit"_s, 10000}});
    QVERIFY(!result.isError());
    const Mcp::ToolResult large =
        execute(u"SELECT repeat('x', 9000) FROM range(3000)"_s, {{u"warehouse_id"_s, Shared}, {u"row_limit"_s, 10000}});
    QVERIFY(large.isError());
    QVERIFY2(large.text().contains("25 MiB"_L1) && large.text().contains("export_query"_L1), qPrintable(large.text()));
}

void TestSqlTools::slowStatementsGiveAHandle()
{
    const Mcp::ToolResult begun =
        execute(u"SELECT sleep_seconds(0.3) AS x"_s, {{u"warehouse_id"_s, Shared}, {u"wait_seconds"_s, 0}});
    QVERIFY2(!begun.isError(), qPrintable(begun.text()));
    const QString id = begun.structuredContent().value("statement_id"_L1).toString();
    QCOMPARE(begun.structuredContent().value("state"_L1).toString(), u"RUNNING"_s);
    QVERIFY2(begun.text().contains("Do not send it again"_L1) && begun.text().contains(id), qPrintable(begun.text()));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 1);
    QVERIFY(requests.first().contains("\"wait_timeout\":\"0s\""_L1));

    const Mcp::ToolResult ended = bench->call(u"get_statement"_s, {{u"statement_id"_s, id}, {u"wait_seconds"_s, 10}});
    QVERIFY2(!ended.isError(), qPrintable(ended.text()));
    QCOMPARE(ended.structuredContent().value("state"_L1).toString(), u"SUCCEEDED"_s);
    QVERIFY(!bench->progress.isEmpty());
    QCOMPARE(posts(bench->requests()), QStringList());
}

void TestSqlTools::startingWarehouseIsNamed()
{
    const Mcp::ToolResult begun = execute(u"SELECT 1"_s, {{u"warehouse_id"_s, Stopped}, {u"wait_seconds"_s, 0}});
    QCOMPARE(begun.structuredContent().value("state"_L1).toString(), u"PENDING"_s);
    QVERIFY2(begun.text().contains("Its warehouse is STARTING"_L1), qPrintable(begun.text()));
    // A statement may be pending although its warehouse runs: then nothing is said of it.
    const Mcp::ToolResult ended =
        bench->call(u"get_statement"_s,
                    {{u"statement_id"_s, begun.structuredContent().value("statement_id"_L1)}, {u"wait_seconds"_s, 5}});
    QCOMPARE(ended.structuredContent().value("state"_L1).toString(), u"SUCCEEDED"_s);
}

void TestSqlTools::lostAnswerIsNotRepeated_data()
{
    QTest::addColumn<QString>("fault");
    for (const auto fault : {"reset", "hang", "truncated", "bad_json"})
        QTest::newRow(fault) << QString::fromLatin1(fault);
}

void TestSqlTools::lostAnswerIsNotRepeated()
{
    QFETCH(QString, fault);
    bench->requestTimeout = 300ms;
    bench->reset();
    bench->fault({{u"path"_s, Statements}, {u"method"_s, u"POST"_s}, {u"fault"_s, fault}});
    const Mcp::ToolResult result = execute(u"CREATE TABLE main.default.once (a INT)"_s, on(Shared));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("list_queries"_L1) && result.text().contains("do not send it again"_L1),
             qPrintable(result.text()));
    QCOMPARE(posts(bench->requests()).size(), 1);
}

void TestSqlTools::stoppedCallCancelsInDatabricks()
{
    std::stop_source stop;
    QTimer::singleShot(300ms, bench.get(), [&stop] { stop.request_stop(); });
    bench->call(u"execute_sql"_s,
                {{u"statement"_s, u"SELECT sleep_seconds(60)"_s}, {u"warehouse_id"_s, Shared}, {u"wait_seconds"_s, 4}},
                stop.get_token());
    QCOMPARE(bench->log().latest(1).first().outcome, Calls::Outcome::Cancelled);
    const QJsonObject cancelled{{u"statuses"_s, QJsonArray{u"CANCELED"_s}}, {u"minutes"_s, 1}};
    QTRY_COMPARE(bench->call(u"list_queries"_s, cancelled).structuredContent().value("total"_L1).toInteger(), 1);
    const QStringList requests = bench->requests();
    QCOMPARE(requests.filter(u"/cancel"_s).size(), 1);
    QCOMPARE(posts(requests).size(), 1);
}

void TestSqlTools::cancelStatement()
{
    const Mcp::ToolResult begun =
        execute(u"SELECT sleep_seconds(60)"_s, {{u"warehouse_id"_s, Shared}, {u"wait_seconds"_s, 0}});
    const QJsonObject id{{u"statement_id"_s, begun.structuredContent().value("statement_id"_L1)}};
    bench->requests();
    const Mcp::ToolResult cancelled = bench->call(u"cancel_statement"_s, id);
    QCOMPARE(cancelled.structuredContent().value("state"_L1).toString(), u"CANCELED"_s);
    const QString path = Statements + u'/' + id.value("statement_id"_L1).toString();
    QCOMPARE(bench->requests(), (QStringList{u"GET "_s + path, u"POST "_s + path + u"/cancel"_s, u"GET "_s + path}));
    QVERIFY(bench->call(u"cancel_statement"_s, id).text().contains("over already"_L1));
    QVERIFY(bench->call(u"cancel_statement"_s, {{u"statement_id"_s, u"01ef-none"_s}}).isError());
}

void TestSqlTools::getStatementFails()
{
    const Mcp::ToolResult result = bench->call(u"get_statement"_s, {{u"statement_id"_s, u"01ef-none"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Statement 01ef-none can't be fetched"_L1), qPrintable(result.text()));
    QVERIFY(bench->call(u"get_statement"_s, {{u"statement_id"_s, u".."_s}}).isError());
}

void TestSqlTools::policyFollowsTheStatement()
{
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    QVERIFY(bench->description(u"execute_sql"_s).annotations.readOnly);
    for (const QString &statement : {u"INSERT INTO t VALUES (1)"_s, u"SELECT 1; DROP TABLE t"_s, u"SELECT '"_s})
        QVERIFY2(execute(statement, on(Shared)).isError(), qPrintable(statement));
    QCOMPARE(bench->requests(), QStringList());
    QVERIFY(!execute(u"SELECT 1"_s, on(Shared)).isError());

    bench->policy = ToolBench::rules(Calls::Decision::Allow, Calls::Decision::Deny);
    bench->reset();
    QVERIFY(bench->description(u"execute_sql"_s).annotations.destructive);
    QVERIFY(!execute(u"CREATE TABLE main.default.p (a INT)"_s, on(Shared)).isError());
    QVERIFY(execute(u"DROP TABLE main.default.p"_s, on(Shared)).isError());
}

void TestSqlTools::querySqlOnlyReads()
{
    QVERIFY(bench->description(u"query_sql"_s).annotations.readOnly);
    const Mcp::ToolResult read = bench->call(u"query_sql"_s, {{u"statement"_s, u"SELECT 1 AS a"_s}});
    QVERIFY2(!read.isError(), qPrintable(read.text()));
    bench->requests();
    for (const QString &statement : {u"DELETE FROM samples.nyctaxi.trips"_s, u"SELECT main.default.f(1)"_s,
                                     u"WITH a AS (SELECT 1) INSERT INTO main.default.t SELECT * FROM a"_s}) {
        const Mcp::ToolResult refused = bench->call(u"query_sql"_s, {{u"statement"_s, statement}});
        QVERIFY2(refused.isError() && refused.text().contains("execute_sql"_L1), qPrintable(refused.text()));
        QCOMPARE(bench->requests(), QStringList());
    }
}

void TestSqlTools::parametersMayBeAMap()
{
    const QJsonObject map{{u"status"_s, u"F"_s}, {u"least"_s, 5}, {u"flag"_s, true}};
    const Mcp::ToolResult result = bench->call(
        u"query_sql"_s, {{u"statement"_s, u"SELECT :status AS a, :least AS b, :flag AS c"_s}, {u"parameters"_s, map}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString sent = bench->requests().filter(u"POST /api/2.0/sql/statements"_s).join(u'\n');
    QVERIFY2(sent.contains(R"({"name":"status","value":"F"})"_L1), qPrintable(sent));
    QVERIFY2(sent.contains(R"({"name":"least","type":"BIGINT","value":"5"})"_L1), qPrintable(sent));
    QVERIFY2(sent.contains(R"({"name":"flag","type":"BOOLEAN","value":"true"})"_L1), qPrintable(sent));
}

void TestSqlTools::aNameWithASlipIsToldTheNearOne()
{
    const Mcp::ToolResult result =
        bench->call(u"query_sql"_s, {{u"statement"_s, u"SELECT * FROM samples.nyctaxi.tripz"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Did you mean trips?"_L1), qPrintable(result.text()));
    QCOMPARE(result.text().count("TABLE_OR_VIEW_NOT_FOUND"_L1), 1);
    QCOMPARE(result.text().count("42P01"_L1), 1);
}

void TestSqlTools::theSlowestQueriesComeFirst()
{
    const auto first = [this](const QJsonObject &arguments) {
        return bench->call(u"list_queries"_s, arguments).structuredContent().value("queries"_L1)[0].toObject();
    };
    const QJsonObject slowest = first({{u"slowest_first"_s, true}, {u"limit"_s, 1}});
    QVERIFY2(slowest.value("duration"_L1).toString().contains("min"_L1),
             qPrintable(slowest.value("duration"_L1).toString()));
    QVERIFY(slowest != first({{u"limit"_s, 1}}));

    const Mcp::ToolResult some = bench->call(u"list_queries"_s, {{u"slowest_first"_s, true}, {u"limit"_s, 3}});
    const QString total = QString::number(some.structuredContent().value("total"_L1).toInteger());
    const QString words = u"The 3 slowest of %1 queries in the last 1440 minutes"_s.arg(total);
    QVERIFY2(some.text().startsWith(words), qPrintable(some.text()));
    QVERIFY(some.structuredContent().value("summary"_L1).toString().startsWith(words));
    QVERIFY2(some.text().contains("Raise limit for more."_L1), qPrintable(some.text()));
    QVERIFY(!some.structuredContent().contains("next_page_token"_L1));
    const Mcp::ToolResult all = bench->call(u"list_queries"_s, {{u"slowest_first"_s, true}});
    QVERIFY2(!all.text().contains("Raise limit"_L1), qPrintable(all.text()));

    const QString token =
        bench->call(u"list_queries"_s, {{u"limit"_s, 1}}).structuredContent().value("next_page_token"_L1).toString();
    const Mcp::ToolResult refused =
        bench->call(u"list_queries"_s, {{u"slowest_first"_s, true}, {u"page_token"_s, token}});
    QVERIFY2(refused.isError() && refused.text().contains("raise limit"_L1), qPrintable(refused.text()));
}

void TestSqlTools::queriesOfAWarehouseAreFoundByItsName()
{
    const auto total = [this](const QString &warehouse) {
        return bench->call(u"list_queries"_s, {{u"warehouse_id"_s, warehouse}})
            .structuredContent()
            .value("total"_L1)
            .toInteger();
    };
    QVERIFY(total(Shared) > 0);
    QCOMPARE(total(u"shared serverless"_s), total(Shared));
    const Mcp::ToolResult near = bench->call(u"list_queries"_s, {{u"warehouse_id"_s, u"Shared Serverles"_s}});
    QVERIFY2(near.isError() && near.text().contains("Did you mean Shared Serverless?"_L1), qPrintable(near.text()));
    const Mcp::ToolResult gone = bench->call(u"list_queries"_s, {{u"warehouse_id"_s, u"0000000000000000"_s}});
    QVERIFY2(gone.isError() && gone.text().contains("no SQL warehouse 0000000000000000"_L1), qPrintable(gone.text()));
}

void TestSqlTools::aStatementThatCannotBeFetchedIsNoCircle()
{
    for (const QString &tool : {u"get_statement"_s, u"cancel_statement"_s}) {
        const Mcp::ToolResult result =
            bench->call(tool, {{u"statement_id"_s, u"01f0ffff-0000-1000-8000-000000000000"_s}});
        QVERIFY2(result.isError() && result.text().contains("get_query shows the text and times"_L1),
                 qPrintable(result.text()));
        QVERIFY2(!result.text().contains("list_queries lists them"_L1), qPrintable(result.text()));
    }
}

void TestSqlTools::whatTheSampleDoesNotRunIsItsOwnFault()
{
    const QJsonObject words{
        {u"SELECT * FROM read_files('/Volumes/main/default/exports')"_s, u"does not run read_files"_s},
        {u"SELECT * FROM csv.`/Volumes/main/default/exports/sales_targets_2026.csv`"_s, u"queries of files"_s},
        {u"SHOW GRANTS ON TABLE main.default.page_views"_s, u"list_grants"_s}};
    for (auto one = words.begin(); one != words.end(); ++one) {
        const Mcp::ToolResult result = bench->call(u"execute_sql"_s, {{u"statement"_s, one.key()}});
        QVERIFY2(result.isError() && result.text().contains("sample workspace does not run"_L1) &&
                     result.text().contains(one->toString()),
                 qPrintable(result.text()));
    }
}

void TestSqlTools::queriesAreListed()
{
    execute(u"SELECT 'a needle' AS x"_s, on(Shared));
    execute(u"SELECT * FROM nowhere"_s, on(Shared));
    bench->requests();
    const Mcp::ToolResult all = bench->call(u"list_queries"_s);
    QVERIFY2(!all.isError(), qPrintable(all.text()));
    const QString request = bench->requests().first();
    QVERIFY2(request.startsWith(
                 "GET /api/2.0/sql/history/queries?max_results=100&filter_by.query_start_time_range.start_time_ms="_L1),
             qPrintable(request));
    QCOMPARE(all.structuredContent().value("total"_L1).toInteger(), 7);

    const Mcp::ToolResult failed =
        bench->call(u"list_queries"_s, {{u"statuses"_s, QJsonArray{u"FAILED"_s}}, {u"minutes"_s, 5}});
    QCOMPARE(failed.structuredContent().value("total"_L1).toInteger(), 1);
    QVERIFY2(failed.text().contains("TABLE_OR_VIEW_NOT_FOUND"_L1), qPrintable(failed.text()));
    QVERIFY(bench->requests().first().contains("filter_by.statuses=FAILED"_L1));

    const Mcp::ToolResult found =
        bench->call(u"list_queries"_s,
                    {{u"text_contains"_s, u"NEEDLE"_s}, {u"user_contains"_s, u"maria"_s}, {u"warehouse_id"_s, Shared}});
    QCOMPARE(found.structuredContent().value("total"_L1).toInteger(), 1);
    const QJsonObject row = found.structuredContent().value("queries"_L1).toArray().first().toObject();
    QCOMPARE(row.value("status"_L1).toString(), u"FINISHED"_s);

    const Mcp::ToolResult first = bench->call(u"list_queries"_s, {{u"limit"_s, 2}});
    const Mcp::ToolResult second = bench->call(
        u"list_queries"_s, {{u"limit"_s, 2}, {u"page_token"_s, first.structuredContent().value("next_page_token"_L1)}});
    QVERIFY2(!second.isError(), qPrintable(second.text()));
    QCOMPARE(second.structuredContent().value("queries"_L1).toArray().size(), 2);
}

void TestSqlTools::queriesFail()
{
    bench->fault({{u"path"_s, u"/api/2.0/sql/history/queries"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(u"list_queries"_s);
    QVERIFY2(result.isError() && result.text().contains("permission"_L1), qPrintable(result.text()));
}

void TestSqlTools::alerts()
{
    const Mcp::ToolResult all = bench->call(u"list_alerts"_s);
    QVERIFY2(!all.isError(), qPrintable(all.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/alerts?page_size=100"_s});
    QCOMPARE(all.structuredContent().value("total"_L1).toInteger(), 3);
    const QJsonObject row = all.structuredContent().value("alerts"_L1).toArray().first().toObject();
    QCOMPARE(row.value("condition"_L1).toString(), u"unbalanced > 0"_s);
    QCOMPARE(row.value("state"_L1).toString(), u"TRIGGERED"_s);
    QVERIFY2(row.value("last_evaluated"_L1).toString().endsWith(" UTC"_L1), qPrintable(all.text()));

    const Mcp::ToolResult first = bench->call(u"list_alerts"_s, {{u"limit"_s, 2}});
    QCOMPARE(first.structuredContent().value("alerts"_L1).toArray().size(), 2);
    const QJsonObject next{{u"limit"_s, 2}, {u"page_token"_s, first.structuredContent().value("next_page_token"_L1)}};
    const Mcp::ToolResult second = bench->call(u"list_alerts"_s, next);
    QCOMPARE(second.structuredContent().value("alerts"_L1).toArray().size(), 1);
    const Mcp::ToolResult late = bench->call(u"list_alerts"_s, {{u"name_contains"_s, u"LATE"_s}});
    QVERIFY2(late.text().contains("late > 25"_L1) &&
                 late.text().contains("every day at 07:00 (Europe/Berlin), paused"_L1),
             qPrintable(late.text()));
}

void TestSqlTools::alertsAreOffByDefault()
{
    const auto has = [](const QStringList &toolsets) {
        return Tools::findTool(u"list_alerts"_s, Tools::resolveToolsets(toolsets)) != nullptr;
    };
    QVERIFY(!has({}));
    QVERIFY(has({u"sql"_s}) && has({u"all"_s}));
    QVERIFY(!has({u"jobs"_s}));
}

QTEST_GUILESS_MAIN(TestSqlTools)
#include "tst_sqltools.moc"

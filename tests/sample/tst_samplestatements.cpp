#include "sample/workspaceclient.h"

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
    sample = std::make_unique<Sample::SampleWorkspace>("token", Sample::Tempo{100ms, 100ms, 100ms});
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
        {"SELECT date_add(DATE '2016-01-01', 1)", "FAILED"},
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

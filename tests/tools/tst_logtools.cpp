#include "tools/toolbench.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Cluster = u"0527-061205-l3ph6de2"_s;
const QString Export = u"/api/2.2/jobs/runs/export"_s;

/// The page that an export gives of a notebook.
QJsonObject exported(const QJsonArray &commands)
{
    const QByteArray model = QJsonDocument(QJsonObject{{u"commands"_s, commands}}).toJson(QJsonDocument::Compact);
    const QString page = u"<html><script>var __DATABRICKS_NOTEBOOK_MODEL = '%1';</script></html>"_s.arg(
        QString::fromLatin1(model.toPercentEncoding().toBase64()));
    return {{u"views"_s, QJsonArray{QJsonObject{{u"type"_s, u"NOTEBOOK"_s}, {u"content"_s, page}}}}};
}

QJsonObject command(int position, const QString &source, const QJsonObject &results)
{
    return {{u"position"_s, position}, {u"command"_s, source}, {u"results"_s, results}};
}

QJsonObject typed(const QString &type, const QJsonValue &data)
{
    return {{u"type"_s, type}, {u"data"_s, data}};
}

} // namespace

/// What ran, cell by cell, and what it wrote: exported runs, logs of clusters and served models, code without a
/// cluster.
class TestLogTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void cellsComeInTheirOrderWithResults();
    void everyKindOfResultIsText_data();
    void everyKindOfResultIsText();
    void errorsOfCellsAreText();
    void longNotebooksComeInParts();
    void pageWithoutANotebookIsSaid();
    void runOfSeveralTasksWantsAKey();

    void clusterLogsAreListed();
    void clusterLogsShowTheirEnd();
    void clusterLogsInAVolume();
    void clusterLogsDoNotLeaveTheirPlace_data();
    void clusterLogsDoNotLeaveTheirPlace();
    void clusterLogsElsewhereAreNamed_data();
    void clusterLogsElsewhereAreNamed();

    void servingLogsOfServerAndBuild();
    void servingLogsOfSeveralWantAName();

    void serverlessCodeGivesItsCells();
    void serverlessCodeThatIsNotAcceptedLeavesNothing();
    void serverlessCodeInDoubtIsNotSentAgain();
    void longServerlessCodeGoesOn();

private:
    QJsonObject notebookRun();
    Mcp::ToolResult exportWith(const QJsonObject &page, QJsonObject more = {});

    std::unique_ptr<ToolBench> bench;
};

QJsonObject TestLogTools::notebookRun()
{
    const Mcp::ToolResult run = bench->call(
        u"run_notebook"_s, {{u"notebook_path"_s, u"/Workspace/Shared/etl/load_orders"_s}, {u"serverless"_s, true}});
    bench->requests();
    return {{u"run_id"_s, run.structuredContent().value("run_id"_L1)}};
}

Mcp::ToolResult TestLogTools::exportWith(const QJsonObject &page, QJsonObject more)
{
    const QJsonObject run = notebookRun();
    more.insert(u"run_id"_s, run.value("run_id"_L1));
    bench->fault({{u"path"_s, Export}, {u"fault"_s, u"answer"_s}, {u"json"_s, page}});
    return bench->call(u"export_run"_s, more);
}

void TestLogTools::cellsComeInTheirOrderWithResults()
{
    const Mcp::ToolResult result = exportWith(
        exported({command(2, u"df.count()"_s, typed(u"ansi"_s, u"14212"_s)), command(1, u"df = read()"_s, {})}));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonArray cells = result.structuredContent().value("cells"_L1).toArray();
    QCOMPARE(cells,
             (QJsonArray{QJsonObject{{u"cell"_s, 0}, {u"source"_s, u"df = read()"_s}},
                         QJsonObject{{u"cell"_s, 1}, {u"source"_s, u"df.count()"_s}, {u"result"_s, u"14212"_s}}}));
    QVERIFY2(result.text().contains("cell: 1\nsource:\ndf.count()\nresult:\n14212"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("load_orders"_L1), qPrintable(result.text()));
    QVERIFY(bench->requests().last().startsWith("GET /api/2.2/jobs/runs/export?run_id="_L1));
}

void TestLogTools::everyKindOfResultIsText_data()
{
    QTest::addColumn<QJsonObject>("results");
    QTest::addColumn<QString>("text");
    const QJsonObject ansi = typed(u"ansi"_s, u"\u001b[0;31mred\u001b[0m"_s);
    QTest::newRow("colours") << ansi << u"red"_s;
    QTest::newRow("html") << typed(u"html"_s, u"<style>p{}</style><p>a &amp; b</p><script>alert(1)</script>c"_s)
                          << u"a & b\nc"_s;
    QTest::newRow("bundle") << typed(u"mimeBundle"_s,
                                     QJsonObject{{u"text/plain"_s, u"3"_s}, {u"text/html"_s, u"<b>3"_s}})
                            << u"3"_s;
    QTest::newRow("list") << typed(u"listResults"_s, QJsonArray{ansi, typed(u"html"_s, u"<b>x</b>"_s)}) << u"red\nx"_s;
    QTest::newRow("image") << typed(u"image"_s, u"iVBORw0KGgo"_s) << u"(an image)"_s;
    QJsonObject table = typed(u"table"_s, QJsonArray{QJsonArray{1, u"a"_s}, QJsonArray{2, QJsonValue::Null}});
    table.insert(u"schema"_s, QJsonArray{QJsonObject{{u"name"_s, u"id"_s}}, QJsonObject{{u"name"_s, u"v"_s}}});
    QTest::newRow("table") << table << u"id | v\n1 | a\n2 | -"_s;
}

void TestLogTools::everyKindOfResultIsText()
{
    QFETCH(QJsonObject, results);
    QFETCH(QString, text);
    const Mcp::ToolResult result = exportWith(exported({command(1, u"x"_s, results)}));
    QCOMPARE(result.structuredContent().value("cells"_L1)[0]["result"_L1].toString(), text);
}

void TestLogTools::errorsOfCellsAreText()
{
    QJsonObject failed = command(1, u"1/0"_s, {});
    failed.insert(u"errorSummary"_s, u"<span class='ansi-red-fg'>ZeroDivisionError</span>: division by zero"_s);
    failed.insert(u"error"_s, u"\u001b[31mTraceback\u001b[0m line 1"_s);
    const Mcp::ToolResult result = exportWith(exported({failed}));
    QCOMPARE(result.structuredContent().value("cells"_L1)[0]["error"_L1].toString(),
             u"ZeroDivisionError: division by zero\nTraceback line 1"_s);
}

void TestLogTools::longNotebooksComeInParts()
{
    QJsonArray commands;
    for (int i = 0; i < 60; ++i)
        commands.append(command(i, u"cell %1 "_s.arg(i) + QString(700, u'x'), {}));
    const Mcp::ToolResult first = exportWith(exported(commands));
    const QString note = first.structuredContent().value("note"_L1).toString();
    QVERIFY2(note.contains("first_cell"_L1) && first.text().contains(note), qPrintable(note));
    QCOMPARE(first.structuredContent().value("total"_L1).toInteger(), 60);
    const Mcp::ToolResult last = exportWith(exported(commands), {{u"first_cell"_s, 59}});
    QCOMPARE(last.structuredContent().value("cells"_L1).toArray().size(), 1);
    QCOMPARE(last.structuredContent().value("cells"_L1)[0]["cell"_L1].toInteger(), 59);
}

void TestLogTools::pageWithoutANotebookIsSaid()
{
    const QJsonObject page{{u"views"_s, QJsonArray{QJsonObject{{u"content"_s, u"<html></html>"_s}}}}};
    const Mcp::ToolResult result = exportWith(page);
    QVERIFY2(result.isError() && result.text().contains("holds no notebook"_L1), qPrintable(result.text()));
}

void TestLogTools::runOfSeveralTasksWantsAKey()
{
    const auto task = [](const QString &key, int id) {
        return QJsonObject{{u"task_key"_s, key},
                           {u"run_id"_s, id},
                           {u"notebook_task"_s, QJsonObject{{u"notebook_path"_s, QString(u"/Shared/"_s + key)}}}};
    };
    const QJsonObject run{{u"run_id"_s, 7}, {u"tasks"_s, QJsonArray{task(u"load"_s, 71), task(u"clean"_s, 72)}}};
    bench->fault(
        {{u"path"_s, u"/api/2.2/jobs/runs/get"_s}, {u"fault"_s, u"answer"_s}, {u"json"_s, run}, {u"times"_s, -1}});
    const Mcp::ToolResult which = bench->call(u"export_run"_s, {{u"run_id"_s, u"7"_s}});
    QVERIFY2(which.isError() && which.text().contains("load, clean"_L1), qPrintable(which.text()));
    bench->fault({{u"path"_s, Export}, {u"fault"_s, u"answer"_s}, {u"json"_s, exported({command(1, u"x"_s, {})})}});
    const Mcp::ToolResult one = bench->call(u"export_run"_s, {{u"run_id"_s, u"7"_s}, {u"task_key"_s, u"clean"_s}});
    QCOMPARE(one.structuredContent().value("run_id"_L1).toString(), u"72"_s);
    QCOMPARE(one.structuredContent().value("notebook_path"_L1).toString(), u"/Shared/clean"_s);
}

void TestLogTools::clusterLogsAreListed()
{
    const Mcp::ToolResult result = bench->call(u"get_cluster_logs"_s, {{u"cluster_id"_s, Cluster}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QStringList names;
    for (const QJsonValue file : result.structuredContent().value("files"_L1).toArray())
        names.append(file["file"_L1].toString());
    QVERIFY2(names.contains(u"driver/stdout"_s) && names.contains(u"driver/log4j-active.log"_s),
             qPrintable(names.join(u' ')));
    QVERIFY(result.text().contains("driver/stdout"_L1));
}

void TestLogTools::clusterLogsShowTheirEnd()
{
    const Mcp::ToolResult result =
        bench->call(u"get_cluster_logs"_s,
                    {{u"cluster_id"_s, Cluster}, {u"file"_s, u"driver/log4j-active.log"_s}, {u"bytes"_s, 300}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString content = result.structuredContent().value("content"_L1).toString();
    QVERIFY2(content.startsWith("2026-"_L1) && content.contains("1999"_L1), qPrintable(content));
    QVERIFY(content.toUtf8().size() <= 300);
    QVERIFY(result.text().contains(content));
    QVERIFY(result.structuredContent().value("total_bytes"_L1).toInteger() > 10'000);
}

void TestLogTools::clusterLogsInAVolume()
{
    const QJsonObject cluster{
        {u"cluster_id"_s, u"raw"_s},
        {u"state"_s, u"RUNNING"_s},
        {u"cluster_name"_s, u"Volume"_s},
        {u"cluster_log_conf"_s,
         QJsonObject{{u"volumes"_s, QJsonObject{{u"destination"_s, u"/Volumes/main/default"_s}}}}}};
    bench->fault(
        {{u"path"_s, u"/api/2.1/clusters/get"_s}, {u"fault"_s, u"answer"_s}, {u"json"_s, cluster}, {u"times"_s, -1}});
    const Mcp::ToolResult result = bench->call(
        u"get_cluster_logs"_s, {{u"cluster_id"_s, u"raw"_s}, {u"file"_s, u"logs/ingest.log"_s}, {u"bytes"_s, 300}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(result.structuredContent().value("content"_L1).toString().contains("1999"_L1));
    const Mcp::ToolResult list = bench->call(u"get_cluster_logs"_s, {{u"cluster_id"_s, u"raw"_s}});
    QVERIFY2(list.text().contains("orders.csv"_L1), qPrintable(list.text()));
}

void TestLogTools::clusterLogsDoNotLeaveTheirPlace_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("above") << u"../../FileStore/tables/orders.csv"_s;
    QTest::newRow("in between") << u"driver/../../x"_s;
    QTest::newRow("a dot") << u"driver/./stdout"_s;
    QTest::newRow("nothing between slashes") << u"driver//stdout"_s;
}

void TestLogTools::clusterLogsDoNotLeaveTheirPlace()
{
    QFETCH(QString, file);
    const Mcp::ToolResult result = bench->call(u"get_cluster_logs"_s, {{u"cluster_id"_s, Cluster}, {u"file"_s, file}});
    QVERIFY2(result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests().size(), 1);
}

void TestLogTools::clusterLogsElsewhereAreNamed_data()
{
    QTest::addColumn<QJsonObject>("conf");
    QTest::addColumn<QString>("words");
    QTest::newRow("nowhere") << QJsonObject() << u"has no cluster_log_conf"_s;
    QTest::newRow("S3") << QJsonObject{{u"s3"_s, QJsonObject{{u"destination"_s, u"s3://logs/x"_s}}}}
                        << u"delivered to s3://logs/x"_s;
}

void TestLogTools::clusterLogsElsewhereAreNamed()
{
    QFETCH(QJsonObject, conf);
    QFETCH(QString, words);
    QJsonObject cluster{{u"cluster_id"_s, u"a"_s}, {u"cluster_name"_s, u"A"_s}, {u"state"_s, u"RUNNING"_s}};
    if (!conf.isEmpty())
        cluster.insert(u"cluster_log_conf"_s, conf);
    bench->fault({{u"path"_s, u"/api/2.1/clusters/get"_s}, {u"fault"_s, u"answer"_s}, {u"json"_s, cluster}});
    const Mcp::ToolResult result = bench->call(u"get_cluster_logs"_s, {{u"cluster_id"_s, u"a"_s}});
    QVERIFY2(result.isError() && result.text().contains(words), qPrintable(result.text()));
}

void TestLogTools::servingLogsOfServerAndBuild()
{
    const Mcp::ToolResult server = bench->call(u"get_serving_logs"_s, {{u"name"_s, u"demand-forecast"_s}});
    QVERIFY2(!server.isError(), qPrintable(server.text()));
    QVERIFY(server.structuredContent().value("content"_L1).toString().contains("Loaded the model"_L1));
    QVERIFY(server.text().contains("Loaded the model"_L1));
    bench->requests();
    const QJsonObject build{
        {u"name"_s, u"demand-forecast"_s}, {u"served_entity"_s, u"demand-forecast-1"_s}, {u"build"_s, true}};
    QVERIFY(bench->call(u"get_serving_logs"_s, build).text().contains("installing requirements"_L1));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/serving-endpoints/demand-forecast/served-models/"
                                            "demand-forecast-1/build-logs"_s});
}

void TestLogTools::servingLogsOfSeveralWantAName()
{
    const QJsonArray entities{QJsonObject{{u"name"_s, u"a-1"_s}}, QJsonObject{{u"name"_s, u"a-2"_s}}};
    bench->fault({{u"path"_s, u"/api/2.0/serving-endpoints/a"_s},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, QJsonObject{{u"config"_s, QJsonObject{{u"served_entities"_s, entities}}}}}});
    const Mcp::ToolResult result = bench->call(u"get_serving_logs"_s, {{u"name"_s, u"a"_s}});
    QVERIFY2(result.isError() && result.text().contains("a-1, a-2"_L1), qPrintable(result.text()));
}

void TestLogTools::serverlessCodeGivesItsCells()
{
    bench->fault({{u"path"_s, Export},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, exported({command(1, u"print(1)"_s, typed(u"ansi"_s, u"1"_s))})}});
    const Mcp::ToolResult result = bench->call(u"run_serverless"_s, {{u"code"_s, u"print(1)"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("cells"_L1)[0]["result"_L1].toString(), u"1"_s);
    const QStringList requests = bench->requests();
    QVERIFY2(requests.at(1).startsWith("POST /api/2.0/workspace/import "_L1) &&
                 requests.at(1).contains("\"language\":\"PYTHON\""_L1) &&
                 requests.at(1).contains(QString::fromLatin1(QByteArray("print(1)").toBase64())),
             qPrintable(requests.at(1)));
    QVERIFY2(requests.at(2).startsWith("POST /api/2.2/jobs/runs/submit "_L1) && !requests.at(2).contains("cluster"_L1),
             qPrintable(requests.at(2)));
    QVERIFY2(requests.last().startsWith("POST /api/2.0/workspace/delete "_L1), qPrintable(requests.last()));
}

void TestLogTools::serverlessCodeThatIsNotAcceptedLeavesNothing()
{
    bench->fault({{u"path"_s, u"/api/2.2/jobs/runs/submit"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"run_serverless"_s, {{u"code"_s, u"print(1)"_s}}).isError());
    QVERIFY(bench->requests().last().startsWith("POST /api/2.0/workspace/delete "_L1));
}

void TestLogTools::serverlessCodeInDoubtIsNotSentAgain()
{
    bench->fault({{u"path"_s, u"/api/2.2/jobs/runs/submit"_s}, {u"fault"_s, u"lost_answer"_s}, {u"times"_s, -1}});
    const Mcp::ToolResult result = bench->call(u"run_serverless"_s, {{u"code"_s, u"print(1)"_s}});
    QVERIFY2(result.isError() && result.text().contains("do not send it again"_L1), qPrintable(result.text()));
    QVERIFY(bench->requests().filter(u"workspace/delete"_s).isEmpty());
}

void TestLogTools::longServerlessCodeGoesOn()
{
    const Mcp::ToolResult result =
        bench->call(u"run_serverless"_s, {{u"code"_s, u"print(1)"_s}, {u"wait_seconds"_s, 0}});
    QVERIFY2(!result.isError() && result.text().contains("Do not run the code again"_L1), qPrintable(result.text()));
    QVERIFY(!result.structuredContent().value("run_id"_L1).toString().isEmpty());
}

QTEST_GUILESS_MAIN(TestLogTools)
#include "tst_logtools.moc"

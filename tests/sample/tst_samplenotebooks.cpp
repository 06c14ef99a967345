#include "sample/workspaceclient.h"

#include "sample/controls/testcontrols.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Jobs = u"/api/2.2/jobs/"_s;
const QString Mine = u"/Users/maria.santos@example.com/mine"_s;

} // namespace

/// What a notebook of the sample gives is what its code says, on the rows as they are.
class TestSampleNotebooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void parametersReachTheNotebook();
    void queriesSeeTheRowsAsTheyAre();
    void pythonIsRun_data();
    void pythonIsRun();
    void printedAsPythonPrints_data();
    void printedAsPythonPrints();
    void whatIsNotUnderstoodIsSaid_data();
    void whatIsNotUnderstoodIsSaid();
    void sqlNotebooksShowTheirRows();
    void preparedNotebooksGiveTheirOutput();
    void aNotebookThatIsNotThereFails();
    void aChangedNotebookIsNoLongerPrepared();
    void exportsGiveCellsAndResults();
    void scriptsPrintToTheirLogs();
    void aForEachTaskRunsItsInputs();
    void inputsOfALoopReachItsTask_data();
    void inputsOfALoopReachItsTask();
    void savedQueriesRun();

private:
    void write(const QString &path, const QByteArray &source, const QString &language = u"PYTHON"_s);
    /// Runs a task to its end; what runs/get-output says of it.
    QJsonObject outputOf(const QJsonObject &task);
    QJsonObject outputOf(const QString &notebook, const QJsonObject &parameters = {});
    /// The model in the page that the export of a run gives.
    QJsonObject exported(const QJsonObject &output);
    void sql(const QString &statement);

    std::unique_ptr<Sample::SampleWorkspace> m_sample;
    std::unique_ptr<WorkspaceClient> m_client;
};

void TestSampleNotebooks::init()
{
    m_sample = std::make_unique<Sample::SampleWorkspace>("t", Sample::Tempo{100ms, 100ms, 100ms, 20ms},
                                                         std::make_unique<Sample::TestControls>());
    QVERIFY2(m_sample->listen(), qPrintable(m_sample->errorString()));
    m_client = std::make_unique<WorkspaceClient>(m_sample->url(), "Bearer t");
}

void TestSampleNotebooks::cleanup()
{
    m_client.reset();
    m_sample.reset();
}

void TestSampleNotebooks::write(const QString &path, const QByteArray &source, const QString &language)
{
    const QJsonObject body{{u"path"_s, path},
                           {u"format"_s, u"SOURCE"_s},
                           {u"language"_s, language},
                           {u"overwrite"_s, true},
                           {u"content"_s, QString::fromLatin1(source.toBase64())}};
    QCOMPARE(m_client->post(u"/api/2.0/workspace/import"_s, body).status, 200);
}

QJsonObject TestSampleNotebooks::outputOf(const QJsonObject &task)
{
    const qint64 run = m_client->post(Jobs + u"runs/submit"_s, QJsonObject{{u"tasks"_s, QJsonArray{task}}})
                           .json()
                           .value("run_id"_L1)
                           .toInteger();
    const QUrlQuery query{{u"run_id"_s, QString::number(run)}};
    const auto state = [&] {
        return m_client->get(Jobs + u"runs/get"_s, query).json().value("state"_L1)["life_cycle_state"_L1].toString();
    };
    if (!QTest::qWaitFor([&] { return state() == "TERMINATED"_L1; }, 5000))
        return {};
    return m_client->get(Jobs + u"runs/get-output"_s, query).json();
}

QJsonObject TestSampleNotebooks::outputOf(const QString &notebook, const QJsonObject &parameters)
{
    const QJsonObject work{{u"notebook_path"_s, notebook}, {u"base_parameters"_s, parameters}};
    return outputOf(QJsonObject{{u"task_key"_s, u"one"_s}, {u"notebook_task"_s, work}});
}

QJsonObject TestSampleNotebooks::exported(const QJsonObject &output)
{
    static const QRegularExpression model(u"__DATABRICKS_NOTEBOOK_MODEL = '([^']*)'"_s);
    const QUrlQuery query{{u"run_id"_s, QString::number(output.value("metadata"_L1)["run_id"_L1].toInteger())}};
    const QJsonValue view = m_client->get(u"/api/2.1/jobs/runs/export"_s, query).json().value("views"_L1)[0];
    const auto match = model.match(view["content"_L1].toString());
    const QByteArray json = QByteArray::fromPercentEncoding(QByteArray::fromBase64(match.captured(1).toLatin1()));
    return QJsonDocument::fromJson(json).object();
}

void TestSampleNotebooks::sql(const QString &statement)
{
    const QJsonObject body{
        {u"statement"_s, statement}, {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}, {u"wait_timeout"_s, u"30s"_s}};
    const QJsonObject answer = m_client->post(u"/api/2.0/sql/statements"_s, body).json();
    QCOMPARE(answer.value("status"_L1)["state"_L1].toString(), u"SUCCEEDED"_s);
}

namespace {

QString resultOf(const QJsonObject &output)
{
    return output.value("notebook_output"_L1)["result"_L1].toString();
}

} // namespace

void TestSampleNotebooks::parametersReachTheNotebook()
{
    const QString hello = u"/Workspace/Production/demo/hello"_s;
    QCOMPARE(resultOf(outputOf(hello, {{u"name"_s, u"Zoé"_s}})), u"Hello, Zoé!"_s);
    QCOMPARE(resultOf(outputOf(hello)), u"Hello, nobody!"_s);
}

void TestSampleNotebooks::queriesSeeTheRowsAsTheyAre()
{
    write(Mine,
          "rows = spark.table(\"main.default.sales_targets\").count()\ndbutils.notebook.exit(f\"{rows} rows\")\n");
    QCOMPARE(resultOf(outputOf(Mine)), u"20 rows"_s);
    sql(u"INSERT INTO main.default.sales_targets VALUES ('MARS', '2026-Q4', 1)"_s);
    QCOMPARE(resultOf(outputOf(Mine)), u"21 rows"_s);
    write(Mine, "spark.sql(\"DELETE FROM main.default.sales_targets WHERE region = 'MARS'\")\n"
                "dbutils.notebook.exit(spark.sql(\"SELECT count(*) FROM main.default.sales_targets\").first()[0])\n");
    QCOMPARE(resultOf(outputOf(Mine)), u"20"_s);
}

void TestSampleNotebooks::pythonIsRun_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("exit");
    const auto row = [](const char *name, const QByteArray &code, const QString &exit) {
        QTest::newRow(name) << code << exit;
    };
    row("arithmetic", "a = 7\nb = a * 2 - 4 / 2\ndbutils.notebook.exit(b)", u"12.0"_s);
    row("whole numbers", "dbutils.notebook.exit((7 + 3) // 4 * 10 % 7)", u"6"_s);
    row("texts", "who = 'a' + \"b\"\ndbutils.notebook.exit(f\"{who.upper()} {1234567:,} {2 / 3:.2f} {{}}\")",
        u"AB 1,234,567 0.67 {}"_s);
    row("a comment at the end", "x = 'a # b'  # not this\ndbutils.notebook.exit(x)", u"a # b"_s);
    row("several lines", "x = (\n    1\n    + 2\n)\ndbutils.notebook.exit(\n    x\n)", u"3"_s);
    row("later cells see earlier ones", "n = 4\n\n# COMMAND ----------\n\nn += 1\ndbutils.notebook.exit(n)", u"5"_s);
    row("a query of several lines",
        "q = spark.sql(\"\"\"\n  SELECT count(*) FROM samples.tpch.region\n  WHERE r_name LIKE 'A%'\n\"\"\")\n"
        "dbutils.notebook.exit(q.collect()[0][0])",
        u"3"_s);
    row("widgets", "dbutils.widgets.text(\"n\", \"3\")\ndbutils.notebook.exit(int(dbutils.widgets.get(\"n\")) + 1)",
        u"4"_s);
    row("widgets by keywords",
        "dbutils.widgets.dropdown(name='n', defaultValue='a', choices=['a', 'b'])\n"
        "dbutils.notebook.exit(value=dbutils.widgets.get(name='n'))",
        u"a"_s);
    row("keywords of functions",
        "q = spark.sql(sqlQuery='SELECT 5')\ndbutils.notebook.exit(round(number=q.limit(num=1).first()[0] / 3, "
        "ndigits=2))",
        u"1.67"_s);
    row("escapes", "dbutils.notebook.exit('a\\tb\\\\n' + r'\\t')", u"a\tb\\n\\t"_s);
    row("from the end", "dbutils.notebook.exit(spark.range(3).collect()[-1][0])", u"2"_s);
    row("texts many times", "dbutils.notebook.exit(3 * 'ab')", u"ababab"_s);
    row("truths", "yes: bool = True\ndbutils.notebook.exit(f\"{yes} {False} {yes + 1}\")", u"True False 2"_s);
    row("words of other languages",
        "# MAGIC %md\n# MAGIC raise nothing\n\n# COMMAND ----------\n\ndbutils.notebook.exit('x')", u"x"_s);
}

void TestSampleNotebooks::pythonIsRun()
{
    QFETCH(QByteArray, code);
    write(Mine, "# Databricks notebook source\n" + code);
    const QJsonObject output = outputOf(Mine);
    QTEST(resultOf(output), "exit");
    QCOMPARE(output.value("error"_L1).toString(), QString());
}

void TestSampleNotebooks::printedAsPythonPrints_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("printed");
    QTest::newRow("a separator") << "print(1, 2, sep=\"-\")"_ba << u"1-2\n"_s;
    QTest::newRow("an end") << "print('a', end='')\nprint('b', flush=True, end = \"!\\n\")"_ba << u"ab!\n"_s;
    QTest::newRow("none") << "print('a', 'b', sep=None)"_ba << u"a b\n"_s;
    QTest::newRow("commas within") << "print('a, b=c', f\"{1 + 1}\", sep=',')"_ba << u"a, b=c,2\n"_s;
    QTest::newRow("some rows") << "spark.range(3).show(n=2)"_ba
                               << u"+--+\n|id|\n+--+\n| 0|\n| 1|\n+--+\nonly showing top 2 rows\n"_s;
    QTest::newRow("in order") << "spark.range(2).show(1, False)"_ba
                              << u"+--+\n|id|\n+--+\n|0 |\n+--+\nonly showing top 1 row\n"_s;
    QTest::newRow("cut") << "spark.sql(\"SELECT 'abcdefghij' AS a\").show(truncate=5)"_ba
                         << u"+-----+\n|    a|\n+-----+\n|ab...|\n+-----+\n"_s;
    QTest::newRow("whole") << "spark.sql(\"SELECT 'abcdefghijklmnopqrstuvwxyz' AS a\").show(truncate=False)"_ba
                           << u"+--------------------------+\n|a                         |\n"
                              "+--------------------------+\n|abcdefghijklmnopqrstuvwxyz|\n"
                              "+--------------------------+\n"_s;
}

void TestSampleNotebooks::printedAsPythonPrints()
{
    QFETCH(QByteArray, code);
    write(Mine, "# Databricks notebook source\n" + code);
    const QJsonObject output = outputOf(Mine);
    QCOMPARE(output.value("error"_L1).toString(), QString());
    const QJsonValue cell = exported(output).value("commands"_L1)[0];
    QTEST(cell["results"_L1]["data"_L1].toString(), "printed");
}

void TestSampleNotebooks::whatIsNotUnderstoodIsSaid_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const QByteArray &code, const QString &error, const QString &place) {
        QTest::newRow(name) << code << error << place;
    };
    row("a block", "x = 1\nfor i in range(3):\n    print(i)", u"NotImplementedError: The sample workspace runs"_s,
        u"----> 2 for i in range(3):"_s);
    row("a library", "import pandas\nprint(pandas.DataFrame())", u"NotImplementedError: The sample workspace runs"_s,
        u"----> 2 print(pandas.DataFrame())"_s);
    row("a name", "print(nothing)", u"NameError: name 'nothing' is not defined"_s, u"----> 1 print(nothing)"_s);
    const QString sample = u"NotImplementedError: The sample workspace runs"_s;
    row("a keyword of a function that is not known", "print(dbutils.secrets.get(scope=\"ml\", key=\"x\"))", sample,
        u"----> 1 print(dbutils"_s);
    row("a keyword that is not known", "spark.sql(\"SELECT 1\", args={})", sample, u"----> 1 spark.sql"_s);
    row("a file to print to", "print(1, file=log)", sample, u"----> 1 print"_s);
    row("a comprehension", "print(sum(x for x in [1]))", sample, u"----> 1 print(sum"_s);
    row("a comparison", "x = 1\nprint(x == missing)", sample, u"----> 2 print(x"_s);
    row("an imported name", "from pyspark.sql import functions as F, types\nprint(F)", sample, u"----> 2 print(F)"_s);
    row("a name of Python's", "print(len)", sample, u"----> 1 print(len)"_s);
    row("a name of the runtime", "print(dbutils)", sample, u"----> 1 print(dbutils)"_s);
    row("two names at once", "a, b = 1, 2", sample, u"----> 1 a, b"_s);
    row("not", "print(not 1)", sample, u"----> 1 print(not"_s);
    row("a text filled in", "print('%s' % 1)", sample, u"----> 1 print('%s'"_s);
    row("a rare escape", "print('\\x41')", sample, u"----> 1 print('"_s);
    row("rows in a column", "spark.range(1).show(vertical=True)", sample, u"----> 1 spark"_s);
    row("twice the same", "round(1, number=2)", u"TypeError: round() got multiple values for argument 'number'"_s,
        u"----> 1 round"_s);
    row("a keyword first", "print(sep='-', 1)", u"SyntaxError: positional argument follows keyword argument"_s,
        u"----> 1 print"_s);
    row("a number that is none", "int('1.5')", u"ValueError: invalid literal for int() with base 10: '1.5'"_s,
        u"----> 1 int"_s);
    row("zero", "a = 0\n\nb = 1 / a", u"ZeroDivisionError: division by zero"_s, u"----> 3 b = 1 / a"_s);
    row("raised", "raise ValueError(\"no such day\")", u"ValueError: no such day"_s, u"----> 1 raise"_s);
    row("a table", "spark.table(\"main.default.none\").count()", u"AnalysisException: [TABLE_OR_VIEW_NOT_FOUND]"_s,
        u"----> 1 spark.table"_s);
}

void TestSampleNotebooks::whatIsNotUnderstoodIsSaid()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, error);
    QFETCH(QString, place);
    write(Mine, "# Databricks notebook source\nprint('first')\n\n# COMMAND ----------\n\n" + code);
    const QJsonObject output = outputOf(Mine);
    QCOMPARE(output.value("metadata"_L1)["state"_L1]["result_state"_L1].toString(), u"FAILED"_s);
    QVERIFY2(output.value("error"_L1).toString().startsWith(error), qPrintable(output.value("error"_L1).toString()));
    const QString trace = output.value("error_trace"_L1).toString();
    QVERIFY2(trace.contains(place), qPrintable(trace));
}

void TestSampleNotebooks::sqlNotebooksShowTheirRows()
{
    const QJsonArray cells = exported(outputOf(u"/Shared/etl/quality_checks"_s)).value("commands"_L1).toArray();
    QCOMPARE(cells.size(), 4);
    QCOMPARE(cells.at(1)["results"_L1]["type"_L1].toString(), u"table"_s);
    QCOMPARE(cells.at(1)["results"_L1]["data"_L1].toArray(), QJsonArray());
    const QJsonArray fares =
        exported(outputOf(u"/Users/maria.santos@example.com/Taxi fares by hour"_s)).value("commands"_L1).toArray();
    QCOMPARE(fares.at(2)["results"_L1]["data"_L1].toArray().size(), 20);
    QCOMPARE(fares.at(2)["results"_L1]["schema"_L1][0]["name"_L1].toString(), u"pickup_zip"_s);
}

void TestSampleNotebooks::preparedNotebooksGiveTheirOutput()
{
    const QString trips = u"/Users/maria.santos@example.com/explore/trips_overview"_s;
    const auto printed = [&](const QJsonObject &parameters) {
        return exported(outputOf(trips, parameters)).value("commands"_L1)[2]["results"_L1]["data"_L1].toString();
    };
    QVERIFY2(printed({{u"min_distance"_s, u"100"_s}}).startsWith("0 trips of at least 100 miles"_L1),
             qPrintable(printed({{u"min_distance"_s, u"100"_s}})));
    QVERIFY(printed({}).endsWith("trips of at least 0.5 miles\n"_L1));
    QVERIFY(resultOf(outputOf(u"/Shared/etl/load_orders"_s)).startsWith("40 rows for "_L1));
    const QString day = resultOf(outputOf(u"/Shared/etl/load_orders"_s, {{u"day"_s, u"2026-11-20"_s}}));
    QVERIFY2(day.startsWith("40 rows for 2026-11-20"_L1) && day.contains("nothing was written"_L1), qPrintable(day));
    const QString epochs = u"/Workspace/Production/recs/train_epochs_verbose"_s;
    QCOMPARE(resultOf(outputOf(epochs)), u"{\"validation_loss\": 0.029}"_s);
    const QJsonObject few = outputOf(epochs, {{u"epochs"_s, u"10"_s}});
    QCOMPARE(resultOf(few), u"{\"validation_loss\": 1.696}"_s);
    QVERIFY(few.value("logs"_L1).toString().contains("epoch 10/10 "_L1));
    for (const auto &path : {u"/Users/maria.santos@example.com/scratch/big_join"_s, u"/Shared/reports/churn"_s,
                             u"/Shared/reports/weekly"_s, u"/Shared/etl/lib/helpers"_s})
        QCOMPARE(outputOf(path).value("error"_L1).toString(), QString());
}

void TestSampleNotebooks::aNotebookThatIsNotThereFails()
{
    const QJsonObject output = outputOf(u"/Shared/nothing"_s);
    QCOMPARE(output.value("metadata"_L1)["state"_L1]["result_state"_L1].toString(), u"FAILED"_s);
    QVERIFY2(output.value("error"_L1).toString().startsWith("Unable to access the notebook \"/Shared/nothing\""_L1),
             qPrintable(output.value("error"_L1).toString()));
}

void TestSampleNotebooks::aChangedNotebookIsNoLongerPrepared()
{
    const QString score = u"/Production/customers/score_customers"_s;
    QVERIFY(outputOf(score).value("error"_L1).toString().startsWith("ZeroDivisionError"_L1));
    write(score, "# Databricks notebook source\ndbutils.notebook.exit(\"mended\")\n");
    QCOMPARE(resultOf(outputOf(score)), u"mended"_s);
}

void TestSampleNotebooks::exportsGiveCellsAndResults()
{
    write(Mine,
          "# Databricks notebook source\nprint('one', 2)\n\n# COMMAND ----------\n\n"
          "display(spark.table('samples.tpch.region').limit(2))\n\n# COMMAND ----------\n\nraise KeyError('k')\n\n"
          "# COMMAND ----------\n\nprint('never')\n");
    const QJsonObject output = outputOf(Mine);
    const QJsonObject model = exported(output);
    QCOMPARE(model.value("name"_L1).toString(), u"mine"_s);
    QCOMPARE(model.value("language"_L1).toString(), u"python"_s);
    const QJsonArray cells = model.value("commands"_L1).toArray();
    QCOMPARE(cells.size(), 4);
    QCOMPARE(cells.at(0)["command"_L1].toString(), u"print('one', 2)"_s);
    QCOMPARE(cells.at(0)["results"_L1]["data"_L1].toString(), u"one 2\n"_s);
    QCOMPARE(cells.at(1)["results"_L1]["data"_L1].toArray().size(), 2);
    QCOMPARE(cells.at(2)["state"_L1].toString(), u"error"_s);
    QVERIFY(cells.at(2)["error"_L1].toString().contains(
        u"<command-%1>, line 1"_s.arg(cells.at(2)["origId"_L1].toInteger())));
    QCOMPARE(cells.at(3)["state"_L1].toString(), u"cancelled"_s);
    const QUrlQuery many{{u"run_id"_s, u"1"_s}};
    QCOMPARE(m_client->get(u"/api/2.1/jobs/runs/export"_s, many).status, 400);
}

void TestSampleNotebooks::scriptsPrintToTheirLogs()
{
    const QJsonObject script{{u"python_file"_s, u"/Volumes/main/tools/scripts/upload_sftp.py"_s}};
    const QJsonObject output = outputOf(QJsonObject{{u"task_key"_s, u"one"_s}, {u"spark_python_task"_s, script}});
    QCOMPARE(output.value("logs"_L1).toString(), u"started\nuploaded 20 rows of main.default.sales_targets\ndone\n"_s);
}

void TestSampleNotebooks::aForEachTaskRunsItsInputs()
{
    write(Mine, "dbutils.notebook.exit(10 / int(dbutils.widgets.get('n')))\n");
    const QJsonObject work{{u"notebook_path"_s, Mine}, {u"base_parameters"_s, QJsonObject{{u"n"_s, u"{{input}}"_s}}}};
    const QJsonObject inner{{u"task_key"_s, u"each"_s}, {u"notebook_task"_s, work}};
    const QJsonObject loop{{u"inputs"_s, u"[1, \"2\", 0]"_s}, {u"task"_s, inner}};
    const QJsonObject output = outputOf(QJsonObject{{u"task_key"_s, u"loop"_s}, {u"for_each_task"_s, loop}});
    const QJsonValue run = output.value("metadata"_L1);
    QCOMPARE(run["state"_L1]["result_state"_L1].toString(), u"FAILED"_s);
    QCOMPARE(run["for_each_task"_L1]["stats"_L1]["task_run_stats"_L1]["succeeded_iterations"_L1].toInt(), 2);
    const QUrlQuery query{{u"run_id"_s, QString::number(run["run_id"_L1].toInteger())}};
    QStringList results;
    QStringList inputs;
    for (const QJsonValue one : m_client->get(Jobs + u"runs/get"_s, query).json().value("iterations"_L1).toArray()) {
        QCOMPARE(one["task_key"_L1].toString(), u"each"_s);
        inputs.append(one["notebook_task"_L1]["base_parameters"_L1]["n"_L1].toString() + u' ' +
                      one["state"_L1]["result_state"_L1].toString());
        const QUrlQuery each{{u"run_id"_s, QString::number(one["run_id"_L1].toInteger())}};
        const QJsonObject given = m_client->get(Jobs + u"runs/get-output"_s, each).json();
        results.append(resultOf(given) + given.value("error"_L1).toString());
    }
    QCOMPARE(results, (QStringList{u"10.0"_s, u"5.0"_s, u"ZeroDivisionError: division by zero"_s}));
    QCOMPARE(inputs, (QStringList{u"1 SUCCESS"_s, u"2 SUCCESS"_s, u"0 FAILED"_s}));
}

void TestSampleNotebooks::inputsOfALoopReachItsTask_data()
{
    QTest::addColumn<QString>("inputs");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("given"); // what the iterations print, or the loop's error
    QTest::newRow("texts") << uR"(["a \"b\"", "c"])"_s << u"{{input}}"_s << u"a \"b\",c"_s;
    QTest::newRow("numbers") << u"[1234567, 0.5]"_s << u"<{{input}}>"_s << u"<1234567>,<0.5>"_s;
    QTest::newRow("members") << uR"([{"day":"mon","n":3}])"_s << u"{{input.day}} {{input.n}}"_s << u"mon 3"_s;
    QTest::newRow("whole objects") << uR"([{"n":3}])"_s << u"{{input}}"_s << u"{\"n\":3}"_s;
    QTest::newRow("truths") << u"[true]"_s << u"{{input}}"_s << u"true"_s;
    QTest::newRow("none") << u"[]"_s << u"{{input}}"_s << QString();
    QTest::newRow("another task's values")
        << u"{{tasks.plan.values.days}}"_s << u"{{input}}"_s
        << u"The sample workspace does not read the inputs of a loop but from a JSON array; these are "
           "{{tasks.plan.values.days}}"_s;
}

void TestSampleNotebooks::inputsOfALoopReachItsTask()
{
    QFETCH(QString, inputs);
    QFETCH(QString, reference);
    write(Mine, "dbutils.notebook.exit(dbutils.widgets.get('n'))\n");
    const QJsonObject work{{u"notebook_path"_s, Mine}, {u"base_parameters"_s, QJsonObject{{u"n"_s, reference}}}};
    const QJsonObject inner{{u"task_key"_s, u"each"_s}, {u"notebook_task"_s, work}};
    const QJsonObject loop{{u"inputs"_s, inputs}, {u"task"_s, inner}};
    const QJsonObject output = outputOf(QJsonObject{{u"task_key"_s, u"loop"_s}, {u"for_each_task"_s, loop}});
    QStringList given;
    if (output.contains("error"_L1))
        given.append(output.value("error"_L1).toString());
    const QUrlQuery query{{u"run_id"_s, QString::number(output.value("metadata"_L1)["run_id"_L1].toInteger())}};
    for (const QJsonValue one : m_client->get(Jobs + u"runs/get"_s, query).json().value("iterations"_L1).toArray()) {
        const QUrlQuery each{{u"run_id"_s, QString::number(one["run_id"_L1].toInteger())}};
        QCOMPARE(m_client->get(Jobs + u"runs/get"_s, each).json().value("run_id"_L1), one["run_id"_L1]);
        given.append(resultOf(m_client->get(Jobs + u"runs/get-output"_s, each).json()));
    }
    QTEST(given.join(u','), "given");
}

void TestSampleNotebooks::savedQueriesRun()
{
    const auto run = [this](const QString &id) {
        const QJsonObject work{{u"query"_s, QJsonObject{{u"query_id"_s, id}}},
                               {u"warehouse_id"_s, u"74d1e8a2b6f3c09e"_s}};
        return outputOf(QJsonObject{{u"task_key"_s, u"one"_s}, {u"sql_task"_s, work}});
    };
    const QJsonObject output = run(u"c1d7e6a2-90b3-4f58-8a1e-77d2b5c4f093"_s);
    const QJsonValue query = output.value("sql_output"_L1)["query_output"_L1];
    QVERIFY(query["query_text"_L1].toString().startsWith("SELECT usage_metadata.warehouse_id"_L1));
    QCOMPARE(output.value("metadata"_L1)["state"_L1]["result_state"_L1].toString(), u"SUCCESS"_s);
    QVERIFY(run(u"nothere"_s).value("error"_L1).toString().contains("does not exist"_L1));
}

QTEST_GUILESS_MAIN(TestSampleNotebooks)
#include "tst_samplenotebooks.moc"

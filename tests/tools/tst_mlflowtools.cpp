#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QJsonObject Forecast{{u"full_name"_s, u"main.default.demand_forecast"_s}};

} // namespace

/// Experiments, their runs, registered models, and what a Genie space is made of.
class TestMlflowTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void experimentsAreFoundByName();
    void runsShowMetricsAndParameters();
    void runsGoOnWhereThePageEnded();
    void filterAndOrderAreHandedOn();
    void manyMetricsAreCounted();
    void unknownExperimentIsSaid();
    void modelsOfASchema();
    void versionIsTheNewestOrTheNamedOne();
    void versionShowsAliasesAndEndpoints();
    void unknownAliasNamesThoseThereAre();
    void versionsComeFromRunsOfTheExperiments();
    void versionNumbersAreComparedAsNumbers();
    void modelWithoutVersionsIsSaid();
    void spaceShowsTablesAndInstructions();
    void spaceOfAnotherIsShownAsFarAsItMay();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestMlflowTools::experimentsAreFoundByName()
{
    const Mcp::ToolResult result = bench->call(u"list_experiments"_s, {{u"name_contains"_s, u"FORECAST"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("total"_L1).toInteger(), 1);
    QCOMPARE(result.structuredContent().value("experiments"_L1)[0]["experiment_id"_L1].toString(),
             u"2046871039455120"_s);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/mlflow/experiments/list?max_results=200"_s});
}

void TestMlflowTools::runsShowMetricsAndParameters()
{
    const Mcp::ToolResult result = bench->call(u"search_runs"_s, {{u"experiment_id"_s, u"2046871039455120"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject run = result.structuredContent().value("runs"_L1)[1].toObject();
    QCOMPARE(run.value("metrics"_L1).toString(), u"rmse=0.297"_s);
    QCOMPARE(run.value("params"_L1).toString(), u"max_depth=7"_s);
    QVERIFY2(result.text().contains("rmse=0.297"_L1) && result.text().startsWith("4 runs, the last that match:"_L1),
             qPrintable(result.text()));
}

void TestMlflowTools::runsGoOnWhereThePageEnded()
{
    QJsonObject arguments{{u"experiment_id"_s, u"2046871039455120"_s}, {u"limit"_s, 2}};
    const Mcp::ToolResult first = bench->call(u"search_runs"_s, arguments);
    QVERIFY2(first.text().contains("more follow"_L1), qPrintable(first.text()));
    arguments.insert(u"page_token"_s, first.structuredContent().value("next_page_token"_L1));
    const Mcp::ToolResult second = bench->call(u"search_runs"_s, arguments);
    QCOMPARE(second.structuredContent().value("runs"_L1).toArray().size(), 2);
    QVERIFY(!second.structuredContent().contains("next_page_token"_L1));
}

void TestMlflowTools::filterAndOrderAreHandedOn()
{
    bench->call(u"search_runs"_s, {{u"experiment_id"_s, u"2046871039455120"_s},
                                   {u"filter"_s, u"metrics.rmse < 0.3"_s},
                                   {u"order_by"_s, u"metrics.rmse ASC"_s}});
    const QString body = uR"({"experiment_ids":["2046871039455120"],"filter":"metrics.rmse < 0.3",)"_s
                         uR"("max_results":25,"order_by":["metrics.rmse ASC"]})"_s;
    QCOMPARE(bench->requests(), QStringList{u"POST /api/2.0/mlflow/runs/search "_s + body});
}

void TestMlflowTools::manyMetricsAreCounted()
{
    QJsonArray metrics;
    for (int i = 0; i < 15; ++i)
        metrics.append(QJsonObject{{u"key"_s, u"m%1"_s.arg(i)}, {u"value"_s, i}});
    const QJsonObject run{{u"info"_s, QJsonObject{{u"run_id"_s, u"r"_s}, {u"start_time"_s, u"1795190400000"_s}}},
                          {u"data"_s, QJsonObject{{u"metrics"_s, metrics}}}};
    bench->fault({{u"path"_s, u"/api/2.0/mlflow/runs/search"_s},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, QJsonObject{{u"runs"_s, QJsonArray{run}}}}});
    const Mcp::ToolResult result = bench->call(u"search_runs"_s, {{u"experiment_id"_s, u"1"_s}});
    const QJsonObject row = result.structuredContent().value("runs"_L1)[0].toObject();
    QVERIFY2(row.value("metrics"_L1).toString().endsWith("m11=11 and 3 more"_L1), qPrintable(result.text()));
    QCOMPARE(row.value("started"_L1).toString(), u"2026-11-20 16:00:00 UTC"_s);
}

void TestMlflowTools::unknownExperimentIsSaid()
{
    const Mcp::ToolResult result = bench->call(u"search_runs"_s, {{u"experiment_id"_s, u"7"_s}});
    QVERIFY2(result.isError() && result.text().contains("Could not find experiment"_L1), qPrintable(result.text()));
}

void TestMlflowTools::modelsOfASchema()
{
    const Mcp::ToolResult result =
        bench->call(u"list_registered_models"_s, {{u"catalog"_s, u"main"_s}, {u"schema"_s, u"default"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("total"_L1).toInteger(), 2);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.1/unity-catalog/models?max_results=0&catalog_name=main&"
                                            "schema_name=default"_s});
    QVERIFY(bench->call(u"list_registered_models"_s, {{u"catalog"_s, u"main"_s}}).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestMlflowTools::versionIsTheNewestOrTheNamedOne()
{
    const auto version = [this](QJsonObject arguments) {
        arguments.insert(u"full_name"_s, Forecast.value("full_name"_L1));
        return bench->call(u"get_model_version"_s, arguments).structuredContent().value("version"_L1).toInteger();
    };
    QCOMPARE(version({}), 4);
    QCOMPARE(version({{u"version"_s, 2}}), 2);
    QCOMPARE(version({{u"alias"_s, u"champion"_s}}), 3);
    QVERIFY(bench->requests().contains(
        u"GET /api/2.1/unity-catalog/models/main.default.demand_forecast/aliases/champion"_s));
    const Mcp::ToolResult both = bench->call(
        u"get_model_version"_s,
        {{u"full_name"_s, u"main.default.demand_forecast"_s}, {u"version"_s, 2}, {u"alias"_s, u"champion"_s}});
    QVERIFY(both.isError());
}

void TestMlflowTools::versionShowsAliasesAndEndpoints()
{
    const QJsonObject facts = bench->call(u"get_model_version"_s, Forecast).structuredContent();
    QCOMPARE(facts.value("model_aliases"_L1).toString(), u"champion: version 3"_s);
    QCOMPARE(facts.value("served_by"_L1).toString(), u"demand-forecast (version 4)"_s);
    QVERIFY(bench->call(u"list_registered_models"_s).text().contains("champion: version 3"_L1));
    bench->fault({{u"path"_s, u"/api/2.0/serving-endpoints"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult without = bench->call(u"get_model_version"_s, Forecast);
    QVERIFY2(!without.isError() && without.text().contains("served_by: could not be read"_L1),
             qPrintable(without.text()));
}

void TestMlflowTools::unknownAliasNamesThoseThereAre()
{
    QJsonObject arguments = Forecast;
    arguments.insert(u"alias"_s, u"production"_s);
    const Mcp::ToolResult result = bench->call(u"get_model_version"_s, arguments);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("no alias \"production\". Its aliases are champion: version 3."_L1),
             qPrintable(result.text()));
}

void TestMlflowTools::versionsComeFromRunsOfTheExperiments()
{
    QStringList runs;
    const QJsonArray experiments =
        bench->call(u"list_experiments"_s).structuredContent().value("experiments"_L1).toArray();
    for (const QJsonValue experiment : experiments) {
        const Mcp::ToolResult found =
            bench->call(u"search_runs"_s, {{u"experiment_id"_s, experiment["experiment_id"_L1]}});
        for (const QJsonValue run : found.structuredContent().value("runs"_L1).toArray())
            runs.append(run["run_id"_L1].toString());
    }
    QStringList times;
    for (int version = 1; version <= 4; ++version) {
        QJsonObject arguments = Forecast;
        arguments.insert(u"version"_s, version);
        const QJsonObject facts = bench->call(u"get_model_version"_s, arguments).structuredContent();
        QVERIFY(runs.contains(facts.value("run_id"_L1).toString()));
        QVERIFY(!times.contains(facts.value("created"_L1).toString()));
        times.append(facts.value("created"_L1).toString());
    }
}

void TestMlflowTools::versionNumbersAreComparedAsNumbers()
{
    const QJsonArray versions{QJsonObject{{u"version"_s, 9}}, QJsonObject{{u"version"_s, 10}},
                              QJsonObject{{u"version"_s, 2}}};
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/models/*"_s},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, QJsonObject{{u"model_versions"_s, versions}}}});
    QCOMPARE(bench->call(u"get_model_version"_s, Forecast).structuredContent().value("version"_L1).toInteger(), 10);
}

void TestMlflowTools::modelWithoutVersionsIsSaid()
{
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/models/*"_s}, {u"fault"_s, u"answer"_s}});
    const Mcp::ToolResult result = bench->call(u"get_model_version"_s, Forecast);
    QVERIFY2(result.isError() && result.text().contains("has no versions yet"_L1), qPrintable(result.text()));
}

void TestMlflowTools::spaceShowsTablesAndInstructions()
{
    const Mcp::ToolResult result =
        bench->call(u"get_genie_space"_s, {{u"space_id"_s, u"01f0aa11bb22cc33dd44ee55ff660001"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("tables"_L1).toArray(), QJsonArray{u"samples.nyctaxi.trips"_s});
    QCOMPARE(result.structuredContent().value("instructions"_L1).toString(),
             u"Amounts are in US dollars.\nRound them to cents."_s);
    QVERIFY2(result.text().contains("\nsamples.nyctaxi.trips"_L1) &&
                 result.text().contains("\nWhere are fares highest?"_L1),
             qPrintable(result.text()));
}

void TestMlflowTools::spaceOfAnotherIsShownAsFarAsItMay()
{
    bench->fault({{u"path"_s, u"/api/2.0/genie/spaces/s1"_s},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, QJsonObject{{u"space_id"_s, u"s1"_s}, {u"title"_s, u"Sales"_s}}}});
    const Mcp::ToolResult result = bench->call(u"get_genie_space"_s, {{u"space_id"_s, u"s1"_s}});
    QVERIFY2(result.text().contains("may edit the space"_L1), qPrintable(result.text()));
}

QTEST_GUILESS_MAIN(TestMlflowTools)
#include "tst_mlflowtools.moc"

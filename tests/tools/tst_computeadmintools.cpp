#include "tools/host/catalogue.h"
#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Stopped = u"1a7de05c44b98f20"_s;
const QString Warehouses = u"/api/2.0/sql/warehouses"_s;
const QString Orders = u"b58728d0-1c7e-9336-acd4-ee61227a6fab"_s;
const QString Pipelines = u"/api/2.0/pipelines"_s;

} // namespace

/// Creating, changing and deleting SQL warehouses and pipelines.
class TestComputeAdminTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void createdWarehouseStopsWhenIdle();
    void warehouseScalingMustMakeSense();
    void createdWarehouseThatCannotBeReadIsStillNamed();
    void creationWithoutAnIdIsNoSuccess();
    void editingAWarehouseKeepsWhatIsNotNamed();
    void editingWithoutSettingsSendsNothing();
    void cardOfAnEditSaysWhatBecomesOfIt();
    void deletedWarehouseIsGone();

    void createdPipelineRuns();
    void pipelineWithoutItsCodeFails();
    void pipelineSourcesAreToldApart();
    void continuousPipelineRunsCode();
    void updatingAPipelineKeepsWhatIsNotNamed();
    void somebodyElsesChangeIsNotUndone();
    void deletedPipelineIsGone();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestComputeAdminTools::createdWarehouseStopsWhenIdle()
{
    const Mcp::ToolResult result = bench->call(
        u"create_warehouse"_s,
        {{u"name"_s, u"Reports"_s}, {u"cluster_size"_s, u"Small"_s}, {u"enable_serverless_compute"_s, true}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    const QString id = facts.value("warehouse_id"_L1).toString();
    QCOMPARE(facts.value("state"_L1).toString(), u"STARTING"_s);
    QVERIFY2(result.text().contains(id) && result.text().contains("stops after 10 idle minutes"_L1),
             qPrintable(result.text()));
    const QString body = uR"({"auto_stop_mins":10,"cluster_size":"Small","enable_serverless_compute":true,)"_s
                         uR"("max_num_clusters":1,"min_num_clusters":1,"name":"Reports","warehouse_type":"PRO"})"_s;
    QCOMPARE(bench->requests(),
             (QStringList{u"POST %1 %2"_s.arg(Warehouses, body), u"GET %1/%2"_s.arg(Warehouses, id)}));
    const auto state = [&] {
        return bench->call(u"get_warehouse"_s, {{u"warehouse_id"_s, id}}).structuredContent().value("state"_L1);
    };
    QTRY_COMPARE(state().toString(), u"RUNNING"_s);
}

void TestComputeAdminTools::warehouseScalingMustMakeSense()
{
    const Mcp::ToolResult result = bench->call(u"create_warehouse"_s, {{u"name"_s, u"Reports"_s},
                                                                       {u"cluster_size"_s, u"Small"_s},
                                                                       {u"min_num_clusters"_s, 4},
                                                                       {u"max_num_clusters"_s, 2}});
    QVERIFY2(result.isError() && result.text().contains("above max_num_clusters"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestComputeAdminTools::createdWarehouseThatCannotBeReadIsStillNamed()
{
    bench->fault({{u"path"_s, QString(Warehouses + u"/*"_s)}, {u"method"_s, u"GET"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result =
        bench->call(u"create_warehouse"_s, {{u"name"_s, u"Reports"_s}, {u"cluster_size"_s, u"Small"_s}});
    QVERIFY2(!result.isError() && result.text().contains("could not be read"_L1), qPrintable(result.text()));
    QVERIFY(!result.structuredContent().value("warehouse_id"_L1).toString().isEmpty());
}

void TestComputeAdminTools::creationWithoutAnIdIsNoSuccess()
{
    bench->fault({{u"path"_s, Warehouses}, {u"method"_s, u"POST"_s}, {u"fault"_s, u"answer"_s}});
    const Mcp::ToolResult result =
        bench->call(u"create_warehouse"_s, {{u"name"_s, u"Reports"_s}, {u"cluster_size"_s, u"Small"_s}});
    QVERIFY2(result.isError() && result.text().contains("may or may not"_L1), qPrintable(result.text()));
}

void TestComputeAdminTools::editingAWarehouseKeepsWhatIsNotNamed()
{
    const Mcp::ToolResult result =
        bench->call(u"edit_warehouse"_s, {{u"warehouse_id"_s, Stopped}, {u"cluster_size"_s, u"Large"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().contains("It is now: Large, 1 to 2 clusters, stops after 45 idle minutes"_L1),
             qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("name"_L1).toString(), u"BI Dashboards"_s);
    QCOMPARE(facts.value("auto_stop_mins"_L1).toInteger(), 45);
    QCOMPARE(facts.value("warehouse_type"_L1).toString(), u"PRO"_s);
    QCOMPARE(bench->requests().size(), 3);
}

void TestComputeAdminTools::editingWithoutSettingsSendsNothing()
{
    QVERIFY(bench->call(u"edit_warehouse"_s, {{u"warehouse_id"_s, Stopped}}).isError());
    QVERIFY(bench->call(u"update_pipeline"_s, {{u"pipeline_id"_s, Orders}}).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestComputeAdminTools::cardOfAnEditSaysWhatBecomesOfIt()
{
    bench->policy = {};
    bench->reset();
    QStringList facts;
    connect(
        &bench->log().approvals(), &Calls::Approvals::requested, this,
        [&](const Calls::ApprovalRequest &request) {
            if (!request.isConsequenceKnown)
                return;
            facts = request.consequence.facts;
            bench->log().approvals().answer(request.callId, {});
        },
        Qt::QueuedConnection);
    QVERIFY(
        bench->call(u"edit_warehouse"_s, {{u"warehouse_id"_s, Stopped}, {u"cluster_size"_s, u"Large"_s}}).isError());
    QCOMPARE(facts, QStringList{u"cluster_size: \"Medium\" becomes \"Large\"."_s});
    for (const QString &request : bench->requests())
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
}

void TestComputeAdminTools::deletedWarehouseIsGone()
{
    const Mcp::ToolResult result = bench->call(u"delete_warehouse"_s, {{u"warehouse_id"_s, Stopped}});
    QVERIFY2(!result.isError() && result.text().contains("BI Dashboards was deleted"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests().last(), u"DELETE %1/%2"_s.arg(Warehouses, Stopped));
    QVERIFY(bench->call(u"delete_warehouse"_s, {{u"warehouse_id"_s, Stopped}}).isError());
}

void TestComputeAdminTools::createdPipelineRuns()
{
    const QString source = u"CREATE OR REFRESH MATERIALIZED VIEW nations AS SELECT n_name FROM samples.tpch.nation"_s;
    const Mcp::ToolResult written =
        bench->call(u"write_notebook"_s,
                    {{u"path"_s, u"/Workspace/Pipelines/fresh"_s}, {u"source"_s, source}, {u"language"_s, u"SQL"_s}});
    QVERIFY2(!written.isError(), qPrintable(written.text()));
    const Mcp::ToolResult result =
        bench->call(u"create_pipeline"_s, {{u"name"_s, u"fresh"_s},
                                           {u"catalog"_s, u"main"_s},
                                           {u"schema"_s, u"fresh"_s},
                                           {u"sources"_s, QJsonArray{u"/Workspace/Pipelines/fresh"_s}}});
    QVERIFY2(!result.isError() && result.text().contains("It has not run yet"_L1), qPrintable(result.text()));
    const QString id = result.structuredContent().value("pipeline_id"_L1).toString();
    const QJsonObject named{{u"pipeline_id"_s, id}};
    QCOMPARE(bench->call(u"get_pipeline"_s, named).structuredContent().value("catalog"_L1).toString(), u"main"_s);
    QVERIFY(!bench->call(u"start_pipeline"_s, named).isError());
    QTRY_COMPARE(bench->call(u"get_pipeline_update"_s, named).structuredContent().value("state"_L1).toString(),
                 u"COMPLETED"_s);
}

void TestComputeAdminTools::pipelineWithoutItsCodeFails()
{
    const Mcp::ToolResult result =
        bench->call(u"create_pipeline"_s, {{u"name"_s, u"bare"_s},
                                           {u"catalog"_s, u"main"_s},
                                           {u"schema"_s, u"fresh"_s},
                                           {u"sources"_s, QJsonArray{u"/Workspace/Pipelines/nowhere"_s}}});
    const QJsonObject named{{u"pipeline_id"_s, result.structuredContent().value("pipeline_id"_L1)}};
    bench->call(u"start_pipeline"_s, named);
    QTRY_COMPARE(bench->call(u"get_pipeline_update"_s, named).structuredContent().value("state"_L1).toString(),
                 u"FAILED"_s);
    const Mcp::ToolResult events = bench->call(u"list_pipeline_events"_s, named);
    QVERIFY2(events.text().contains("not found at '/Workspace/Pipelines/nowhere'"_L1), qPrintable(events.text()));
}

void TestComputeAdminTools::pipelineSourcesAreToldApart()
{
    const QJsonArray sources{u"/Workspace/a"_s, u"/Workspace/b.PY"_s, u"/Workspace/c.sql"_s, u"/Workspace/d/**"_s};
    const Mcp::ToolResult result =
        bench->call(u"create_pipeline"_s,
                    {{u"name"_s, u"fresh"_s},
                     {u"catalog"_s, u"main"_s},
                     {u"schema"_s, u"fresh"_s},
                     {u"sources"_s, sources},
                     {u"configuration"_s, QJsonArray{QJsonObject{{u"name"_s, u"mode"_s}, {u"value"_s, u"fast"_s}}}}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString request = bench->requests().first();
    const QString libraries =
        uR"("libraries":[{"notebook":{"path":"/Workspace/a"}},{"file":{"path":"/Workspace/b.PY"}},)"_s
        uR"({"file":{"path":"/Workspace/c.sql"}},{"glob":{"include":"/Workspace/d/**"}}])"_s;
    QVERIFY2(request.contains(libraries), qPrintable(request));
    QVERIFY2(request.contains("\"configuration\":{\"mode\":\"fast\"}"_L1), qPrintable(request));
}

void TestComputeAdminTools::continuousPipelineRunsCode()
{
    const Tools::Tool *create = Tools::findTool(u"create_pipeline"_s, Tools::resolveToolsets({u"all"_s}));
    const Tools::Tool *update = Tools::findTool(u"update_pipeline"_s, Tools::resolveToolsets({u"all"_s}));
    using Calls::Effect;
    QCOMPARE(bench->effectsOf(*create, {}), Calls::Effects(Effect::Adds));
    QCOMPARE(bench->effectsOf(*create, {{u"continuous"_s, true}}), Effect::Adds | Effect::RunsCode);
    QCOMPARE(bench->effectsOf(*update, {{u"name"_s, u"x"_s}}), Calls::Effects(Effect::Replaces));
    QCOMPARE(bench->effectsOf(*update, {{u"sources"_s, QJsonArray{u"/x"_s}}}), Effect::Replaces | Effect::RunsCode);
}

void TestComputeAdminTools::updatingAPipelineKeepsWhatIsNotNamed()
{
    const Mcp::ToolResult result =
        bench->call(u"update_pipeline"_s, {{u"pipeline_id"_s, Orders}, {u"development"_s, true}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject now = bench->call(u"get_pipeline"_s, {{u"pipeline_id"_s, Orders}}).structuredContent();
    QCOMPARE(now.value("development"_L1).toBool(), true);
    QCOMPARE(now.value("serverless"_L1).toBool(), true);
    QCOMPARE(now.value("name"_L1).toString(), u"orders_medallion"_s);
    QCOMPARE(now.value("sources"_L1).toString(), u"/Workspace/Pipelines/orders_medallion"_s);
}

void TestComputeAdminTools::somebodyElsesChangeIsNotUndone()
{
    bench->call(u"update_pipeline"_s, {{u"pipeline_id"_s, Orders}, {u"development"_s, true}});
    const QStringList requests = bench->requests();
    QVERIFY2(requests.value(1).startsWith("PUT "_L1) && requests.value(1).contains("\"expected_last_modified\":"_L1),
             qPrintable(requests.join(u'\n')));
}

void TestComputeAdminTools::deletedPipelineIsGone()
{
    const Mcp::ToolResult result = bench->call(u"delete_pipeline"_s, {{u"pipeline_id"_s, Orders}});
    QVERIFY2(!result.isError() && result.text().contains("orders_medallion was deleted"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests().last(), u"DELETE %1/%2"_s.arg(Pipelines, Orders));
    QVERIFY(bench->call(u"get_pipeline"_s, {{u"pipeline_id"_s, Orders}}).isError());
}

QTEST_GUILESS_MAIN(TestComputeAdminTools)
#include "tst_computeadmintools.moc"

#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Americas = u"0730-172948-runts698"_s; // TERMINATED, pinned
const QString Fraud = u"0527-061205-l3ph6de2"_s;    // RUNNING, 4 workers
const QString Unknown = u"0000-000000-nothere1"_s;

QJsonObject idOf(const QString &cluster)
{
    return {{u"cluster_id"_s, cluster}};
}

QString get(const QString &cluster)
{
    return u"GET /api/2.1/clusters/get?cluster_id="_s + cluster;
}

} // namespace

/// The toolset cluster_admin: the REST requests its tools make and what they answer.
class TestClusterAdminTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void createStartsACluster();
    void createSaysWhatIsMissing();
    void createIsNotHiddenByAFaultBehindIt();
    void createIsSentOnce();
    void editSendsTheFieldsThatWereGiven();
    void aPolicyIsTakenOff();
    void editOfARunningClusterRestartsIt();
    void resizeWantsARunningCluster();
    void pinAndUnpin();
    void deleteIsForGood();
    void nodeTypesAreFiltered();
    void runtimesPoliciesAndPoolsAreListed();
    void librariesAreInstalledAndMarkedForRemoval();
    void listsFailInTheWordsOfTheApi_data();
    void listsFailInTheWordsOfTheApi();
    void unknownClustersGetTheWordsOfTheApi_data();
    void unknownClustersGetTheWordsOfTheApi();

private:
    QString state(const QString &cluster)
    {
        return bench->call(u"get_cluster"_s, idOf(cluster)).structuredContent().value("state"_L1).toString();
    }

    std::unique_ptr<ToolBench> bench;
};

void TestClusterAdminTools::createStartsACluster()
{
    const Mcp::ToolResult result = bench->call(u"create_cluster"_s, {{u"cluster_name"_s, u"Try out"_s},
                                                                     {u"spark_version"_s, u"16.4.x-scala2.12"_s},
                                                                     {u"node_type_id"_s, u"Standard_DS3_v2"_s},
                                                                     {u"min_workers"_s, 1},
                                                                     {u"max_workers"_s, 3}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString id = result.structuredContent().value("cluster_id"_L1).toString();
    QVERIFY(result.text().contains(id));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"PENDING"_s);
    QCOMPARE(bench->requests(),
             (QStringList{u"POST /api/2.1/clusters/create {\"autoscale\":{\"max_workers\":3,\"min_workers\":1},"
                          "\"autotermination_minutes\":60,\"cluster_name\":\"Try out\","
                          "\"node_type_id\":\"Standard_DS3_v2\",\"spark_version\":\"16.4.x-scala2.12\"}"_s,
                          get(id)}));
    QCOMPARE(bench->startedClusters, QStringList{id});
    QTRY_COMPARE(state(id), u"RUNNING"_s);
}

void TestClusterAdminTools::createSaysWhatIsMissing()
{
    const QJsonObject base{{u"cluster_name"_s, u"Try out"_s}, {u"spark_version"_s, u"16.4.x-scala2.12"_s}};
    const auto refused = [&](QJsonObject more, QLatin1StringView word) {
        for (auto field = base.begin(); field != base.end(); ++field)
            more.insert(field.key(), *field);
        const Mcp::ToolResult result = bench->call(u"create_cluster"_s, more);
        return result.isError() && result.text().contains(word) && bench->requests().isEmpty();
    };
    QVERIFY(refused({}, "single_node"_L1));
    QVERIFY(refused({{u"num_workers"_s, 2}}, "node_type_id"_L1));
    QVERIFY(refused({{u"num_workers"_s, 2}, {u"max_workers"_s, 3}}, "one of the two"_L1));
    QVERIFY(refused({{u"min_workers"_s, 4}, {u"max_workers"_s, 3}}, "min_workers"_L1));
    QVERIFY(refused({{u"num_workers"_s, 2}, {u"autotermination_minutes"_s, 5}}, "between 10 and 10000"_L1));

    QJsonObject wrong = base;
    wrong.insert(u"num_workers"_s, 2);
    wrong.insert(u"node_type_id"_s, u"Abacus_1"_s);
    const Mcp::ToolResult result = bench->call(u"create_cluster"_s, wrong);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Node type Abacus_1 is not supported"_L1), qPrintable(result.text()));
}

void TestClusterAdminTools::createIsNotHiddenByAFaultBehindIt()
{
    bench->fault({{u"path"_s, u"/api/2.1/clusters/get"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(u"create_cluster"_s, {{u"cluster_name"_s, u"Single"_s},
                                                                     {u"spark_version"_s, u"16.4.x-scala2.12"_s},
                                                                     {u"node_type_id"_s, u"Standard_DS3_v2"_s},
                                                                     {u"single_node"_s, true}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(!result.structuredContent().value("cluster_id"_L1).toString().isEmpty());
    QVERIFY(bench->requests().first().contains("\"is_single_node\":true,\"kind\":\"CLASSIC_PREVIEW\""_L1));
}

void TestClusterAdminTools::createIsSentOnce()
{
    bench->fault({{u"path"_s, u"/api/2.1/clusters/create"_s}, {u"fault"_s, u"truncated"_s}});
    const Mcp::ToolResult result = bench->call(u"create_cluster"_s, {{u"cluster_name"_s, u"Once"_s},
                                                                     {u"spark_version"_s, u"16.4.x-scala2.12"_s},
                                                                     {u"node_type_id"_s, u"Standard_DS3_v2"_s},
                                                                     {u"num_workers"_s, 1}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("may or may not"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests().size(), 1);
}

void TestClusterAdminTools::editSendsTheFieldsThatWereGiven()
{
    const Mcp::ToolResult result =
        bench->call(u"edit_cluster"_s, {{u"cluster_id"_s, Americas},
                                        {u"autotermination_minutes"_s, 30},
                                        {u"num_workers"_s, 5},
                                        {u"custom_tags"_s, QJsonObject{{u"Team"_s, u"bi"_s}}}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    // What is replaced comes back by nobody who does not know it.
    QVERIFY2(result.text().contains("custom_tags (before: {"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(),
             (QStringList{get(Americas),
                          u"POST /api/2.1/clusters/update {\"cluster\":{\"autotermination_minutes\":30,"
                          "\"custom_tags\":{\"Team\":\"bi\"},\"num_workers\":5},\"cluster_id\":\"%1\","
                          "\"update_mask\":\"autotermination_minutes,custom_tags,num_workers\"}"_s.arg(Americas),
                          get(Americas)}));
    const QJsonObject now = bench->call(u"get_cluster"_s, idOf(Americas)).structuredContent();
    QCOMPARE(now.value("autotermination_minutes"_L1).toInteger(), 30);
    QCOMPARE(now.value("workers"_L1).toString(), u"5"_s);
    QCOMPARE(now.value("state"_L1).toString(), u"TERMINATED"_s);

    bench->requests();
    QVERIFY(bench->call(u"edit_cluster"_s, idOf(Americas)).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestClusterAdminTools::aPolicyIsTakenOff()
{
    bench->call(u"edit_cluster"_s, {{u"cluster_id"_s, Americas}, {u"policy_id"_s, u"9C6310A4B2001D7E"_s}});
    QVERIFY(bench->call(u"get_cluster"_s, idOf(Americas)).text().contains("9C6310A4B2001D7E"_L1));
    bench->requests();
    const Mcp::ToolResult taken =
        bench->call(u"edit_cluster"_s, {{u"cluster_id"_s, Americas}, {u"policy_id"_s, u"none"_s}});
    QVERIFY2(!taken.isError(), qPrintable(taken.text()));
    QCOMPARE(
        bench->requests().at(1),
        u"POST /api/2.1/clusters/update {\"cluster\":{},\"cluster_id\":\"%1\",\"update_mask\":\"policy_id\"}"_s.arg(
            Americas));
    QVERIFY(!bench->call(u"get_cluster"_s, idOf(Americas)).text().contains("9C6310A4B2001D7E"_L1));
}

void TestClusterAdminTools::editOfARunningClusterRestartsIt()
{
    const QJsonObject renamed{{u"cluster_id"_s, Fraud}, {u"cluster_name"_s, u"Fraud Detection 2"_s}};
    const Mcp::ToolResult result = bench->call(u"edit_cluster"_s, renamed);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"RESTARTING"_s);
    const Mcp::ToolResult tooEarly = bench->call(u"edit_cluster"_s, renamed);
    QVERIFY(tooEarly.isError());
    QVERIFY2(tooEarly.text().contains("RESTARTING"_L1), qPrintable(tooEarly.text()));
    QTRY_COMPARE(state(Fraud), u"RUNNING"_s);
}

void TestClusterAdminTools::resizeWantsARunningCluster()
{
    const Mcp::ToolResult asleep =
        bench->call(u"resize_cluster"_s, {{u"cluster_id"_s, Americas}, {u"num_workers"_s, 3}});
    QVERIFY(asleep.isError());
    QVERIFY2(asleep.text().contains("TERMINATED"_L1), qPrintable(asleep.text()));
    QCOMPARE(bench->requests(), QStringList{get(Americas)});

    const Mcp::ToolResult result = bench->call(u"resize_cluster"_s, {{u"cluster_id"_s, Fraud}, {u"num_workers"_s, 6}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"RESIZING"_s);
    QCOMPARE(bench->requests(),
             (QStringList{get(Fraud),
                          u"POST /api/2.1/clusters/resize {\"cluster_id\":\"%1\",\"num_workers\":6}"_s.arg(Fraud),
                          get(Fraud)}));
    QTRY_COMPARE(state(Fraud), u"RUNNING"_s);
}

void TestClusterAdminTools::pinAndUnpin()
{
    const QString body = u" {\"cluster_id\":\"%1\"}"_s.arg(Fraud);
    QVERIFY(!bench->call(u"pin_cluster"_s, idOf(Fraud)).isError());
    QVERIFY(!bench->call(u"unpin_cluster"_s, idOf(Fraud)).isError());
    QCOMPARE(bench->requests(), (QStringList{get(Fraud), u"POST /api/2.1/clusters/pin"_s + body, get(Fraud),
                                             u"POST /api/2.1/clusters/unpin"_s + body}));
}

void TestClusterAdminTools::deleteIsForGood()
{
    const Mcp::ToolResult pinned = bench->call(u"delete_cluster"_s, idOf(Americas));
    QVERIFY(pinned.isError());
    QVERIFY2(pinned.text().contains("unpin"_L1), qPrintable(pinned.text()));
    bench->requests();

    const Mcp::ToolResult result = bench->call(u"delete_cluster"_s, idOf(Fraud));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(
        bench->requests(),
        (QStringList{get(Fraud), u"POST /api/2.1/clusters/permanent-delete {\"cluster_id\":\"%1\"}"_s.arg(Fraud)}));
    QVERIFY(bench->call(u"get_cluster"_s, idOf(Fraud)).isError());
}

void TestClusterAdminTools::nodeTypesAreFiltered()
{
    const Mcp::ToolResult all = bench->call(u"list_node_types"_s);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.1/clusters/list-node-types"_s});
    const QJsonObject structured = all.structuredContent();
    QCOMPARE(structured.value("total"_L1).toInteger(), 13);
    QVERIFY2(!all.text().contains("Standard_NC6s_v3"_L1), "a deprecated one is listed");

    const Mcp::ToolResult large = bench->call(u"list_node_types"_s, {{u"min_cores"_s, 16}, {u"min_memory_gb"_s, 100}});
    for (const QJsonValue type : large.structuredContent().value("node_types"_L1).toArray())
        QVERIFY(type["num_cores"_L1].toInteger() >= 16 && type["memory_gb"_L1].toInteger() >= 100);
    QCOMPARE(large.structuredContent().value("total"_L1).toInteger(), 2);
    QCOMPARE(bench->call(u"list_node_types"_s, {{u"gpu"_s, true}}).structuredContent().value("total"_L1).toInteger(),
             2);
}

void TestClusterAdminTools::runtimesPoliciesAndPoolsAreListed()
{
    const Mcp::ToolResult runtimes = bench->call(u"list_spark_versions"_s, {{u"name_contains"_s, u"ml"_s}});
    QVERIFY2(!runtimes.isError(), qPrintable(runtimes.text()));
    QVERIFY(runtimes.text().contains("16.4.x-cpu-ml-scala2.12"_L1));
    QVERIFY(!runtimes.text().contains("14.3.x-scala2.12"_L1));

    const Mcp::ToolResult policies = bench->call(u"list_cluster_policies"_s);
    QVERIFY2(!policies.isError(), qPrintable(policies.text()));
    QVERIFY(policies.text().contains("autotermination_minutes"_L1));
    QCOMPARE(policies.structuredContent().value("total"_L1).toInteger(), 3);

    const Mcp::ToolResult pools = bench->call(u"list_instance_pools"_s, {{u"limit"_s, 1}});
    QVERIFY2(!pools.isError(), qPrintable(pools.text()));
    QCOMPARE(pools.structuredContent().value("instance_pools"_L1).toArray().size(), 1);
    QCOMPARE(pools.structuredContent().value("total"_L1).toInteger(), 2);
    QVERIFY(pools.structuredContent().contains("next_page_token"_L1));
    QCOMPARE(bench->requests(),
             (QStringList{u"GET /api/2.1/clusters/spark-versions"_s,
                          u"GET /api/2.0/policies/clusters/list?sort_column=POLICY_NAME&sort_order=ASC"_s,
                          u"GET /api/2.0/instance-pools/list"_s}));
}

void TestClusterAdminTools::librariesAreInstalledAndMarkedForRemoval()
{
    const QJsonObject libraries{{u"cluster_id"_s, Fraud},
                                {u"pypi"_s, QJsonArray{u"simplejson==3.19.2"_s}},
                                {u"jars"_s, QJsonArray{u"/Volumes/main/ops/jars/x.jar"_s}}};
    const QString body = u" {\"cluster_id\":\"%1\",\"libraries\":[{\"pypi\":{\"package\":\"simplejson==3.19.2\"}},"
                         "{\"jar\":\"/Volumes/main/ops/jars/x.jar\"}]}"_s.arg(Fraud);
    QVERIFY(!bench->call(u"install_cluster_libraries"_s, libraries).isError());
    const Mcp::ToolResult listed = bench->call(u"list_cluster_libraries"_s, idOf(Fraud));
    QVERIFY2(listed.text().contains("pypi: simplejson==3.19.2 | INSTALLED"_L1), qPrintable(listed.text()));
    QVERIFY2(listed.text().contains("no matching distribution"_L1), qPrintable(listed.text()));
    QCOMPARE(listed.structuredContent().value("total"_L1).toInteger(), 4);
    QVERIFY(!bench->call(u"uninstall_cluster_libraries"_s, libraries).isError());
    const QString status = u"GET /api/2.0/libraries/cluster-status?cluster_id="_s + Fraud;
    QCOMPARE(bench->requests(), (QStringList{get(Fraud), u"POST /api/2.0/libraries/install"_s + body, status, status,
                                             get(Fraud), u"POST /api/2.0/libraries/uninstall"_s + body}));
    const Mcp::ToolResult none = bench->call(u"uninstall_cluster_libraries"_s,
                                             {{u"cluster_id"_s, Fraud}, {u"pypi"_s, QJsonArray{u"nothere"_s}}});
    QVERIFY2(none.isError() && none.text().contains("pypi: nothere. Nothing was done"_L1), qPrintable(none.text()));
    QCOMPARE(bench->requests(), QStringList{status});
    QVERIFY(bench->call(u"list_cluster_libraries"_s, idOf(Fraud)).text().contains("UNINSTALL_ON_RESTART"_L1));
    bench->call(u"restart_cluster"_s, idOf(Fraud));
    QTRY_VERIFY(!bench->call(u"list_cluster_libraries"_s, idOf(Fraud)).text().contains("simplejson"_L1));
    bench->requests();
    QVERIFY(bench->call(u"install_cluster_libraries"_s, idOf(Fraud)).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestClusterAdminTools::listsFailInTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    for (const auto tool : {"list_node_types", "list_spark_versions", "list_cluster_policies", "list_instance_pools"})
        QTest::newRow(tool) << QString::fromLatin1(tool);
}

void TestClusterAdminTools::listsFailInTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    bench->fault({{u"path"_s, u"*"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(tool);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("does not have permission"_L1), qPrintable(result.text()));
}

void TestClusterAdminTools::unknownClustersGetTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("more");
    QTest::newRow("edit") << u"edit_cluster"_s << QJsonObject{{u"cluster_name"_s, u"x"_s}};
    QTest::newRow("resize") << u"resize_cluster"_s << QJsonObject{{u"num_workers"_s, 2}};
    QTest::newRow("pin") << u"pin_cluster"_s << QJsonObject();
    QTest::newRow("unpin") << u"unpin_cluster"_s << QJsonObject();
    QTest::newRow("delete") << u"delete_cluster"_s << QJsonObject();
    QTest::newRow("libraries") << u"list_cluster_libraries"_s << QJsonObject();
    QTest::newRow("install") << u"install_cluster_libraries"_s << QJsonObject{{u"cran"_s, QJsonArray{u"ada"_s}}};
    QTest::newRow("uninstall") << u"uninstall_cluster_libraries"_s << QJsonObject{{u"cran"_s, QJsonArray{u"ada"_s}}};
}

void TestClusterAdminTools::unknownClustersGetTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    QFETCH(QJsonObject, more);
    more.insert(u"cluster_id"_s, Unknown);
    const Mcp::ToolResult result = bench->call(tool, more);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Cluster 0000-000000-nothere1 does not exist"_L1), qPrintable(result.text()));
}

QTEST_GUILESS_MAIN(TestClusterAdminTools)
#include "tst_clusteradmintools.moc"

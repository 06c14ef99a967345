#include "tools/host/catalogue.h"
#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Americas = u"0730-172948-runts698"_s;
const QJsonObject AmericasId{{u"cluster_id"_s, Americas}};
const QString GetAmericas = u"GET /api/2.1/clusters/get?cluster_id=0730-172948-runts698"_s;
const QString AmericasBody = u" {\"cluster_id\":\"0730-172948-runts698\"}"_s;
const QJsonObject UnknownId{{u"cluster_id"_s, u"0000-000000-nothere1"_s}};

} // namespace

/// The tools of the toolsets connection and clusters: the REST requests they make and what they answer.
class TestClusterTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void connectionSaysWhoIsSignedIn();
    void connectionFailsWithATokenThatIsRefused();
    void listGivesEveryClusterPageByPage();
    void listNamesZoneAndUnitInBothChannels();
    void listFilters();
    void listSaysWhatIsWrongWithAPageToken();
    void getShowsAClusterAndItsTermination();
    void eventsAreNewestFirst();
    void startIsSeenPendingThenRunning();
    void startWaitsWithProgress();
    void startOfARunningClusterIsASuccess();
    void stopTerminates();
    void restartWantsARunningCluster();
    void unknownIdsGetTheWordsOfTheApi_data();
    void unknownIdsGetTheWordsOfTheApi();
    void policyIsAsked();
    void readOnlyHidesWhatChanges();
    void everyCallIsJournalledWithItsExchanges();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestClusterTools::connectionSaysWhoIsSignedIn()
{
    const Mcp::ToolResult result = bench->call(u"get_connection"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(result.structuredContent().value("user_name"_L1).toString().contains(u'@'));
    QVERIFY(!result.text().contains("tool-bench-token"_L1));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/preview/scim/v2/Me"_s});
}

void TestClusterTools::connectionFailsWithATokenThatIsRefused()
{
    bench->fault({{u"path"_s, u"*"_s}, {u"fault"_s, u"unauthorized"_s}, {u"times"_s, 5}});
    const Mcp::ToolResult result = bench->call(u"get_connection"_s);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("token"_L1), qPrintable(result.text()));
}

void TestClusterTools::listGivesEveryClusterPageByPage()
{
    QStringList names;
    QJsonObject arguments{{u"limit"_s, 50}};
    int answers = 0;
    do {
        const Mcp::ToolResult result = bench->call(u"list_clusters"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        const QJsonObject structured = result.structuredContent();
        QCOMPARE(structured.value("total"_L1).toInteger(), 130);
        for (const QJsonValue cluster : structured.value("clusters"_L1).toArray()) {
            names.append(cluster.toObject().value("cluster_name"_L1).toString());
            QVERIFY(result.text().contains(cluster.toObject().value("cluster_id"_L1).toString()));
        }
        const QString head = result.text().section(u'\n', 0, 0);
        if (answers++ == 0)
            QVERIFY2(head.startsWith("Found 130 clusters ("_L1) && head.endsWith("), 50 of them here:"_L1),
                     qPrintable(head));
        else
            QCOMPARE(head, answers == 2 ? u"Found 130 clusters, 51 to 100 of them here:"_s
                                        : u"Found 130 clusters, 101 to 130 of them here:"_s);
        // Those that idle are looked for among all of them, once.
        QCOMPARE(result.text().contains("Idle 1 h or more: Fraud Detection Realtime (3 d 14 h)"_L1), answers == 1);
        arguments.insert("page_token"_L1, structured.value("next_page_token"_L1));
    } while (!arguments.value("page_token"_L1).isUndefined());
    QCOMPARE(answers, 3);
    QCOMPARE(names.size(), 130);
    // What runs comes first.
    QCOMPARE(names.first(), u"Fraud Detection Realtime"_s);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), 130);
    const QStringList requests = bench->requests();
    QVERIFY(requests.first().startsWith("GET /api/2.1/clusters/list?page_size=100&filter_by.cluster_sources=UI"_L1));
}

void TestClusterTools::listNamesZoneAndUnitInBothChannels()
{
    const Mcp::ToolResult result = bench->call(u"list_clusters"_s, {{u"states"_s, QJsonArray{u"RUNNING"_s}}});
    const QJsonObject row = result.structuredContent().value("clusters"_L1)[0].toObject();
    QVERIFY2(row.contains("running_since_utc"_L1) && row.contains("auto_stop_min"_L1),
             qPrintable(QStringList(row.keys()).join(u' ')));
    QVERIFY2(result.text().contains("running since (UTC) | workers | auto stop (min)"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("\nIdle 1 h or more: Fraud Detection Realtime (3 d 14 h)."_L1),
             qPrintable(result.text()));
    QVERIFY(result.structuredContent().value("note"_L1).toString().contains("Fraud Detection Realtime (3 d"_L1));
    QVERIFY(!row.contains("idle_min"_L1));
}

void TestClusterTools::listFilters()
{
    const Mcp::ToolResult running = bench->call(u"list_clusters"_s, {{u"states"_s, QJsonArray{u"RUNNING"_s}}});
    for (const QJsonValue cluster : running.structuredContent().value("clusters"_L1).toArray())
        QCOMPARE(cluster.toObject().value("state"_L1).toString(), u"RUNNING"_s);
    QVERIFY(running.structuredContent().value("total"_L1).toInteger() > 0);

    const Mcp::ToolResult named = bench->call(u"list_clusters"_s, {{u"name_contains"_s, u"autoscaling AMERICAS"_s}});
    QCOMPARE(named.structuredContent().value("total"_L1).toInteger(), 1);

    const Mcp::ToolResult owned = bench->call(u"list_clusters"_s, {{u"owner"_s, u"Tom Whitaker"_s}});
    QVERIFY2(owned.text().contains("tom.whitaker@example.com"_L1), qPrintable(owned.text()));
    const Mcp::ToolResult mine = bench->call(u"list_clusters"_s, {{u"created_by_me"_s, true}});
    const Mcp::ToolResult all = bench->call(u"list_clusters"_s, {{u"include_job_clusters"_s, true}, {u"limit"_s, 1}});
    QVERIFY(mine.structuredContent().value("total"_L1).toInteger() < 130);
    QVERIFY(all.structuredContent().value("total"_L1).toInteger() > 130);
}

void TestClusterTools::listSaysWhatIsWrongWithAPageToken()
{
    const Mcp::ToolResult result = bench->call(u"list_clusters"_s, {{u"page_token"_s, u"no such token"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("page_token"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestClusterTools::getShowsAClusterAndItsTermination()
{
    const Mcp::ToolResult result = bench->call(u"get_cluster"_s, AmericasId);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("cluster_name"_L1).toString(), u"Shared Autoscaling Americas"_s);
    QCOMPARE(facts.value("state"_L1).toString(), u"TERMINATED"_s);
    QCOMPARE(facts.value("workers"_L1).toString(), u"2 to 8"_s);
    QVERIFY(!facts.value("termination_reason"_L1).toString().isEmpty());
    QCOMPARE(bench->requests(), QStringList{GetAmericas});
}

void TestClusterTools::eventsAreNewestFirst()
{
    const Mcp::ToolResult result =
        bench->call(u"list_cluster_events"_s, {{u"cluster_id"_s, Americas}, {u"limit"_s, 3}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonArray events = result.structuredContent().value("events"_L1).toArray();
    QVERIFY(!events.isEmpty());
    for (qsizetype i = 1; i < events.size(); ++i)
        QVERIFY(events.at(i - 1).toObject().value("time"_L1).toString() >=
                events.at(i).toObject().value("time"_L1).toString());
    QCOMPARE(bench->requests(),
             QStringList{u"POST /api/2.1/clusters/events "
                         "{\"cluster_id\":\"0730-172948-runts698\",\"order\":\"DESC\",\"page_size\":3}"_s});
}

void TestClusterTools::startIsSeenPendingThenRunning()
{
    const Mcp::ToolResult result = bench->call(u"start_cluster"_s, AmericasId);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"PENDING"_s);
    QCOMPARE(bench->requests(),
             (QStringList{GetAmericas, u"POST /api/2.1/clusters/start"_s + AmericasBody, GetAmericas}));
    QCOMPARE(bench->startedClusters, QStringList{Americas});
    QTRY_COMPARE(bench->call(u"get_cluster"_s, AmericasId).structuredContent().value("state"_L1).toString(),
                 u"RUNNING"_s);
}

void TestClusterTools::startWaitsWithProgress()
{
    const Mcp::ToolResult result = bench->call(u"start_cluster"_s, {{u"cluster_id"_s, Americas}, {u"wait"_s, true}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"RUNNING"_s);
    QVERIFY(!bench->progress.isEmpty());
    QVERIFY(bench->progress.first().startsWith("PENDING"_L1));
}

void TestClusterTools::startOfARunningClusterIsASuccess()
{
    bench->call(u"start_cluster"_s, {{u"cluster_id"_s, Americas}, {u"wait"_s, true}});
    bench->requests();
    const Mcp::ToolResult again = bench->call(u"start_cluster"_s, AmericasId);
    QVERIFY2(!again.isError(), qPrintable(again.text()));
    QVERIFY(again.text().contains("running already"_L1));
    QCOMPARE(bench->requests(), QStringList{GetAmericas});
}

void TestClusterTools::stopTerminates()
{
    bench->call(u"start_cluster"_s, {{u"cluster_id"_s, Americas}, {u"wait"_s, true}});
    bench->requests();
    const Mcp::ToolResult result = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"TERMINATING"_s);
    QCOMPARE(bench->requests(),
             (QStringList{GetAmericas, u"POST /api/2.1/clusters/delete"_s + AmericasBody, GetAmericas}));
    QTRY_COMPARE(bench->call(u"get_cluster"_s, AmericasId).structuredContent().value("state"_L1).toString(),
                 u"TERMINATED"_s);
    const Mcp::ToolResult again = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY(again.text().contains("terminated already"_L1));
}

void TestClusterTools::restartWantsARunningCluster()
{
    const Mcp::ToolResult stopped = bench->call(u"restart_cluster"_s, AmericasId);
    QVERIFY(stopped.isError());
    QVERIFY2(stopped.text().contains("start_cluster"_L1), qPrintable(stopped.text()));
    QCOMPARE(bench->requests(), QStringList{GetAmericas});

    bench->call(u"start_cluster"_s, {{u"cluster_id"_s, Americas}, {u"wait"_s, true}});
    bench->requests();
    const Mcp::ToolResult restarted = bench->call(u"restart_cluster"_s, AmericasId);
    QVERIFY2(!restarted.isError(), qPrintable(restarted.text()));
    QCOMPARE(restarted.structuredContent().value("state"_L1).toString(), u"RESTARTING"_s);
    QCOMPARE(bench->requests(),
             (QStringList{GetAmericas, u"POST /api/2.1/clusters/restart"_s + AmericasBody, GetAmericas}));
}

void TestClusterTools::unknownIdsGetTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    for (const auto tool : {"get_cluster", "list_cluster_events", "start_cluster", "stop_cluster", "restart_cluster"})
        QTest::newRow(tool) << QString::fromLatin1(tool);
}

void TestClusterTools::unknownIdsGetTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    const Mcp::ToolResult result = bench->call(tool, UnknownId);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Cluster 0000-000000-nothere1 does not exist"_L1), qPrintable(result.text()));
    QVERIFY(result.structuredContent().isEmpty());
}

void TestClusterTools::policyIsAsked()
{
    bench->policy = ToolBench::rules(Calls::Decision::Deny, Calls::Decision::Ask);
    bench->reset();
    const Mcp::ToolResult denied = bench->call(u"start_cluster"_s, AmericasId);
    QVERIFY(denied.isError());
    QCOMPARE(bench->log().latest(1).first().outcome, Calls::Outcome::Refused);

    connect(&bench->log(), &Calls::CallLog::changed, bench.get(), [this](const Calls::Record &record) {
        if (record.outcome == Calls::Outcome::Waiting)
            bench->log().approvals().answer(record.id, Calls::ApprovalAnswer{});
    });
    const Mcp::ToolResult refused = bench->call(u"stop_cluster"_s, AmericasId);
    QVERIFY(refused.isError());
    QVERIFY2(refused.text().contains("denied"_L1), qPrintable(refused.text()));
    // The person was shown the cluster's name; nothing else was asked of the workspace.
    QCOMPARE(bench->log().latest(1).first().target, u"Shared Autoscaling Americas"_s);
    QCOMPARE(bench->requests(), QStringList{GetAmericas});
}

void TestClusterTools::readOnlyHidesWhatChanges()
{
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    for (const QString &tool : bench->offered())
        QVERIFY2(bench->description(tool).annotations.readOnly, qPrintable(tool));
    QVERIFY(bench->offered().contains("list_clusters"_L1));
}

void TestClusterTools::everyCallIsJournalledWithItsExchanges()
{
    bench->call(u"start_cluster"_s, AmericasId);
    const Calls::Record record = bench->log().latest(1).first();
    QCOMPARE(record.tool, u"start_cluster"_s);
    QCOMPARE(record.client, u"bench 1"_s);
    QCOMPARE(record.outcome, Calls::Outcome::Succeeded);
    QCOMPARE(record.target, u"Shared Autoscaling Americas"_s);
    QCOMPARE(record.exchanges.size(), 3);
    QCOMPARE(record.exchanges.at(1).method, u"POST"_s);
    QCOMPARE(record.exchanges.at(1).path, u"/api/2.1/clusters/start"_s);
    QCOMPARE(record.exchanges.at(1).status, 200);
}

QTEST_GUILESS_MAIN(TestClusterTools)
#include "tst_clustertools.moc"

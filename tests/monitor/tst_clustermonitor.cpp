#include "databricks/fixture.h"
#include "databricks/outcome.h"

#include "monitor/clustermonitor.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Monitor::Cluster;
using Monitor::ClusterMonitor;
using Monitor::Pace;

namespace {

QJsonObject clusterJson(const QString &id, const QString &state)
{
    return {{u"cluster_id"_s, id}, {u"cluster_name"_s, QString(u"Name of "_s + id)}, {u"state"_s, state}};
}

/// So slow that a test sees only the polls it causes.
Pace rarely()
{
    Pace pace;
    pace.changing = 1h;
    pace.steady = 1h;
    pace.hidden = 1h;
    return pace;
}

Pace quickly()
{
    Pace pace;
    pace.changing = 30ms;
    pace.steady = 1h;
    pace.hidden = 1h;
    return pace;
}

/// A workspace with clusters whose states a test changes; lists them in pages of 100.
struct Clusters
{
    Fixture fixture;
    QStringList ids;
    QHash<QString, QString> states;
    QHash<QString, QString> unlisted; ///< job clusters
    QByteArray refusal;               ///< a body of status 401 instead
    int status = 200;
    bool stalled = false;

    explicit Clusters(const QList<std::pair<QString, QString>> &clusters)
    {
        for (const auto &[id, state] : clusters) {
            ids.append(id);
            states.insert(id, state);
        }
        fixture.server.always([this](const Received &received) { return answer(received); });
    }

    Reply answer(const Received &received) const
    {
        if (stalled)
            return Reply::of(Reply::Manner::Stall);
        if (status != 200)
            return Reply::error(status, refusal);
        const QUrlQuery query(QString::fromLatin1(received.query()));
        if (received.path() == "/api/2.1/clusters/list") {
            const int from = query.queryItemValue(u"page_token"_s).toInt();
            QJsonArray page;
            for (const QString &id : ids.mid(from, 100))
                page.append(clusterJson(id, states.value(id)));
            QJsonObject listing{{u"clusters"_s, page}};
            if (from + 100 < ids.size())
                listing[u"next_page_token"_s] = QString::number(from + 100);
            return Reply::json(listing);
        }
        const QString id = query.queryItemValue(u"cluster_id"_s);
        if (states.contains(id) || unlisted.contains(id))
            return Reply::json(clusterJson(id, states.value(id, unlisted.value(id))));
        return Reply::error(400, R"({"error_code":"INVALID_PARAMETER_VALUE","message":"Cluster does not exist"})");
    }

    int requests(const QByteArray &path) const
    {
        int count = 0;
        for (const Received &received : fixture.server.received())
            count += received.path() == path;
        return count;
    }
    int lists() const { return requests("/api/2.1/clusters/list"); }
    int gets() const { return requests("/api/2.1/clusters/get"); }
};

} // namespace

class TestClusterMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clustersFromJson();
    void asksForAllPagesOfPeoplesClusters();
    void tellsWhatChanged();
    void tellsWhatChangedSinceItWasLeft();
    void quickWhileSomethingChanges();
    void hiddenPaceWhenNobodyLooks();
    void backsOffAfterFailures();
    void unauthorizedStopsUntilRefresh();
    void refreshDuringAPollAsksOnceMore();
    void stopAbortsAndIsSilent();
    void stopThenStartIgnoresTheOldPoll();
    void watchedRuns();
    void watchedFails();
    void watchedStartMayNotShowYet();
    void watchedNeverStarts();
    void watchedJobClusterIsAskedById();
    void watchedAndGone();
    void hugeListsAreNotReadForOneCluster();
    void mayBeDeletedDuringAPoll();
    void mayBeDeletedByASlot();
    void managerMayGoFirst();
};

void TestClusterMonitor::clustersFromJson()
{
    const QJsonObject json{{u"cluster_id"_s, u"0101-abc"_s},
                           {u"cluster_name"_s, u"a\u202Eb"_s},
                           {u"state"_s, u"TERMINATED"_s},
                           {u"autoscale"_s, QJsonObject{{u"min_workers"_s, 2}, {u"max_workers"_s, 8}}},
                           {u"terminated_time"_s, qint64(1700000000000)},
                           {u"start_time"_s, u"nonsense"_s},
                           {u"termination_reason"_s, QJsonObject{{u"code"_s, u"INACTIVITY"_s}}}};
    const Cluster cluster = Cluster::fromJson(json);
    QCOMPARE(cluster.id, u"0101-abc"_s);
    QCOMPARE(cluster.name, u"ab"_s);
    QCOMPARE(cluster.workers, u"2 to 8"_s);
    QCOMPARE(cluster.terminated.toMSecsSinceEpoch(), 1700000000000);
    QVERIFY(!cluster.started.isValid());
    QCOMPARE(cluster.terminationCode, u"INACTIVITY"_s);
    QVERIFY(!cluster.isChanging());
    QCOMPARE(Cluster::fromJson({{u"num_workers"_s, 8}}).workers, u"8"_s);
    QCOMPARE(Cluster::fromJson({}), Cluster());
    for (const QString &state : {u"PENDING"_s, u"RESTARTING"_s, u"RESIZING"_s, u"TERMINATING"_s})
        QVERIFY(Cluster::fromJson({{u"state"_s, state}}).isChanging());
}

void TestClusterMonitor::asksForAllPagesOfPeoplesClusters()
{
    QList<std::pair<QString, QString>> many;
    for (int i = 0; i < 130; ++i)
        many.append({u"c%1"_s.arg(i), u"RUNNING"_s});
    Clusters clusters(many);
    ClusterMonitor monitor(clusters.fixture.workspace, rarely());
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    monitor.start();
    QVERIFY(updated.wait());
    QCOMPARE(monitor.clusters().size(), 130);
    QCOMPARE(updated.size(), 1);
    QCOMPARE(updated.first().first().value<QList<Cluster>>(), monitor.clusters());
    QCOMPARE(clusters.lists(), 2);
    const QByteArray query = clusters.fixture.server.received().first().query();
    QCOMPARE(query, QByteArray("page_size=100&filter_by.cluster_sources=UI&filter_by.cluster_sources=API"));
}

void TestClusterMonitor::tellsWhatChanged()
{
    Clusters clusters({{u"a"_s, u"TERMINATED"_s}, {u"b"_s, u"RUNNING"_s}});
    ClusterMonitor monitor(clusters.fixture.workspace, rarely());
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    QSignalSpy changed(&monitor, &ClusterMonitor::changed);
    monitor.start();
    QVERIFY(updated.wait());
    QCOMPARE(changed.size(), 0);
    clusters.states[u"a"_s] = u"PENDING"_s;
    clusters.ids.append(u"new"_s);
    clusters.states[u"new"_s] = u"RUNNING"_s;
    monitor.refresh();
    QVERIFY(updated.wait());
    QCOMPARE(changed.size(), 1);
    const auto changes = changed.first().first().value<QList<Monitor::ClusterChange>>();
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes.first().cluster.id, u"a"_s);
    QCOMPARE(changes.first().cluster.state, u"PENDING"_s);
    QCOMPARE(changes.first().previousState, u"TERMINATED"_s);
    QVERIFY(!changes.first().isGone);
    QCOMPARE(changes.last().cluster.id, u"new"_s);
    QCOMPARE(changes.last().previousState, QString());
    monitor.refresh();
    QVERIFY(updated.wait());
    QCOMPARE(changed.size(), 1);
    clusters.ids.removeAll(u"b"_s);
    monitor.refresh();
    QVERIFY(updated.wait());
    QCOMPARE(changed.size(), 2);
    const auto gone = changed.last().first().value<QList<Monitor::ClusterChange>>();
    QCOMPARE(gone.size(), 1);
    QCOMPARE(gone.first().cluster.id, u"b"_s);
    QVERIFY(gone.first().isGone);
}

void TestClusterMonitor::tellsWhatChangedSinceItWasLeft()
{
    Clusters clusters({{u"a"_s, u"TERMINATED"_s}});
    ClusterMonitor earlier(clusters.fixture.workspace, rarely());
    QSignalSpy updated(&earlier, &ClusterMonitor::updated);
    earlier.start();
    QVERIFY(updated.wait());
    clusters.states[u"a"_s] = u"RUNNING"_s;
    ClusterMonitor monitor(clusters.fixture.workspace, rarely());
    monitor.remember(earlier.clusters());
    QSignalSpy changed(&monitor, &ClusterMonitor::changed);
    monitor.start();
    QVERIFY(changed.wait());
    QCOMPARE(changed.first().first().value<QList<Monitor::ClusterChange>>().size(), 1);
}

void TestClusterMonitor::quickWhileSomethingChanges()
{
    Clusters clusters({{u"a"_s, u"PENDING"_s}});
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy changed(&monitor, &ClusterMonitor::changed);
    monitor.start();
    QTRY_VERIFY(clusters.lists() >= 3);
    clusters.states[u"a"_s] = u"RUNNING"_s;
    QVERIFY(changed.wait());
    const int after = clusters.lists();
    QTest::qWait(150);
    QCOMPARE(clusters.lists(), after);
}

void TestClusterMonitor::hiddenPaceWhenNobodyLooks()
{
    Clusters clusters({{u"a"_s, u"RUNNING"_s}});
    Pace pace = rarely();
    pace.steady = 30ms;
    ClusterMonitor monitor(clusters.fixture.workspace, pace);
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    monitor.start();
    QVERIFY(updated.wait());
    QTest::qWait(150);
    QCOMPARE(clusters.lists(), 1);
    monitor.setVisible(true);
    QTRY_VERIFY(clusters.lists() >= 4);
    monitor.setVisible(false);
    QTest::qWait(100);
    const int after = clusters.lists();
    QTest::qWait(150);
    QCOMPARE(clusters.lists(), after);
}

void TestClusterMonitor::backsOffAfterFailures()
{
    Clusters clusters({{u"a"_s, u"RUNNING"_s}});
    clusters.status = 500;
    Pace pace;
    pace.steady = 20ms;
    pace.changing = 20ms;
    pace.hidden = 160ms;
    ClusterMonitor monitor(clusters.fixture.workspace, pace);
    monitor.setVisible(true);
    QSignalSpy failed(&monitor, &ClusterMonitor::failed);
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    monitor.start();
    QTRY_VERIFY(failed.size() >= 6);
    QCOMPARE(failed.first().at(1).toBool(), false);
    QVERIFY(failed.first().first().toString().contains(u"500"_s));
    const QList<Received> &received = clusters.fixture.server.received();
    const QList<int> least{40, 80, 160, 160, 160};
    for (int i = 0; i < least.size(); ++i)
        QVERIFY(received.at(i + 1).atMs - received.at(i).atMs >= least.at(i) * 9 / 10);
    QCOMPARE(updated.size(), 0);
    clusters.status = 200;
    QVERIFY(updated.wait());
    const qint64 recovered = received.last().atMs;
    QTRY_VERIFY(received.size() >= 10);
    QVERIFY(received.last().atMs - recovered < 2000);
}

void TestClusterMonitor::unauthorizedStopsUntilRefresh()
{
    Clusters clusters({{u"a"_s, u"PENDING"_s}});
    clusters.status = 401;
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy failed(&monitor, &ClusterMonitor::failed);
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    monitor.start();
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().at(1).toBool(), true);
    monitor.setVisible(true);
    monitor.watch(u"a"_s);
    QTest::qWait(150);
    QCOMPARE(clusters.lists(), 1);
    clusters.status = 200;
    monitor.refresh();
    QVERIFY(updated.wait());
    QTRY_VERIFY(clusters.lists() >= 4);
}

void TestClusterMonitor::refreshDuringAPollAsksOnceMore()
{
    Clusters clusters({{u"a"_s, u"RUNNING"_s}});
    ClusterMonitor monitor(clusters.fixture.workspace, rarely());
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    clusters.stalled = false;
    monitor.start();
    QTRY_COMPARE(clusters.lists(), 1);
    monitor.refresh();
    monitor.refresh();
    QTRY_COMPARE(updated.size(), 2);
    QTest::qWait(100);
    QCOMPARE(clusters.lists(), 2);
}

void TestClusterMonitor::stopAbortsAndIsSilent()
{
    Clusters clusters({{u"a"_s, u"RUNNING"_s}});
    clusters.stalled = true;
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    QSignalSpy failed(&monitor, &ClusterMonitor::failed);
    monitor.start();
    QTRY_COMPARE(clusters.lists(), 1);
    monitor.stop();
    monitor.refresh();
    QTest::qWait(150);
    QCOMPARE(clusters.lists(), 1);
    QCOMPARE(updated.size() + failed.size(), 0);
}

void TestClusterMonitor::stopThenStartIgnoresTheOldPoll()
{
    Clusters clusters({{u"a"_s, u"RUNNING"_s}});
    clusters.stalled = true;
    ClusterMonitor monitor(clusters.fixture.workspace, rarely());
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    QSignalSpy failed(&monitor, &ClusterMonitor::failed);
    monitor.start();
    QTRY_COMPARE(clusters.lists(), 1);
    clusters.stalled = false;
    monitor.stop();
    monitor.start();
    QVERIFY(updated.wait());
    QTest::qWait(50);
    QCOMPARE(updated.size(), 1);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(clusters.lists(), 2);
}

void TestClusterMonitor::watchedRuns()
{
    Clusters clusters({{u"a"_s, u"PENDING"_s}});
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy settled(&monitor, &ClusterMonitor::watchedSettled);
    monitor.start();
    monitor.watch(u"a"_s);
    QTRY_VERIFY(clusters.lists() >= 2);
    QCOMPARE(settled.size(), 0);
    clusters.states[u"a"_s] = u"RUNNING"_s;
    QVERIFY(settled.wait());
    QCOMPARE(settled.first().first().value<Cluster>().id, u"a"_s);
    QCOMPARE(settled.first().at(1).toBool(), true);
    monitor.refresh();
    QTest::qWait(80);
    QCOMPARE(settled.size(), 1);
}

void TestClusterMonitor::watchedFails()
{
    for (const QString &end : {u"TERMINATED"_s, u"TERMINATING"_s, u"ERROR"_s}) {
        Clusters clusters({{u"a"_s, u"PENDING"_s}});
        ClusterMonitor monitor(clusters.fixture.workspace, quickly());
        QSignalSpy settled(&monitor, &ClusterMonitor::watchedSettled);
        monitor.start();
        monitor.watch(u"a"_s);
        QTRY_VERIFY(clusters.lists() >= 2);
        clusters.states[u"a"_s] = end;
        QVERIFY(settled.wait());
        QCOMPARE(settled.first().first().value<Cluster>().state, end);
        QCOMPARE(settled.first().at(1).toBool(), false);
    }
}

void TestClusterMonitor::watchedStartMayNotShowYet()
{
    Clusters clusters({{u"a"_s, u"TERMINATED"_s}});
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy settled(&monitor, &ClusterMonitor::watchedSettled);
    monitor.start();
    monitor.watch(u"a"_s);
    QTRY_VERIFY(clusters.lists() >= 4);
    QCOMPARE(settled.size(), 0);
    clusters.states[u"a"_s] = u"RUNNING"_s;
    QVERIFY(settled.wait());
    QCOMPARE(settled.first().at(1).toBool(), true);
}

void TestClusterMonitor::watchedNeverStarts()
{
    Clusters clusters({{u"a"_s, u"TERMINATED"_s}});
    Pace pace = quickly();
    pace.startGrace = 100ms;
    ClusterMonitor monitor(clusters.fixture.workspace, pace);
    QSignalSpy settled(&monitor, &ClusterMonitor::watchedSettled);
    QElapsedTimer timer;
    timer.start();
    monitor.watch(u"a"_s);
    monitor.start();
    QVERIFY(settled.wait());
    QVERIFY(timer.elapsed() >= 100);
    QCOMPARE(settled.first().at(1).toBool(), false);
}

void TestClusterMonitor::watchedJobClusterIsAskedById()
{
    Clusters clusters({{u"a"_s, u"RUNNING"_s}});
    clusters.unlisted.insert(u"job"_s, u"PENDING"_s);
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy settled(&monitor, &ClusterMonitor::watchedSettled);
    monitor.watch(u"job"_s);
    monitor.start();
    QTRY_VERIFY(clusters.gets() >= 2);
    clusters.unlisted[u"job"_s] = u"RUNNING"_s;
    QVERIFY(settled.wait());
    QCOMPARE(settled.first().first().value<Cluster>().id, u"job"_s);
    QCOMPARE(settled.first().at(1).toBool(), true);
    QCOMPARE(monitor.clusters().size(), 1);
}

void TestClusterMonitor::watchedAndGone()
{
    Clusters clusters({{u"a"_s, u"PENDING"_s}});
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy settled(&monitor, &ClusterMonitor::watchedSettled);
    monitor.watch(u"a"_s);
    monitor.start();
    QTRY_VERIFY(!monitor.clusters().isEmpty());
    clusters.ids.clear();
    clusters.states.clear();
    QVERIFY(settled.wait());
    const Cluster gone = settled.first().first().value<Cluster>();
    QCOMPARE(gone.name, u"Name of a"_s);
    QCOMPARE(gone.state, u"UNKNOWN"_s);
    QCOMPARE(settled.first().at(1).toBool(), false);
    const int after = clusters.gets();
    QTest::qWait(100);
    QCOMPARE(clusters.gets(), after);
}

void TestClusterMonitor::hugeListsAreNotReadForOneCluster()
{
    QList<std::pair<QString, QString>> many;
    for (int i = 0; i < 350; ++i)
        many.append({u"c%1"_s.arg(i), i == 7 ? u"PENDING"_s : u"RUNNING"_s});
    Clusters clusters(many);
    ClusterMonitor monitor(clusters.fixture.workspace, quickly());
    QSignalSpy changed(&monitor, &ClusterMonitor::changed);
    QSignalSpy updated(&monitor, &ClusterMonitor::updated);
    monitor.start();
    QTRY_VERIFY(clusters.gets() >= 3);
    QCOMPARE(clusters.lists(), 4);
    QCOMPARE(updated.last().first().value<QList<Cluster>>().size(), 350);
    clusters.states[u"c7"_s] = u"RUNNING"_s;
    QVERIFY(changed.wait());
    QCOMPARE(monitor.clusters().at(7).state, u"RUNNING"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(clusters.lists(), 4);
    monitor.refresh();
    QTRY_COMPARE(clusters.lists(), 8);
}

void TestClusterMonitor::mayBeDeletedDuringAPoll()
{
    Clusters clusters({{u"a"_s, u"RUNNING"_s}});
    auto monitor = std::make_unique<ClusterMonitor>(clusters.fixture.workspace, rarely());
    monitor->start();
    QTRY_COMPARE(clusters.lists(), 1);
    monitor.reset();

    clusters.stalled = true;
    monitor = std::make_unique<ClusterMonitor>(clusters.fixture.workspace, rarely());
    monitor->start();
    QTRY_COMPARE(clusters.lists(), 2);
    monitor.reset();
    QTest::qWait(20);
}

void TestClusterMonitor::mayBeDeletedByASlot()
{
    Clusters clusters({{u"a"_s, u"PENDING"_s}});
    auto monitor = std::make_unique<ClusterMonitor>(clusters.fixture.workspace, quickly());
    connect(monitor.get(), &ClusterMonitor::updated, this, [&] {
        if (clusters.states[u"a"_s] == u"RUNNING")
            monitor.reset();
    });
    monitor->watch(u"a"_s);
    monitor->start();
    QTRY_VERIFY(!monitor->clusters().isEmpty());
    clusters.states[u"a"_s] = u"RUNNING"_s;
    QTRY_VERIFY(!monitor);
}

void TestClusterMonitor::managerMayGoFirst()
{
    ScriptedServer server;
    server.then(Reply::of(Reply::Manner::Stall));
    auto network = std::make_unique<QNetworkAccessManager>();
    const auto tokens = std::make_shared<ListedTokens>(QStringList{u"token"_s});
    ClusterMonitor monitor(Databricks::Workspace(server.url(), tokens, network.get(), "x", quickPatience()), quickly());
    QSignalSpy failed(&monitor, &ClusterMonitor::failed);
    monitor.start();
    QTRY_COMPARE(server.count(), 1);
    network.reset();
    QTest::qWait(100);
    QCOMPARE(failed.size(), 0);
}

QTEST_GUILESS_MAIN(TestClusterMonitor)
#include "tst_clustermonitor.moc"

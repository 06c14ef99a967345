#include "sample/workspaceclient.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString list = u"/api/2.1/clusters/list"_s;
const QString americas = u"0730-172948-runts698"_s;
constexpr Sample::Tempo quick{120ms, 60ms, 60ms};

QUrlQuery interactive()
{
    return {{u"page_size"_s, u"100"_s},
            {u"filter_by.cluster_sources"_s, u"UI"_s},
            {u"filter_by.cluster_sources"_s, u"API"_s}};
}

} // namespace

class tst_SampleClusters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void pagesThroughTheClustersOfPeople();
    void pagesBack();
    void listsJobClustersUnlessAskedNotTo();
    void defaultsToTwentyAPage();
    void isTheSameEveryTime();
    void looksReal();
    void filters_data();
    void filters();
    void sorts();
    void refusesArguments_data();
    void refusesArguments();
    void refusesTokensOfOtherListings();
    void getsACluster();
    void refusesWhatItCannotDo_data();
    void refusesWhatItCannotDo();
    void starts();
    void startsWhatFailed();
    void terminates();
    void terminatesWhileStarting();
    void restarts();
    void terminationIsHarmlessWhenOver();
    void tellsAPastThatAgreesWithTheState();
    void selectsEvents();

private:
    WorkspaceClient &client() { return *m_client; }
    QJsonArray all(QUrlQuery query);
    QJsonObject cluster(const QString &id);
    QString state(const QString &id) { return cluster(id).value("state"_L1).toString(); }
    Answer act(const QString &verb, const QString &id);
    QString idOf(const QString &state, const QString &source = u"UI"_s);
    QStringList happened(const QString &id, int most);

    std::unique_ptr<Sample::SampleWorkspace> m_workspace;
    std::unique_ptr<WorkspaceClient> m_client;
};

void tst_SampleClusters::init()
{
    m_workspace = std::make_unique<Sample::SampleWorkspace>("sesame", quick);
    QVERIFY2(m_workspace->listen(), qPrintable(m_workspace->errorString()));
    m_client = std::make_unique<WorkspaceClient>(m_workspace->url(), "Bearer sesame");
}

void tst_SampleClusters::cleanup()
{
    m_client.reset();
    m_workspace.reset();
}

QJsonArray tst_SampleClusters::all(QUrlQuery query)
{
    QJsonArray found;
    for (int pages = 0; pages < 20; ++pages) {
        const QJsonObject page = client().get(list, query).json();
        for (const QJsonValue one : page.value("clusters"_L1).toArray())
            found.append(one);
        const QString token = page.value("next_page_token"_L1).toString();
        if (token.isEmpty())
            return found;
        query.removeQueryItem(u"page_token"_s);
        query.addQueryItem(u"page_token"_s, token);
    }
    return {};
}

QJsonObject tst_SampleClusters::cluster(const QString &id)
{
    return client().get(u"/api/2.1/clusters/get"_s, QUrlQuery{{u"cluster_id"_s, id}}).json();
}

Answer tst_SampleClusters::act(const QString &verb, const QString &id)
{
    return client().post(u"/api/2.1/clusters/"_s + verb, QJsonObject{{u"cluster_id"_s, id}});
}

QString tst_SampleClusters::idOf(const QString &state, const QString &source)
{
    const QUrlQuery query{{u"filter_by.cluster_states"_s, state}, {u"filter_by.cluster_sources"_s, source}};
    return all(query).first()["cluster_id"_L1].toString();
}

QStringList tst_SampleClusters::happened(const QString &id, int most)
{
    const QJsonObject body{{u"cluster_id"_s, id}, {u"page_size"_s, most}};
    QStringList types;
    for (const QJsonValue event :
         client().post(u"/api/2.1/clusters/events"_s, body).json().value("events"_L1).toArray())
        types.append(event["type"_L1].toString());
    return types;
}

void tst_SampleClusters::pagesThroughTheClustersOfPeople()
{
    const QJsonArray found = all(interactive());
    QCOMPARE(found.size(), 130);
    QSet<QString> ids;
    for (const QJsonValue one : found)
        ids.insert(one["cluster_id"_L1].toString());
    QCOMPARE(ids.size(), 130);

    // What runs comes first, then they stand in the order of the file.
    QCOMPARE(found.first()["state"_L1].toString(), u"RUNNING"_s);
    const auto stopped =
        std::find_if(found.begin(), found.end(), [](const QJsonValue &one) { return one["state"_L1] != "RUNNING"_L1; });
    const QJsonObject first = stopped->toObject();
    QCOMPARE(first.value("cluster_name"_L1), u"Shared Autoscaling Americas"_s);
    QCOMPARE(first.value("cluster_id"_L1), americas);
    QCOMPARE(first.value("state"_L1), u"TERMINATED"_s);
    QCOMPARE(first.value("autoscale"_L1).toObject(), (QJsonObject{{u"min_workers"_s, 2}, {u"max_workers"_s, 8}}));
    QVERIFY(!first.contains("num_workers"_L1));
}

void tst_SampleClusters::pagesBack()
{
    QUrlQuery query = interactive();
    const QJsonObject first = client().get(list, query).json();
    QCOMPARE(first.value("prev_page_token"_L1), QString());
    query.addQueryItem(u"page_token"_s, first.value("next_page_token"_L1).toString());
    const QJsonObject second = client().get(list, query).json();
    QCOMPARE(second.value("clusters"_L1).toArray().size(), 30);
    query.removeQueryItem(u"page_token"_s);
    query.addQueryItem(u"page_token"_s, second.value("prev_page_token"_L1).toString());
    QCOMPARE(client().get(list, query).json(), first);
}

void tst_SampleClusters::listsJobClustersUnlessAskedNotTo()
{
    QCOMPARE(all(QUrlQuery{{u"page_size"_s, u"100"_s}}).size(), 150);
}

void tst_SampleClusters::defaultsToTwentyAPage()
{
    const QJsonObject page = client().get(list).json();
    QCOMPARE(page.value("clusters"_L1).toArray().size(), 20);
    QVERIFY(!page.value("next_page_token"_L1).toString().isEmpty());
    QCOMPARE(client().get(list, QUrlQuery{{u"page_size"_s, u"0"_s}}).json(), page);
}

void tst_SampleClusters::isTheSameEveryTime()
{
    const auto facts = [](const QJsonArray &clusters) {
        QList<QJsonObject> timeless;
        for (const QJsonValue one : clusters) {
            QJsonObject object = one.toObject();
            for (const auto key :
                 {"start_time"_L1, "terminated_time"_L1, "last_restarted_time"_L1, "last_activity_time"_L1})
                object.remove(key);
            timeless.append(object);
        }
        return timeless;
    };
    const auto before = facts(all({}));
    cleanup();
    init();
    QCOMPARE(facts(all({})), before);
}

void tst_SampleClusters::looksReal()
{
    static const QRegularExpression id(u"^\\d{4}-\\d{6}-[a-z0-9]{8}$"_s);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 month = 30LL * 24 * 3600 * 1000;
    QSet<QString> names;
    QSet<QString> endings;
    QHash<QString, int> states;
    for (const QJsonValue one : all(interactive())) {
        const QJsonObject facts = one.toObject();
        const auto text = [&](QLatin1StringView key) { return facts.value(key).toString(); };
        const auto time = [&](QLatin1StringView key) { return facts.value(key).toInteger(); };
        const QByteArray name = text("cluster_name"_L1).toUtf8();
        QVERIFY2(id.match(text("cluster_id"_L1)).hasMatch(), name.constData());
        QVERIFY2(text("creator_user_name"_L1).endsWith("@example.com"_L1), name.constData());
        QVERIFY2(text("spark_version"_L1).contains("-scala2."_L1), name.constData());
        QVERIFY2(text("node_type_id"_L1).startsWith("Standard_"_L1), name.constData());
        QVERIFY2(facts.contains("autoscale"_L1) != facts.contains("num_workers"_L1), name.constData());
        QVERIFY2(facts.value("cluster_cores"_L1).toInt() > 0 && facts.value("cluster_memory_mb"_L1).toInt() > 0,
                 name.constData());
        QVERIFY2(time("start_time"_L1) < now && time("start_time"_L1) > 0, name.constData());
        const bool ended = text("state"_L1) != "RUNNING"_L1;
        QCOMPARE(facts.contains("termination_reason"_L1), ended);
        QCOMPARE(!text("state_message"_L1).isEmpty(), ended);
        if (ended) {
            QVERIFY2(time("terminated_time"_L1) > time("start_time"_L1), name.constData());
            QVERIFY2(time("terminated_time"_L1) > now - month, name.constData());
            endings.insert(facts.value("termination_reason"_L1)["code"_L1].toString());
        }
        names.insert(text("cluster_name"_L1));
        ++states[text("state"_L1)];
    }
    QCOMPARE(names.size(), 130);
    QCOMPARE(states, (QHash<QString, int>{{u"RUNNING"_s, 12}, {u"ERROR"_s, 3}, {u"TERMINATED"_s, 115}}));
    QVERIFY(endings.size() >= 8);
}

void tst_SampleClusters::filters_data()
{
    QTest::addColumn<QUrlQuery>("query");
    QTest::addColumn<int>("count");
    QTest::newRow("running") << QUrlQuery{{u"filter_by.cluster_states"_s, u"RUNNING"_s}} << 14;
    QTest::newRow("two states") << QUrlQuery{{u"filter_by.cluster_states"_s, u"RUNNING"_s},
                                             {u"filter_by.cluster_states"_s, u"ERROR"_s}}
                                << 17;
    QTest::newRow("job and pipeline") << QUrlQuery{{u"filter_by.cluster_sources"_s, u"JOB"_s},
                                                   {u"filter_by.cluster_sources"_s, u"PIPELINE"_s}}
                                      << 20;
    QTest::newRow("nothing") << QUrlQuery{{u"filter_by.cluster_states"_s, u"RESIZING"_s}} << 0;
    QTest::newRow("no such policy") << QUrlQuery{{u"filter_by.policy_id"_s, u"FFFF"_s}} << 0;
}

void tst_SampleClusters::filters()
{
    QFETCH(QUrlQuery, query);
    QTEST(int(all(query).size()), "count");
    // "True" is how the SDK for Python spells it.
    for (const auto &pinned : {u"true"_s, u"True"_s, u"false"_s}) {
        const QJsonArray found = all(QUrlQuery{{u"filter_by.is_pinned"_s, pinned}});
        QVERIFY(!found.isEmpty());
        for (const QJsonValue one : found)
            QCOMPARE(one.toObject().contains("pinned_by_user_name"_L1), pinned.toLower() == u"true"_s);
    }
}

void tst_SampleClusters::sorts()
{
    const auto names = [this](const QString &direction) {
        QUrlQuery query = interactive();
        query.addQueryItem(u"sort_by.field"_s, u"CLUSTER_NAME"_s);
        query.addQueryItem(u"sort_by.direction"_s, direction);
        QStringList found;
        for (const QJsonValue one : all(query))
            found.append(one["cluster_name"_L1].toString());
        return found;
    };
    QStringList sorted = names(u"ASC"_s);
    QCOMPARE(sorted.size(), 130);
    QVERIFY(std::is_sorted(sorted.cbegin(), sorted.cend()));
    std::reverse(sorted.begin(), sorted.end());
    QCOMPARE(names(u"DESC"_s), sorted);
}

void tst_SampleClusters::refusesArguments_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("page too long") << u"page_size"_s << u"101"_s;
    QTest::newRow("page negative") << u"page_size"_s << u"-1"_s;
    QTest::newRow("page no number") << u"page_size"_s << u"many"_s;
    QTest::newRow("state") << u"filter_by.cluster_states"_s << u"SLEEPING"_s;
    QTest::newRow("source") << u"filter_by.cluster_sources"_s << u"UI,API"_s;
    QTest::newRow("pinned") << u"filter_by.is_pinned"_s << u"maybe"_s;
    QTest::newRow("field") << u"sort_by.field"_s << u"AGE"_s;
    QTest::newRow("direction") << u"sort_by.direction"_s << u"UP"_s;
    QTest::newRow("token") << u"page_token"_s << u"MjA"_s;
    QTest::newRow("token no base64") << u"page_token"_s << u"%%%"_s;
}

void tst_SampleClusters::refusesArguments()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const Answer answer = client().get(list, QUrlQuery{{name, QString::fromLatin1(QUrl::toPercentEncoding(value))}});
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.errorCode(), u"INVALID_PARAMETER_VALUE"_s);
}

void tst_SampleClusters::refusesTokensOfOtherListings()
{
    const QString token = client().get(list).text("next_page_token"_L1);
    QUrlQuery query = interactive();
    query.addQueryItem(u"page_token"_s, token);
    QCOMPARE(client().get(list, query).errorCode(), u"INVALID_PARAMETER_VALUE"_s);
    QCOMPARE(client().get(list, QUrlQuery{{u"page_token"_s, token}}).status, 200);
}

void tst_SampleClusters::getsACluster()
{
    const QJsonObject idle = cluster(americas);
    QCOMPARE(idle.value("cluster_name"_L1), u"Shared Autoscaling Americas"_s);
    QCOMPARE(idle.value("default_tags"_L1)["ClusterId"_L1].toString(), americas);
    QCOMPARE(idle.value("driver_node_type_id"_L1), idle.value("node_type_id"_L1));
    QVERIFY(!idle.contains("executors"_L1));
    QVERIFY(cluster(idOf(u"RUNNING"_s)).contains("driver"_L1));
}

void tst_SampleClusters::refusesWhatItCannotDo_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const QString unexpected = u"Cluster %1 is in unexpected state %2."_s;
    QTest::newRow("start running") << u"start"_s << u"RUNNING"_s << u"UI"_s << u"INVALID_STATE"_s
                                   << unexpected.arg(u"%1"_s, u"Running"_s);
    QTest::newRow("restart terminated") << u"restart"_s << u"TERMINATED"_s << u"UI"_s << u"INVALID_STATE"_s
                                        << unexpected.arg(u"%1"_s, u"Terminated"_s);
    QTest::newRow("start of a job's") << u"start"_s << u"TERMINATED"_s << u"JOB"_s << u"INVALID_PARAMETER_VALUE"_s
                                      << u"Cluster %1 was launched to run a job and cannot be started."_s;
    for (const auto &verb : {u"start"_s, u"restart"_s, u"delete"_s, u"events"_s}) {
        QTest::addRow("%s nothing", qPrintable(verb))
            << verb << u""_s << u""_s << u"INVALID_PARAMETER_VALUE"_s << u"Missing required field: cluster_id"_s;
        QTest::addRow("%s unknown", qPrintable(verb)) << verb << u"unknown"_s << u""_s << u"INVALID_PARAMETER_VALUE"_s
                                                      << u"Cluster 0101-000000-nosuchid does not exist"_s;
    }
}

void tst_SampleClusters::refusesWhatItCannotDo()
{
    QFETCH(QString, verb);
    QFETCH(QString, state);
    QFETCH(QString, source);
    QFETCH(QString, message);
    const QString id = state.isEmpty()         ? QString()
                       : state == "unknown"_L1 ? u"0101-000000-nosuchid"_s
                                               : idOf(state, source);
    const Answer answer = id.isEmpty() ? client().post(u"/api/2.1/clusters/"_s + verb, QByteArray()) : act(verb, id);
    QCOMPARE(answer.status, 400);
    QTEST(answer.errorCode(), "code");
    QCOMPARE(answer.message(), message.contains("%1"_L1) ? message.arg(id) : message);
    const Answer got = client().get(u"/api/2.1/clusters/get"_s,
                                    id.isEmpty() ? QUrlQuery() : QUrlQuery{{u"cluster_id"_s, u"no-such"_s}});
    QCOMPARE(got.errorCode(), u"INVALID_PARAMETER_VALUE"_s);
}

void tst_SampleClusters::starts()
{
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    QCOMPARE(act(u"start"_s, americas).json(), QJsonObject());
    const QJsonObject pending = cluster(americas);
    QCOMPARE(pending.value("state"_L1), u"PENDING"_s);
    QVERIFY(!pending.value("state_message"_L1).toString().isEmpty());
    QVERIFY(pending.value("start_time"_L1).toInteger() >= before);
    QVERIFY(!pending.contains("terminated_time"_L1) && !pending.contains("termination_reason"_L1));
    QCOMPARE(act(u"start"_s, americas).message(), u"Cluster %1 is in unexpected state Pending."_s.arg(americas));

    QSet<QString> messages;
    QTRY_VERIFY([&] {
        const QJsonObject now = cluster(americas);
        messages.insert(now.value("state_message"_L1).toString());
        return now.value("state"_L1) == u"RUNNING"_s;
    }());
    QVERIFY(messages.size() > 1);
    QCOMPARE(cluster(americas).value("executors"_L1).toArray().size(), 2);
    QCOMPARE(happened(americas, 3), (QStringList{u"DRIVER_HEALTHY"_s, u"RUNNING"_s, u"STARTING"_s}));
    QCOMPARE(all(QUrlQuery{{u"filter_by.cluster_states"_s, u"RUNNING"_s}}).size(), 15);
}

void tst_SampleClusters::startsWhatFailed()
{
    const QString failed = idOf(u"ERROR"_s);
    QCOMPARE(act(u"start"_s, failed).status, 200);
    QTRY_COMPARE(state(failed), u"RUNNING"_s);
}

void tst_SampleClusters::terminates()
{
    const QString running = idOf(u"RUNNING"_s);
    QCOMPARE(act(u"delete"_s, running).status, 200);
    QCOMPARE(state(running), u"TERMINATING"_s);
    QCOMPARE(act(u"start"_s, running).errorCode(), u"INVALID_STATE"_s);
    QTRY_COMPARE(state(running), u"TERMINATED"_s);

    const QJsonObject ended = cluster(running);
    const QJsonValue reason = ended.value("termination_reason"_L1);
    QCOMPARE(reason["code"_L1].toString(), u"USER_REQUEST"_s);
    QCOMPARE(reason["type"_L1].toString(), u"SUCCESS"_s);
    QCOMPARE(reason["parameters"_L1]["username"_L1].toString(), u"maria.santos@example.com"_s);
    QVERIFY(ended.value("terminated_time"_L1).toInteger() > ended.value("start_time"_L1).toInteger());

    const QJsonObject body{{u"cluster_id"_s, running}, {u"page_size"_s, 1}};
    const QJsonValue last = client().post(u"/api/2.1/clusters/events"_s, body).json().value("events"_L1)[0];
    QCOMPARE(last["type"_L1].toString(), u"TERMINATING"_s);
    QCOMPARE(last["details"_L1]["reason"_L1], reason);
    QCOMPARE(last["details"_L1]["user"_L1].toString(), u"maria.santos@example.com"_s);
}

void tst_SampleClusters::terminatesWhileStarting()
{
    QCOMPARE(act(u"start"_s, americas).status, 200);
    QCOMPARE(act(u"delete"_s, americas).status, 200);
    QTRY_COMPARE(state(americas), u"TERMINATED"_s);
    // The forgotten start would be over by the time that a later one is.
    const QString other = idOf(u"ERROR"_s);
    QCOMPARE(act(u"start"_s, other).status, 200);
    QTRY_COMPARE(state(other), u"RUNNING"_s);
    QCOMPARE(state(americas), u"TERMINATED"_s);
    QCOMPARE(happened(americas, 2), (QStringList{u"TERMINATING"_s, u"STARTING"_s}));
}

void tst_SampleClusters::restarts()
{
    const QString running = idOf(u"RUNNING"_s);
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    QCOMPARE(act(u"restart"_s, running).status, 200);
    QCOMPARE(state(running), u"RESTARTING"_s);
    QCOMPARE(act(u"restart"_s, running).errorCode(), u"INVALID_STATE"_s);
    QTRY_COMPARE(state(running), u"RUNNING"_s);
    const QJsonObject facts = cluster(running);
    QVERIFY(facts.value("last_restarted_time"_L1).toInteger() >= before);
    QVERIFY(facts.value("start_time"_L1).toInteger() < before);
    QCOMPARE(happened(running, 3), (QStringList{u"DRIVER_HEALTHY"_s, u"RUNNING"_s, u"RESTARTING"_s}));
}

void tst_SampleClusters::terminationIsHarmlessWhenOver()
{
    const QJsonObject before = cluster(americas);
    const QStringList past = happened(americas, 500);
    QCOMPARE(act(u"delete"_s, americas).json(), QJsonObject());
    QCOMPARE(cluster(americas), before);
    QCOMPARE(happened(americas, 500), past);
}

void tst_SampleClusters::tellsAPastThatAgreesWithTheState()
{
    for (const QJsonValue one : all({})) {
        const QString id = one["cluster_id"_L1].toString();
        const QJsonObject body{{u"cluster_id"_s, id}, {u"order"_s, u"ASC"_s}, {u"page_size"_s, 500}};
        const QJsonArray events =
            client().post(u"/api/2.1/clusters/events"_s, body).json().value("events"_L1).toArray();
        QVERIFY2(!events.isEmpty(), qPrintable(id));
        QCOMPARE(events.first()["type"_L1].toString(), u"CREATING"_s);
        qint64 latest = 0;
        for (const QJsonValue event : events) {
            QVERIFY2(event["timestamp"_L1].toInteger() >= latest, qPrintable(id));
            latest = event["timestamp"_L1].toInteger();
        }
        QVERIFY2(latest <= QDateTime::currentMSecsSinceEpoch(), qPrintable(id));
        const QJsonValue last = events.last();
        if (one["state"_L1].toString() == "RUNNING"_L1) {
            QCOMPARE(last["type"_L1].toString(), u"DRIVER_HEALTHY"_s);
        } else {
            QCOMPARE(last["type"_L1].toString(), u"TERMINATING"_s);
            QCOMPARE(last["details"_L1]["reason"_L1], one["termination_reason"_L1]);
            QCOMPARE(last["timestamp"_L1], one["terminated_time"_L1]);
        }
    }
}

void tst_SampleClusters::selectsEvents()
{
    const auto ask = [this](QJsonObject body) {
        body.insert(u"cluster_id"_s, americas);
        return client().post(u"/api/2.1/clusters/events"_s, body);
    };
    const QJsonObject everything = ask({{u"page_size"_s, 500}}).json();
    const QJsonArray all = everything.value("events"_L1).toArray();
    QCOMPARE(everything.value("total_count"_L1).toInt(), int(all.size()));
    QCOMPARE(everything.value("next_page_token"_L1), QString());

    QJsonArray paged;
    QString token;
    do {
        const QJsonObject page = ask({{u"page_size"_s, 3}, {u"page_token"_s, token}}).json();
        QVERIFY(!page.value("events"_L1).toArray().isEmpty());
        for (const QJsonValue event : page.value("events"_L1).toArray())
            paged.append(event);
        token = page.value("next_page_token"_L1).toString();
    } while (!token.isEmpty());
    QCOMPARE(paged, all);

    const QJsonArray ends = ask({{u"event_types"_s, QJsonArray{u"TERMINATING"_s}}}).json().value("events"_L1).toArray();
    QVERIFY(ends.size() > 1 && ends.size() < all.size());
    for (const QJsonValue event : ends)
        QCOMPARE(event["type"_L1].toString(), u"TERMINATING"_s);
    const QJsonValue newest = all.first()["timestamp"_L1];
    QCOMPARE(ask({{u"start_time"_s, newest}}).json().value("total_count"_L1).toInt(), 1);
    QCOMPARE(ask({{u"end_time"_s, newest.toInteger() - 1}}).json().value("total_count"_L1).toInt(),
             int(all.size()) - 1);

    for (const QJsonObject &bad :
         {QJsonObject{{u"order"_s, u"UP"_s}}, QJsonObject{{u"event_types"_s, QJsonArray{u"EXPLODED"_s}}},
          QJsonObject{{u"page_size"_s, 501}}, QJsonObject{{u"page_token"_s, u"xyz"_s}}})
        QCOMPARE(ask(bad).errorCode(), u"INVALID_PARAMETER_VALUE"_s);
}

QTEST_GUILESS_MAIN(tst_SampleClusters)
#include "tst_sampleclusters.moc"

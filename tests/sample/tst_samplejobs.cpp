#include "sample/workspaceclient.h"

#include "sample/controls/testcontrols.h"
#include "sample/server/sampleworkspace.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Jobs = u"/api/2.2/jobs/"_s;
constexpr qint64 Orders = 576952145895090;

} // namespace

/// What the tools' own tests do not reach of the sample's jobs and runs.
class TestSampleJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void anIdempotencyTokenStartsOneRun();
    void theOutputOfManyTasksIsRefused();
    void limitsAreTheApis_data();
    void limitsAreTheApis();
    void parametersAreTexts();
    void aRunThatIsActiveIsNotRepaired();
    void onlyKnownTasksAreRepaired();
    void parametersReachWhatRefersToThem();
    void aJobStartsInOneWay();
    void jobsThatRunOftenRanYesterday_data();
    void jobsThatRunOftenRanYesterday();
    void onlyKnownFamiliesGrow();

private:
    qint64 start(const QJsonObject &more = {});

    std::unique_ptr<Sample::SampleWorkspace> m_sample;
    std::unique_ptr<WorkspaceClient> m_client;
};

void TestSampleJobs::init()
{
    m_sample = std::make_unique<Sample::SampleWorkspace>("t", Sample::Tempo{1s, 1s, 1s, 20ms},
                                                         std::make_unique<Sample::TestControls>());
    QVERIFY2(m_sample->listen(), qPrintable(m_sample->errorString()));
    m_client = std::make_unique<WorkspaceClient>(m_sample->url(), "Bearer t");
}

void TestSampleJobs::cleanup()
{
    m_client.reset();
    m_sample.reset();
}

qint64 TestSampleJobs::start(const QJsonObject &more)
{
    QJsonObject body = more;
    body.insert(u"job_id"_s, Orders);
    return m_client->post(Jobs + "run-now"_L1, body).json().value("run_id"_L1).toInteger();
}

void TestSampleJobs::anIdempotencyTokenStartsOneRun()
{
    const qint64 first = start({{u"idempotency_token"_s, u"one"_s}});
    QVERIFY(first > 0);
    QCOMPARE(start({{u"idempotency_token"_s, u"one"_s}}), first);
    QVERIFY(start({{u"idempotency_token"_s, u"two"_s}}) != first);
    const Answer tooLong =
        m_client->post(Jobs + "run-now"_L1, {{u"job_id"_s, Orders}, {u"idempotency_token"_s, QString(65, u'x')}});
    QCOMPARE(tooLong.status, 400);
}

void TestSampleJobs::theOutputOfManyTasksIsRefused()
{
    const QUrlQuery query{{u"run_id"_s, QString::number(start())}};
    const Answer answer = m_client->get(Jobs + "runs/get-output"_L1, query);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.errorCode(), u"INVALID_PARAMETER_VALUE"_s);
    QVERIFY2(answer.message().contains("multiple tasks is not supported"_L1), qPrintable(answer.message()));
    const Answer none = m_client->get(Jobs + "runs/get"_L1, QUrlQuery{{u"run_id"_s, u"1"_s}});
    QCOMPARE(none.status, 400);
    QCOMPARE(none.message(), u"Run 1 does not exist."_s);
}

void TestSampleJobs::limitsAreTheApis_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("limit");
    QTest::addColumn<int>("status");
    QTest::newRow("100 jobs") << u"list"_s << u"100"_s << 200;
    QTest::newRow("101 jobs") << u"list"_s << u"101"_s << 400;
    QTest::newRow("24 runs") << u"runs/list"_s << u"24"_s << 200;
    QTest::newRow("25 runs") << u"runs/list"_s << u"25"_s << 400;
    QTest::newRow("as many runs as may be") << u"runs/list"_s << u"0"_s << 200;
    QTest::newRow("no jobs") << u"list"_s << u"0"_s << 400;
}

void TestSampleJobs::limitsAreTheApis()
{
    QFETCH(QString, path);
    QFETCH(QString, limit);
    QFETCH(int, status);
    QCOMPARE(m_client->get(Jobs + path, QUrlQuery{{u"limit"_s, limit}}).status, status);
}

void TestSampleJobs::parametersAreTexts()
{
    const QJsonObject parameters{{u"full_reload"_s, true}};
    const Answer answer =
        m_client->post(Jobs + "run-now"_L1, {{u"job_id"_s, Orders}, {u"job_parameters"_s, parameters}});
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.errorCode(), u"MALFORMED_REQUEST"_s);
}

void TestSampleJobs::aRunThatIsActiveIsNotRepaired()
{
    const qint64 run = start();
    const Answer answer =
        m_client->post(Jobs + "runs/repair"_L1, {{u"run_id"_s, run}, {u"rerun_all_failed_tasks"_s, true}});
    QCOMPARE(answer.errorCode(), u"INVALID_STATE"_s);
}

void TestSampleJobs::onlyKnownTasksAreRepaired()
{
    const QJsonObject past = m_client->get(Jobs + "runs/list"_L1, QUrlQuery{{u"job_id"_s, QString::number(Orders)}})
                                 .json()
                                 .value("runs"_L1)[0]
                                 .toObject();
    const QJsonValue run = past.value("run_id"_L1);
    const Answer refused =
        m_client->post(Jobs + "runs/repair"_L1, {{u"run_id"_s, run}, {u"rerun_tasks"_s, QJsonArray{u"score"_s}}});
    QCOMPARE(refused.errorCode(), u"INVALID_PARAMETER_VALUE"_s);
    const QUrlQuery query{{u"run_id"_s, QString::number(run.toInteger())}, {u"include_history"_s, u"true"_s}};
    const QJsonObject now = m_client->get(Jobs + "runs/get"_L1, query).json();
    QCOMPARE(now.value("end_time"_L1), past.value("end_time"_L1));
    QVERIFY(!now.contains("repair_history"_L1));
    const QJsonObject dependent{
        {u"run_id"_s, run}, {u"rerun_tasks"_s, QJsonArray{u"silver_orders"_s}}, {u"rerun_dependent_tasks"_s, true}};
    QCOMPARE(m_client->post(Jobs + "runs/repair"_L1, dependent).status, 200);
    const QJsonArray history = m_client->get(Jobs + "runs/get"_L1, query).json().value("repair_history"_L1).toArray();
    QCOMPARE(history.last()["task_run_ids"_L1].toArray().size(), 2);
}

void TestSampleJobs::parametersReachWhatRefersToThem()
{
    const QJsonObject notebook{{u"notebook_path"_s, u"/Workspace/Production/demo/hello"_s},
                               {u"base_parameters"_s, QJsonObject{{u"name"_s, u"{{job.parameters.who}}"_s}}}};
    const QJsonObject task{{u"task_key"_s, u"only"_s}, {u"notebook_task"_s, notebook}};
    const QJsonObject parameter{{u"name"_s, u"who"_s}, {u"default"_s, u"Ada"_s}};
    const qint64 job =
        m_client
            ->post(Jobs + "create"_L1,
                   {{u"name"_s, u"refers"_s}, {u"tasks"_s, QJsonArray{task}}, {u"parameters"_s, QJsonArray{parameter}}})
            .json()
            .value("job_id"_L1)
            .toInteger();
    const auto result = [&](const QJsonObject &more) {
        QJsonObject body = more;
        body.insert(u"job_id"_s, job);
        const qint64 run = m_client->post(Jobs + "run-now"_L1, body).json().value("run_id"_L1).toInteger();
        const QUrlQuery query{{u"run_id"_s, QString::number(run)}};
        QString text;
        for (int i = 0; i < 100 && text.isEmpty(); ++i) {
            QTest::qWait(20);
            const QJsonObject output = m_client->get(Jobs + "runs/get-output"_L1, query).json();
            text = output.value("notebook_output"_L1)["result"_L1].toString();
        }
        return text;
    };
    QCOMPARE(result({}), u"Hello, Ada!"_s);
    QCOMPARE(result({{u"job_parameters"_s, QJsonObject{{u"who"_s, u"\"Bo\""_s}}}}), u"Hello, \"Bo\"!"_s);
}

void TestSampleJobs::aJobStartsInOneWay()
{
    const QJsonObject change{
        {u"job_id"_s, Orders},
        {u"new_settings"_s, QJsonObject{{u"continuous"_s, QJsonObject{{u"pause_status"_s, u"UNPAUSED"_s}}}}}};
    QCOMPARE(m_client->post(Jobs + "update"_L1, change).errorCode(), u"INVALID_PARAMETER_VALUE"_s);
    QJsonObject instead = change;
    instead.insert(u"fields_to_remove"_s, QJsonArray{u"schedule"_s});
    QCOMPARE(m_client->post(Jobs + "update"_L1, instead).status, 200);
}

void TestSampleJobs::jobsThatRunOftenRanYesterday_data()
{
    QTest::addColumn<QString>("job");
    QTest::addColumn<int>("runs"); // of a day
    QTest::newRow("every 15 minutes") << u"cdc_salesforce"_s << 96;
    QTest::newRow("every 30 minutes") << u"energy_meter_load"_s << 48;
    QTest::newRow("every hour") << u"iot_device_rollup"_s << 24;
    QTest::newRow("every 6 hours") << u"feature_refresh"_s << 4;
}

void TestSampleJobs::jobsThatRunOftenRanYesterday()
{
    QFETCH(QString, job);
    QFETCH(int, runs);
    const QJsonObject named = m_client->get(Jobs + "list"_L1, QUrlQuery{{u"name"_s, job}}).json();
    const qint64 id = named.value("jobs"_L1)[0]["job_id"_L1].toInteger();
    constexpr qint64 Day = 86'400'000;
    const qint64 midnight = QDateTime::currentMSecsSinceEpoch() / Day * Day;
    for (int ago = 1; ago <= 2; ++ago) {
        QUrlQuery query{{u"job_id"_s, QString::number(id)},
                        {u"limit"_s, u"24"_s},
                        {u"start_time_from"_s, QString::number(midnight - ago * Day)},
                        {u"start_time_to"_s, QString::number(midnight - (ago - 1) * Day - 1)}};
        QList<qint64> starts;
        QString token;
        do {
            QUrlQuery page = query;
            if (!token.isEmpty())
                page.addQueryItem(u"page_token"_s, token);
            const QJsonObject answer = m_client->get(Jobs + "runs/list"_L1, page).json();
            for (const QJsonValue run : answer.value("runs"_L1).toArray())
                starts.append(run["start_time"_L1].toInteger());
            token = answer.value("next_page_token"_L1).toString();
            QCOMPARE(answer.value("has_more"_L1).toBool(), !token.isEmpty());
        } while (!token.isEmpty());
        QCOMPARE(starts.size(), runs);
        for (qsizetype i = 1; i < starts.size(); ++i)
            QCOMPARE(starts.at(i - 1) - starts.at(i), Day / runs);
    }
}

void TestSampleJobs::onlyKnownFamiliesGrow()
{
    QCOMPARE(m_client->post(u"/sample/scale"_s, QJsonObject{{u"jobs"_s, 60}}).status, 200);
    const QJsonObject json = m_client->get(Jobs + "list"_L1, QUrlQuery{{u"limit"_s, u"100"_s}}).json();
    QCOMPARE(json.value("jobs"_L1).toArray().size(), 60);
    QCOMPARE(m_client->post(u"/sample/scale"_s, QJsonObject{{u"unicorns"_s, 1}}).status, 400);
}

QTEST_GUILESS_MAIN(TestSampleJobs)
#include "tst_samplejobs.moc"

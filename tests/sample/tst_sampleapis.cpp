#include "sample/workspaceclient.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString RunSearch = u"/api/2.0/mlflow/runs/search"_s;
const QString Forecast = u"2046871039455120"_s;
const QString Churn = u"2046871039455377"_s;

} // namespace

/// The small families of the sample's API: what is asked of them is done, or refused in the API's words.
class TestSampleApis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void mlflowRunsAreFilteredAndOrdered_data();
    void mlflowRunsAreFilteredAndOrdered();
    void mlflowRefusesWhatItCannotRead_data();
    void mlflowRefusesWhatItCannotRead();
    void mlflowPagesBelongToTheirSearch();

private:
    Answer searchRuns(const QJsonArray &experiments, const QString &filter, const QJsonValue &order,
                      QJsonObject more = {});

    std::unique_ptr<Sample::SampleWorkspace> m_sample;
    std::unique_ptr<WorkspaceClient> m_client;
};

void TestSampleApis::init()
{
    m_sample = std::make_unique<Sample::SampleWorkspace>("t", Sample::Tempo{100ms, 100ms, 100ms, 20ms});
    QVERIFY2(m_sample->listen(), qPrintable(m_sample->errorString()));
    m_client = std::make_unique<WorkspaceClient>(m_sample->url(), "Bearer t");
}

void TestSampleApis::cleanup()
{
    m_client.reset();
    m_sample.reset();
}

Answer TestSampleApis::searchRuns(const QJsonArray &experiments, const QString &filter, const QJsonValue &order,
                                  QJsonObject more)
{
    more.insert(u"experiment_ids"_s, experiments);
    more.insert(u"filter"_s, filter);
    more.insert(u"order_by"_s, order);
    return m_client->post(RunSearch, more);
}

void TestSampleApis::mlflowRunsAreFilteredAndOrdered_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("order");
    QTest::addColumn<QString>("found"); // the numbers in the runs' names; 5 is of another experiment and has no rmse
    const auto row = [](const char *name, const QString &filter, const QStringList &order, const QString &found) {
        QTest::newRow(name) << filter << order << found;
    };
    row("nothing asked: newest first", {}, {}, u"54321"_s);
    row("the best first", {}, {u"metrics.rmse ASC"_s}, u"34125"_s);
    row("the worst first, and what has none last", {}, {u"metrics.rmse DESC"_s}, u"21435"_s);
    row("a direction is ascending", {}, {u"metrics.`rmse`"_s}, u"34125"_s);
    row("by a parameter, which is text", {}, {u"params.max_depth"_s}, u"12345"_s);
    row("by time", {}, {u"attributes.start_time ASC"_s}, u"12345"_s);
    row("by a bare attribute", {}, {u"start_time desc"_s}, u"54321"_s);
    row("by two", {}, {u"attributes.status"_s, u"tags.mlflow.user"_s, u"attribute.run_name DESC"_s}, u"54321"_s);
    row("a metric", u"metrics.rmse < 0.31"_s, {}, u"43"_s);
    row("both ends", u"metrics.rmse>=0.305 and metrics.rmse <= 0.318"_s, {u"metrics.rmse"_s}, u"41"_s);
    row("what has none matches nothing", u"metric.rmse != 0.318"_s, {}, u"432"_s);
    row("a parameter", u"params.max_depth = '7'"_s, {}, u"3"_s);
    row("quoted otherwise", u"params.\"max_depth\" != \"7\""_s, {}, u"5421"_s);
    row("a tag like", u"tags.`mlflow.runName` LIKE '%boosting-_'"_s, {}, u"54321"_s);
    row("like knows case", u"tags.mlflow.runName LIKE 'GRADIENT%'"_s, {}, {});
    row("ilike does not", u"tags.mlflow.runName ILIKE 'GRADIENT%-2'"_s, {}, u"2"_s);
    row("a status", u"attributes.status = 'FINISHED' AND metrics.auc > 0.8"_s, {}, u"5"_s);
    row("another status", u"status = 'FAILED'"_s, {}, {});
    row("a time", u"attributes.start_time > 1792700000000"_s, {}, u"543"_s);
    row("a word within a text", u"attributes.run_name != 'this AND that'"_s, {}, u"54321"_s);
}

void TestSampleApis::mlflowRunsAreFilteredAndOrdered()
{
    QFETCH(QString, filter);
    QFETCH(QStringList, order);
    const Answer answer = searchRuns({Forecast, Churn}, filter, QJsonArray::fromStringList(order));
    QVERIFY2(answer.status == 200, qPrintable(answer.message()));
    QString found;
    for (const QJsonValue run : answer.json().value("runs"_L1).toArray())
        found += run["info"_L1]["run_name"_L1].toString().back();
    QTEST(found, "found");
}

void TestSampleApis::mlflowRefusesWhatItCannotRead_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QString &filter, const QString &order, const QString &message) {
        QTest::newRow(name) << filter << order << message;
    };
    row("no comparison", u"metrics.rmse"_s, {}, u"Invalid clause(s) in filter string: 'metrics.rmse'"_s);
    row("or", u"metrics.rmse < 1 OR metrics.rmse > 2"_s, {}, u"Invalid clause(s) in filter string"_s);
    row("nothing behind and", u"metrics.rmse < 1 AND "_s, {}, u"Invalid clause(s) in filter string: ''"_s);
    row("a number as a parameter", u"params.max_depth = 7"_s, {}, u"Expected a quoted string value"_s);
    row("a text as a metric", u"metrics.rmse = '0.3'"_s, {}, u"Expected numeric value type"_s);
    row("an order of texts", u"params.max_depth > '7'"_s, {}, u"Invalid comparator for params.max_depth: '>'"_s);
    row("a metric like", u"metrics.rmse LIKE '0%'"_s, {}, u"Invalid comparator for metrics.rmse: 'LIKE'"_s);
    row("another place", u"model.rmse < 1"_s, {}, u"Invalid entity type 'model'"_s);
    row("another attribute", u"attributes.rmse < 1"_s, {}, u"Invalid attribute key 'rmse' specified"_s);
    row("another order", {}, u"metrics.rmse UPWARDS"_s, u"Invalid order_by clause 'metrics.rmse UPWARDS'"_s);
    row("an order by nothing", {}, u"rmse"_s, u"Invalid attribute key 'rmse' specified"_s);
}

void TestSampleApis::mlflowRefusesWhatItCannotRead()
{
    QFETCH(QString, filter);
    QFETCH(QString, order);
    QFETCH(QString, message);
    const Answer answer = searchRuns({Forecast}, filter, order.isEmpty() ? QJsonArray() : QJsonArray{order});
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.errorCode(), u"INVALID_PARAMETER_VALUE"_s);
    QVERIFY2(answer.message().startsWith(message), qPrintable(answer.message()));
}

void TestSampleApis::mlflowPagesBelongToTheirSearch()
{
    const QJsonArray order{u"metrics.rmse ASC"_s};
    const QJsonObject first = searchRuns({Forecast}, {}, order, {{u"max_results"_s, 3}}).json();
    QCOMPARE(first.value("runs"_L1).toArray().size(), 3);
    const QJsonObject more{{u"max_results"_s, 3}, {u"page_token"_s, first.value("next_page_token"_L1)}};
    const QJsonArray second = searchRuns({Forecast}, {}, order, more).json().value("runs"_L1).toArray();
    QCOMPARE(second.size(), 1);
    QCOMPARE(second.at(0)["info"_L1]["run_name"_L1].toString(), u"gradient-boosting-2"_s);
    QCOMPARE(searchRuns({Forecast}, {}, QJsonArray(), more).status, 400);
    QCOMPARE(searchRuns({Forecast}, {}, u"metrics.rmse"_s).status, 400);
}

QTEST_GUILESS_MAIN(TestSampleApis)
#include "tst_sampleapis.moc"

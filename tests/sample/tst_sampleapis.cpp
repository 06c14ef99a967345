#include "sample/workspaceclient.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString RunSearch = u"/api/2.0/mlflow/runs/search"_s;
const QString Forecast = u"2046871039455120"_s;
const QString Churn = u"2046871039455377"_s;
const QString Secrets = u"/api/2.0/secrets/"_s;

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
    void scopesSayWhoMayUseThem();
    void scopesAreGivenAndTaken();
    void filesSayWhatStandsAtThePath_data();
    void filesSayWhatStandsAtThePath();

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

void TestSampleApis::scopesSayWhoMayUseThem()
{
    const auto acls = [this](const QString &scope) {
        QStringList all;
        const QJsonObject answer = m_client->get(Secrets + u"acls/list"_s, {{u"scope"_s, scope}}).json();
        for (const QJsonValue one : answer.value("items"_L1).toArray())
            all.append(one["principal"_L1].toString() + u' ' + one["permission"_L1].toString());
        return all.join(u',');
    };
    for (const QJsonValue scope : m_client->get(Secrets + u"scopes/list"_s).json().value("scopes"_L1).toArray())
        QVERIFY2(acls(scope["name"_L1].toString()).contains("MANAGE"_L1), qPrintable(scope["name"_L1].toString()));
    const Answer none = m_client->get(Secrets + u"acls/list"_s, {{u"scope"_s, u"nowhere"_s}});
    QCOMPARE(none.status, 404);
    QCOMPARE(none.message(), u"Scope nowhere does not exist!"_s);
    QCOMPARE(m_client->get(Secrets + u"acls/list"_s).message(), u"Missing required field: scope"_s);

    const QString create = Secrets + u"scopes/create"_s;
    QCOMPARE(m_client->post(create, {{u"scope"_s, u"mine"_s}}).status, 200);
    QCOMPARE(acls(u"mine"_s), u"maria.santos@example.com MANAGE"_s);
    const QString key = u"initial_manage_principal"_s;
    QCOMPARE(m_client->post(create, {{u"scope"_s, u"all"_s}, {key, u"users"_s}}).status, 200);
    QCOMPARE(acls(u"all"_s), u"users MANAGE"_s);
    QCOMPARE(m_client->post(create, {{u"scope"_s, u"some"_s}, {key, u"analysts"_s}}).status, 400);
}

void TestSampleApis::scopesAreGivenAndTaken()
{
    const QJsonObject whom{{u"scope"_s, u"ml"_s}, {u"principal"_s, u"analysts"_s}};
    const auto put = [&](const QString &permission) {
        QJsonObject body = whom;
        body.insert(u"permission"_s, permission);
        return m_client->post(Secrets + u"acls/put"_s, body).status;
    };
    const auto held = [&] {
        const QUrlQuery query{{u"scope"_s, u"ml"_s}, {u"principal"_s, u"analysts"_s}};
        const Answer answer = m_client->get(Secrets + u"acls/get"_s, query);
        return answer.status == 200 ? answer.text("permission"_L1) : answer.errorCode();
    };
    QCOMPARE(held(), u"RESOURCE_DOES_NOT_EXIST"_s);
    QCOMPARE(put(u"READ"_s), 200);
    QCOMPARE(put(u"OWN"_s), 400);
    QCOMPARE(held(), u"READ"_s);
    QCOMPARE(put(u"WRITE"_s), 200);
    QCOMPARE(held(), u"WRITE"_s);
    QCOMPARE(m_client->post(Secrets + u"acls/delete"_s, whom).status, 200);
    QCOMPARE(m_client->post(Secrets + u"acls/delete"_s, whom).status, 404);
    QCOMPARE(held(), u"RESOURCE_DOES_NOT_EXIST"_s);
}

void TestSampleApis::filesSayWhatStandsAtThePath_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    const QString raw = u"/Volumes/main/default/raw"_s;
    const QString file = u"files"_s + raw;
    const QString directory = u"directories"_s + raw;
    const QString isDirectory = u"The file being accessed is not found: %1/logs is a directory."_s.arg(raw);
    const QString isFile = u"The directory being accessed is not found: %1/orders.csv is a file."_s.arg(raw);
    const auto row = [](const char *name, const QByteArray &method, const QString &path, int status,
                        const QString &message) { QTest::newRow(name) << method << path << status << message; };
    row("read a directory", "GET", file + u"/logs"_s, 404, isDirectory);
    row("delete a directory as a file", "DELETE", file + u"/logs"_s, 404, isDirectory);
    row("list a file", "GET", directory + u"/orders.csv"_s, 404, isFile);
    row("delete a file as a directory", "DELETE", directory + u"/orders.csv"_s, 404, isFile);
    row("write over a directory", "PUT", file + u"/logs"_s, 409,
        u"The file cannot be created: %1/logs is a directory."_s.arg(raw));
    row("make a directory over a file", "PUT", directory + u"/orders.csv"_s, 409,
        u"A file of this name already exists."_s);
    row("read nothing", "GET", file + u"/none"_s, 404, u"The file being accessed is not found."_s);
    row("list nothing", "GET", directory + u"/none"_s, 404, u"The directory being accessed is not found."_s);
    row("delete what is not empty", "DELETE", directory + u"/logs"_s, 400,
        u"The directory being accessed is not empty."_s);
}

void TestSampleApis::filesSayWhatStandsAtThePath()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    const Answer answer = m_client->send(method, u"/api/2.0/fs/"_s + path, {}, {});
    QTEST(answer.status, "status");
    QTEST(answer.message(), "message");
}

QTEST_GUILESS_MAIN(TestSampleApis)
#include "tst_sampleapis.moc"

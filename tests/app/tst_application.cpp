#include "application.h"
#include "gui/desktop.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// A keychain in memory: the real one has tests of its own.
class MemoryKeychain final : public Credentials::Keychain
{
public:
    QCoro::Task<Credentials::KeychainResult> read(const QString &key) override
    {
        if (!m_entries.contains(key))
            co_return Credentials::KeychainResult(Credentials::KeychainResult::Status::NotFound, u"none"_s);
        co_return Credentials::KeychainResult(Credentials::KeychainResult::Status::Ok, {}, m_entries.value(key));
    }
    QCoro::Task<Credentials::KeychainResult> write(const QString &key, const QString &secret) override
    {
        m_entries.insert(key, secret);
        co_return Credentials::KeychainResult();
    }
    QCoro::Task<Credentials::KeychainResult> remove(const QString &key) override
    {
        m_entries.remove(key);
        co_return Credentials::KeychainResult();
    }

private:
    QHash<QString, QString> m_entries;
};

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

/// The whole application in its real window: sample workspace, service thread, HTTP, models and widgets.
class TestApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aCallOverHttpAppearsInTheLog();
    void aRefusedCallAppearsInTheLog();
    void aClusterGoesFromTerminatedToRunning();
    void stoppingAndStartingMovesThePort();
    void approvalIsAskedForInTheWindow();
    void callsSurviveARestart();

private:
    QJsonObject callTool(const QString &tool, const QJsonObject &arguments);
    QNetworkReply *post(const QByteArray &body, bool withKey = true);
    QString clusterState(const QString &name) const;
    QString cell(const QTableView *table, int row, const QString &column) const;
    QTableView *table(const QString &name) const { return window()->findChild<QTableView *>(name); }
    QWidget *window() const;
    bool portIsOpen() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings::Store> m_settings;
    std::unique_ptr<MemoryKeychain> m_keychain;
    std::unique_ptr<Application> m_application;
    std::unique_ptr<Gui::Desktop> m_desktop;
    std::unique_ptr<QNetworkAccessManager> m_network;
    quint16 m_port = 0;

    void start();
    void stop();
};

void TestApplication::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_unique<MemoryKeychain>();
    m_network = std::make_unique<QNetworkAccessManager>();
    start();
}

void TestApplication::start()
{
    CommandLine commandLine;
    commandLine.sampleWorkspace = true;
    commandLine.port = m_port = freePort();
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
    m_application = std::make_unique<Application>(commandLine, m_settings.get(), m_keychain.get());
    m_desktop = std::make_unique<Gui::Desktop>(m_settings.get(), m_keychain.get(), m_application.get(), false);
    m_desktop->showWindow();
    m_application->begin();
    QTRY_COMPARE(m_application->serverStatus().state, Gui::ServerStatus::State::Running);
    QTRY_COMPARE(m_application->workspaceStatus().state, Gui::WorkspaceStatus::State::Connected);
}

void TestApplication::stop()
{
    m_desktop.reset();
    m_application.reset();
    m_settings.reset();
}

void TestApplication::cleanup()
{
    stop();
}

QWidget *TestApplication::window() const
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == "mainWindow"_L1)
            return widget;
    }
    return nullptr;
}

QNetworkReply *TestApplication::post(const QByteArray &body, bool withKey)
{
    QNetworkRequest request(m_application->serverStatus().url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"tst_application/1"_s);
    request.setRawHeader("Accept", "application/json");
    if (withKey)
        request.setRawHeader("Authorization", "Bearer " + m_application->accessKey());
    QNetworkReply *reply = m_network->post(request, body);
    reply->setParent(m_dir ? this : nullptr);
    return reply;
}

QJsonObject TestApplication::callTool(const QString &tool, const QJsonObject &arguments)
{
    const QJsonObject parameters{{u"name"_s, tool}, {u"arguments"_s, arguments}};
    const QJsonObject message{
        {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, u"tools/call"_s}, {u"params"_s, parameters}};
    const std::unique_ptr<QNetworkReply> reply(post(QJsonDocument(message).toJson()));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20'000); }();
    return QJsonDocument::fromJson(reply->readAll()).object().value("result"_L1).toObject();
}

QString TestApplication::cell(const QTableView *table, int row, const QString &column) const
{
    const QAbstractItemModel *model = table->model();
    for (int i = 0; i < model->columnCount(); ++i) {
        if (model->headerData(i, Qt::Horizontal).toString() == column)
            return model->index(row, i).data().toString();
    }
    return u"no column called %1"_s.arg(column);
}

QString TestApplication::clusterState(const QString &name) const
{
    const QTableView *clusters = table(u"clusterTable"_s);
    for (int row = 0; row < clusters->model()->rowCount(); ++row) {
        if (cell(clusters, row, u"Name"_s) == name)
            return cell(clusters, row, u"State"_s);
    }
    return {};
}

bool TestApplication::portIsOpen() const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    return socket.waitForConnected(2000);
}

void TestApplication::aCallOverHttpAppearsInTheLog()
{
    const QJsonObject result = callTool(u"list_clusters"_s, {{u"limit"_s, 5}});
    QVERIFY(!result.value("isError"_L1).toBool());
    QTableView *calls = table(u"callTable"_s);
    QVERIFY(calls);
    QTRY_COMPARE(calls->model()->rowCount(), 1);
    QCOMPARE(cell(calls, 0, u"Tool"_s), u"list_clusters"_s);
    QTRY_COMPARE(cell(calls, 0, u"Outcome"_s), u"succeeded"_s);
}

void TestApplication::aRefusedCallAppearsInTheLog()
{
    const std::unique_ptr<QNetworkReply> reply(post("{}", false));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 401);
    QTRY_COMPARE(table(u"callTable"_s)->model()->rowCount(), 1);
    QCOMPARE(cell(table(u"callTable"_s), 0, u"Outcome"_s), u"refused"_s);
}

void TestApplication::aClusterGoesFromTerminatedToRunning()
{
    const QString americas = u"Shared Autoscaling Americas"_s;
    QTRY_COMPARE_WITH_TIMEOUT(clusterState(americas), u"TERMINATED"_s, 10'000);
    callTool(u"start_cluster"_s, {{u"cluster_id"_s, u"0730-172948-runts698"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(clusterState(americas), u"PENDING"_s, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(clusterState(americas), u"RUNNING"_s, 20'000);
}

void TestApplication::stoppingAndStartingMovesThePort()
{
    QVERIFY(portIsOpen());
    auto *toggle = window()->findChild<QAbstractButton *>(u"serverToggle"_s);
    QVERIFY(toggle);
    QTest::mouseClick(toggle, Qt::LeftButton);
    QTRY_COMPARE(m_application->serverStatus().state, Gui::ServerStatus::State::Stopped);
    QVERIFY(!portIsOpen());
    QTest::mouseClick(toggle, Qt::LeftButton);
    QTRY_COMPARE(m_application->serverStatus().state, Gui::ServerStatus::State::Running);
    QVERIFY(portIsOpen());
}

void TestApplication::approvalIsAskedForInTheWindow()
{
    const QJsonObject parameters{
        {u"name"_s, u"stop_cluster"_s},
        {u"arguments"_s, QJsonObject{{u"cluster_id"_s, u"0730-172948-runts698"_s}}}};
    const QJsonObject message{
        {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, u"tools/call"_s}, {u"params"_s, parameters}};
    const std::unique_ptr<QNetworkReply> reply(post(QJsonDocument(message).toJson()));
    QAbstractButton *deny = nullptr;
    QTRY_VERIFY((deny = window()->findChild<QAbstractButton *>(u"approvalDeny"_s)) && deny->isVisible());
    QTest::mouseClick(deny, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 10'000);
    const QByteArray answer = reply->readAll();
    QVERIFY2(answer.contains("denied"), answer.constData());
    QTRY_COMPARE(cell(table(u"callTable"_s), 0, u"Outcome"_s), u"refused"_s);
}

void TestApplication::callsSurviveARestart()
{
    callTool(u"get_connection"_s, {});
    QTRY_COMPARE(table(u"callTable"_s)->model()->rowCount(), 1);
    stop();
    start();
    QTRY_COMPARE(table(u"callTable"_s)->model()->rowCount(), 1);
    QCOMPARE(cell(table(u"callTable"_s), 0, u"Tool"_s), u"get_connection"_s);
}

QTEST_MAIN(TestApplication)
#include "tst_application.moc"

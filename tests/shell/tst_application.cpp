#include "credentials/accesskey.h"
#include "gui/memorykeychain.h"
#include "gui/window/desktop.h"
#include "sample/server/sampleworkspace.h"
#include "shell/application.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

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
    void approvedForAWhileTheToolAsksNoMore();
    void readOnlyHidesWhatChanges();
    void aToolsetIsSwitchedOn();
    void anExceptionDeniesATool();
    void aRunningCallIsCancelledInTheWindow();
    void anExportEndsWithTheApplication();
    void callsSurviveARestart();
    void aLockedKeychainKeepsItsKey();
    void aClientIsShutOutByItsKeyAlone();
    void savedSettingsDoNotInterruptTheSession();
    void stoppingAnswersTheCallsUnderWay();
    void quittingIsNoPlaceToBeSentTo();
    void secretsOfToolsThatAreOffStayHidden();

private:
    QJsonObject callTool(const QString &tool, const QJsonObject &arguments);
    QNetworkReply *beginCall(const QString &tool, const QJsonObject &arguments);
    QStringList offeredTools();
    /// Opens the settings, does something in them and saves.
    void changeSettings(const std::function<void(QWidget *dialog)> &change);
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

    void start(bool sample = true);
    void stop();
};

void TestApplication::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_unique<MemoryKeychain>();
    m_network = std::make_unique<QNetworkAccessManager>();
    start();
}

void TestApplication::start(bool sample)
{
    CommandLine commandLine;
    commandLine.sampleWorkspace = sample;
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

QNetworkReply *TestApplication::beginCall(const QString &tool, const QJsonObject &arguments)
{
    const QJsonObject parameters{{u"name"_s, tool}, {u"arguments"_s, arguments}};
    const QJsonObject message{
        {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, u"tools/call"_s}, {u"params"_s, parameters}};
    return post(QJsonDocument(message).toJson());
}

QStringList TestApplication::offeredTools()
{
    const QJsonObject message{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, u"tools/list"_s}};
    const std::unique_ptr<QNetworkReply> reply(post(QJsonDocument(message).toJson()));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20'000); }();
    const QJsonObject result = QJsonDocument::fromJson(reply->readAll()).object().value("result"_L1).toObject();
    QStringList names;
    for (const QJsonValue tool : result.value("tools"_L1).toArray())
        names.append(tool.toObject().value("name"_L1).toString());
    return names;
}

void TestApplication::changeSettings(const std::function<void(QWidget *dialog)> &change)
{
    window()->findChild<QAction *>(u"actionSettings"_s)->trigger();
    QPointer<QWidget> dialog;
    QTRY_VERIFY((dialog = window()->findChild<QWidget *>(u"settingsDialog"_s)) && dialog->isVisible());
    change(dialog);
    QTest::mouseClick(dialog->findChild<QAbstractButton *>(u"settingsSave"_s), Qt::LeftButton);
    QTRY_VERIFY(!dialog);
}

QJsonObject TestApplication::callTool(const QString &tool, const QJsonObject &arguments)
{
    const std::unique_ptr<QNetworkReply> reply(beginCall(tool, arguments));
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
    QTRY_VERIFY(!portIsOpen());
    QTest::mouseClick(toggle, Qt::LeftButton);
    QTRY_COMPARE(m_application->serverStatus().state, Gui::ServerStatus::State::Running);
    QVERIFY(portIsOpen());
}

void TestApplication::approvalIsAskedForInTheWindow()
{
    const std::unique_ptr<QNetworkReply> reply(
        beginCall(u"stop_cluster"_s, {{u"cluster_id"_s, u"0730-172948-runts698"_s}}));
    QAbstractButton *deny = nullptr;
    QTRY_VERIFY((deny = window()->findChild<QAbstractButton *>(u"approvalDeny"_s)) && deny->isVisible());
    QTest::mouseClick(deny, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 10'000);
    const QByteArray answer = reply->readAll();
    QVERIFY2(answer.contains("denied"), answer.constData());
    QTRY_COMPARE(cell(table(u"callTable"_s), 0, u"Outcome"_s), u"refused"_s);
}

void TestApplication::approvedForAWhileTheToolAsksNoMore()
{
    const QJsonObject arguments{{u"cluster_id"_s, u"0730-172948-runts698"_s}};
    const std::unique_ptr<QNetworkReply> reply(beginCall(u"stop_cluster"_s, arguments));
    QAbstractButton *approve = nullptr;
    QTRY_VERIFY((approve = window()->findChild<QAbstractButton *>(u"approvalApprove"_s)) && approve->isEnabled());
    window()->findChild<QAction *>(u"approvalSameTarget"_s)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 10'000);
    QTRY_COMPARE(cell(table(u"callTable"_s), 0, u"Outcome"_s), u"succeeded"_s);
    QTRY_VERIFY(!window()->findChild<QWidget *>(u"approvalCard"_s));

    QVERIFY(!callTool(u"stop_cluster"_s, arguments).value("isError"_L1).toBool(true));
    QVERIFY(!window()->findChild<QWidget *>(u"approvalCard"_s));
    // Another tool is another question.
    const std::unique_ptr<QNetworkReply> other(beginCall(u"restart_cluster"_s, arguments));
    QTRY_VERIFY(window()->findChild<QWidget *>(u"approvalCard"_s));
}

void TestApplication::readOnlyHidesWhatChanges()
{
    QSignalSpy server(m_application.get(), &Gui::Controller::serverStatusChanged);
    QVERIFY(offeredTools().contains(u"start_cluster"_s));
    window()->findChild<QAction *>(u"modeReadOnly"_s)->trigger();
    QTRY_VERIFY(!offeredTools().contains(u"start_cluster"_s));
    QVERIFY(offeredTools().contains(u"list_clusters"_s));
    QCOMPARE(window()->findChild<QAbstractButton *>(u"modeSwitch"_s)->text(), u"Read-only"_s);
    window()->findChild<QAction *>(u"modeAsk"_s)->trigger();
    QTRY_VERIFY(offeredTools().contains(u"start_cluster"_s));
    // The same listener, the same workspace.
    QCOMPARE(server.count(), 0);
    QCOMPARE(m_application->workspaceStatus().state, Gui::WorkspaceStatus::State::Connected);
}

void TestApplication::aToolsetIsSwitchedOn()
{
    QSignalSpy server(m_application.get(), &Gui::Controller::serverStatusChanged);
    QVERIFY(!offeredTools().contains(u"create_cluster"_s));
    changeSettings([](QWidget *dialog) {
        dialog->findChild<QCheckBox *>(u"toolset_cluster_admin"_s)->setChecked(true);
        dialog->findChild<QCheckBox *>(u"toolset_connection"_s)->setChecked(true);
        dialog->findChild<QCheckBox *>(u"toolset_default"_s)->setChecked(false);
    });
    QTRY_VERIFY(offeredTools().contains(u"create_cluster"_s));
    QVERIFY(!offeredTools().contains(u"list_clusters"_s));
    QVERIFY(offeredTools().contains(u"get_connection"_s));
    changeSettings([](QWidget *dialog) {
        QTest::mouseClick(dialog->findChild<QAbstractButton *>(u"settingsToolDefaults"_s), Qt::LeftButton);
    });
    QTRY_VERIFY(!offeredTools().contains(u"create_cluster"_s));
    QVERIFY(offeredTools().contains(u"list_clusters"_s));
    QCOMPARE(server.count(), 0);
}

void TestApplication::anExceptionDeniesATool()
{
    const QJsonObject arguments{{u"cluster_id"_s, u"0730-172948-runts698"_s}};
    changeSettings([](QWidget *dialog) {
        dialog->findChild<QComboBox *>(u"settingsExceptionTool"_s)->setCurrentText(u"start_cluster"_s);
        dialog->findChild<QComboBox *>(u"settingsExceptionDecision"_s)->setCurrentText(u"Deny"_s);
        dialog->findChild<QAbstractButton *>(u"settingsExceptionAdd"_s)->click();
    });
    const auto isDenied = [&] {
        const QJsonObject result = callTool(u"start_cluster"_s, arguments);
        return result.value("isError"_L1).toBool() &&
               QJsonDocument(result).toJson().contains("the person you work for does not allow that");
    };
    QTRY_VERIFY(isDenied());
    QTRY_COMPARE(cell(table(u"callTable"_s), 0, u"Outcome"_s), u"refused"_s);
}

void TestApplication::aRunningCallIsCancelledInTheWindow()
{
    const std::unique_ptr<QNetworkReply> reply(
        beginCall(u"start_cluster"_s, {{u"cluster_id"_s, u"0730-172948-runts698"_s}, {u"wait"_s, true}}));
    auto *cancel = window()->findChild<QAbstractButton *>(u"callCancel"_s);
    QTRY_VERIFY(cancel->isVisible());
    QTRY_VERIFY(window()->findChild<QWidget *>(u"callProgress"_s)->isVisible());
    QVERIFY(!reply->isFinished());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY(reply->isFinished());
    const QByteArray answer = reply->readAll();
    QVERIFY2(answer.contains("cancelled this call") && answer.contains("\"isError\":true"), answer.constData());
    QTRY_COMPARE(cell(table(u"callTable"_s), 0, u"Outcome"_s), u"cancelled"_s);
    QVERIFY(!cancel->isVisible());
}

void TestApplication::anExportEndsWithTheApplication()
{
    const QString folder = m_dir->filePath(u"exports"_s);
    m_settings->setValue(Settings::Key::ExportFolder, folder);
    const std::unique_ptr<QNetworkReply> reply(
        beginCall(u"export_query"_s, {{u"statement"_s, u"SELECT id, id * 2 AS twice FROM range(1000000)"_s},
                                      {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s},
                                      {u"file_name"_s, u"large"_s}}));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder + u"/large.csv.part"_s), 20'000);
    QVERIFY(!reply->isFinished());
    stop();
    QCOMPARE(QDir(folder).entryList(QDir::Files), QStringList());
    start();
    QTRY_COMPARE(table(u"callTable"_s)->model()->rowCount(), 1);
    QCOMPARE(cell(table(u"callTable"_s), 0, u"Outcome"_s), u"cancelled"_s);
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

void TestApplication::aLockedKeychainKeepsItsKey()
{
    using Status = Credentials::KeychainResult::Status;
    const QByteArray key = m_application->accessKey();
    stop();
    m_keychain->m_fault = Credentials::KeychainResult(Status::Locked, u"The keyring is locked."_s);
    start();
    QVERIFY(m_application->accessKey() != key);
    QVERIFY(m_application->serverStatus().accessKeyProblem.contains(u"locked"_s));
    auto *retry = window()->findChild<QAbstractButton *>(u"bannerReadKeychain"_s);
    QVERIFY(retry && retry->isVisible());

    m_keychain->m_fault = {};
    QVERIFY(m_keychain->m_secrets.value(QLatin1StringView(Credentials::AccessKeyEntry)).toLatin1().contains(key));
    QTest::mouseClick(retry, Qt::LeftButton);
    QTRY_COMPARE(m_application->accessKey(), key);
    QTRY_VERIFY(!callTool(u"get_connection"_s, {}).value("isError"_L1).toBool(true));
    QVERIFY(!window()->findChild<QAbstractButton *>(u"bannerReadKeychain"_s));
}

void TestApplication::aClientIsShutOutByItsKeyAlone()
{
    const QByteArray ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
    const auto statusWith = [&](const QByteArray &key) {
        QNetworkRequest request(m_application->serverStatus().url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        request.setRawHeader("Authorization", "Bearer " + key);
        const std::unique_ptr<QNetworkReply> reply(m_network->post(request, ping));
        QSignalSpy(reply.get(), &QNetworkReply::finished).wait();
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    };
    const QByteArray ours = m_application->accessKey();
    const QByteArray laptops = m_application->makeAccessKey(u"laptop"_s);
    QTRY_COMPARE(statusWith(laptops), 200);
    QCOMPARE(m_application->whereItServes().accessKey, ours); // what the relay shows
    m_application->revokeAccessKey(u"laptop"_s);
    QTRY_COMPARE(statusWith(laptops), 401);
    QCOMPARE(statusWith(ours), 200);
    QCOMPARE(m_application->accessKeys().size(), 1);
}

void TestApplication::savedSettingsDoNotInterruptTheSession()
{
    // A workspace of its own, reached as a real one is.
    Sample::SampleWorkspace workspace("a-token-for-this-test", Sample::Tempo());
    QVERIFY(workspace.listen());
    stop();
    {
        Settings::Store settings(m_dir->path());
        Credentials::Profile profile;
        profile.host = workspace.url();
        profile.tokenStored = true;
        Credentials::Profiles(&settings).save(profile);
        m_keychain->m_secrets.insert(profile.keychainKey(), u"a-token-for-this-test"_s);
    }
    start(false);
    QVERIFY(!callTool(u"list_clusters"_s, {}).value("isError"_L1).toBool(true));
    m_keychain->m_locked = true;
    m_application->reloadSettings();
    QVERIFY(!callTool(u"list_clusters"_s, {}).value("isError"_L1).toBool(true));
    QCOMPARE(m_application->workspaceStatus().state, Gui::WorkspaceStatus::State::Connected);
    m_keychain->open();
    QTRY_COMPARE(m_application->workspaceStatus().state, Gui::WorkspaceStatus::State::Connected);
}

void TestApplication::stoppingAnswersTheCallsUnderWay()
{
    const std::unique_ptr<QNetworkReply> reply(
        beginCall(u"start_cluster"_s, {{u"cluster_id"_s, u"0730-172948-runts698"_s}, {u"wait"_s, true}}));
    QTRY_VERIFY(window()->findChild<QWidget *>(u"callProgress"_s)->isVisible());
    m_application->stopServer();
    QTRY_VERIFY(reply->isFinished());
    const QByteArray answer = reply->readAll();
    QVERIFY2(answer.contains("\"error\"") && answer.contains("stopped"), answer.constData());
}

void TestApplication::quittingIsNoPlaceToBeSentTo()
{
    QSignalSpy finished(m_application.get(), &Application::finished);
    m_application->quit();
    QVERIFY(!finished.isEmpty() || finished.wait());
    // A relay would show its access key to whoever listens there next.
    QCOMPARE(m_application->whereItServes(), Instance::ServerAccess());
}

void TestApplication::secretsOfToolsThatAreOffStayHidden()
{
    const QString value = u"Tr0ub4dor"_s;
    QVERIFY(!offeredTools().contains(u"put_secret"_s));
    QSignalSpy opened(m_application.get(), &Gui::Controller::callOpened);
    callTool(u"put_secret"_s, {{u"scope"_s, u"etl"_s}, {u"key"_s, u"prod-db"_s}, {u"value"_s, value}});
    QTRY_COMPARE(opened.size(), 1);
    const auto record = opened.first().first().value<Calls::Record>();
    QCOMPARE(record.outcome, Calls::Outcome::Refused);
    QVERIFY(!QJsonDocument(record.arguments).toJson().contains(value.toUtf8()));
}

QTEST_MAIN(TestApplication)
#include "tst_application.moc"

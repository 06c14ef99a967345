#include "gui/fakepanel.h"
#include "gui/memorykeychain.h"
#include "gui/trayitem.h"
#include "gui/window/desktop.h"
#include "shell/application.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using ServerState = Gui::ServerStatus::State;

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool isOpen(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    return socket.waitForConnected(2000);
}

} // namespace

/// The whole application, started in the tray of a panel and used from there. On a bus of its own and on xcb.
class TestApplicationTray : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void itStartsInTheTray();
    void stopClosesThePortAndStartOpensIt();
    void quitEndsIt();

private:
    TrayItem item() const { return TrayItem(m_panel->bus(), m_items.constLast()); }
    QWidget *window() const;

    QTemporaryDir m_dir;
    QThread m_thread;
    QStringList m_items;
    std::unique_ptr<FakePanel> m_panel;
    MemoryKeychain m_keychain;
    std::unique_ptr<Settings::Store> m_settings;
    std::unique_ptr<Application> m_application;
    std::unique_ptr<Gui::Desktop> m_desktop;
    quint16 m_port = freePort();
};

void TestApplicationTray::initTestCase()
{
    m_panel = std::make_unique<FakePanel>();
    connect(m_panel.get(), &FakePanel::itemRegistered, this, [this](const QString &service) { m_items << service; });
    m_panel->moveToThread(&m_thread);
    m_thread.start();
    for (const auto step : {&FakePanel::begin, &FakePanel::showWatcher, &FakePanel::showHost})
        QMetaObject::invokeMethod(m_panel.get(), step, Qt::BlockingQueuedConnection);

    CommandLine commandLine;
    commandLine.sampleWorkspace = true;
    commandLine.port = m_port;
    m_settings = std::make_unique<Settings::Store>(m_dir.path());
    m_application = std::make_unique<Application>(commandLine, m_settings.get(), &m_keychain);
    m_desktop = std::make_unique<Gui::Desktop>(m_settings.get(), &m_keychain, m_application.get(), true);
    m_application->begin();
}

void TestApplicationTray::cleanupTestCase()
{
    m_desktop.reset();
    m_application.reset();
    m_settings.reset();
    m_thread.quit();
    m_thread.wait();
    m_panel.reset();
}

QWidget *TestApplicationTray::window() const
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == "mainWindow"_L1)
            return widget;
    }
    return nullptr;
}

void TestApplicationTray::itStartsInTheTray()
{
    QTRY_COMPARE(m_items.size(), 1);
    QTRY_COMPARE(m_application->serverStatus().state, ServerState::Running);
    QVERIFY(isOpen(m_port));
    QVERIFY(!window()->isVisible());
    QTRY_VERIFY(item().toolTip().contains(u"localhost:%1/mcp"_s.arg(m_port)));
}

void TestApplicationTray::stopClosesThePortAndStartOpensIt()
{
    for (int round = 0; round < 2; ++round) {
        item().clickMenu(u"Stop server"_s);
        QTRY_COMPARE(m_application->serverStatus().state, ServerState::Stopped);
        QTRY_VERIFY(!isOpen(m_port));
        QTRY_COMPARE(item().menuItem(u"Stop server"_s), -1);

        item().clickMenu(u"Start server"_s);
        QTRY_COMPARE(m_application->serverStatus().state, ServerState::Running);
        QVERIFY(isOpen(m_port));
        QTRY_COMPARE(item().menuItem(u"Start server"_s), -1);
    }
}

void TestApplicationTray::quitEndsIt()
{
    QSignalSpy finished(m_application.get(), &Application::finished);
    item().clickMenu(u"Quit"_s);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!isOpen(m_port));
}

QTEST_MAIN(TestApplicationTray)
#include "tst_applicationtray.moc"

#include "fakecontroller.h"
#include "fakepanel.h"
#include "gui/tray/trayprobe.h"
#include "gui/window/desktop.h"
#include "memorykeychain.h"
#include "trayitem.h"
#include "values.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;

/// Runs on a bus of its own and on xcb: what is proved is the order on the bus, once a process, so the tests build on
/// each other in the order they stand in. For ten seconds after a notification Qt gives its text as the tool tip.
class TestTray : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void theProbeGivesUpWithoutAPanel();
    void nothingHappensBeforeTheHostIsThere();
    void theIconComesWithTheHost();
    void stopAndStartFromTheMenu();
    void readOnlyFromTheMenu();
    void activationShowsTheWindow();
    void whatWaitsIsSaid();
    void closingHidesAndHintsOnce();
    void notifiesWhenTheWindowIsAway();
    void quitFromTheMenu();

private:
    TrayItem item() const { return TrayItem(m_panel->bus(), m_items.constLast()); }
    QWidget *window() const;

    void tellPanel(void (FakePanel::*what)())
    {
        QMetaObject::invokeMethod(m_panel.get(), what, Qt::BlockingQueuedConnection);
    }

    QTemporaryDir m_dir;
    QThread m_thread;
    QStringList m_items;
    QStringList m_titles;
    std::unique_ptr<FakePanel> m_panel;
    std::unique_ptr<Settings::Store> m_settings;
    FakeController m_controller;
    MemoryKeychain m_keychain;
    std::unique_ptr<Gui::Desktop> m_desktop;
};

void TestTray::initTestCase()
{
    m_panel = std::make_unique<FakePanel>();
    connect(m_panel.get(), &FakePanel::itemRegistered, this, [this](const QString &service) { m_items << service; });
    connect(m_panel->notifications(), &FakeNotifications::notified, this,
            [this](const QString &title) { m_titles << title; });
    m_panel->moveToThread(&m_thread);
    m_thread.start();
    tellPanel(&FakePanel::begin);
    m_settings = std::make_unique<Settings::Store>(m_dir.path());
}

void TestTray::cleanupTestCase()
{
    m_desktop.reset();
    m_thread.quit();
    m_thread.wait();
    m_panel.reset();
}

QWidget *TestTray::window() const
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->objectName() == u"mainWindow"_s)
            return widget;
    }
    return nullptr;
}

void TestTray::theProbeGivesUpWithoutAPanel()
{
    Gui::TrayProbe probe;
    QSignalSpy ready(&probe, &Gui::TrayProbe::ready);
    probe.start(std::chrono::milliseconds(100));
    QTRY_COMPARE(ready.count(), 1);
}

void TestTray::nothingHappensBeforeTheHostIsThere()
{
    Gui::TrayProbe probe;
    QSignalSpy ready(&probe, &Gui::TrayProbe::ready);
    probe.start(Gui::TrayProbe::Patience);
    m_desktop = std::make_unique<Gui::Desktop>(m_settings.get(), &m_keychain, &m_controller, true);
    QVERIFY(window());
    QVERIFY(!window()->isVisible());
    tellPanel(&FakePanel::showWatcher);
    QVERIFY(!ready.wait(300));
    QVERIFY(m_items.isEmpty());
    tellPanel(&FakePanel::showHost);
    QTRY_COMPARE(ready.count(), 1);
}

void TestTray::theIconComesWithTheHost()
{
    QTRY_COMPARE(m_items.size(), 1);
    QVERIFY(!window()->isVisible());
    QCOMPARE(item().property(u"Status"_s).toString(), u"Active"_s);
    QVERIFY(item().menuItem(u"Show window"_s) > 0);
    QVERIFY(item().menuItem(u"Settings…"_s) > 0);
}

void TestTray::stopAndStartFromTheMenu()
{
    QCOMPARE(item().menuItem(u"Start server"_s), -1);
    item().clickMenu(u"Stop server"_s);
    QTRY_COMPARE(m_controller.m_server.state, Gui::ServerStatus::State::Stopped);
    QTRY_COMPARE(item().menuItem(u"Stop server"_s), -1);
    item().clickMenu(u"Start server"_s);
    QTRY_COMPARE(m_controller.m_server.state, Gui::ServerStatus::State::Running);
}

void TestTray::readOnlyFromTheMenu()
{
    item().clickMenu(u"Read-only: nothing changes"_s);
    QTRY_COMPARE(m_controller.m_mode.mode, Calls::Mode::ReadOnly);
    QTRY_VERIFY(item().toolTip().contains("Read-only"_L1));
    item().clickMenu(u"Ask before anything that matters"_s);
    QTRY_COMPARE(m_controller.m_mode.mode, Calls::Mode::Ask);
}

void TestTray::activationShowsTheWindow()
{
    item().activate();
    QTRY_VERIFY(window()->isVisible());
    QVERIFY(m_controller.m_visible);
}

void TestTray::whatWaitsIsSaid()
{
    // While a notification is fresh Qt shows its words as the tool tip.
    m_settings->setValue(Settings::Key::ShowNotifications, false);
    const auto toolTip = [this] { return item().toolTip(); };
    const auto icon = [this] { return item().icon(); };
    QVERIFY(!toolTip().contains(u"approval"_s));
    const QByteArray before = icon();
    QVERIFY(!before.isEmpty());
    Calls::ApprovalRequest first;
    first.callId = 8;
    Calls::ApprovalRequest second;
    second.callId = 9;
    Q_EMIT m_controller.approvalRequested(first);
    Q_EMIT m_controller.approvalRequested(second);
    QTRY_VERIFY2(toolTip().contains(u"Calls that wait for your approval: 2"_s), qPrintable(toolTip()));
    QVERIFY(icon() != before);
    first.isLate = true;
    Q_EMIT m_controller.approvalRequested(first);
    Q_EMIT m_controller.approvalSettled(9);
    QTRY_VERIFY(toolTip().contains(u"Calls that wait for your approval: 1"_s));
    QVERIFY(icon() != before);
    Q_EMIT m_controller.approvalSettled(8);
    QTRY_COMPARE(icon(), before);
    QVERIFY(!toolTip().contains(u"approval"_s));
    m_settings->setValue(Settings::Key::ShowNotifications, true);
}

void TestTray::closingHidesAndHintsOnce()
{
    for (int i = 0; i < 2; ++i) {
        window()->close();
        QVERIFY(!window()->isVisible());
        QCOMPARE(m_controller.m_quits, 0);
        m_desktop->showWindow();
    }
    QTRY_COMPARE(m_titles, QStringList({u"Bricktray goes on in the tray"_s}));
    QVERIFY(m_settings->value(Settings::Key::CloseHintShown).toBool());
}

void TestTray::notifiesWhenTheWindowIsAway()
{
    window()->close();
    m_titles.clear();
    Q_EMIT m_controller.clusterSettled(cluster(u"1"_s, u"ETL"_s, u"RUNNING"_s), true);
    Calls::ApprovalRequest request;
    request.callId = 7;
    Q_EMIT m_controller.approvalRequested(request);
    QTRY_COMPARE(m_titles, QStringList({u"Cluster is running"_s, u"A call needs your approval"_s}));
    m_settings->setValue(Settings::Key::ShowNotifications, false);
    Q_EMIT m_controller.clusterSettled(cluster(u"1"_s, u"ETL"_s, u"ERROR"_s), false);
    item().clickMenu(u"Show window"_s);
    QTRY_VERIFY(window()->isVisible());
    QCOMPARE(m_titles.size(), 2);
}

void TestTray::quitFromTheMenu()
{
    item().clickMenu(u"Quit"_s);
    QTRY_COMPARE(m_controller.m_quits, 1);
}

QTEST_MAIN(TestTray)
#include "tst_tray.moc"

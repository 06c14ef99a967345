#include "clients/cursor.h"
#include "fakecontroller.h"
#include "gui/calls/calldelegates.h"
#include "gui/calls/callmodel.h"
#include "gui/widgets/appearance.h"
#include "gui/widgets/symbol.h"
#include "gui/window/mainwindow.h"
#include "values.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QStyleHints>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using Calls::Outcome;
using Server = Gui::ServerStatus::State;
using Workspace = Gui::WorkspaceStatus::State;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Gui::loadIcons(); }
    void init();
    void cleanup();

    void theToggleStopsAndStarts();
    void copiesUrlAndConfiguration();
    void addsToCursorByItsLink();
    void troubleIsToldInBanners();
    void noWorkspaceMeansWelcome();
    void theSampleIsNamed();
    void aRunningCallShowsItsProgressAndIsCancelled();
    void progressIsABar_data();
    void progressIsABar();
    void foreignTextCanNotHide();
    void clustersAppearAndGrowStale();
    void anotherWorkspaceClearsTheClusters();
    void theFilterSaysWhatItHides();
    void aCallIsShownInFull();
    void answersOfEarlierRunsAreExplained();
    void olderCallsAreAskedFor();
    void closingQuitsWhereNothingBringsItBack();
    void closingHidesOnlyUntilTheSessionEnds();
    void keysWork();
    void theLayoutIsKept();
    void everyControlHasAName();
    void whatIsLookedUpIsThereOnce();

private:
    template<class T>
    T *child(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    void click(const QString &name) { QTest::mouseClick(child<QAbstractButton>(name), Qt::LeftButton); }
    QStringList banners() const;
    void makeWindow();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings::Store> m_settings;
    std::unique_ptr<FakeController> m_controller;
    std::unique_ptr<Gui::MainWindow> m_window;
};

void TestMainWindow::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
    m_controller = std::make_unique<FakeController>();
    makeWindow();
}

void TestMainWindow::makeWindow()
{
    m_window = std::make_unique<Gui::MainWindow>(m_settings.get(), m_controller.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_controller.reset();
    m_settings.reset();
}

QStringList TestMainWindow::banners() const
{
    QStringList texts;
    for (const QLabel *label : m_window->findChildren<QLabel *>(u"bannerText"_s)) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts;
}

void TestMainWindow::theToggleStopsAndStarts()
{
    QCOMPARE(child<QLabel>(u"serverState"_s)->text(), u"Serving http://localhost:8080/mcp"_s);
    click(u"serverToggle"_s);
    QCOMPARE(m_controller->m_server.state, Server::Stopped);
    QCOMPARE(child<QLabel>(u"serverState"_s)->text(), u"Stopped"_s);
    QCOMPARE(child<QAbstractButton>(u"serverToggle"_s)->text(), u"Start"_s);
    click(u"serverToggle"_s);
    QCOMPARE(m_controller->m_server.state, Server::Running);
}

void TestMainWindow::copiesUrlAndConfiguration()
{
    click(u"copyUrl"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://localhost:8080/mcp"_s);
    click(u"copyCursor"_s);
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(),
             Clients::cursorConfiguration(m_controller->m_server.url, m_controller->m_key));
    m_controller->m_server.url.clear();
    m_controller->setServer(Server::Stopped);
    QVERIFY(!child<QAbstractButton>(u"copyUrl"_s)->isEnabled());
}

/// Stands in for Cursor.
class LinkOpener : public QObject
{
    Q_OBJECT

public:
    explicit LinkOpener(const QString &scheme)
        : m_scheme(scheme)
    {
        QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~LinkOpener() override { QDesktopServices::unsetUrlHandler(m_scheme); }

    QList<QUrl> m_opened;

public Q_SLOTS:
    void open(const QUrl &url) { m_opened << url; }

private:
    QString m_scheme;
};

void TestMainWindow::addsToCursorByItsLink()
{
    const LinkOpener cursor(u"cursor"_s);
    click(u"addToCursor"_s);
    QCOMPARE(cursor.m_opened, {Clients::cursorInstallLink(m_controller->relay())});
    const QByteArray entry = QByteArray::fromBase64(
        QUrlQuery(cursor.m_opened.constFirst()).queryItemValue(u"config"_s, QUrl::FullyDecoded).toLatin1());
    QVERIFY2(entry.contains("--stdio") && !entry.contains(m_controller->m_key), entry.constData());
}

void TestMainWindow::troubleIsToldInBanners()
{
    QSignalSpy settings(m_window.get(), &Gui::MainWindow::settingsWanted);
    QTRY_COMPARE(banners(), QStringList());
    m_controller->setServer(Server::Failed, u"Port 8080 is taken."_s);
    m_controller->setWorkspace(Workspace::Unauthorized, u"The token was refused."_s);
    m_controller->m_problems = {u"The settings can't be saved."_s, u"The disk is full."_s};
    Q_EMIT m_controller->problemsChanged();
    QTRY_COMPARE(banners(), QStringList({u"Port 8080 is taken."_s, u"The token was refused."_s,
                                         u"The settings can't be saved."_s, u"The disk is full."_s}));
    click(u"bannerSettings"_s);
    QCOMPARE(settings.count(), 1);
    click(u"bannerStart"_s);
    QCOMPARE(m_controller->m_server.state, Server::Running);
    m_controller->m_problems.clear();
    m_controller->setWorkspace(Workspace::Failed, u"No such host."_s);
    QTRY_COMPARE(banners(), QStringList({u"No such host."_s}));
    click(u"bannerRetry"_s);
    QCOMPARE(m_controller->m_refreshes, 1);
    m_controller->setWorkspace(Workspace::Waiting);
    QTRY_COMPARE(banners().size(), 1);
    QVERIFY(banners().at(0).contains(u"keyring"_s));
    m_controller->setWorkspace(Workspace::Connected);
    QTRY_COMPARE(banners(), QStringList());
}

void TestMainWindow::noWorkspaceMeansWelcome()
{
    QVERIFY(!child<QWidget>(u"welcome"_s)->isVisible());
    m_controller->setWorkspace(Workspace::NotConfigured);
    QVERIFY(child<QWidget>(u"welcome"_s)->isVisible());
    QSignalSpy settings(m_window.get(), &Gui::MainWindow::settingsWanted);
    click(u"welcomeSettings"_s);
    QCOMPARE(settings.count(), 1);
    m_controller->setWorkspace(Workspace::Connecting);
    QVERIFY(child<QWidget>(u"clusterTable"_s)->isVisible());
}

void TestMainWindow::theSampleIsNamed()
{
    m_controller->m_workspace.sample = true;
    m_controller->setWorkspace(Workspace::Connected);
    QTRY_COMPARE(banners(), QStringList({u"Sample workspace: invented data"_s}));
}

void TestMainWindow::progressIsABar_data()
{
    QTest::addColumn<double>("progress");
    QTest::addColumn<int>("width");
    QTest::newRow("nobody knows") << -1.0 << 0;
    QTest::newRow("begun") << 0.0 << 0;
    QTest::newRow("a quarter") << 0.25 << 50;
    QTest::newRow("all") << 1.0 << 200;
}

void TestMainWindow::progressIsABar()
{
    QFETCH(double, progress);
    QFETCH(int, width);
    Gui::CallModel model;
    Calls::Record record = call(1, Calls::Outcome::Running);
    record.progress = progress;
    model.put(record);
    QImage image(200 + 2 * Gui::CellDelegate::Margin, 30, QImage::Format_ARGB32_Premultiplied);
    QStyleOptionViewItem option;
    option.palette = QPalette(Qt::white);
    option.rect = image.rect();
    image.fill(Qt::white);
    QPainter painter(&image);
    Gui::TookDelegate().paint(&painter, option, model.index(0, Gui::CallModel::Took));
    painter.end();
    const QRgb colour = Gui::toneColour(Gui::Tone::Active, option.palette).rgb();
    const int row = image.height() - 3;
    int painted = 0;
    for (int x = 0; x < image.width(); ++x)
        painted += image.pixel(x, row) == colour;
    QVERIFY2(qAbs(painted - width) <= 2, qPrintable(QString::number(painted)));
}

void TestMainWindow::aRunningCallShowsItsProgressAndIsCancelled()
{
    Calls::Record record = call(5, Outcome::Running, u"export_query"_s);
    Q_EMIT m_controller->callOpened(record);
    const auto *progress = child<QProgressBar>(u"callProgress"_s);
    QVERIFY(!progress->isVisible());
    record.progress = 0.25;
    record.message = u"250,000 of 1,000,000 rows"_s;
    Q_EMIT m_controller->callChanged(record);
    QVERIFY(progress->isVisible());
    QCOMPARE(progress->value(), 250);
    QCOMPARE(child<QLabel>(u"callMessage"_s)->text(), record.message);
    QVERIFY(child<QAbstractButton>(u"callCancel"_s)->isVisible());
    click(u"callCancel"_s);
    QCOMPARE(m_controller->m_cancelled, QList<qint64>{5});

    auto *table = child<QTableView>(u"callTable"_s);
    Q_EMIT table->customContextMenuRequested(table->visualRect(table->model()->index(0, 0)).center());
    auto *cancel = table->findChild<QAction *>(u"actionCancelCall"_s);
    QVERIFY(cancel && cancel->isEnabled());
    cancel->trigger();
    QCOMPARE(m_controller->m_cancelled, QList<qint64>({5, 5}));

    record.outcome = Outcome::Cancelled;
    Q_EMIT m_controller->callChanged(record);
    QVERIFY(!progress->isVisible());
    QVERIFY(!child<QAbstractButton>(u"callCancel"_s)->isVisible());
}

void TestMainWindow::foreignTextCanNotHide()
{
    Calls::ApprovalRequest request;
    request.callId = 7;
    request.client = u"<b>Cursor</b>\n\n\n\u202Eevil"_s;
    request.passages = {{u"name"_s, u"a\u202Eb"_s, Calls::Passage::Language::Plain}};
    Q_EMIT m_controller->approvalRequested(request);
    const QLabel *note = child<QLabel>(u"approvalNote"_s);
    QCOMPARE(note->textFormat(), Qt::PlainText);
    QVERIFY2(note->text().contains(u"<b>Cursor</b>   \\u202eevil"_s), qPrintable(note->text()));
    QVERIFY(child<QPlainTextEdit>(u"approvalArguments"_s)->toPlainText().contains(u"a«U+202E»b"_s));
}

void TestMainWindow::clustersAppearAndGrowStale()
{
    const QAbstractItemModel *model = child<QTableView>(u"clusterTable"_s)->model();
    const QLabel *note = child<QLabel>(u"clusterNote"_s);
    Q_EMIT m_controller->clustersUpdated({cluster(u"1"_s, u"etl"_s, u"RUNNING"_s)});
    QCOMPARE(model->rowCount(), 1);
    QVERIFY2(note->text().startsWith(u"Updated"_s), qPrintable(note->text()));
    Q_EMIT m_controller->clustersFailed(u"Connection refused."_s);
    QCOMPARE(model->rowCount(), 1);
    QVERIFY2(note->text().startsWith(u"Stale"_s) && note->text().contains(u"Connection refused."_s),
             qPrintable(note->text()));
    Q_EMIT m_controller->clustersUpdated({});
    QCOMPARE(model->rowCount(), 0);
    QVERIFY(note->text().startsWith(u"Updated"_s));
}

void TestMainWindow::anotherWorkspaceClearsTheClusters()
{
    Q_EMIT m_controller->clustersUpdated({cluster(u"1"_s, u"etl"_s, u"RUNNING"_s)});
    m_controller->m_workspace.host = QUrl(u"https://adb-2.2.azuredatabricks.net"_s);
    m_controller->setWorkspace(Workspace::Connecting);
    QCOMPARE(child<QTableView>(u"clusterTable"_s)->model()->rowCount(), 0);
}

void TestMainWindow::theFilterSaysWhatItHides()
{
    QList<Monitor::Cluster> clusters;
    for (int i = 0; i < 120; ++i)
        clusters << cluster(QString::number(i), u"c%1"_s.arg(i), i < 2 ? u"RUNNING"_s : u"TERMINATED"_s);
    Q_EMIT m_controller->clustersUpdated(clusters);
    child<QComboBox>(u"clusterChoice"_s)->setCurrentText(u"Running"_s);
    QVERIFY(child<QLabel>(u"clusterNote"_s)->text().contains(u"118 hidden by filter"_s));
    QTest::keyClicks(child<QLineEdit>(u"clusterFilter"_s), u"c1"_s);
    QCOMPARE(child<QTableView>(u"clusterTable"_s)->model()->rowCount(), 1);
    QVERIFY(child<QLabel>(u"clusterNote"_s)->text().contains(u"119 hidden by filter"_s));
}

void TestMainWindow::aCallIsShownInFull()
{
    Calls::Record record = call(1, Outcome::Running);
    record.arguments = {{u"limit"_s, 5}};
    Q_EMIT m_controller->callOpened(record);
    QCOMPARE(child<QPlainTextEdit>(u"callArguments"_s)->toPlainText(), u"{\n    \"limit\": 5\n}"_s);
    QCOMPARE(child<QTableView>(u"exchangeTable"_s)->model()->rowCount(), 0);
    record.outcome = Outcome::Succeeded;
    record.answer = u"130 clusters"_s;
    record.answerBytes = 12;
    record.exchanges << exchange(record, 0, 100);
    Q_EMIT m_controller->callChanged(record);
    QCOMPARE(child<QPlainTextEdit>(u"callAnswer"_s)->toPlainText(), u"130 clusters"_s);
    QCOMPARE(child<QTableView>(u"exchangeTable"_s)->model()->rowCount(), 1);
}

void TestMainWindow::answersOfEarlierRunsAreExplained()
{
    Calls::Record record = call(1, Outcome::Succeeded);
    record.answerBytes = 12;
    Q_EMIT m_controller->callsLoaded({record});
    QVERIFY(child<QPlainTextEdit>(u"callAnswer"_s)->toPlainText().isEmpty());
    QCOMPARE(child<QPlainTextEdit>(u"callAnswer"_s)->placeholderText(),
             u"Answers are kept only while Bricktray runs."_s);
}

void TestMainWindow::olderCallsAreAskedFor()
{
    QVERIFY(!m_controller->m_loads.isEmpty());
    QCOMPARE(m_controller->m_loads.constFirst().first, 0);
    QList<Calls::Record> page;
    for (qint64 id = 1000; id > 1000 - m_controller->m_loads.constFirst().second; --id)
        page << call(id, Outcome::Succeeded);
    Q_EMIT m_controller->callsLoaded(page);
    auto *table = child<QTableView>(u"callTable"_s);
    table->scrollToBottom();
    QTRY_VERIFY(m_controller->m_loads.size() > 1);
    QCOMPARE(m_controller->m_loads.constLast().first, page.constLast().id);
}

void TestMainWindow::closingQuitsWhereNothingBringsItBack()
{
    m_window->close();
    QCOMPARE(m_controller->m_quits, 1);
}

void TestMainWindow::closingHidesOnlyUntilTheSessionEnds()
{
    QVERIFY(m_controller->m_visible);
    m_window->setHideCheck([] { return true; });
    QSignalSpy hidden(m_window.get(), &Gui::MainWindow::hiddenAway);
    QVERIFY(m_window->close());
    QCOMPARE(hidden.count(), 1);
    QCOMPARE(m_controller->m_quits, 0);
    QVERIFY(!m_controller->m_visible);
    Q_EMIT m_controller->showRequested();
    QVERIFY(m_controller->m_visible);
    m_window->setSessionEnding();
    QVERIFY(m_window->close());
    QCOMPARE(m_controller->m_quits, 1);
}

void TestMainWindow::keysWork()
{
    QSignalSpy settings(m_window.get(), &Gui::MainWindow::settingsWanted);
    m_window->activateWindow();
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_COMPARE(m_controller->m_refreshes, 1);
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QTRY_COMPARE(settings.count(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(child<QLineEdit>(u"clusterFilter"_s)->hasFocus());
    child<QTableView>(u"clusterTable"_s)->setFocus();
    QTest::keyClick(child<QTableView>(u"clusterTable"_s), Qt::Key_Tab);
    QVERIFY(!child<QTableView>(u"clusterTable"_s)->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_COMPARE(m_controller->m_quits, 1);
}

void TestMainWindow::theLayoutIsKept()
{
    m_window->resize(800, 500);
    QTRY_COMPARE(m_window->size(), QSize(800, 500));
    m_window->close();
    makeWindow();
    QTRY_COMPARE(m_window->size(), QSize(800, 500));
}

void TestMainWindow::everyControlHasAName()
{
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        const bool takesFocus = widget->focusPolicy() & Qt::TabFocus && widget->isVisible();
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const auto *label = qobject_cast<const QLabel *>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) || label;
        QVERIFY2(
            !takesFocus || named || widget->focusProxy(),
            qPrintable(u"%1 %2"_s.arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())));
    }
}

/// Other tests, and whoever drives the window from outside, find its parts by these names.
void TestMainWindow::whatIsLookedUpIsThereOnce()
{
    Calls::ApprovalRequest request;
    request.callId = 7;
    Q_EMIT m_controller->approvalRequested(request);
    m_controller->setServer(Server::Failed, u"Port 8080 is taken."_s);
    QHash<QString, int> counts;
    for (const QObject *object : m_window->findChildren<QObject *>())
        ++counts[object->objectName()];
    for (const auto name :
         {"serverState"_L1,     "serverToggle"_L1,    "workspaceLink"_L1,     "workspaceUser"_L1,
          "modeSwitch"_L1,      "grantList"_L1,       "copyUrl"_L1,           "copyCursor"_L1,
          "addToCursor"_L1,     "menuButton"_L1,      "windowMenu"_L1,        "actionRefresh"_L1,
          "actionSettings"_L1,  "actionQuit"_L1,      "actionFilterCalls"_L1, "actionFilterClusters"_L1,
          "approvalCard"_L1,    "approvalTitle"_L1,   "approvalNote"_L1,      "approvalArguments"_L1,
          "approvalApprove"_L1, "approvalDeny"_L1,    "bannerText"_L1,        "approvalWider"_L1,
          "bannerSettings"_L1,  "bannerStart"_L1,     "clusterTable"_L1,      "clusterNote"_L1,
          "clusterFilter"_L1,   "clusterChoice"_L1,   "refreshClusters"_L1,   "callTable"_L1,
          "callNote"_L1,        "callFilter"_L1,      "callChoice"_L1,        "callSplitter"_L1,
          "callTitle"_L1,       "callMessage"_L1,     "callProgress"_L1,      "callCancel"_L1,
          "callTabs"_L1,        "callArguments"_L1,   "callAnswer"_L1,        "exchangeTable"_L1,
          "welcome"_L1,         "welcomeSettings"_L1, "welcomeGuide"_L1})
        QVERIFY2(counts.value(name) == 1, name.data());
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"

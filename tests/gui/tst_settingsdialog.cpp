#include "fakecontroller.h"
#include "gui/settings/autostart.h"
#include "gui/settings/keychaintask.h"
#include "gui/settings/settingsdialog.h"
#include "gui/widgets/symbol.h"
#include "memorykeychain.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Status = Credentials::KeychainResult::Status;

namespace {

const QString Host = u"https://adb-1234567890123456.7.azuredatabricks.net"_s;
const QString OtherHost = u"https://adb-2222222222222222.2.azuredatabricks.net"_s;
const QString Token = u"dapi-of-the-test-0123456789"_s;

} // namespace

class TestSettingsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Gui::loadIcons(); }
    void init();
    void cleanup();

    void aTokenGoesToTheKeychain();
    void aFailureLosesNothing();
    void aLockedKeyringIsWaitedFor();
    void aLateResultIsIgnored();
    void withoutKeychainTheTokenServesThisRun();
    void badInputIsToldBesideItsField_data();
    void badInputIsToldBesideItsField();
    void aStoredTokenIsNeitherShownNorAskedForAgain();
    void anotherHostNeedsItsOwnToken();
    void forgetting();
    void testsWithTheStoredToken();
    void everythingElseIsKept();
    void theKeyIsReplacedAfterAQuestion();
    void aKeyIsMadeForAClientAndShownOnce();
    void aNameIsTakenOnce();
    void aKeyIsRevokedAfterAQuestion();
    void theDefaultKeyIsNotRevoked();
    void keysThatTheCommandLineGaveStay();
    void toolsetsAreChosen();
    void manyToolsAreWarnedOf();
    void noToolsetIsAChoiceToo();
    void exceptionsAreAddedAndRemoved();
    void theTrayIsFollowed();
    void theExportFolderIsKept();
    void theSharedFolderIsKept();
    void startsAtSignIn();
    void aPathIsQuoted();
    void startThatCanNotBeSetUpIsTold();
    void whatIsLookedUpIsThereOnce();

private:
    template<class T>
    T *child(const QString &name) const
    {
        return m_dialog->findChild<T *>(name);
    }
    void enter(const QString &name, const QString &text)
    {
        child<QLineEdit>(name)->clear();
        QTest::keyClicks(child<QLineEdit>(name), text);
    }
    void click(const QString &name) { QTest::mouseClick(child<QAbstractButton>(name), Qt::LeftButton); }
    void openDialog();
    void save()
    {
        click(u"settingsSave"_s);
        QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    }
    QString autostartFile() const
    {
        return m_dir->filePath(u"config/autostart/io.github.bricktray.Bricktray.desktop"_s);
    }
    QString autostartEntry() const
    {
        QFile file(autostartFile());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    Credentials::Profile saved() const { return Credentials::Profiles(m_settings.get()).active(); }
    Credentials::Profile storeProfile(const QString &host);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings::Store> m_settings;
    std::unique_ptr<MemoryKeychain> m_keychain;
    std::unique_ptr<FakeController> m_controller;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<Gui::SettingsDialog> m_dialog;
};

void TestSettingsDialog::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_dir->filePath(u"config"_s).toUtf8());
    qunsetenv("APPIMAGE");
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
    m_keychain = std::make_unique<MemoryKeychain>();
    m_controller = std::make_unique<FakeController>();
    m_network = std::make_unique<QNetworkAccessManager>();
    openDialog();
}

void TestSettingsDialog::cleanup()
{
    m_keychain->open();
    m_dialog.reset();
    m_network.reset();
    m_controller.reset();
    m_settings.reset();
}

void TestSettingsDialog::openDialog()
{
    m_dialog =
        std::make_unique<Gui::SettingsDialog>(m_settings.get(), m_keychain.get(), m_controller.get(), m_network.get());
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

Credentials::Profile TestSettingsDialog::storeProfile(const QString &host)
{
    Credentials::Profile profile;
    profile.host = QUrl(host);
    profile.tokenStored = true;
    Credentials::Profiles(m_settings.get()).save(profile);
    m_keychain->m_secrets.insert(profile.keychainKey(), Token);
    return profile;
}

void TestSettingsDialog::aTokenGoesToTheKeychain()
{
    enter(u"settingsHost"_s, u"ADB-1234567890123456.7.azuredatabricks.net/?o=1"_s);
    enter(u"settingsToken"_s, Token);
    click(u"settingsSave"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(saved().host, QUrl(Host));
    QVERIFY(saved().tokenStored);
    QCOMPARE(m_keychain->m_secrets.value(saved().keychainKey()), Token);
    QCOMPARE(m_controller->m_reloads, 1);
}

void TestSettingsDialog::aFailureLosesNothing()
{
    m_keychain->m_fault = {Status::Refused, u"The keyring refused it."_s};
    enter(u"settingsHost"_s, Host);
    enter(u"settingsToken"_s, Token);
    click(u"settingsSave"_s);
    QTRY_VERIFY(child<QLabel>(u"settingsStatus"_s)->text().contains(u"The keyring refused it."_s));
    QVERIFY(m_dialog->isVisible());
    QVERIFY(!saved().isComplete());
    QCOMPARE(m_controller->m_reloads, 0);
    QCOMPARE(child<QLineEdit>(u"settingsToken"_s)->text(), Token);
    m_keychain->m_fault = {};
    click(u"settingsSave"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QVERIFY(saved().tokenStored);
}

void TestSettingsDialog::aLockedKeyringIsWaitedFor()
{
    m_keychain->m_locked = true;
    enter(u"settingsHost"_s, Host);
    enter(u"settingsToken"_s, Token);
    click(u"settingsSave"_s);
    QVERIFY(!child<QAbstractButton>(u"settingsSave"_s)->isEnabled());
    QTRY_VERIFY(child<QAbstractButton>(u"settingsStopWaiting"_s)->isVisible());
    QVERIFY(child<QLabel>(u"settingsStatus"_s)->text().contains(u"Waiting for the keyring"_s));
    m_keychain->open();
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QVERIFY(saved().tokenStored);
}

void TestSettingsDialog::aLateResultIsIgnored()
{
    m_keychain->m_locked = true;
    enter(u"settingsHost"_s, Host);
    enter(u"settingsToken"_s, Token);
    click(u"settingsSave"_s);
    QTRY_VERIFY(child<QAbstractButton>(u"settingsStopWaiting"_s)->isVisible());
    click(u"settingsStopWaiting"_s);
    QVERIFY(child<QAbstractButton>(u"settingsSave"_s)->isEnabled());
    m_keychain->open();
    QCoreApplication::processEvents();
    QVERIFY(m_dialog->isVisible());
    QVERIFY(!saved().isComplete());
    QCOMPARE(child<QLineEdit>(u"settingsToken"_s)->text(), Token);
}

void TestSettingsDialog::withoutKeychainTheTokenServesThisRun()
{
    QSignalSpy used(m_dialog.get(), &Gui::SettingsDialog::tokenForThisRun);
    m_keychain->m_fault = {Status::NoService, u"There is no keyring service. Install gnome-keyring."_s};
    enter(u"settingsHost"_s, Host);
    enter(u"settingsToken"_s, Token);
    click(u"settingsSave"_s);
    QTRY_VERIFY(child<QAbstractButton>(u"settingsUseForThisRun"_s)->isVisible());
    click(u"settingsUseForThisRun"_s);
    QCOMPARE(used.count(), 1);
    QCOMPARE(used.at(0).at(0).value<Credentials::Profile>(), saved());
    QCOMPARE(used.at(0).at(1).toString(), Token);
    QVERIFY(!saved().tokenStored);
    QFile file(m_dir->filePath(u"settings.ini"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(Token.toUtf8()));
}

void TestSettingsDialog::badInputIsToldBesideItsField_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("label");
    QTest::newRow("plain http") << u"http://example.com"_s << Token << u"settingsHostProblem"_s;
    QTest::newRow("no host") << QString() << Token << u"settingsHostProblem"_s;
    QTest::newRow("no token") << Host << QString() << u"settingsTokenProblem"_s;
    QTest::newRow("two words") << Host << u"dapi 12"_s << u"settingsTokenProblem"_s;
}

void TestSettingsDialog::badInputIsToldBesideItsField()
{
    QFETCH(QString, host);
    QFETCH(QString, token);
    QFETCH(QString, label);
    enter(u"settingsHost"_s, host);
    enter(u"settingsToken"_s, token);
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(1);
    click(u"settingsSave"_s);
    QVERIFY(child<QLabel>(label)->isVisible());
    QVERIFY(!child<QLabel>(label)->text().isEmpty());
    QVERIFY(m_dialog->isVisible());
    QVERIFY(m_keychain->m_secrets.isEmpty());
    QCOMPARE(m_controller->m_reloads, 0);
}

void TestSettingsDialog::aStoredTokenIsNeitherShownNorAskedForAgain()
{
    storeProfile(Host);
    openDialog();
    for (const QLineEdit *field : m_dialog->findChildren<QLineEdit *>())
        QVERIFY(!field->text().contains(Token) && !field->placeholderText().contains(Token));
    child<QSpinBox>(u"settingsPort"_s)->setValue(8181);
    click(u"settingsSave"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(m_settings->value(Settings::Key::Port).toInt(), 8181);
    QVERIFY(saved().tokenStored);
}

void TestSettingsDialog::anotherHostNeedsItsOwnToken()
{
    const Credentials::Profile before = storeProfile(Host);
    openDialog();
    enter(u"settingsHost"_s, OtherHost);
    click(u"settingsSave"_s);
    QVERIFY(child<QLabel>(u"settingsTokenProblem"_s)->isVisible());
    QCOMPARE(saved().host, QUrl(Host));
    enter(u"settingsToken"_s, u"dapi-other"_s);
    click(u"settingsSave"_s);
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(saved().host, QUrl(OtherHost));
    QCOMPARE(m_keychain->m_secrets.value(saved().keychainKey()), u"dapi-other"_s);
    QVERIFY(!m_keychain->m_secrets.contains(before.keychainKey()));
}

void TestSettingsDialog::forgetting()
{
    const Credentials::Profile profile = storeProfile(Host);
    openDialog();
    m_keychain->m_fault = {Status::Locked, u"The keyring is locked."_s};
    click(u"settingsForget"_s);
    QTRY_COMPARE(child<QLabel>(u"settingsTokenState"_s)->text(), u"The keyring is locked."_s);
    QVERIFY(saved().tokenStored);
    m_keychain->m_fault = {};
    click(u"settingsForget"_s);
    QTRY_VERIFY(!saved().tokenStored);
    QVERIFY(!m_keychain->m_secrets.contains(profile.keychainKey()));
    QVERIFY(!child<QAbstractButton>(u"settingsForget"_s)->isVisible());
    QCOMPARE(m_controller->m_reloads, 1);
}

void TestSettingsDialog::testsWithTheStoredToken()
{
    QTcpServer workspace;
    QVERIFY(workspace.listen(QHostAddress::LocalHost));
    QByteArray request;
    connect(&workspace, &QTcpServer::newConnection, this, [&workspace, &request] {
        QTcpSocket *socket = workspace.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &request] {
            request += socket->readAll();
            if (!request.contains("\r\n\r\n"))
                return;
            const QByteArray body = R"({"userName":"ada@example.com"})";
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                          QByteArray::number(body.size()) + "\r\n\r\n" + body);
        });
    });
    storeProfile(u"http://127.0.0.1:%1"_s.arg(workspace.serverPort()));
    openDialog();
    click(u"settingsTest"_s);
    const QLabel *result = child<QLabel>(u"settingsTestResult"_s);
    QVERIFY(result->isVisible());
    QTRY_VERIFY2(result->text().contains(u"ada@example.com"_s), qPrintable(result->text()));
    QVERIFY(request.contains(QByteArray("Bearer " + Token.toUtf8())));
    QVERIFY(child<QAbstractButton>(u"settingsTest"_s)->isEnabled());
    workspace.close();
    enter(u"settingsHost"_s, u"http://127.0.0.1:1"_s);
    enter(u"settingsToken"_s, Token);
    click(u"settingsTest"_s);
    QTRY_VERIFY2(child<QAbstractButton>(u"settingsTest"_s)->isEnabled() && !result->text().isEmpty(),
                 qPrintable(result->text()));
    QVERIFY(!result->text().contains(u"ada@example.com"_s));
}

void TestSettingsDialog::everythingElseIsKept()
{
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(1);
    QVERIFY(!child<QLabel>(u"settingsKeyWarning"_s)->isVisible());
    child<QCheckBox>(u"settingsRequireKey"_s)->setChecked(false);
    QVERIFY(child<QLabel>(u"settingsKeyWarning"_s)->isVisible());
    child<QCheckBox>(u"settingsStartServer"_s)->setChecked(false);
    child<QComboBox>(u"settingsEffect1"_s)->setCurrentText(u"Ask me"_s);
    child<QComboBox>(u"settingsEffect128"_s)->setCurrentText(u"Deny"_s);
    child<QPlainTextEdit>(u"settingsFunctions"_s)->setPlainText(u" main.default.clean \n\nmain.x.y"_s);
    child<QCheckBox>(u"settingsReadOnly"_s)->setChecked(true);
    QVERIFY(!child<QComboBox>(u"settingsEffect1"_s)->isEnabled());
    child<QCheckBox>(u"settingsNotifications"_s)->setChecked(false);
    child<QCheckBox>(u"settingsMinimized"_s)->setChecked(true);
    click(u"settingsSave"_s);
    using Settings::Key;
    QCOMPARE(m_settings->value(Key::RequireAccessKey).toBool(), false);
    QCOMPARE(m_settings->value(Key::StartServerWithApp).toBool(), false);
    QCOMPARE(m_settings->value(Key::EffectRules).toStringList(), QStringList({u"adds=ask"_s, u"destroys=deny"_s}));
    QCOMPARE(m_settings->value(Key::TrustedFunctions).toStringList(),
             QStringList({u"main.default.clean"_s, u"main.x.y"_s}));
    QCOMPARE(m_settings->value(Key::ReadOnly).toBool(), true);
    QCOMPARE(m_settings->value(Key::ShowNotifications).toBool(), false);
    QCOMPARE(m_settings->value(Key::StartMinimized).toBool(), true);
    QCOMPARE(m_controller->m_reloads, 1);
    QVERIFY(!saved().isComplete());
}

void TestSettingsDialog::theKeyIsReplacedAfterAQuestion()
{
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(1);
    click(u"settingsReplaceKey"_s);
    QCOMPARE(m_controller->m_keyReplacements, 0);
    QTRY_VERIFY(child<QAbstractButton>(u"replaceKeyConfirm"_s));
    click(u"replaceKeyConfirm"_s);
    QCOMPARE(m_controller->m_keyReplacements, 1);
}

void TestSettingsDialog::aKeyIsMadeForAClientAndShownOnce()
{
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(1);
    QVERIFY(!child<QAbstractButton>(u"settingsKeyMake"_s)->isEnabled());
    QVERIFY(!child<QPlainTextEdit>(u"settingsKeySnippet"_s)->isVisible());
    enter(u"settingsKeyName"_s, u"work laptop"_s);
    click(u"settingsKeyMake"_s);
    const QAbstractItemModel *keys = child<QTableView>(u"settingsKeys"_s)->model();
    QCOMPARE(keys->rowCount(), 2);
    QCOMPARE(keys->index(1, 0).data().toString(), u"work laptop"_s);
    QVERIFY(keys->index(1, 1).data().toString().size() > 1);
    const QString key = QString::fromLatin1(m_controller->m_keys.last().key);
    auto *snippet = child<QPlainTextEdit>(u"settingsKeySnippet"_s);
    QVERIFY(snippet->isVisible() && snippet->toPlainText().contains(key));
    click(u"settingsKeyCopy"_s);
    QVERIFY(QGuiApplication::clipboard()->text().contains(key));
    QVERIFY(!snippet->isVisible() && snippet->toPlainText().isEmpty());
}

void TestSettingsDialog::aNameIsTakenOnce()
{
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(1);
    enter(u"settingsKeyName"_s, u"default"_s);
    click(u"settingsKeyMake"_s);
    QVERIFY(child<QLabel>(u"settingsKeyNote"_s)->text().contains(u"already"_s));
    QVERIFY(!child<QPlainTextEdit>(u"settingsKeySnippet"_s)->isVisible());
    QCOMPARE(m_controller->m_keys.size(), 1);
}

void TestSettingsDialog::aKeyIsRevokedAfterAQuestion()
{
    m_controller->makeAccessKey(u"work laptop"_s);
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(1);
    child<QTableView>(u"settingsKeys"_s)->selectRow(1);
    click(u"settingsKeyRevoke"_s);
    QCOMPARE(m_controller->m_keys.size(), 2);
    QTRY_VERIFY(child<QAbstractButton>(u"revokeKeyConfirm"_s));
    click(u"revokeKeyConfirm"_s);
    QCOMPARE(m_controller->m_keys.size(), 1);
    QCOMPARE(child<QTableView>(u"settingsKeys"_s)->model()->rowCount(), 1);
}

void TestSettingsDialog::theDefaultKeyIsNotRevoked()
{
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(1);
    child<QTableView>(u"settingsKeys"_s)->selectRow(0);
    QVERIFY(!child<QAbstractButton>(u"settingsKeyRevoke"_s)->isEnabled());
}

void TestSettingsDialog::keysThatTheCommandLineGaveStay()
{
    m_controller->m_canEditKeys = false;
    Q_EMIT m_controller->accessKeyChanged();
    QVERIFY(!child<QLineEdit>(u"settingsKeyName"_s)->isEnabled());
    QVERIFY(!child<QAbstractButton>(u"settingsKeyMake"_s)->isEnabled());
}

void TestSettingsDialog::toolsetsAreChosen()
{
    const auto *clusters = child<QCheckBox>(u"toolset_clusters"_s);
    auto *jobs = child<QCheckBox>(u"toolset_jobs_admin"_s);
    QVERIFY(clusters->isChecked() && child<QCheckBox>(u"toolset_sql"_s)->isChecked() && !jobs->isChecked());
    QVERIFY(clusters->accessibleDescription().contains(u"3 tools, 2 can change things"_s));
    QVERIFY(child<QCheckBox>(u"toolset_sql"_s)->accessibleDescription().contains(u"1 tool, reading only"_s));
    QCOMPARE(child<QLabel>(u"settingsToolTotal"_s)->text(), u"On: 4 tools."_s);
    jobs->setChecked(true);
    QCOMPARE(child<QLabel>(u"settingsToolTotal"_s)->text(), u"On: 5 tools."_s);
    save();
    QCOMPARE(m_settings->value(Settings::Key::Toolsets).toStringList(),
             QStringList({u"clusters"_s, u"sql"_s, u"jobs_admin"_s}));

    openDialog();
    QVERIFY(child<QCheckBox>(u"toolset_jobs_admin"_s)->isChecked());
    click(u"settingsToolDefaults"_s);
    QVERIFY(!child<QCheckBox>(u"toolset_jobs_admin"_s)->isChecked());
    save();
    QCOMPARE(m_settings->value(Settings::Key::Toolsets).toStringList(), QStringList());
}

void TestSettingsDialog::manyToolsAreWarnedOf()
{
    for (int i = 0; i < 36; ++i)
        m_controller->m_toolsets[2].tools << u"tool%1"_s.arg(i);
    openDialog();
    child<QCheckBox>(u"toolset_jobs_admin"_s)->setChecked(true);
    const QLabel *total = child<QLabel>(u"settingsToolTotal"_s);
    QVERIFY2(total->text().startsWith(u"On: 41 tools. Cursor warns above 40 tools"_s), qPrintable(total->text()));
    child<QCheckBox>(u"toolset_sql"_s)->setChecked(false);
    QCOMPARE(total->text(), u"On: 40 tools."_s);
}

void TestSettingsDialog::noToolsetIsAChoiceToo()
{
    for (QCheckBox *box : {child<QCheckBox>(u"toolset_clusters"_s), child<QCheckBox>(u"toolset_sql"_s)})
        box->setChecked(false);
    save();
    // Empty would mean the default ones.
    QCOMPARE(m_settings->value(Settings::Key::Toolsets).toStringList(), QStringList{u"none"_s});
    openDialog();
    QVERIFY(!child<QCheckBox>(u"toolset_clusters"_s)->isChecked());
}

void TestSettingsDialog::exceptionsAreAddedAndRemoved()
{
    m_settings->setValue(Settings::Key::ToolExceptions, QStringList{u"create_job=deny"_s});
    openDialog();
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(3);
    const auto *table = child<QTableView>(u"settingsExceptions"_s);
    auto *tool = child<QComboBox>(u"settingsExceptionTool"_s);
    auto *decision = child<QComboBox>(u"settingsExceptionDecision"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 1).data().toString(), u"Deny"_s);
    // Only what changes something can be excepted.
    QCOMPARE(tool->count(), 3);
    QCOMPARE(tool->findText(u"list_clusters"_s), -1);

    tool->setCurrentText(u"start_cluster"_s);
    decision->setCurrentText(u"Deny"_s);
    click(u"settingsExceptionAdd"_s);
    decision->setCurrentText(u"Ask me"_s);
    click(u"settingsExceptionAdd"_s);
    QCOMPARE(table->model()->rowCount(), 2);
    tool->setCurrentText(u"stop_cluster"_s);
    decision->setCurrentText(u"Allow"_s);
    click(u"settingsExceptionAdd"_s);
    child<QTableView>(u"settingsExceptions"_s)->selectRow(0);
    click(u"settingsExceptionRemove"_s);
    save();
    QCOMPARE(m_settings->value(Settings::Key::ToolExceptions).toStringList(),
             QStringList({u"start_cluster=ask"_s, u"stop_cluster=allow"_s}));
}

void TestSettingsDialog::theTrayIsFollowed()
{
    m_settings->setValue(Settings::Key::ReadOnly, true);
    QVERIFY(child<QCheckBox>(u"settingsReadOnly"_s)->isChecked());
    save();
    QVERIFY(m_settings->value(Settings::Key::ReadOnly).toBool());
}

void TestSettingsDialog::theExportFolderIsKept()
{
    const auto *folder = child<QLineEdit>(u"settingsExportFolder"_s);
    QVERIFY(folder->text().endsWith(u"Bricktray exports"_s));
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(2);
    click(u"settingsChooseExportFolder"_s);
    QTRY_VERIFY(child<QFileDialog>(u"chooseExportFolder"_s));
    auto *dialog = child<QFileDialog>(u"chooseExportFolder"_s);
    QCOMPARE(dialog->fileMode(), QFileDialog::Directory);
    dialog->selectFile(m_dir->path());
    static_cast<QDialog *>(dialog)->accept();
    QCOMPARE(folder->text(), m_dir->path());
    save();
    QCOMPARE(m_settings->value(Settings::Key::ExportFolder).toString(), m_dir->path());
    openDialog();
    enter(u"settingsExportFolder"_s, u"not a whole path"_s);
    save();
    // Where the program was started from says nothing about where files should go.
    QVERIFY(m_settings->value(Settings::Key::ExportFolder).toString().endsWith(u"Bricktray exports"_s));
}

void TestSettingsDialog::theSharedFolderIsKept()
{
    const auto *folder = child<QLineEdit>(u"settingsSharedFolder"_s);
    QCOMPARE(folder->text(), QString());
    child<QTabWidget>(u"settingsTabs"_s)->setCurrentIndex(2);
    click(u"settingsChooseSharedFolder"_s);
    QTRY_VERIFY(child<QFileDialog>(u"chooseSharedFolder"_s));
    auto *dialog = child<QFileDialog>(u"chooseSharedFolder"_s);
    dialog->selectFile(m_dir->path());
    static_cast<QDialog *>(dialog)->accept();
    QCOMPARE(folder->text(), m_dir->path());
    save();
    QCOMPARE(m_settings->value(Settings::Key::SharedFolder).toString(), m_dir->path());
    openDialog();
    enter(u"settingsSharedFolder"_s, u"not a whole path"_s);
    save();
    QCOMPARE(m_settings->value(Settings::Key::SharedFolder).toString(), QString());
}

void TestSettingsDialog::startsAtSignIn()
{
    if (!Gui::Autostart::isSupported())
        QSKIP("This platform has no XDG autostart.");
    QVERIFY(!child<QCheckBox>(u"settingsAutostart"_s)->isChecked());
    save();
    QVERIFY(!QFile::exists(autostartFile()));

    openDialog();
    child<QCheckBox>(u"settingsAutostart"_s)->setChecked(true);
    save();
    QVERIFY2(autostartEntry().contains(u"\nExec=\"%1\" --minimized\n"_s.arg(QCoreApplication::applicationFilePath())),
             qPrintable(autostartEntry()));

    // A desktop's own settings switch an entry off in place.
    QFile file(autostartFile());
    QVERIFY(file.open(QIODevice::Append));
    file.write("Hidden=true\n");
    file.close();
    openDialog();
    QVERIFY(!child<QCheckBox>(u"settingsAutostart"_s)->isChecked());
    child<QCheckBox>(u"settingsAutostart"_s)->setChecked(true);
    save();
    openDialog();
    QVERIFY(child<QCheckBox>(u"settingsAutostart"_s)->isChecked());
    child<QCheckBox>(u"settingsAutostart"_s)->setChecked(false);
    save();
    QVERIFY(!QFile::exists(autostartFile()));
}

void TestSettingsDialog::aPathIsQuoted()
{
    if (!Gui::Autostart::isSupported())
        QSKIP("This platform has no XDG autostart.");
    qputenv("APPIMAGE", "/opt/a b/Brick$tray 100% \"x\".AppImage");
    QCOMPARE(Gui::Autostart::set(true), QString());
    QVERIFY2(
        autostartEntry().contains(u"\nExec=\"/opt/a b/Brick\\\\$tray 100%% \\\\\"x\\\\\".AppImage\" --minimized\n"_s),
        qPrintable(autostartEntry()));
}

void TestSettingsDialog::startThatCanNotBeSetUpIsTold()
{
    if (!Gui::Autostart::isSupported())
        QSKIP("This platform has no XDG autostart.");
    // A file where the folder should be.
    QFile file(m_dir->filePath(u"config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    child<QCheckBox>(u"settingsAutostart"_s)->setChecked(true);
    child<QCheckBox>(u"settingsNotifications"_s)->setChecked(false);
    click(u"settingsSave"_s);
    QVERIFY(m_dialog->isVisible());
    QVERIFY(child<QLabel>(u"settingsAutostartProblem"_s)->isVisible());
    QVERIFY(child<QLabel>(u"settingsAutostartProblem"_s)->text().contains(u"autostart"_s));
    QVERIFY(m_settings->value(Settings::Key::ShowNotifications).toBool());
}

/// Other tests, and whoever drives the dialog from outside, find its parts by these names.
void TestSettingsDialog::whatIsLookedUpIsThereOnce()
{
    QHash<QString, int> counts;
    for (const QObject *object : m_dialog->findChildren<QObject *>())
        ++counts[object->objectName()];
    for (const auto name : {"settingsTabs"_L1,
                            "settingsSave"_L1,
                            "settingsCancel"_L1,
                            "settingsStatus"_L1,
                            "settingsUseForThisRun"_L1,
                            "settingsStopWaiting"_L1,
                            "settingsHost"_L1,
                            "settingsHostProblem"_L1,
                            "settingsToken"_L1,
                            "settingsTokenProblem"_L1,
                            "settingsTokenState"_L1,
                            "settingsCluster"_L1,
                            "settingsWarehouse"_L1,
                            "settingsTest"_L1,
                            "settingsTestResult"_L1,
                            "settingsForget"_L1,
                            "settingsPort"_L1,
                            "settingsStartServer"_L1,
                            "settingsRequireKey"_L1,
                            "settingsKeyWarning"_L1,
                            "settingsReplaceKey"_L1,
                            "settingsToolsets"_L1,
                            "settingsToolTotal"_L1,
                            "settingsToolDefaults"_L1,
                            "settingsExportFolder"_L1,
                            "settingsChooseExportFolder"_L1,
                            "settingsSharedFolder"_L1,
                            "settingsChooseSharedFolder"_L1,
                            "toolset_clusters"_L1,
                            "settingsReadOnly"_L1,
                            "settingsEffect1"_L1,
                            "settingsFunctions"_L1,
                            "settingsExceptions"_L1,
                            "settingsExceptionTool"_L1,
                            "settingsExceptionDecision"_L1,
                            "settingsExceptionAdd"_L1,
                            "settingsExceptionRemove"_L1,
                            "settingsNotifications"_L1,
                            "settingsMinimized"_L1})
        QVERIFY2(counts.value(name) == 1, name.data());
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"

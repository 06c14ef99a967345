#include "gui/window/desktop.h"
#include "sample/server/sampleworkspace.h"
#include "shell/application.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using WorkspaceState = Gui::WorkspaceStatus::State;

namespace {

const QByteArray Token = "journey-token-7c1f09ab55";

/// A run of the application with a data folder, as from one start of the program to the next.
class Run
{
public:
    explicit Run(const QString &dataDir)
        : settings(dataDir)
        , application(commandLine(), &settings, &keychain)
        , desktop(&settings, &keychain, &application, false)
    {
        desktop.showWindow();
        application.begin();
    }

    template<class T>
    T *find(const QString &name) const
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (T *widget = window->findChild<T *>(name))
                return widget;
        }
        return nullptr;
    }

    WorkspaceState state() const { return application.workspaceStatus().state; }

    Settings::Store settings;
    Credentials::SystemKeychain keychain;
    Application application;
    Gui::Desktop desktop;

private:
    static CommandLine commandLine()
    {
        CommandLine line;
        line.accessKey = "an-access-key-of-the-test";
        line.port = 1; // never used: the server stays stopped
        return line;
    }
};

} // namespace

/// From the settings dialog into a real keyring and back after a restart. Run by with_keyring.
class TestKeychainJourney : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theTokenIsEnteredOnce();
    void secretToolFindsIt();
    void noFileHoldsIt();

private:
    QTemporaryDir m_dir;
    Sample::SampleWorkspace m_workspace{Token};
};

void TestKeychainJourney::initTestCase()
{
    QVERIFY2(qEnvironmentVariableIsSet("KEYRING_MODE"), "run this by tests/credentials/with_keyring");
    QVERIFY(m_workspace.listen());
    Settings::Store(m_dir.path()).setValue(Settings::Key::StartServerWithApp, false);
}

void TestKeychainJourney::theTokenIsEnteredOnce()
{
    {
        Run first(m_dir.path());
        QTRY_COMPARE(first.state(), WorkspaceState::NotConfigured);
        QAbstractButton *openSettings = first.find<QAbstractButton>(u"welcomeSettings"_s);
        QVERIFY(openSettings && openSettings->isVisible());
        QTest::mouseClick(openSettings, Qt::LeftButton);

        QLineEdit *host = nullptr;
        QTRY_VERIFY((host = first.find<QLineEdit>(u"settingsHost"_s)));
        QTest::keyClicks(host, m_workspace.url().toString());
        QTest::keyClicks(first.find<QLineEdit>(u"settingsToken"_s), QString::fromLatin1(Token));
        QTest::mouseClick(first.find<QAbstractButton>(u"settingsTest"_s), Qt::LeftButton);
        QTRY_VERIFY(first.find<QLabel>(u"settingsTestResult"_s)->text().contains("maria.santos@example.com"_L1));
        QTest::mouseClick(first.find<QAbstractButton>(u"settingsSave"_s), Qt::LeftButton);
        QTRY_COMPARE(first.state(), WorkspaceState::Connected);
    }
    Run second(m_dir.path());
    QTRY_COMPARE(second.state(), WorkspaceState::Connected);
    QCOMPARE(second.application.workspaceStatus().user, u"maria.santos@example.com"_s);
}

void TestKeychainJourney::secretToolFindsIt()
{
    Settings::Store settings(m_dir.path());
    QProcess secretTool;
    secretTool.start(u"secret-tool"_s, {u"lookup"_s, u"server"_s, u"Bricktray"_s, u"user"_s,
                                        Credentials::Profiles(&settings).active().keychainKey()});
    QVERIFY(secretTool.waitForFinished(10'000));
    QCOMPARE(secretTool.readAllStandardOutput(), Token);
}

void TestKeychainJourney::noFileHoldsIt()
{
    int files = 0;
    QDirIterator entries(m_dir.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        QFile file(entries.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(Token), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files >= 2);
}

QTEST_MAIN(TestKeychainJourney)
#include "tst_keychainjourney.moc"

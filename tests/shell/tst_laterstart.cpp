#include "instance/instance.h"
#include "shell/commandline.h"
#include "shell/console.h"
#include "shell/laterstart.h"
#include "shell/relay.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// What a process does that is not the first, and how a relay starts the first.
class TestLaterStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstIsTheApplication();
    void nothingRunsThatCouldBeAsked();
    void aRelayStartsItAsItWasStarted();
    void aRelayLeavesHeadlessAsItIs();
};

void TestLaterStart::theFirstIsTheApplication()
{
    const QTemporaryDir dir;
    Instance::RunningInstance instance(dir.path());
    QCOMPARE(askRunningInstance(instance, CommandLine()), std::optional<int>());
}

void TestLaterStart::nothingRunsThatCouldBeAsked()
{
    const QTemporaryDir dir;
    Instance::RunningInstance instance(dir.path());
    CommandLine line;
    line.request = u"status"_s;
    QCOMPARE(askRunningInstance(instance, line), std::optional<int>(Failed));
}

void TestLaterStart::aRelayStartsItAsItWasStarted()
{
    const Stdio::Launch started = launch({u"--stdio"_s, u"--port"_s, u"9000"_s}, CommandLine());
    const QString windowless = hasDisplay() ? u"--minimized"_s : u"--headless"_s;
    QCOMPARE(started.arguments, QStringList({u"--port"_s, u"9000"_s, windowless}));
    QCOMPARE(started.program, QCoreApplication::applicationFilePath());

    qputenv("APPIMAGE", "/opt/Bricktray.AppImage");
    QCOMPARE(launch({}, CommandLine()).program, u"/opt/Bricktray.AppImage"_s);
    qunsetenv("APPIMAGE");
}

void TestLaterStart::aRelayLeavesHeadlessAsItIs()
{
    CommandLine line;
    line.headless = true;
    QCOMPARE(launch({u"--headless"_s, u"--stdio"_s}, line).arguments, QStringList{u"--headless"_s});
}

QTEST_GUILESS_MAIN(TestLaterStart)
#include "tst_laterstart.moc"

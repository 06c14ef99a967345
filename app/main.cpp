#include "common/unixsignals.h"
#include "gui/window/desktop.h"
#include "instance/instance.h"
#include "instance/serveraccess.h"
#include "shell/application.h"
#include "shell/commandline.h"
#include "stdio/bridge.h"
#include "tools/host/catalogue.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTextStream>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

enum ExitCode { Done = 0, Failed = 1, BadUsage = 2 };

int say(FILE *stream, const QString &text, int exitCode)
{
    QTextStream(stream) << text << (text.endsWith(u'\n') ? "" : "\n");
    return exitCode;
}

bool hasDisplay()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

/// The sample workspace keeps its settings and journal apart, so that nothing invented mixes with what is real.
QString dataDir(const CommandLine &commandLine)
{
    if (!commandLine.dataDir.isEmpty() || !commandLine.sampleWorkspace)
        return commandLine.dataDir;
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/sample-workspace"_s;
}

/// What the next start of the program asks of this one, or nothing when this is the first.
std::optional<int> talkToRunningInstance(Instance::RunningInstance &instance, const CommandLine &commandLine)
{
    if (instance.acquire()) {
        if (commandLine.request.isEmpty())
            return {};
        return say(stderr, u"Bricktray is not running."_s, Failed);
    }
    if (commandLine.request.isEmpty() && commandLine.headless)
        return say(stderr, u"Bricktray is running already with this data folder."_s, Failed);
    // Who starts minimized wants no window: a relay that did not see this one come up, or the session's autostart.
    const QString unasked = commandLine.minimized ? u"status"_s : u"show"_s;
    const QString request = commandLine.request.isEmpty() ? unasked : commandLine.request;
    const std::optional<QString> answer = instance.ask(request);
    if (!answer)
        return say(stderr, u"Bricktray is running already, but does not answer."_s, Failed);
    return say(stdout, *answer, Done);
}

/// How a relay starts the application: as it was started itself, without a window.
Stdio::Launch launch(QStringList arguments, const CommandLine &commandLine)
{
    arguments.removeAll(u"--stdio"_s);
    if (!commandLine.headless && !commandLine.minimized)
        arguments.append(hasDisplay() ? u"--minimized"_s : u"--headless"_s);
    // An AppImage is mounted for as long as the program it was started as runs.
    const QString image = qEnvironmentVariable("APPIMAGE");
    return {.program = image.isEmpty() ? QCoreApplication::applicationFilePath() : image, .arguments = arguments};
}

/// Serves one stdio client until it closes stdin.
int relay(const CommandLine &commandLine, const QStringList &arguments)
{
    Stdio::Bridge bridge({.dataDir = Settings::Store(dataDir(commandLine)).dataDir(),
                          .launch = launch(arguments, commandLine),
                          .version = BRICKTRAY_VERSION});
    QObject::connect(&bridge, &Stdio::Bridge::noted, &bridge, [](const QString &words) { say(stderr, words, Done); });
    QObject::connect(
        &bridge, &Stdio::Bridge::finished, &bridge, [] { QCoreApplication::exit(Done); }, Qt::QueuedConnection);
    bridge.begin();
    return QCoreApplication::exec();
}

/// A headless run has nobody to look at a window: what goes wrong goes to stderr, and a server that can't start ends
/// it.
void reportHeadless(Application &application)
{
    QObject::connect(&application, &Gui::Controller::serverStatusChanged, &application,
                     [](const Gui::ServerStatus &status) {
                         if (status.state != Gui::ServerStatus::State::Failed)
                             return;
                         say(stderr, status.message, Failed);
                         QCoreApplication::exit(Failed);
                     });
    QObject::connect(&application, &Gui::Controller::workspaceStatusChanged, &application,
                     [](const Gui::WorkspaceStatus &status) {
                         if (!status.message.isEmpty())
                             say(stderr, status.message, Failed);
                     });
    QObject::connect(&application, &Application::accessKeyIsTemporary, &application,
                     [&application](const QString &reason) {
                         // The one place that shows it: without a keychain there is no other way to learn it.
                         say(stderr,
                             u"%1\nThe access key for this run is %2\nSet BRICKTRAY_ACCESS_KEY to choose one."_s.arg(
                                 reason, QString::fromLatin1(application.accessKey())),
                             Done);
                     });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"bricktray"_s);
    QCoreApplication::setApplicationVersion(u"" BRICKTRAY_VERSION ""_s);
    QCoreApplication::setOrganizationName(u"Bricktray"_s);

    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    CommandLine commandLine = parseCommandLine(arguments);
    if (!commandLine.problem.isEmpty())
        return say(stderr, commandLine.problem + u"\nSee bricktray --help."_s, BadUsage);
    if (!commandLine.output.isEmpty())
        return say(stdout, commandLine.output, Done);
    if (commandLine.listTools)
        return say(stdout, Tools::toolTable(), Done);
    if (commandLine.stdio) {
        const QCoreApplication qt(argc, argv);
        return relay(commandLine, arguments);
    }
    if (!commandLine.headless && commandLine.request.isEmpty() && !hasDisplay()) {
        say(stderr, u"There is no display: serving headlessly."_s, Done);
        commandLine.headless = true;
    }

    // Requests to the running instance need no display either.
    const bool withoutWindow = commandLine.headless || !commandLine.request.isEmpty();
    const std::unique_ptr<QCoreApplication> qt(withoutWindow ? new QCoreApplication(argc, argv)
                                                             : new QApplication(argc, argv));
    Settings::Store settings(dataDir(commandLine));
    Instance::RunningInstance instance(settings.dataDir());
    if (const std::optional<int> exitCode = talkToRunningInstance(instance, commandLine))
        return *exitCode;

    Credentials::SystemKeychain keychain;
    Application application(commandLine, &settings, &keychain);
    UnixSignals signals;
    QObject::connect(&signals, &UnixSignals::terminationRequested, &application, &Gui::Controller::quit);
    QObject::connect(&application, &Application::finished, qt.get(), [] { QCoreApplication::exit(Done); });
    const auto tellEndpoint = [&instance, &application] {
        instance.setAnswer(QString::fromLatin1(Instance::AccessRequest), application.whereItServes().toLine());
    };
    tellEndpoint();
    QObject::connect(&application, &Gui::Controller::serverStatusChanged, &application, tellEndpoint);
    instance.serve([&application](const QString &request) { return application.respond(request); });

    std::unique_ptr<Gui::Desktop> desktop;
    if (commandLine.headless) {
        reportHeadless(application);
    } else {
        desktop = std::make_unique<Gui::Desktop>(&settings, &keychain, &application, commandLine.minimized);
        QObject::connect(desktop.get(), &Gui::Desktop::tokenForThisRun, &application, &Application::useTokenForThisRun);
    }
    application.begin();
    return QCoreApplication::exec();
}

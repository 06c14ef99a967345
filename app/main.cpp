#include "common/coredumps.h"
#include "common/unixsignals.h"
#include "credentials/environment.h"
#include "gui/window/desktop.h"
#include "instance/instance.h"
#include "settings/folder.h"
#include "shell/application.h"
#include "shell/console.h"
#include "shell/consolereport.h"
#include "shell/laterstart.h"
#include "shell/relay.h"
#include "tools/host/catalogue.h"

#include <QApplication>
#include <QMessageBox>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace {

/// Empty, or why neither settings nor journal may be kept where they would be.
QString unsafeFolder(const QString &named)
{
    const QString problem = Settings::folderProblem(Settings::settingsFolder(named));
    return problem.isEmpty() ? Settings::folderProblem(Settings::dataFolder(named)) : problem;
}

/// Serves until it is told to quit.
int run(const CommandLine &commandLine, Settings::Store &settings, Instance::RunningInstance &instance)
{
    Credentials::SystemKeychain keychain;
    Application application(commandLine, &settings, &keychain);
    UnixSignals signals;
    QObject::connect(&signals, &UnixSignals::terminationRequested, &application, &Gui::Controller::quit);
    QObject::connect(&application, &Application::finished, &application, [] { QCoreApplication::exit(Done); });
    answerLaterStarts(instance, application);
    reportReady(application);
    reportOwnProblems(application);

    std::unique_ptr<Gui::Desktop> desktop;
    if (commandLine.headless) {
        reportProblems(application);
    } else {
        desktop = std::make_unique<Gui::Desktop>(&settings, &keychain, &application, commandLine.minimized);
        QObject::connect(desktop.get(), &Gui::Desktop::tokenForThisRun, &application, &Application::useTokenForThisRun);
    }
    application.begin();
    return QCoreApplication::exec();
}

int program(int argc, char *argv[])
{
    // Before anything secret is read.
    forbidCoreDumps();
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
        return say(stdout, commandLine.output);
    if (commandLine.listTools)
        return say(stdout, Tools::toolTable());
    const QString unsafe = unsafeFolder(commandLine.dataFolder());
    if (commandLine.stdio) {
        if (!unsafe.isEmpty())
            return say(stderr, unsafe, Failed);
        const QCoreApplication qt(argc, argv);
        return relay(commandLine, arguments);
    }
    Credentials::takeTokenFromEnvironment();
    if (!commandLine.headless && commandLine.request.isEmpty() && !hasDisplay()) {
        say(stderr, u"There is no display: serving headlessly."_s);
        commandLine.headless = true;
    }

    // Requests to the running instance need no display either.
    const bool withoutWindow = commandLine.headless || !commandLine.request.isEmpty();
    const std::unique_ptr<QCoreApplication> qt(withoutWindow ? new QCoreApplication(argc, argv)
                                                             : new QApplication(argc, argv));
    if (!unsafe.isEmpty()) {
        say(stderr, unsafe);
        if (!withoutWindow) {
            QMessageBox box(QMessageBox::Critical, u"Bricktray"_s, unsafe, QMessageBox::Close);
            box.setTextFormat(Qt::PlainText);
            box.exec();
        }
        return Failed;
    }
    const QString dataFolder = Settings::dataFolder(commandLine.dataFolder());
    Settings::makePrivateFolder(dataFolder);
    Instance::RunningInstance instance(dataFolder);
    if (const std::optional<int> exitCode = askRunningInstance(instance, commandLine))
        return *exitCode;
    // Not before: the file is the running one's.
    Settings::Store settings(commandLine.dataFolder());
    return run(commandLine, settings, instance);
}

} // namespace

int main(int argc, char *argv[])
{
    const int exitCode = program(argc, argv);
    // QThread::wait() returns while its thread is still ending within the C library. Static destructors beside that
    // damaged the heap now and then ("malloc_consolidate(): invalid chunk size"), and nothing of ours is left to them.
#if !defined(__SANITIZE_ADDRESS__)
    std::fflush(nullptr);
    std::_Exit(exitCode);
#else
    return exitCode; // leaks are looked for at the end
#endif
}

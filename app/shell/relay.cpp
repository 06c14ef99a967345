#include "relay.h"

#include "settings/folder.h"
#include "shell/commandline.h"
#include "shell/console.h"
#include "stdio/bridge.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace {

QString ownProgram()
{
    // An AppImage is mounted for as long as the program it was started as runs.
    const QString image = qEnvironmentVariable("APPIMAGE");
    return image.isEmpty() ? QCoreApplication::applicationFilePath() : image;
}

} // namespace

Stdio::Launch launch(QStringList arguments, const CommandLine &commandLine)
{
    arguments.removeAll(u"--stdio"_s);
    if (!commandLine.headless && !commandLine.minimized)
        arguments.append(hasDisplay() ? u"--minimized"_s : u"--headless"_s);
    return {.program = ownProgram(), .arguments = arguments};
}

Clients::Relay relayTo(const CommandLine &commandLine)
{
    Clients::Relay relay{.program = ownProgram(), .arguments = {u"--stdio"_s}};
    if (commandLine.sampleWorkspace)
        relay.arguments.append(u"--sample-workspace"_s);
    if (!commandLine.dataDir.isEmpty())
        relay.arguments.append({u"--data-dir"_s, QDir(commandLine.dataDir).absolutePath()});
    // Where the socket of the running one lies. Clients made with MCP's SDK start servers without it.
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty())
        relay.environment.insert(u"XDG_RUNTIME_DIR"_s, runtime);
    return relay;
}

int relay(const CommandLine &commandLine, const QStringList &arguments)
{
    const QString dataDir = Settings::dataFolder(commandLine.dataFolder());
    Settings::makePrivateFolder(dataDir);
    Stdio::Bridge bridge({.dataDir = dataDir, .launch = launch(arguments, commandLine), .version = BRICKTRAY_VERSION});
    QObject::connect(&bridge, &Stdio::Bridge::noted, &bridge, [](const QString &words) { say(stderr, words); });
    QObject::connect(
        &bridge, &Stdio::Bridge::finished, &bridge, [] { QCoreApplication::exit(Done); }, Qt::QueuedConnection);
    bridge.begin();
    return QCoreApplication::exec();
}

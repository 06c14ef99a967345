#include "relay.h"

#include "settings/settings.h"
#include "shell/commandline.h"
#include "shell/console.h"
#include "stdio/bridge.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

Stdio::Launch launch(QStringList arguments, const CommandLine &commandLine)
{
    arguments.removeAll(u"--stdio"_s);
    if (!commandLine.headless && !commandLine.minimized)
        arguments.append(hasDisplay() ? u"--minimized"_s : u"--headless"_s);
    // An AppImage is mounted for as long as the program it was started as runs.
    const QString image = qEnvironmentVariable("APPIMAGE");
    return {.program = image.isEmpty() ? QCoreApplication::applicationFilePath() : image, .arguments = arguments};
}

int relay(const CommandLine &commandLine, const QStringList &arguments)
{
    Stdio::Bridge bridge({.dataDir = Settings::Store(commandLine.dataFolder()).dataDir(),
                          .launch = launch(arguments, commandLine),
                          .version = BRICKTRAY_VERSION});
    QObject::connect(&bridge, &Stdio::Bridge::noted, &bridge, [](const QString &words) { say(stderr, words); });
    QObject::connect(
        &bridge, &Stdio::Bridge::finished, &bridge, [] { QCoreApplication::exit(Done); }, Qt::QueuedConnection);
    bridge.begin();
    return QCoreApplication::exec();
}

#include "laterstart.h"

#include "instance/instance.h"
#include "shell/application.h"
#include "shell/console.h"
#include "shell/statustext.h"

using namespace Qt::StringLiterals;

std::optional<int> askRunningInstance(Instance::RunningInstance &instance, const CommandLine &commandLine)
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
    return say(stdout, *answer);
}

void answerLaterStarts(Instance::RunningInstance &instance, Application &application)
{
    const auto tellAccess = [&instance, &application] {
        instance.setAnswer(QString::fromLatin1(Instance::AccessRequest), application.whereItServes().toLine());
    };
    tellAccess();
    QObject::connect(&application, &Gui::Controller::serverStatusChanged, &instance, tellAccess);
    instance.serve([&application](const QString &request) { return answerTo(request, application); });
    application.tell(Problems::Source::Instance, instance.problem());
}

QString answerTo(const QString &request, Application &application)
{
    if (request == "show"_L1)
        Q_EMIT application.showRequested();
    else if (request == "start"_L1)
        application.startServer();
    else if (request == "stop"_L1)
        application.stopServer();
    else if (request == "quit"_L1)
        // Later: the answer goes out first.
        QMetaObject::invokeMethod(&application, &Application::quit, Qt::QueuedConnection);
    else if (request != "status"_L1)
        return u"Unknown request."_s;
    return statusText(application.serverStatus(), application.workspaceStatus(), application.problems());
}

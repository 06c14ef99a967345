#include "consolereport.h"

#include "shell/application.h"
#include "shell/console.h"
#include "shell/statustext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

void reportReady(Application &application)
{
    QObject::connect(&application, &Application::serverStarted, &application, [&application] {
        say(stdout, readyLine(application.serverStatus(), application.workspaceStatus()));
    });
}

void reportOwnProblems(Application &application)
{
    const auto tell = [&application, told = QStringList()]() mutable {
        const QStringList problems = application.problems();
        for (const QString &problem : problems) {
            if (!told.contains(problem))
                say(stderr, problem);
        }
        told = problems;
    };
    QObject::connect(&application, &Gui::Controller::problemsChanged, &application, tell);
    Q_EMIT application.problemsChanged();
}

void reportProblems(Application &application)
{
    QObject::connect(&application, &Gui::Controller::serverStatusChanged, &application,
                     [](const Gui::ServerStatus &status) {
                         if (status.state != Gui::ServerStatus::State::Failed)
                             return;
                         say(stderr, status.message);
                         QCoreApplication::exit(Failed);
                     });
    QObject::connect(&application, &Gui::Controller::workspaceStatusChanged, &application,
                     [](const Gui::WorkspaceStatus &status) {
                         if (!status.message.isEmpty())
                             say(stderr, status.message);
                     });
    QObject::connect(
        &application, &Application::accessKeyIsTemporary, &application, [&application](const QString &reason) {
            // The one place that shows it: without a keychain there is no other way to learn it.
            say(stderr, u"%1\nThe access key for this run is %2\nSet BRICKTRAY_ACCESS_KEY to choose one."_s.arg(
                            reason, QString::fromLatin1(application.accessKey())));
        });
}

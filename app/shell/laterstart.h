#pragma once

#include <QString>

#include <optional>

class Application;
struct CommandLine;
namespace Instance {
class RunningInstance;
}

/// The later start's side: asks the application that runs already what the command line wants, and says what it
/// answers. Gives the exit code, or nothing where this process is the first and shall be the application.
std::optional<int> askRunningInstance(Instance::RunningInstance &instance, const CommandLine &commandLine);

/// The running application's side: answers later starts from now on.
void answerLaterStarts(Instance::RunningInstance &instance, Application &application);

/// What a later start is told that asks for "show", "start", "stop", "quit" or "status".
QString answerTo(const QString &request, Application &application);

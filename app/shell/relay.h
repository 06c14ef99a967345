#pragma once

#include "clients/cursor.h"

#include "stdio/serverfinder.h"

#include <QStringList>

struct CommandLine;

/// Serves one stdio client until it closes stdin. Gives the exit code.
int relay(const CommandLine &commandLine, const QStringList &arguments);

/// How a relay starts the application: as it was started itself, without a window.
Stdio::Launch launch(QStringList arguments, const CommandLine &commandLine);

/// How clients start the relay to the application that was started with this command line.
Clients::Relay relayTo(const CommandLine &commandLine);

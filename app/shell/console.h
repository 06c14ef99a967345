#pragma once

#include <QString>

#include <cstdio>

enum ExitCode { Done = 0, Failed = 1, BadUsage = 2 };

/// Prints the text with a line feed at its end, and gives the exit code back.
int say(FILE *stream, const QString &text, int exitCode = Done);

/// Whether windows can be shown.
bool hasDisplay();

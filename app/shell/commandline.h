#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QString>
#include <QStringList>

/// What the command line asks for. Flags that were not given leave the settings in force.
struct CommandLine
{
    bool sampleWorkspace = false;
    bool headless = false;
    bool minimized = false;
    bool listTools = false;
    bool stdio = false;
    quint16 port = 0;           ///< 0: the settings'
    QHostAddress listenAddress; ///< null: loopback
    QString profile;
    QString dataDir;
    QByteArray accessKey; ///< from --access-key-file or BRICKTRAY_ACCESS_KEY
    bool noAccessKey = false;
    QStringList toolsets;
    bool readOnly = false;
    bool allowWrites = false;
    bool allowDestructive = false;
    QString request; ///< for the running instance: "start", "stop", "quit", "status"

    QString output;  ///< to print and end with (--help, --version)
    QString problem; ///< why the command line makes no sense

    bool isLoopback() const { return listenAddress.isNull() || listenAddress.isLoopback(); }
    /// Where settings and journal are kept; empty: the platform's folders. The sample workspace has its own, so that
    /// nothing invented mixes with what is real.
    QString dataFolder() const;
};

/// Parses the arguments (without the program's name) together with the environment, which keeps no access key but for a
/// relay.
CommandLine parseCommandLine(const QStringList &arguments);

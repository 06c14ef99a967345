#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>

struct CommandLine;
namespace Settings {
class Store;
}

/// Where and for whom to serve. A value, made in the window's thread.
struct EndpointConfiguration
{
    QList<QHostAddress> addresses;
    quint16 port = 8080;
    QByteArray accessKey; ///< empty: none is asked for

    bool isLoopbackOnly() const;
    /// Of the addresses, the one to tell clients: "localhost" where that reaches it.
    QString hostName() const;

    bool operator==(const EndpointConfiguration &) const = default;
};

/// The command line's address and port; without them loopback, and the settings' port.
EndpointConfiguration endpointFrom(const CommandLine &commandLine, const Settings::Store &settings,
                                   const QByteArray &accessKey);

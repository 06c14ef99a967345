#pragma once

#include "credentials/accesskey.h"

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
    bool requiresKey = true;
    Credentials::AccessKeys keys = {}; ///< those that are good

    bool isLoopbackOnly() const;
    /// Of the addresses, the one to tell clients: "localhost" where that reaches it.
    QString hostName() const;

    /// Only the keys may be others: that needs no other listener.
    bool isSameListener(const EndpointConfiguration &other) const;
    bool operator==(const EndpointConfiguration &) const = default;
};

/// The command line's address and port; without them loopback, and the settings' port. Who is let in is to be added.
EndpointConfiguration endpointFrom(const CommandLine &commandLine, const Settings::Store &settings);

#include "endpointconfiguration.h"

#include "settings/settings.h"
#include "shell/commandline.h"

#include <algorithm>

using namespace Qt::StringLiterals;

bool EndpointConfiguration::isLoopbackOnly() const
{
    return std::all_of(addresses.begin(), addresses.end(),
                       [](const QHostAddress &address) { return address.isLoopback(); });
}

QString EndpointConfiguration::hostName() const
{
    const bool isLocalhost = addresses.contains(QHostAddress(QHostAddress::LocalHost)) ||
                             addresses.contains(QHostAddress(QHostAddress::LocalHostIPv6));
    return isLocalhost ? u"localhost"_s : addresses.first().toString();
}

bool EndpointConfiguration::isSameListener(const EndpointConfiguration &other) const
{
    return addresses == other.addresses && port == other.port && requiresKey == other.requiresKey;
}

EndpointConfiguration endpointFrom(const CommandLine &commandLine, const Settings::Store &settings)
{
    EndpointConfiguration endpoint;
    if (commandLine.listenAddress.isNull())
        endpoint.addresses = {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    else
        endpoint.addresses = {commandLine.listenAddress};
    endpoint.port =
        commandLine.port ? commandLine.port : static_cast<quint16>(settings.value(Settings::Key::Port).toUInt());
    return endpoint;
}

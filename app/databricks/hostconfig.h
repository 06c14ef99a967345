#pragma once

#include <QByteArray>
#include <QCoroTask>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QString>
#include <QUrl>

#include <chrono>
#include <stop_token>

namespace Databricks {

/// What a host tells of itself to anybody who asks.
struct HostConfig
{
    enum class Serves {
        Unknown, ///< it did not say
        Workspace,
        ManyWorkspaces, ///< each request must name the one that is meant
        Account         ///< its console: no workspace at all
    };
    Serves serves = Serves::Unknown;
    QString workspaceId = {}; ///< its number; empty where the host names none
    bool isAnswer = false;    ///< asking it again would tell nothing else

    bool operator==(const HostConfig &) const = default;
};

/// Whether a host's name alone says that it is one workspace, as the clouds name them.
bool isOneWorkspace(const QUrl &host);

/// Asks the host once for /.well-known/databricks-config, without a token. Nobody needs the answer to go on, so
/// whatever goes wrong is an answer that says nothing: does not throw.
QCoro::Task<HostConfig> hostConfig(QUrl host, QPointer<QNetworkAccessManager> network, QByteArray userAgent,
                                   std::stop_token stop, std::chrono::milliseconds patience = std::chrono::seconds(5));

} // namespace Databricks

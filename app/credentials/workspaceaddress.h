#pragma once

#include <QCoroTask>
#include <QNetworkAccessManager>
#include <QString>
#include <QUrl>

#include <stop_token>

namespace Credentials {

/// Which workspace an address leads to.
struct WorkspaceAddress
{
    QUrl host;           ///< with the workspace's number, where the host has told it
    QString problem;     ///< for a person: why it leads to none; empty where it may
    bool isFinal = true; ///< false: the host gave no answer, and may give one later
};

/// Whether the address itself says which workspace it is, by number or by name: then nothing has to be asked.
bool saysItsWorkspace(const QUrl &host);

/// Asks the host, without a token, where the address does not say it. What cannot be found out changes nothing: then it
/// is the address as it was.
QCoro::Task<WorkspaceAddress> findWorkspace(QUrl host, QNetworkAccessManager *network, std::stop_token stop = {});

} // namespace Credentials

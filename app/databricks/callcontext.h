#pragma once

#include "databricks/workspace.h"

#include <QPointer>

namespace Databricks {

/// What all copies of a Workspace share.
struct Connection
{
    QUrl host;
    std::shared_ptr<TokenSource> tokens;
    QPointer<QNetworkAccessManager> network;
    QByteArray userAgent;
    Patience patience;
};

/// A Workspace's inside: the connection, and whose call it serves.
struct CallContext
{
    std::shared_ptr<const Connection> connection;
    Workspace::Observer observer;
    std::stop_token stop;
};

} // namespace Databricks

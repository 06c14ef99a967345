#pragma once

#include "databricks/workspace.h"

#include <QDeadlineTimer>
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
    std::stop_token stop;  ///< nothing is begun any more
    std::stop_token abort; ///< what is under way is given up
    QDeadlineTimer due = QDeadlineTimer::Forever;
};

} // namespace Databricks

#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace Clients {

/// How a client starts the program that relays its stdin and stdout to the running application.
struct Relay
{
    QString program;
    QStringList arguments;
    QMap<QString, QString> environment = {}; ///< what clients do not hand on by themselves
};

/// The text for ~/.cursor/mcp.json (https://cursor.com/docs/mcp): the server entry "databricks", with the key as a
/// literal header; without a key none.
QByteArray cursorConfiguration(const QUrl &endpoint, const QByteArray &accessKey);

/// The link that makes Cursor offer to install a server that it reaches through the relay. What opens a link hands it
/// on as an argument, which every user of the machine can read: it carries no key.
QUrl cursorInstallLink(const Relay &relay);

} // namespace Clients

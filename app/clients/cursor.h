#pragma once

#include <QByteArray>
#include <QUrl>

namespace Clients {

/// The text for ~/.cursor/mcp.json (https://cursor.com/docs/mcp): the server entry "databricks", with the key as a
/// literal header; without a key none.
QByteArray cursorConfiguration(const QUrl &endpoint, const QByteArray &accessKey);

/// The link that makes Cursor offer to install that entry. It carries the key: for this machine only.
QUrl cursorInstallLink(const QUrl &endpoint, const QByteArray &accessKey);

} // namespace Clients

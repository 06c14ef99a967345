#include "clients/cursor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Clients {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ServerName = "databricks";

QJsonObject serverEntry(const QUrl &endpoint, const QByteArray &accessKey)
{
    QJsonObject entry{{u"url"_s, endpoint.toString(QUrl::FullyEncoded)}};
    if (!accessKey.isEmpty()) {
        const QString bearer = u"Bearer "_s + QString::fromLatin1(accessKey);
        entry.insert(u"headers"_s, QJsonObject{{u"Authorization"_s, bearer}});
    }
    return entry;
}

QJsonObject relayEntry(const Relay &relay)
{
    QJsonObject entry{{u"command"_s, relay.program}, {u"args"_s, QJsonArray::fromStringList(relay.arguments)}};
    QJsonObject environment;
    for (auto variable = relay.environment.cbegin(); variable != relay.environment.cend(); ++variable)
        environment.insert(variable.key(), *variable);
    if (!environment.isEmpty())
        entry.insert(u"env"_s, environment);
    return entry;
}

} // namespace

QByteArray cursorConfiguration(const QUrl &endpoint, const QByteArray &accessKey)
{
    const QJsonObject servers{{QString::fromLatin1(ServerName), serverEntry(endpoint, accessKey)}};
    return QJsonDocument(QJsonObject{{u"mcpServers"_s, servers}}).toJson(QJsonDocument::Indented);
}

QUrl cursorInstallLink(const Relay &relay)
{
    const QByteArray entry = QJsonDocument(relayEntry(relay)).toJson(QJsonDocument::Compact);
    const QByteArray link = "cursor://anysphere.cursor-deeplink/mcp/install?name=" + QByteArray(ServerName) +
                            "&config=" + entry.toBase64().toPercentEncoding();
    return QUrl::fromEncoded(link, QUrl::StrictMode);
}

} // namespace Clients

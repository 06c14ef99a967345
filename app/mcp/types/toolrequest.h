#pragma once

#include <QJsonObject>
#include <QMetaType>
#include <QString>

namespace Mcp {

/// Who speaks. Name and version are what it says of itself: for display, never for a decision.
struct Client
{
    QString name;
    QString version;
    QString key = {}; ///< the name of the access key it showed; empty without one

    QString displayName() const { return version.isEmpty() ? name : name + u' ' + version; }
    /// The same, and the name of its key where that says more than that there is one: "cursor 1.0.0 (laptop)".
    QString label() const
    {
        const bool isTelling = !key.isEmpty() && key != QLatin1StringView("default");
        return isTelling ? displayName() + u" (" + key + u')' : displayName();
    }
};

/// A tools/call as it was asked for, before any check.
struct ToolRequest
{
    QString tool;
    QJsonObject arguments;
    Client client;
    QString revision; ///< of the protocol, "2025-11-25"
};

} // namespace Mcp

Q_DECLARE_METATYPE(Mcp::ToolRequest)

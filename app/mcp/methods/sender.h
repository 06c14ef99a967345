#pragma once

#include <QByteArray>

#include <utility>

namespace Mcp {

/// Whom a request comes from, as far as a server without sessions can tell.
struct Sender
{
    quint64 connection = 0;
    QByteArray userAgent = {};
    QByteArray principal = {}; ///< a digest of the credentials it showed

    /// What the connections of one client have in common.
    using Key = std::pair<QByteArray, QByteArray>;
    Key key() const { return {userAgent.left(256), principal}; }
};

} // namespace Mcp

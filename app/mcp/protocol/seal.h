#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Mcp {

/// Makes text that goes to a client and comes back (cursors, request states) proof against change: HMAC-SHA256 with a
/// key of this process. It hides nothing. What was sealed before a restart is not ours any more.
class Seal
{
public:
    Seal();

    /// The text under the seal, in URL-safe characters. What it is bound to is sealed with it, but not in it.
    QString seal(const QByteArray &text, const QByteArray &boundTo) const;
    /// The text, or nothing where a character of it or what it is bound to is not as it was.
    std::optional<QByteArray> open(const QString &sealed, const QByteArray &boundTo) const;

private:
    QByteArray signature(const QByteArray &text, const QByteArray &boundTo) const;

    QByteArray m_key;
};

} // namespace Mcp

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Mcp {

/// Makes text that goes to a client and comes back (cursors, request states) proof against change: HMAC-SHA256 with a
/// key of this process. It hides nothing. What was signed before a restart is not ours any more.
class TokenSigner
{
public:
    TokenSigner();

    /// The text and its signature, in URL-safe characters. What it is bound to is signed too, but not contained.
    QString sign(const QByteArray &text, const QByteArray &boundTo) const;
    /// The text, or nothing where the token or what it is bound to is not what was signed.
    std::optional<QByteArray> verify(const QString &token, const QByteArray &boundTo) const;

private:
    QByteArray signature(const QByteArray &text, const QByteArray &boundTo) const;

    QByteArray m_key;
};

} // namespace Mcp

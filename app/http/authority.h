#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Http {

/// The host and port of a Host header or an Origin (RFC 3986 section 3.2 without user information).
struct Authority
{
    QString host; ///< in lower case; an IPv6 address without its brackets
    std::optional<quint16> port;

    bool isLoopbackName() const;

    /// Nothing where the text is not exactly a host with an optional port. Parsed by hand, since QUrl repairs what it
    /// is given.
    static std::optional<Authority> parse(QByteArrayView text);
};

} // namespace Http

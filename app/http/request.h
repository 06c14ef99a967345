#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QUrlQuery>

#include <chrono>
#include <utility>

namespace Http {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

/// The header called name (compared as RFC 9110 section 5.1 asks, without case); empty where there is none. Several are
/// one list (section 5.3).
QByteArray headerValue(const Headers &headers, const QByteArray &name);

/// What is known of a request before its body: enough to refuse it (RFC 9112 sections 3 and 5).
struct RequestHead
{
    QByteArray method;
    QByteArray target; ///< the request target as it was sent, "/mcp?x=1"
    Headers headers;
    QHostAddress peer;
    quint16 peerPort = 0;
    quint16 localPort = 0;
    QString keyName = {}; ///< whose access key it showed, as admission found; empty without one

    QByteArray header(const QByteArray &name) const { return headerValue(headers, name); }
    /// The path of the target, percent-decoded, without the query.
    QString path() const;
    QUrlQuery query() const;
};

/// A whole request.
struct Request
{
    RequestHead head;
    QByteArray body;
};

/// A whole answer. The endpoint adds Content-Length, Date and Connection.
struct Reply
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body = {};
    Headers headers = {};
    qint64 announcedLength = -1; ///< for tests of clients: announce another length than is sent, then close
};

/// An answer given before a request was read whole, with the words for the person who looks at the log.
struct Refusal
{
    int status = 403;
    QString reason;
    Headers headers = {};
    std::chrono::milliseconds delay{0}; ///< how long the client waits for it

    /// {"error": reason} with the status.
    Reply reply() const;
};

} // namespace Http

// The guard before the endpoint: a request as bytes, in one piece and byte by byte. Both readings agree, what is
// admitted comes from this machine and shows the key, and a chunked body is measured right.

#include "fuzz.h"

#include "http/accessrules.h"
#include "http/requestreader.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace {

using namespace Http;

constexpr qint64 HeadLimit = 16 * 1024;
constexpr quint16 Port = 8080;
const QByteArray Key = "the-access-key-0123";

/// One of the request with these bytes.
void checkRefusal(const Refusal &refusal, const QByteArray &bytes)
{
    require(refusal.status >= 400 && refusal.status < 500, "a refusal is the client's fault");
    require(!refusal.reason.isEmpty(), "a refusal says why");
    require(std::all_of(refusal.reason.cbegin(), refusal.reason.cend(), [](QChar c) { return c.unicode() >= 0x20; }),
            "what a client sent can't break a line of the log");
    require(bytes.contains(Key) || !refusal.reason.contains(QString::fromLatin1(Key)),
            "a refusal does not give the key away");
    require(QJsonDocument::fromJson(refusal.reply().body).isObject(), "a refusal can be answered");
}

struct HeadReading
{
    HeadReader reader{HeadLimit};
    int refused = 0;
    QByteArray rest;
};

HeadReading readHead(const QByteArray &bytes, qsizetype piece)
{
    HeadReading reading;
    qsizetype from = 0;
    while (from < bytes.size() && !reading.refused && !reading.reader.isComplete()) {
        QByteArrayView part = QByteArrayView(bytes).sliced(from, std::min(piece, bytes.size() - from));
        const qsizetype size = part.size();
        if (const std::optional<Refusal> refusal = reading.reader.read(part)) {
            checkRefusal(*refusal, bytes);
            reading.refused = refusal->status;
        }
        from += size - part.size();
    }
    reading.rest = bytes.mid(from);
    return reading;
}

/// QUrl as a second opinion, which is more lenient than our own.
bool isLocal(const QByteArray &url)
{
    static const QSet<QString> names{QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
    return names.contains(QUrl(QString::fromLatin1(url)).host());
}

void checkAdmitted(const RequestHead &head)
{
    require(head.path() == QLatin1StringView("/mcp"), "only the one path is admitted");
    require(head.method == "POST" || head.method == "GET" || head.method == "DELETE", "the method is known");
    require(isLocal("http://" + head.header("Host")), "the host is this machine");
    require(head.header("Authorization").mid(7).trimmed() == Key, "the key was shown");
    for (const auto &[name, value] : head.headers) {
        if (name.toLower() == "origin")
            require(isLocal(value), "no foreign page is admitted");
        if (name.toLower() == "host")
            require(value == head.header("Host"), "there is one host");
    }
    if (head.method == "POST")
        require(head.header("Content-Type").toLower().startsWith("application/json"), "a form is not admitted");
}

void checkHead(IncomingHead incoming, const QByteArray &bytes)
{
    require(incoming.contentLength >= 0, "a length is not negative");
    require(!incoming.isChunked || incoming.contentLength == 0, "a body is framed in one way");
    require(!incoming.isChunked || incoming.isHttp11, "HTTP/1.0 has no chunks");
    require(!incoming.keepsAlive || incoming.isHttp11, "HTTP/1.0 does not keep a connection");
    incoming.head.localPort = Port;
    AccessRules rules{.path = QStringLiteral("/mcp")};
    rules.keys.add(QStringLiteral("default"), Key);
    incoming.head.peer = QHostAddress(QStringLiteral("192.0.2.1"));
    require(rules.check(incoming.head).has_value(), "other machines are not admitted");
    incoming.head.peer = QHostAddress(QHostAddress::LocalHost);
    if (const std::optional<Refusal> refusal = rules.check(incoming.head))
        checkRefusal(*refusal, bytes);
    else
        checkAdmitted(incoming.head);
}

struct ChunkReading
{
    ChunkCounter counter;
    bool isRight = true;
    qsizetype consumed = 0;
};

ChunkReading readChunks(const QByteArray &bytes, qsizetype piece)
{
    ChunkReading reading;
    while (reading.consumed < bytes.size() && reading.isRight && !reading.counter.isComplete()) {
        QByteArrayView part =
            QByteArrayView(bytes).sliced(reading.consumed, std::min(piece, bytes.size() - reading.consumed));
        const qsizetype size = part.size();
        reading.isRight = reading.counter.read(part);
        reading.consumed += size - part.size();
    }
    return reading;
}

/// The size of a body whose framing is known to be right, by another way than the counter's.
qint64 bodySize(QByteArrayView bytes)
{
    qint64 size = 0;
    while (true) {
        const QByteArrayView line = bytes.first(bytes.indexOf("\r\n"));
        const qsizetype end = line.indexOf(';');
        const qint64 chunk = line.first(end < 0 ? line.size() : end).toByteArray().toLongLong(nullptr, 16);
        if (chunk == 0)
            return size;
        size += chunk;
        bytes = bytes.sliced(line.size() + 2 + chunk + 2);
    }
}

void checkChunks(const QByteArray &bytes)
{
    const ChunkReading whole = readChunks(bytes, bytes.size());
    const ChunkReading dribbled = readChunks(bytes, 1);
    require(whole.isRight == dribbled.isRight && whole.consumed == dribbled.consumed, "pieces make no difference");
    require(whole.counter.isComplete() == dribbled.counter.isComplete(), "pieces make no difference to the end");
    require(whole.counter.bodySize() == dribbled.counter.bodySize(), "pieces make no difference to the size");
    require(whole.counter.framingSize() <= whole.consumed, "the framing is a part of what was read");
    if (!whole.counter.isComplete() || !whole.isRight)
        return;
    require(whole.counter.bodySize() + whole.counter.framingSize() == whole.consumed, "nothing else was read");
    require(bodySize(QByteArrayView(bytes).first(whole.consumed)) == whole.counter.bodySize(),
            "the body is measured right");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    const HeadReading whole = readHead(bytes, std::max<qsizetype>(bytes.size(), 1));
    const HeadReading dribbled = readHead(bytes, 1);
    require(whole.refused == dribbled.refused && whole.rest == dribbled.rest, "pieces make no difference");
    require(whole.reader.isComplete() == dribbled.reader.isComplete(), "pieces make no difference to the end");
    require(whole.reader.lines() == dribbled.reader.lines(), "pieces make no difference to the lines");
    if (whole.refused || !whole.reader.isComplete())
        return 0;
    const std::variant<IncomingHead, Refusal> parsed = parseHead(whole.reader.lines());
    if (const auto *refusal = std::get_if<Refusal>(&parsed)) {
        checkRefusal(*refusal, bytes);
        return 0;
    }
    checkHead(std::get<IncomingHead>(parsed), bytes);
    if (std::get<IncomingHead>(parsed).isChunked)
        checkChunks(whole.rest);
    return 0;
}

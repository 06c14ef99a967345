#include "databricks/download.h"

#include "common/wait.h"
#include "databricks/networkwords.h"
#include "databricks/requesturl.h"
#include "databricks/transport.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

using End = Async::Wait::End;

constexpr int MostRedirects = 3;
constexpr qint64 PieceBytes = 64 * 1024;

/// What became of one request: a redirect to follow, or the end.
struct Hop
{
    int status = 0;
    QString reasonPhrase;
    QUrl redirect;
    qint64 bytes = 0;
};

ApiError failure(Failure kind, const QString &words)
{
    HttpResponse response;
    response.failure = kind;
    response.words = words;
    return errorOf(response, true);
}

ApiError stopped()
{
    return failure(Failure::Stopped, u"The download was cancelled."_s);
}

QNetworkRequest requestFor(const QUrl &url, const DownloadHeaders &headers)
{
    QNetworkRequest request = plainRequest(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // Packed bytes would be unpacked beyond the buffer's limit.
    request.setRawHeader("Accept-Encoding", "identity");
    for (const auto &[name, value] : headers) {
        const bool plain = !value.contains('\r') && !value.contains('\n') && !name.contains(':');
        if (plain && name.compare("Authorization", Qt::CaseInsensitive) != 0)
            request.setRawHeader(name, value);
    }
    return request;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Writes what has arrived. Bytes of an error answer are not the file's.
qint64 drain(QNetworkReply &reply, QIODevice &sink)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    qint64 written = 0;
    while (reply.bytesAvailable() > 0) {
        const QByteArray piece = reply.read(PieceBytes);
        if (piece.isEmpty())
            break;
        if (status != 200)
            continue;
        if (sink.write(piece) != piece.size())
            throw ApiError(ApiError::Kind::BadAnswer, u"The file could not be written: %1."_s.arg(sink.errorString()));
        written += piece.size();
    }
    return written;
}

QCoro::Task<Hop> fetch(QPointer<QNetworkAccessManager> network, QUrl url, DownloadHeaders headers, QIODevice *sink,
                       DownloadLimits limits, std::stop_token stop, DownloadWatch watch)
{
    if (!network || stop.stop_requested())
        throw stopped();
    const ReplyHolder holder(network, network->get(requestFor(url, headers)));
    const QPointer<QNetworkReply> &reply = holder.reply;
    reply->setReadBufferSize(limits.bufferBytes);
    // The reply is its own context: the list lives as long as it is connected.
    const auto sslErrors = std::make_shared<QList<QSslError>>();
    QObject::connect(reply, &QNetworkReply::sslErrors, reply,
                     [sslErrors](const QList<QSslError> &errors) { *sslErrors = errors; });

    Hop hop;
    while (true) {
        const qint64 written = drain(*reply, *sink);
        hop.bytes += written;
        if (written > 0 && watch.progress)
            watch.progress(hop.bytes);
        if (!reply)
            throw stopped();
        if (reply->isFinished() && reply->bytesAvailable() == 0)
            break;
        const Async::Wait::Pointer wait = Async::Wait::create(network, limits.silence, stop);
        wait->wakeOn(reply.data(), &QNetworkReply::readyRead);
        wait->wakeOn(reply.data(), &QNetworkReply::finished);
        const End end = co_await wait->ended();
        if (end == End::Gone || end == End::Stopped || !reply || !network)
            throw stopped();
        reply->disconnect(wait.get());
        if (end == End::TimedOut) {
            throw failure(
                Failure::TimedOut,
                u"%1 sent nothing for %2 s."_s.arg(url.host()).arg(double(limits.silence.count()) / 1000, 0, 'g', 3));
        }
    }
    if (const NetworkWords words = wordsFor(*reply, *sslErrors); words.failure != Failure::None)
        throw failure(words.failure, words.words);
    hop.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    hop.reasonPhrase = reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    if (isRedirect(hop.status)) {
        const QUrl target = reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
        hop.redirect = target.isEmpty() ? QUrl() : url.resolved(target);
    }
    co_return hop;
}

QCoro::Task<Hop> follow(QPointer<QNetworkAccessManager> network, QUrl url, DownloadHeaders headers, QIODevice *sink,
                        DownloadLimits limits, std::stop_token stop, DownloadWatch watch)
{
    for (int redirects = 0;; ++redirects) {
        if (!isSafeUrl(url))
            throw ApiError(ApiError::Kind::Redirected,
                           u"The workspace gave a link that is not fetched: it is not https (%1)."_s.arg(url.host()));
        const Hop hop = co_await fetch(network, url, headers, sink, limits, stop, watch);
        if (hop.status == 200)
            co_return hop;
        if (hop.redirect.isEmpty())
            throw ApiError::fromAnswer(hop.status, QByteArray(), QByteArray(), hop.reasonPhrase);
        if (redirects >= MostRedirects || (url.scheme() == u"https" && hop.redirect.scheme() != u"https"))
            throw ApiError(ApiError::Kind::Redirected,
                           u"The storage sent the download on to %1, and was not followed."_s.arg(hop.redirect.host()));
        if (!isSameOrigin(url, hop.redirect))
            headers.clear();
        url = hop.redirect;
    }
}

/// The address without its query: that is a credential.
QString shown(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
}

} // namespace

QCoro::Task<qint64> download(QPointer<QNetworkAccessManager> network, QUrl url, DownloadHeaders headers,
                             QIODevice *sink, DownloadLimits limits, std::stop_token stop, DownloadWatch watch)
{
    Rest::Exchange exchange;
    exchange.started = QDateTime::currentDateTime();
    exchange.method = u"GET"_s;
    exchange.path = shown(url);
    QElapsedTimer timer;
    timer.start();
    qint64 received = 0;
    DownloadWatch counting = watch;
    counting.progress = [&received, told = watch.progress](qint64 bytes) {
        received = bytes;
        if (told)
            told(bytes);
    };
    try {
        const Hop hop = co_await follow(network, url, headers, sink, limits, stop, counting);
        exchange.status = hop.status;
        exchange.bytesReceived = hop.bytes;
        exchange.duration = std::chrono::milliseconds(timer.elapsed());
        if (watch.observer)
            watch.observer(exchange);
        co_return hop.bytes;
    } catch (ApiError &error) {
        exchange.status = error.status();
        exchange.bytesReceived = received;
        exchange.duration = std::chrono::milliseconds(timer.elapsed());
        exchange.error = error.message();
        if (watch.observer)
            watch.observer(exchange);
        error.setRequest(u"GET "_s + exchange.path);
        throw;
    }
}

} // namespace Databricks

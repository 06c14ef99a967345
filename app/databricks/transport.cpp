#include "databricks/transport.h"

#include "common/wait.h"
#include "databricks/networkwords.h"

#include <QIODevice>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

using End = Async::Wait::End;

/// A request body that QNetworkAccessManager cannot send a second time. Given bytes it may rewind, it silently repeats
/// a POST whose connection closed without an answer; with a sequential device that does not reset it fails with
/// ContentReSendError instead.
class OnceOnlyUpload final : public QIODevice
{
public:
    explicit OnceOnlyUpload(QByteArray body)
        : m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override { return m_body.size() - m_position + QIODevice::bytesAvailable(); }
    bool atEnd() const override { return bytesAvailable() == 0; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 size = std::min<qint64>(maxSize, m_body.size() - m_position);
        if (size == 0 && maxSize > 0)
            return -1;
        std::copy_n(m_body.constData() + m_position, size, data);
        m_position += size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_position = 0;
};

QNetworkReply *sendNow(QNetworkAccessManager &network, const QByteArray &verb, QNetworkRequest request,
                       const QByteArray &body)
{
    if (verb == "GET")
        return network.get(request);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    auto *upload = new OnceOnlyUpload(body);
    QNetworkReply *reply = network.sendCustomRequest(request, verb, upload);
    upload->setParent(reply);
    return reply;
}

HttpResponse failed(Failure failure, const QString &words)
{
    HttpResponse answer;
    answer.failure = failure;
    answer.words = words;
    return answer;
}

HttpResponse tooLong(qint64 limit)
{
    return failed(Failure::TooLong,
                  u"The answer is longer than %1 MiB."_s.arg(double(limit) / (1024 * 1024), 0, 'g', 3));
}

HttpResponse read(QNetworkReply &reply, const QList<QSslError> &sslErrors, qint64 answerBytes)
{
    HttpResponse answer;
    answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.reasonPhrase = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    answer.contentType = reply.rawHeader("Content-Type");
    answer.retryAfter = reply.rawHeader("Retry-After");
    answer.contentRange = reply.rawHeader("Content-Range");
    if (const QUrl target = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl(); !target.isEmpty())
        answer.redirect = reply.url().resolved(target);
    if (reply.bytesAvailable() > answerBytes)
        return tooLong(answerBytes);
    answer.body = reply.readAll();
    if (const NetworkWords words = wordsFor(reply, sslErrors); words.failure != Failure::None) {
        answer.failure = words.failure;
        answer.words = words.words;
    }
    return answer;
}

} // namespace

QNetworkRequest plainRequest(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    return request;
}

ReplyHolder::ReplyHolder(QPointer<QNetworkAccessManager> network, QNetworkReply *held)
    : reply(held)
    , m_network(std::move(network))
{}

ReplyHolder::~ReplyHolder()
{
    if (!reply)
        return;
    if (m_network)
        reply->abort();
    reply->deleteLater();
}

QCoro::Task<HttpResponse> transport(QPointer<QNetworkAccessManager> network, QByteArray verb, QNetworkRequest request,
                                    QByteArray body, Limits limits, std::stop_token stop)
{
    if (!network || stop.stop_requested())
        co_return failed(Failure::Stopped, u"The request was cancelled."_s);

    const Async::Wait::Pointer wait = Async::Wait::create(network, limits.time, stop);
    const ReplyHolder holder(network, sendNow(*network, verb, request, body));
    const QPointer<QNetworkReply> &reply = holder.reply;
    QList<QSslError> sslErrors;
    QObject::connect(reply, &QNetworkReply::sslErrors, wait.get(),
                     [&sslErrors](const QList<QSslError> &errors) { sslErrors = errors; });
    wait->wakeOn(reply.data(), &QNetworkReply::finished);
    QObject::connect(reply, &QNetworkReply::readyRead, wait.get(), [&reply, &limits, w = wait.get()] {
        if (reply->bytesAvailable() > limits.answerBytes)
            w->wake();
    });

    const End end = co_await wait->ended();
    if (end == End::Gone || !reply)
        co_return failed(Failure::Stopped, u"The connection to the workspace was closed."_s);
    reply->disconnect(wait.get());
    if (end == End::Woken) {
        const HttpResponse answer = read(*reply, sslErrors, limits.answerBytes);
        if (!reply->isFinished())
            reply->abort();
        co_return answer;
    }
    reply->abort();
    if (end == End::Stopped)
        co_return failed(Failure::Stopped, u"The request was cancelled."_s);
    co_return failed(Failure::TimedOut,
                     u"The workspace did not answer within %1 s."_s.arg(double(limits.time.count()) / 1000, 0, 'g', 3));
}

} // namespace Databricks

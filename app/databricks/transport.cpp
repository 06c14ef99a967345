#include "databricks/transport.h"

#include "common/wait.h"
#include "databricks/networkwords.h"
#include "databricks/onceonlyupload.h"

#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

using End = Async::Wait::End;

QNetworkReply *sendNow(QNetworkAccessManager &network, const QByteArray &verb, QNetworkRequest request,
                       const QByteArray &body)
{
    if (verb == "GET")
        return network.get(request);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    auto *upload = new OnceOnlyUpload(body, nullptr);
    QNetworkReply *reply = network.sendCustomRequest(request, verb, upload);
    upload->setParent(reply);
    return reply;
}

/// Deletes a reply when its coroutine ends, unless its manager has done so already.
struct ReplyHolder
{
    QPointer<QNetworkReply> reply;
    explicit ReplyHolder(QNetworkReply *held)
        : reply(held)
    {}
    Q_DISABLE_COPY_MOVE(ReplyHolder)
    ~ReplyHolder()
    {
        if (reply)
            reply->deleteLater();
    }
};

Answer failed(Failure failure, const QString &words)
{
    Answer answer;
    answer.failure = failure;
    answer.words = words;
    return answer;
}

Answer tooLong(qint64 limit)
{
    return failed(Failure::TooLong,
                  u"The answer is longer than %1 MiB."_s.arg(double(limit) / (1024 * 1024), 0, 'g', 3));
}

Answer read(QNetworkReply &reply, const QList<QSslError> &sslErrors, qint64 answerBytes)
{
    Answer answer;
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

QCoro::Task<Answer> transport(QPointer<QNetworkAccessManager> network, QByteArray verb, QNetworkRequest request,
                              QByteArray body, Limits limits, std::stop_token stop)
{
    if (!network || stop.stop_requested())
        co_return failed(Failure::Stopped, u"The request was cancelled."_s);

    const Async::Wait::Pointer wait = Async::Wait::create(network, limits.time, stop);
    const ReplyHolder holder(sendNow(*network, verb, request, body));
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
        const Answer answer = read(*reply, sslErrors, limits.answerBytes);
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

#include "databricks/request.h"

#include "common/secrets.h"
#include "common/wait.h"
#include "databricks/requesturl.h"
#include "databricks/retry.h"
#include "databricks/transport.h"

#include <QElapsedTimer>
#include <QLibraryInfo>
#include <QVersionNumber>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Databricks {

namespace {

constexpr int mostRedirects = 3;

ApiError cancelled()
{
    return ApiError(ApiError::Kind::Cancelled, u"The request was cancelled."_s);
}

/// The token as header bytes. A line break in it would let it write headers of its own.
QByteArray headerBytes(const QString &token)
{
    const bool plain = std::ranges::all_of(token, [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (token.isEmpty() || !plain) {
        throw ApiError(ApiError::Kind::NoCredentials, token.isEmpty()
                                                          ? u"There is no token for this workspace."_s
                                                          : u"The token has characters that no token has."_s);
    }
    return token.toLatin1();
}

QNetworkRequest networkRequest(const Connection &connection, const QUrl &url, const QByteArray &token, const Ask &ask)
{
    // Qt's HTTP/2 client below 6.7.3 has known vulnerabilities (CVE-2023-51714, CVE-2024-39936).
    static const bool http2 = QLibraryInfo::version() >= QVersionNumber(6, 7, 3);
    QNetworkRequest request = plainRequest(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, http2);
    request.setDecompressedSafetyCheckThreshold(connection.retries.answerBytes);
    request.setRawHeader("Authorization", "Bearer " + token);
    // One address may serve many workspaces. The SDKs' name for the number has changed; a host takes the one it knows.
    if (!connection.workspaceId.isEmpty()) {
        request.setRawHeader("X-Databricks-Org-Id", connection.workspaceId);
        request.setRawHeader("X-Databricks-Workspace-Id", connection.workspaceId);
    }
    request.setRawHeader("Accept", ask.accept);
    request.setRawHeader("User-Agent", connection.userAgent);
    if (!ask.body.isEmpty())
        request.setRawHeader("Content-Type", ask.contentType);
    if (!ask.range.isEmpty()) {
        request.setRawHeader("Range", ask.range);
        // A range of compressed bytes would be of no use.
        request.setRawHeader("Accept-Encoding", "identity");
    }
    return request;
}

Rest::Exchange describe(const QDateTime &started, const QByteArray &verb, const QUrl &url, int attempt,
                        qint64 bytesSent)
{
    Rest::Exchange exchange;
    exchange.started = started;
    exchange.method = QString::fromLatin1(verb);
    exchange.path = Text::shown(url.toString(QUrl::FullyEncoded | QUrl::RemoveScheme | QUrl::RemoveAuthority), 2048);
    exchange.attempt = attempt;
    exchange.bytesSent = bytesSent;
    return exchange;
}

void complete(Rest::Exchange &exchange, qint64 milliseconds, const HttpResponse &answer, const QString &error)
{
    exchange.duration = std::chrono::milliseconds(milliseconds);
    exchange.status = answer.status;
    exchange.bytesReceived = answer.body.size();
    exchange.error = error;
}

QString briefly(const ApiError &error)
{
    return error.errorCode().isEmpty() ? error.message() : QString(error.errorCode() + u": " + error.message());
}

/// An answer may repeat what it was sent, and a file may hold it; the token must not get further than here. Content
/// keeps its length, for the ranges of a file.
void forget(HttpResponse &answer, const QByteArray &token)
{
    answer.body.replace(token, answer.status >= 400 ? QByteArray("•••") : QByteArray(token.size(), '*'));
}

std::chrono::milliseconds timeLeft(const CallContext &context)
{
    return context.due.isForever() ? std::chrono::milliseconds::max()
                                   : std::chrono::milliseconds(context.due.remainingTime());
}

/// A range that begins behind the end is answered with 416 and the file's size: news, not a failure.
bool isGood(int status, const Ask &ask)
{
    return (status >= 200 && status < 300) || (status == 416 && !ask.range.isEmpty());
}

/// The attempts of one request. Its errors do not know yet what was asked.
QCoro::Task<HttpResponse> attempts(std::shared_ptr<const CallContext> context, Ask ask, QUrl url)
{
    const std::shared_ptr<const Connection> connection = context->connection;
    const RetryPolicy policy = connection->retries;
    QElapsedTimer sinceStart;
    sinceStart.start();
    int redirects = 0;
    int failures = 0;
    bool tokenRenewed = false;

    for (int attempt = 1;; ++attempt) {
        if (context->stop.stop_requested())
            throw cancelled();
        const std::chrono::milliseconds left = timeLeft(*context);
        if (left <= 0ms)
            throw ApiError(ApiError::Kind::Timeout,
                           u"The time for this call was over before the workspace was asked."_s);
        const Limits limits{std::min(policy.requestTimeout, left), policy.answerBytes};
        const QString token = co_await connection->tokens->token();
        const QByteArray tokenBytes = headerBytes(token);
        // Last: nothing waits between this and the sending.
        if (!ask.isRead && context->beforeChange)
            context->beforeChange();
        const QNetworkRequest request = networkRequest(*connection, url, tokenBytes, ask);

        Rest::Exchange exchange = describe(QDateTime::currentDateTime(), ask.verb, url, attempt, ask.body.size());
        exchange.isRead = ask.isRead;
        QElapsedTimer sinceSent;
        sinceSent.start();
        HttpResponse answer =
            co_await transport(connection->network, ask.verb, request, ask.body, limits, context->abort);
        forget(answer, tokenBytes);

        const bool isAnswer = answer.failure == Failure::None;
        const bool succeeded = isAnswer && isGood(answer.status, ask);
        const bool followed = isAnswer && ask.verb == "GET" && !answer.redirect.isEmpty() &&
                              isSameOrigin(connection->host, answer.redirect) && !isLogin(answer.redirect) &&
                              redirects < mostRedirects;
        if (succeeded || followed) {
            complete(exchange, sinceSent.elapsed(), answer, QString());
            if (context->observer)
                context->observer(exchange);
            if (succeeded)
                co_return answer;
            ++redirects;
            url = answer.redirect;
            continue;
        }

        const ApiError error = errorOf(answer, ask.isRead);
        complete(exchange, sinceSent.elapsed(), answer, briefly(error));
        if (context->observer)
            context->observer(exchange);
        if (isAnswer && error.kind() == ApiError::Kind::Unauthenticated) {
            const bool mayHaveAnother = connection->tokens->refused(token);
            if (!mayHaveAnother || tokenRenewed)
                throw error;
            tokenRenewed = true;
            continue;
        }
        ++failures;
        const auto wait = waitBeforeRetry(answer, ask.isRead, failures, policy);
        const bool isTooLate = wait && *wait >= timeLeft(*context);
        if (!wait || isTooLate || std::chrono::milliseconds(sinceStart.elapsed()) + *wait > policy.retryBudget)
            throw error;
        co_await pause(context, *wait);
    }
}

} // namespace

QCoro::Task<> pause(std::shared_ptr<const CallContext> context, std::chrono::milliseconds time)
{
    QNetworkAccessManager *network = context->connection->network;
    const std::stop_token stop = context->stop;
    if (!network || stop.stop_requested())
        throw cancelled();
    const Async::Wait::Pointer wait = Async::Wait::create(network, time, stop);
    const Async::Wait::End end = co_await wait->ended();
    if (end != Async::Wait::End::TimedOut)
        throw cancelled();
}

QCoro::Task<HttpResponse> send(std::shared_ptr<const CallContext> context, Ask ask)
{
    try {
        const QUrl url = requestUrl(context->connection->host, ask.path, ask.query);
        const HttpResponse answer = co_await attempts(context, ask, url);
        if (!ask.takesPages && isPage(answer))
            throw pageInsteadOfData().setInDoubt(!ask.isRead);
        co_return answer;
    } catch (ApiError &error) {
        error.setRequest(QString::fromLatin1(ask.verb) + u' ' + ask.path);
        throw;
    }
}

QCoro::Task<QJsonObject> request(std::shared_ptr<const CallContext> context, Ask ask)
{
    const HttpResponse answer = co_await send(context, ask);
    try {
        co_return jsonOf(answer);
    } catch (ApiError &error) {
        error.setRequest(QString::fromLatin1(ask.verb) + u' ' + ask.path).setInDoubt(!ask.isRead);
        throw;
    }
}

} // namespace Databricks

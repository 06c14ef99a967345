#include "databricks/workspace.h"

#include "databricks/download.h"
#include "databricks/pageguard.h"
#include "databricks/request.h"

#include <QJsonDocument>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QSysInfo>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

using ContextPointer = std::shared_ptr<const CallContext>;

/// What a name or a version may be.
QString word(QString text)
{
    static const QRegularExpression others(u"[^A-Za-z0-9_.+-]+"_s);
    text.replace(others, u"-"_s);
    return text.isEmpty() ? u"unknown"_s : text.left(64);
}

QByteArray oneLine(QByteArray header)
{
    return header.replace('\r', ' ').replace('\n', ' ');
}

QByteArray bytesOf(const QJsonObject &body)
{
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

bool saysMore(const QJsonObject &answer)
{
    return answer[u"has_next_page"_s].toBool() || answer[u"has_more"_s].toBool();
}

QCoro::Task<Page> readPage(ContextPointer context, QString path, QUrlQuery query, QString itemsKey)
{
    const Ask ask("GET"_ba, path, query);
    const QJsonObject answer = co_await request(context, ask);
    const QJsonValue items = answer[itemsKey];
    if (!items.isUndefined() && !items.isNull() && !items.isArray())
        throw ApiError(ApiError::Kind::BadAnswer, u"The answer's %1 are no list."_s.arg(itemsKey))
            .setRequest(u"GET "_s + path);
    // The name of the parameter differs, and the token is nothing else's value.
    const QString sent = query.queryItemValue(u"page_token"_s, QUrl::FullyDecoded) +
                         query.queryItemValue(u"next_page_token"_s, QUrl::FullyDecoded);
    Page page;
    page.items = items.toArray();
    page.nextPageToken = nextPageToken(answer, sent);
    if (page.nextPageToken.isEmpty() && saysMore(answer))
        page.cut = u"the workspace has more, but gives no token to ask for it"_s;
    co_return page;
}

QCoro::Task<Page> readPages(ContextPointer context, QString path, QUrlQuery query, QString itemsKey, qsizetype atMost)
{
    Page all;
    ApiError endless(ApiError::Kind::BadAnswer, u"The listing does not end: the workspace repeats its pages."_s);
    PageGuard guard(endless.setRequest(u"GET "_s + path));
    while (true) {
        if (!all.nextPageToken.isEmpty())
            guard.reading(all.nextPageToken);
        const Page page = co_await readPage(context, path, query, itemsKey);
        for (const QJsonValue &item : page.items)
            all.items.append(item);
        all.nextPageToken = page.nextPageToken;
        all.cut = page.cut;
        if (page.nextPageToken.isEmpty() || all.items.size() >= atMost)
            co_return all;
        query.removeAllQueryItems(u"page_token"_s);
        addQueryItem(query, u"page_token"_s, page.nextPageToken);
    }
}

/// The whole's size from "bytes 0-99/1234" or "bytes */1234" (RFC 9110, section 14.4); -1 where it is not told.
qint64 totalIn(const QByteArray &contentRange)
{
    bool isNumber = false;
    const qint64 total = contentRange.mid(contentRange.lastIndexOf('/') + 1).trimmed().toLongLong(&isNumber);
    return isNumber && contentRange.contains('/') ? total : -1;
}

QCoro::Task<Content> sendPlain(ContextPointer context, Ask ask)
{
    const HttpResponse answer = co_await send(context, ask);
    Content content;
    content.bytes = answer.body;
    content.contentType = answer.contentType;
    content.status = answer.status;
    content.total = answer.body.size();
    co_return content;
}

QCoro::Task<Content> readBytes(ContextPointer context, QString path, QUrlQuery query, qint64 first, qint64 last)
{
    Ask ask("GET"_ba, path, query);
    ask.accept = "*/*"_ba;
    ask.range = "bytes=" + QByteArray::number(first) + '-' + QByteArray::number(last);
    const HttpResponse answer = co_await send(context, ask);
    Content content;
    content.contentType = answer.contentType;
    content.status = answer.status;
    content.first = first;
    if (answer.status == 206) {
        content.bytes = answer.body.left(last - first + 1);
        content.total = totalIn(answer.contentRange);
    } else if (answer.status == 416) {
        content.total = totalIn(answer.contentRange);
    } else {
        content.bytes = answer.body.mid(first, last - first + 1);
        content.total = answer.body.size();
    }
    co_return content;
}

QCoro::Task<> writeBytes(ContextPointer context, QString path, QUrlQuery query, QByteArray bytes)
{
    Ask ask("PUT"_ba, path, query, bytes);
    ask.contentType = "application/octet-stream"_ba;
    co_await send(context, ask);
}

} // namespace

QString nextPageToken(const QJsonObject &answer, const QString &sent)
{
    const bool isLast = !answer[u"has_next_page"_s].toBool(true) || !answer[u"has_more"_s].toBool(true);
    const QString token = answer[u"next_page_token"_s].toString();
    return isLast || token == sent ? QString() : token;
}

Workspace::Workspace(QUrl host, std::shared_ptr<TokenSource> tokens, QNetworkAccessManager *network,
                     QByteArray userAgent, RetryPolicy retries)
{
    auto connection = std::make_shared<Connection>();
    connection->workspaceId = workspaceIdOf(host).toLatin1();
    connection->host = acceptedHost(std::move(host));
    connection->tokens = std::move(tokens);
    connection->network = network;
    connection->userAgent = oneLine(std::move(userAgent));
    connection->retries = retries;
    auto context = std::make_shared<CallContext>();
    context->connection = std::move(connection);
    m_context = std::move(context);
}

Workspace Workspace::forCall(Rest::Observer observer, std::stop_token stop, QDeadlineTimer due) const
{
    auto context = std::make_shared<CallContext>();
    context->connection = m_context->connection;
    context->observer = std::move(observer);
    context->stop = stop;
    context->abort = std::move(stop);
    context->due = due;
    Workspace workspace(*this);
    workspace.m_context = std::move(context);
    return workspace;
}

Workspace Workspace::guarded(std::function<void()> beforeChange) const
{
    auto context = std::make_shared<CallContext>(*m_context);
    context->beforeChange = std::move(beforeChange);
    Workspace workspace(*this);
    workspace.m_context = std::move(context);
    return workspace;
}

Workspace Workspace::uncancellable() const
{
    auto context = std::make_shared<CallContext>(*m_context);
    context->abort = {};
    Workspace workspace(*this);
    workspace.m_context = std::move(context);
    return workspace;
}

const QUrl &Workspace::host() const
{
    return m_context->connection->host;
}

QString Workspace::workspaceId() const
{
    return QString::fromLatin1(m_context->connection->workspaceId);
}

QString Workspace::name() const
{
    const QString id = workspaceId();
    return id.isEmpty() ? host().host() : QString(host().host() + u"?o="_s + id);
}

QCoro::Task<QJsonObject> Workspace::get(const QString &path, const QUrlQuery &query) const
{
    return request(m_context, Ask("GET"_ba, path, query));
}

QCoro::Task<QJsonObject> Workspace::post(const QString &path, const QJsonObject &body) const
{
    return request(m_context, Ask("POST"_ba, path, {}, bytesOf(body)));
}

QCoro::Task<QJsonObject> Workspace::readByPost(const QString &path, const QJsonObject &body) const
{
    Ask ask("POST"_ba, path, {}, bytesOf(body));
    ask.isRead = true;
    return request(m_context, ask);
}

QCoro::Task<QJsonObject> Workspace::put(const QString &path, const QJsonObject &body) const
{
    return request(m_context, Ask("PUT"_ba, path, {}, bytesOf(body)));
}

QCoro::Task<QJsonObject> Workspace::patch(const QString &path, const QJsonObject &body) const
{
    return request(m_context, Ask("PATCH"_ba, path, {}, bytesOf(body)));
}

QCoro::Task<QJsonObject> Workspace::remove(const QString &path, const QUrlQuery &query) const
{
    return request(m_context, Ask("DELETE"_ba, path, query));
}

QCoro::Task<Content> Workspace::send(const QByteArray &verb, const QString &path, const QUrlQuery &query,
                                     const QByteArray &body) const
{
    Ask ask(verb, path, query, body);
    ask.takesPages = true;
    return sendPlain(m_context, ask);
}

QCoro::Task<Content> Workspace::getBytes(const QString &path, const QUrlQuery &query, qint64 first, qint64 last) const
{
    return readBytes(m_context, path, query, first, last);
}

QCoro::Task<> Workspace::putBytes(const QString &path, const QUrlQuery &query, const QByteArray &bytes) const
{
    return writeBytes(m_context, path, query, bytes);
}

QCoro::Task<qint64> Workspace::download(const QUrl &link, const QList<std::pair<QByteArray, QByteArray>> &headers,
                                        QIODevice *sink, std::function<void(qint64)> progress) const
{
    DownloadLimits limits;
    limits.silence = m_context->connection->retries.requestTimeout;
    DownloadWatch watch(std::move(progress));
    watch.observer = m_context->observer;
    return Databricks::download(m_context->connection->network, link, headers, sink, limits, m_context->stop, watch);
}

QCoro::Task<Page> Workspace::page(const QString &path, const QUrlQuery &query, const QString &itemsKey) const
{
    return readPage(m_context, path, query, itemsKey);
}

QCoro::Task<Page> Workspace::list(const QString &path, const QUrlQuery &query, const QString &itemsKey,
                                  qsizetype atMost) const
{
    return readPages(m_context, path, query, itemsKey, atMost);
}

QCoro::Task<> Workspace::pause(std::chrono::milliseconds time) const
{
    return Databricks::pause(m_context, time);
}

QByteArray userAgent(const QString &version, const QString &authType)
{
    const QString qt = QLibraryInfo::version().toString();
    return u"bricktray/%1 qt/%2 os/%3 auth/%4"_s
        .arg(word(version), word(qt), word(QSysInfo::kernelType()), word(authType))
        .toLatin1();
}

} // namespace Databricks

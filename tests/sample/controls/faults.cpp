#include "sample/controls/faults.h"

#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QTimer>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const QStringList kinds{u"delay"_s,        u"rate_limit"_s,     u"unavailable"_s, u"unauthorized"_s, u"forbidden"_s,
                        u"reset"_s,        u"hang"_s,           u"truncated"_s,   u"bad_json"_s,     u"lost_answer"_s,
                        u"server_error"_s, u"login_redirect"_s, u"login_page"_s,  u"answer"_s};

bool befalls(const Fault &fault, const Http::RequestHead &head)
{
    if (!fault.method.isEmpty() && fault.method != head.method)
        return false;
    const QString path = head.path();
    return fault.path.endsWith(u'*') ? path.startsWith(fault.path.chopped(1)) : path == fault.path;
}

/// What stands between a client and the workspace answers with pages.
Http::Reply page(int status, const QByteArray &body, const Http::Headers &headers = {})
{
    return {status, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html>" + body + "</html>\n", headers};
}

Http::Reply refusal(const Fault &fault)
{
    static const QHash<QString, ApiRefusal> refusals{
        {u"rate_limit"_s, {429, u"REQUEST_LIMIT_EXCEEDED"_s, u"Too many requests. Please wait and try again."_s}},
        {u"unavailable"_s,
         {503, u"TEMPORARILY_UNAVAILABLE"_s, u"The service at this path is temporarily unavailable."_s}},
        {u"unauthorized"_s, ApiRefusal::invalidToken()},
        {u"forbidden"_s, ApiRefusal::permissionDenied(u"User does not have permission to do this."_s)},
    };
    static const QHash<QString, Http::Reply> pages{
        {u"server_error"_s, page(500, "<head><title>Error</title></head><body><h2>HTTP ERROR 500</h2>"
                                      "<pre>    Internal Server <b>Error</b></pre></body>")},
        {u"login_redirect"_s,
         page(302, "<body>Moved</body>", {{"Location", "https://login.example.com/oauth2?next="}})},
        {u"login_page"_s, page(200, "<head><title>Sign in</title></head><body><form></form></body>")},
    };
    const auto refused = refusals.find(fault.kind);
    Http::Reply reply = refused == refusals.end() ? pages.value(fault.kind) : refused->reply();
    if (fault.retryAfter >= 0)
        reply.headers.append({"Retry-After", QByteArray::number(fault.retryAfter)});
    return reply;
}

Http::Reply spoiled(Http::Reply reply, const QString &kind)
{
    if (kind == "truncated"_L1)
        reply.announcedLength = reply.body.size() + 64;
    else
        reply.body.truncate(reply.body.size() / 2);
    return reply;
}

Http::Reply scripted(const Fault &fault)
{
    Http::Reply reply = answer(fault.json);
    reply.status = fault.status;
    return reply;
}

} // namespace

void Faults::add(const QJsonObject &wish)
{
    constexpr int most = std::numeric_limits<int>::max();
    const auto whole = [&](const QString &name, int least, int fallback) {
        return static_cast<int>(number(wish.value(name), name, least, most, fallback));
    };
    Fault fault;
    fault.path = requiredText(wish, u"path"_s);
    fault.method = wish.value("method"_L1).toString().toLatin1();
    fault.kind = word(requiredText(wish, u"fault"_s), u"fault"_s, kinds);
    fault.times = whole(u"times"_s, -1, 1);
    fault.after = whole(u"after"_s, 0, 0);
    fault.time = std::chrono::milliseconds(whole(u"milliseconds"_s, 0, 0));
    fault.retryAfter = whole(u"retry_after"_s, 0, -1);
    fault.status = whole(u"status"_s, 200, 200);
    fault.json = wish.value("json"_L1).toObject();
    m_faults.append(fault);
}

void Faults::clear()
{
    m_faults.clear();
    for (const Http::ExchangePtr &exchange : std::exchange(m_hanging, {}))
        exchange->abort();
}

std::optional<Fault> Faults::take(const Http::RequestHead &head)
{
    const auto found =
        std::find_if(m_faults.begin(), m_faults.end(), [&](const Fault &fault) { return befalls(fault, head); });
    if (found == m_faults.end())
        return std::nullopt;
    if (found->after > 0) {
        --found->after;
        return std::nullopt;
    }
    const Fault fault = *found;
    if (found->times > 0)
        --found->times;
    if (found->times == 0)
        m_faults.erase(found);
    return fault;
}

void Faults::befall(const Fault &fault, const Http::ExchangePtr &exchange, const Controls::Work &work,
                    const Respond &respond)
{
    if (fault.kind == "delay"_L1)
        QTimer::singleShot(fault.time, this, [respond, work] { work(respond); });
    else if (fault.kind == "reset"_L1)
        exchange->abort();
    else if (fault.kind == "hang"_L1)
        hold(exchange, fault.time);
    else if (fault.kind == "answer"_L1)
        respond(scripted(fault));
    else if (fault.kind == "lost_answer"_L1)
        work([exchange](const Http::Reply &) { exchange->abort(); });
    else if (fault.kind == "truncated"_L1 || fault.kind == "bad_json"_L1)
        work([respond, kind = fault.kind](const Http::Reply &reply) { respond(spoiled(reply, kind)); });
    else
        respond(refusal(fault));
}

void Faults::hold(const Http::ExchangePtr &exchange, std::chrono::milliseconds time)
{
    m_hanging.append(exchange);
    // Queued: the exchange must not die in its own signal.
    const Http::Exchange *held = exchange.get();
    connect(
        held, &Http::Exchange::clientLeft, this, [this, held] { drop(held); }, Qt::QueuedConnection);
    if (time.count() > 0) {
        QTimer::singleShot(time, held, [this, held] {
            if (const Http::ExchangePtr kept = drop(held))
                kept->abort();
        });
    }
}

Http::ExchangePtr Faults::drop(const Http::Exchange *exchange)
{
    const auto found = std::find_if(m_hanging.cbegin(), m_hanging.cend(),
                                    [&](const Http::ExchangePtr &one) { return one.get() == exchange; });
    return found == m_hanging.cend() ? nullptr : m_hanging.takeAt(found - m_hanging.cbegin());
}

} // namespace Sample

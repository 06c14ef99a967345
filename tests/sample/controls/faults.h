#pragma once

#include "http/exchange.h"
#include "sample/server/controls.h"

#include <QJsonObject>
#include <QObject>

#include <chrono>
#include <functional>
#include <optional>

namespace Sample {

/// A fault that a test asked for.
struct Fault
{
    QString path;      ///< of the requests it befalls; "/api/2.1/*" is every path that begins so, "*" every one
    QByteArray method; ///< empty: all
    QString kind;
    int times = 1; ///< how many requests are still to suffer it; -1: all, until the faults are cleared
    int after = 0; ///< how many requests that fit are to pass before
    std::chrono::milliseconds time{0};
    int retryAfter = -1; ///< seconds, for the Retry-After header; -1: none
    int status = 200;    ///< of an answer that is given
    QJsonObject json = {};
};

/// Faults on request. POST /sample/faults takes {"path", "method"?, "fault", "times"?, "after"?, "milliseconds"?,
/// "retry_after"?} where fault is one of
///   delay         the right answer, milliseconds late
///   rate_limit    429 REQUEST_LIMIT_EXCEEDED
///   unavailable   503 TEMPORARILY_UNAVAILABLE
///   unauthorized  401, as for a revoked token
///   forbidden     403 PERMISSION_DENIED
///   reset         the connection is dropped without an answer; nothing is done
///   hang          no answer and nothing done; dropped after milliseconds, if they are given
///   truncated     the request is done, its answer ends before the announced length
///   bad_json      the request is done, its answer is half of the JSON
///   lost_answer   the request is done, then the connection is dropped without an answer
///   server_error  500 with a page, as a proxy gives it; nothing is done
///   login_redirect  302 to another host, as private link and sign-ins answer; nothing is done
///   login_page    200 with a page instead of data; nothing is done
///   answer        the object "json", with "status" (200); nothing is done. Any path: also one that the sample lacks
/// The oldest fault that fits is taken. DELETE /sample/faults forgets all and drops what hangs.
class Faults : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Faults)

public:
    Faults() = default;

    /// What POST /sample/faults takes. Throws ApiRefusal.
    void add(const QJsonObject &wish);
    void clear();

    /// The fault that befalls this request, counted as suffered.
    std::optional<Fault> take(const Http::RequestHead &head);
    void befall(const Fault &fault, const Http::ExchangePtr &exchange, const Controls::Work &work,
                const Respond &respond);

private:
    void hold(const Http::ExchangePtr &exchange, std::chrono::milliseconds time);
    /// Takes it out of those that hang; nullptr if it is not one of them.
    Http::ExchangePtr drop(const Http::Exchange *exchange);

    QList<Fault> m_faults;
    QList<Http::ExchangePtr> m_hanging;
};

} // namespace Sample

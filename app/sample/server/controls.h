#pragma once

#include "http/exchange.h"
#include "sample/server/router.h"

#include <QMap>

#include <functional>

namespace Sample {

/// What can be moved in the sample from outside of its API.
struct Levers
{
    /// The families that can grow, by name: each to so many items; what it has beyond that it keeps.
    QMap<QString, std::function<void(qsizetype count)>> grow;
    std::function<void()> refuseCsv;   ///< as a format of statements, from now on
    std::function<void()> expireLinks; ///< those that were given so far
};

/// Stands between the sample and its clients, and moves its levers. Tests have one (tests/sample/controls); the program
/// that people get has none.
class Controls
{
public:
    using Work = std::function<void(const Respond &)>;

    virtual ~Controls() = default;

    /// Endpoints of its own, below /sample/.
    virtual QList<Route> routes(const Levers &levers) = 0;
    /// A request came in that is not for these endpoints.
    virtual void note(const Http::Request &request) = 0;
    /// Whether it takes the request over. work does it and gives its right answer to who is handed in, now or later;
    /// respond sends an answer, right or wrong.
    virtual bool takesOver(const Http::ExchangePtr &exchange, const Work &work, const Respond &respond) = 0;
};

} // namespace Sample

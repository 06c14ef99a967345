#pragma once

#include "sample/controls/faults.h"
#include "sample/server/controls.h"

#include <QJsonArray>

namespace Sample {

/// What tests ask of the sample beside its API.
///   POST /sample/faults asks for a fault, DELETE forgets all (see faults.h)
///   GET /sample/requests gives {"requests": [{method, path, query, body}]}, oldest first, DELETE forgets them. Headers
///     are not kept, so no token is. Long records lose their beginning, and long bodies their end.
///   POST /sample/scale takes {"jobs": 5000, "clusters": 10000, …}: so large the named families become
///   POST /sample/statements takes {"refuse_csv": true, "expire_links": true}: CSV is refused from now on, and the
///   links
///     given so far are dead
class TestControls final : public Controls
{
public:
    QList<Route> routes(const Levers &levers) override;
    void note(const Http::Request &request) override;
    bool takesOver(const Http::ExchangePtr &exchange, const Work &work, const Respond &respond) override;

private:
    Faults m_faults;
    QJsonArray m_requests;
};

} // namespace Sample

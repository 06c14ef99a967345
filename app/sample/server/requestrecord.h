#pragma once

#include "http/request.h"
#include "sample/server/router.h"

#include <QJsonArray>

namespace Sample {

/// What was asked of the sample, for tests: GET /sample/requests gives {"requests": [{method, path, query, body}]},
/// oldest first, DELETE forgets them. Headers are not kept, so no token is. Long records lose their beginning, and
/// long bodies their end.
class RequestRecord
{
public:
    void add(const Http::Request &request);
    QList<Route> routes();

private:
    QJsonArray m_requests;
};

} // namespace Sample

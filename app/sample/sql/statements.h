#pragma once

#include "sample/server/router.h"

#include <QUrl>

namespace Sample {

class StatementBook;
class WarehouseFleet;

/// Where the rows of a statement with EXTERNAL_LINKS are fetched from: without a token, as from a cloud's storage.
inline constexpr auto LinkPath = QLatin1StringView("/sample/links/");

/// The endpoints /api/2.0/sql/statements and /api/2.0/sql/history/queries, and the links they give. For tests, POST
/// /sample/statements takes {"refuse_csv": true, "expire_links": true}: CSV is refused from now on, and the links given
/// so far are dead. base tells the sample's own address. What is handed in must outlive the routes.
QList<Route> statementRoutes(StatementBook &book, const WarehouseFleet &fleet, std::function<QUrl()> base);

} // namespace Sample

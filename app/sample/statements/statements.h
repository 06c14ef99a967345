#pragma once

#include "sample/server/router.h"

#include <QUrl>

#include <functional>

namespace Sample {

class StatementBook;
class WarehouseFleet;
struct Statement;

/// Where the rows of a statement with EXTERNAL_LINKS are fetched from: without a token, as from a cloud's storage.
inline constexpr auto LinkPath = QLatin1StringView("/sample/links/");

/// The links that statements are given.
struct StatementLinks
{
    StatementLinks();
    /// Makes the links that were given so far dead.
    void expire();
    QString signature(const QString &id, qsizetype chunk, const QString &expires) const;

    std::function<QUrl()> base; ///< the sample's own address
    QByteArray secret;          ///< signs the links
    bool refusesCsv = false;
};

/// A statement as the API tells it, with its first rows where it has succeeded and gives them inline.
QJsonObject statementFacts(const Statement &statement);

/// The endpoints /api/2.0/sql/statements and /api/2.0/sql/history/queries, and the links they give. What is handed in
/// must outlive the routes.
QList<Route> statementRoutes(StatementBook &book, const WarehouseFleet &fleet, const StatementLinks &links);

} // namespace Sample

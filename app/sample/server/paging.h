#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace Sample {

/// What a client asks of a listing that comes in pages.
struct PageWish
{
    qsizetype size = 20;
    QString token; ///< empty for the first page
};

/// A page of items under itemsKey, with next_page_token and prev_page_token (empty where there is none). A token is
/// opaque and belongs to the listing it came from: scope names that listing with all of its filters. Any other token
/// throws ApiRefusal (INVALID_PARAMETER_VALUE).
QJsonObject page(const QJsonArray &items, const QString &itemsKey, const PageWish &wish, const QString &scope);

} // namespace Sample

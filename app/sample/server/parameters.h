#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

#include <optional>

namespace Sample {

/// Reads the arguments of a request. Each throws ApiRefusal (INVALID_PARAMETER_VALUE) for a value of the wrong kind.

/// The decoded value of a query parameter; empty where there is none.
QString queryText(const QUrlQuery &query, const QString &name);
QString requiredText(const QUrlQuery &query, const QString &name);
QString requiredText(const QJsonObject &body, const QString &name);

/// A whole number between least and most; fallback where it is absent. Text that spells a number is one, as in
/// protobuf's JSON.
qint64 number(const QJsonValue &value, const QString &name, qint64 least, qint64 most, qint64 fallback);
qint64 number(const QUrlQuery &query, const QString &name, qint64 least, qint64 most, qint64 fallback);

std::optional<bool> truth(const QUrlQuery &query, const QString &name);

/// One of the allowed words; the first of them where it is absent.
QString word(const QString &value, const QString &name, const QStringList &allowed);
/// Any number of the allowed words.
QStringList words(const QStringList &values, const QString &name, const QStringList &allowed);

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

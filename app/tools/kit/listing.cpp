#include "tools/kit/listing.h"

#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

QString pageToken(const QString &apiToken, qsizetype index, const Listed &listed)
{
    const QJsonObject place{{"t"_L1, apiToken}, {"i"_L1, index}, {"n"_L1, listed.total}, {"x"_L1, listed.totalIsExact}};
    return QString::fromLatin1(QJsonDocument(place)
                                   .toJson(QJsonDocument::Compact)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

Listing::Listing(const QString &path, const QUrlQuery &query, const QString &itemsKey, Shape shape)
    : path(path)
    , query(query)
    , itemsKey(itemsKey)
    , shape(std::move(shape))
{}

Listing &Listing::matching(Filter newFilter)
{
    filter = std::move(newFilter);
    return *this;
}

Listing &Listing::countedBy(Group newGroup)
{
    group = std::move(newGroup);
    return *this;
}

Listing &Listing::pagedBy(const QString &parameter)
{
    tokenParameter = parameter;
    return *this;
}

Listing &Listing::within(qsizetype newBytes)
{
    bytes = newBytes;
    return *this;
}

Listing &Listing::countingTo(qsizetype items)
{
    counted = items;
    return *this;
}

Listing &Listing::lookingAt(qsizetype items)
{
    looked = items;
    return *this;
}

Listing &Listing::from(const QString &pageToken, qsizetype newLimit)
{
    limit = newLimit;
    if (pageToken.isEmpty())
        return *this;
    const auto decoded = QByteArray::fromBase64Encoding(
        pageToken.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QJsonObject place = QJsonDocument::fromJson(decoded.decoded).object();
    if (!decoded || !place.value("t"_L1).isString())
        throw ApiError(
            ApiError::Kind::BadRequest,
            u"This page_token is not one that an earlier answer gave. Leave it out to start at the beginning."_s);
    apiToken = place.value("t"_L1).toString();
    index = qMax(0, place.value("i"_L1).toInteger());
    total = place.value("n"_L1).toInteger(-1);
    totalIsExact = place.value("x"_L1).toBool();
    return *this;
}

QString Listed::totalInWords() const
{
    return totalIsExact ? QString::number(total) : u"at least %1"_s.arg(total);
}

QCoro::Task<Listed> readListing(Databricks::Workspace workspace, Listing listing)
{
    Listed listed;
    const bool firstAnswer = listing.total < 0;
    listed.total = firstAnswer ? 0 : listing.total;
    listed.totalIsExact = firstAnswer || listing.totalIsExact;

    QString apiToken = listing.apiToken;
    qsizetype skip = listing.index;
    qsizetype bytes = 0;
    qsizetype read = 0;
    // Where the answer ended; the token is made last, when the total is known.
    bool full = false;
    QString nextApiToken;
    qsizetype nextIndex = 0;

    QSet<QString> seen;
    while (true) {
        QUrlQuery query = listing.query;
        if (!apiToken.isEmpty())
            Databricks::addQueryItem(query, listing.tokenParameter, apiToken);
        const Databricks::Page page = co_await workspace.page(listing.path, query, listing.itemsKey);
        for (qsizetype i = skip; i < page.items.size(); ++i) {
            const QJsonObject item = page.items.at(i).toObject();
            if (listing.filter && !listing.filter(item))
                continue;
            if (firstAnswer) {
                ++listed.total;
                if (listing.group)
                    ++listed.counts[listing.group(item)];
            }
            if (full)
                continue;
            const QJsonObject row = listing.shape(item);
            bytes += QJsonDocument(row).toJson(QJsonDocument::Compact).size();
            if (listed.rows.size() >= listing.limit || (bytes > listing.bytes && !listed.rows.isEmpty())) {
                full = true;
                nextApiToken = apiToken;
                nextIndex = i;
                if (!firstAnswer)
                    break;
            } else {
                listed.rows.append(row);
            }
        }
        read += page.items.size();
        skip = 0;
        seen.insert(apiToken);
        apiToken = page.nextPageToken;
        if (!apiToken.isEmpty() && seen.contains(apiToken))
            throw ApiError(ApiError::Kind::BadAnswer, u"The listing does not end: the workspace repeats its pages."_s);
        if (apiToken.isEmpty() || (full && !firstAnswer))
            break;
        if (full && read >= listing.counted) {
            listed.totalIsExact = false;
            break;
        }
        if (!full && listing.looked >= 0 && read >= listing.looked) {
            full = true;
            nextApiToken = apiToken;
            listed.totalIsExact = false;
            break;
        }
    }
    if (full)
        listed.nextPageToken = pageToken(nextApiToken, nextIndex, listed);
    co_return listed;
}

} // namespace Tools

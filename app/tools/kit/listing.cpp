#include "tools/kit/listing.h"

#include "databricks/pageguard.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

Schema withPages(Schema schema, PageSize size)
{
    schema.integer(u"limit"_s, u"At most this many; default %1"_s.arg(size.usual), 1, size.most)
        .text(u"page_token"_s, u"next_page_token of an earlier answer"_s);
    return schema;
}

Schema listedSchema(const QString &rowsKey, const Schema &row)
{
    return Schema()
        .rows(rowsKey, {}, row)
        .integer(u"total"_s, u"How many match"_s)
        .flag(u"total_is_exact"_s, u"False: there are more than total"_s)
        .text(u"next_page_token"_s, u"There are more: give it as page_token"_s)
        .require({rowsKey, u"total"_s});
}

QString pageToken(const QJsonObject &place)
{
    return QString::fromLatin1(
        jsonText(place).toUtf8().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QJsonObject pagePlace(const QString &pageToken, const QString &key)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        pageToken.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QJsonObject place = QJsonDocument::fromJson(decoded.decoded).object();
    if (!decoded || !place.value(key).isString())
        throw ApiError(
            ApiError::Kind::BadRequest,
            u"This page_token is not one that an earlier answer gave. Leave it out to start at the beginning."_s);
    return place;
}

Listing::Listing(const QString &path, const QUrlQuery &query, const QString &itemsKey, Shape shape)
    : m_path(path)
    , m_query(query)
    , m_itemsKey(itemsKey)
    , m_shape(std::move(shape))
{}

Listing &Listing::matching(Filter filter)
{
    m_filter = std::move(filter);
    return *this;
}

Listing &Listing::holding(const QString &key, const QString &text)
{
    return matching([key, text](const QJsonObject &item) {
        return item.value(key).toString().contains(text, Qt::CaseInsensitive);
    });
}

Listing &Listing::countedBy(Group group)
{
    m_group = std::move(group);
    return *this;
}

Listing &Listing::pagedBy(const QString &parameter)
{
    m_tokenParameter = parameter;
    return *this;
}

Listing &Listing::tokenBeside(const QStringList &parameters)
{
    m_besideToken = parameters;
    return *this;
}

Listing &Listing::within(qsizetype bytes)
{
    m_bytes = bytes;
    return *this;
}

Listing &Listing::countingTo(qsizetype items)
{
    m_counted = items;
    return *this;
}

Listing &Listing::lookingAt(qsizetype items)
{
    m_looked = items;
    return *this;
}

Listing &Listing::from(const ToolCall &call, PageSize size)
{
    return from(call.text(u"page_token"_s), call.number(u"limit"_s, size.usual));
}

Listing &Listing::from(const QString &pageToken, qsizetype limit)
{
    m_limit = limit;
    if (pageToken.isEmpty())
        return *this;
    const QJsonObject place = pagePlace(pageToken, u"t"_s);
    m_apiToken = place.value("t"_L1).toString();
    m_index = qMax(0, place.value("i"_L1).toInteger());
    m_total = place.value("n"_L1).toInteger(-1);
    m_totalIsExact = place.value("x"_L1).toBool();
    return *this;
}

QString Listed::totalInWords() const
{
    return totalIsExact ? QString::number(total) : u"at least %1"_s.arg(total);
}

QUrlQuery Listing::queryFor(const QString &apiToken) const
{
    if (apiToken.isEmpty())
        return m_query;
    QUrlQuery query = m_query;
    for (const auto &[key, value] : m_query.queryItems()) {
        if (m_besideToken && !m_besideToken->contains(key))
            query.removeAllQueryItems(key);
    }
    Databricks::addQueryItem(query, m_tokenParameter, apiToken);
    return query;
}

QCoro::Task<Listed> readListing(Databricks::Workspace workspace, Listing listing)
{
    Listed listed;
    const bool firstAnswer = listing.m_total < 0;
    listed.total = firstAnswer ? 0 : listing.m_total;
    listed.totalIsExact = firstAnswer || listing.m_totalIsExact;

    QString apiToken = listing.m_apiToken;
    qsizetype skip = listing.m_index;
    qsizetype bytes = 0;
    qsizetype read = 0;
    // Where the answer ended; the token is made last, when the total is known.
    bool full = false;
    QString nextApiToken;
    qsizetype nextIndex = 0;

    const ApiError endless(ApiError::Kind::BadAnswer, u"The listing does not end: the workspace repeats its pages."_s);
    Databricks::PageGuard guard(endless);
    while (true) {
        Databricks::Page page;
        bool isRepeated = true;
        try {
            guard.reading(apiToken);
            isRepeated = false;
            const QUrlQuery query = listing.queryFor(apiToken);
            page = co_await workspace.page(listing.m_path, query, listing.m_itemsKey);
        } catch (const ApiError &error) {
            if (read == 0 || error.kind() == ApiError::Kind::Cancelled)
                throw;
            listed.totalIsExact = false;
            if (!full) {
                listed.problem = error.message();
                full = !isRepeated;
                nextApiToken = apiToken;
            }
            break;
        }
        for (qsizetype i = skip; i < page.items.size(); ++i) {
            const QJsonObject item = page.items.at(i).toObject();
            if (listing.m_filter && !listing.m_filter(item))
                continue;
            if (firstAnswer) {
                ++listed.total;
                if (listing.m_group)
                    ++listed.counts[listing.m_group(item)];
            }
            if (full)
                continue;
            const QJsonObject row = listing.m_shape(item);
            bytes += jsonBytes(row);
            if (listed.rows.size() >= listing.m_limit || (bytes > listing.m_bytes && !listed.rows.isEmpty())) {
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
        apiToken = page.nextPageToken;
        if (!page.cut.isEmpty()) {
            listed.totalIsExact = false;
            listed.problem = page.cut;
        }
        if (apiToken.isEmpty() || (full && !firstAnswer))
            break;
        if (full && read >= listing.m_counted) {
            listed.totalIsExact = false;
            break;
        }
        if (!full && listing.m_looked >= 0 && read >= listing.m_looked) {
            full = true;
            nextApiToken = apiToken;
            listed.totalIsExact = false;
            break;
        }
    }
    const QJsonObject ended{
        {"t"_L1, nextApiToken}, {"i"_L1, nextIndex}, {"n"_L1, listed.total}, {"x"_L1, listed.totalIsExact}};
    if (full)
        listed.nextPageToken = pageToken(ended);
    co_return listed;
}

Mcp::ToolResult listAnswer(const QString &headline, const Columns &columns, const QString &rowsKey,
                           const Listed &listed)
{
    QJsonObject structured{
        {rowsKey, listed.rows}, {"total"_L1, listed.total}, {"total_is_exact"_L1, listed.totalIsExact}};
    QString text = headline;
    if (!listed.rows.isEmpty())
        text += u'\n' + textTable(columns, listed.rows);
    if (!listed.problem.isEmpty()) {
        structured.insert("problem"_L1, listed.problem);
        text += u"\nThe listing could not be read to its end: "_s + sentence(listed.problem);
    }
    if (!listed.nextPageToken.isEmpty()) {
        structured.insert("next_page_token"_L1, listed.nextPageToken);
        text += u"\nThese are %1 of %2. For the next ones call again with the same arguments and page_token \"%3\"."_s
                    .arg(listed.rows.size())
                    .arg(listed.totalInWords(), listed.nextPageToken);
    }
    return Mcp::ToolResult(text, structured);
}

} // namespace Tools

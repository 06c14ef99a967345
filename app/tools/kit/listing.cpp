#include "tools/kit/listing.h"
#include "tools/kit/text/identifiers.h"

#include "databricks/pageguard.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

ApiError noToken()
{
    return ApiError(
        ApiError::Kind::BadRequest,
        u"This page_token is not one that an earlier answer gave. Leave it out to start at the beginning."_s);
}

/// Where an answer ended: the API's token for its page, the index in it, how many rows were given, and what is known of
/// the total.
struct Place
{
    QString apiToken;
    qsizetype index = 0;
    qsizetype shown = 0;
    qsizetype total = 0;
    bool totalIsExact = false;
};

/// "50.130." or "20/150.1000+.token of the API".
QString tokenOf(const Place &place)
{
    const QString total = QString::number(place.total) + (place.totalIsExact ? QString() : u"+"_s);
    // Within the API's first page the index is mostly what was shown: a token is to cost little.
    const QString shown = QString::number(place.shown);
    const QString where = place.index == place.shown ? shown : QString::number(place.index) + u'/' + shown;
    return pageToken({where, total, place.apiToken});
}

/// Throws ApiError for what no answer gave.
Place placeOf(const QString &token)
{
    const QStringList parts = pageParts(token, 3);
    const QString where = parts.at(0);
    QString total = parts.at(1);
    const bool isExact = !total.endsWith(u'+');
    if (!isExact)
        total.chop(1);
    bool isIndex = false;
    bool isShown = false;
    bool isTotal = false;
    const Place place{.apiToken = parts.at(2),
                      .index = where.section(u'/', 0, 0).toLongLong(&isIndex),
                      .shown = where.section(u'/', -1).toLongLong(&isShown),
                      .total = total.toLongLong(&isTotal),
                      .totalIsExact = isExact};
    const bool isWhole = isIndex && isShown && isTotal;
    if (!isWhole || place.index < 0 || place.shown < 0 || place.total < 0)
        throw noToken();
    return place;
}

} // namespace

Schema withPages(Schema schema, PageSize size)
{
    schema.integer(u"limit"_s, u"Default %1"_s.arg(size.usual), 1, size.most)
        .text(u"page_token"_s, u"From the last answer"_s);
    return schema;
}

Schema listedSchema(const QString &rowsKey, const Schema &row)
{
    return Schema()
        .rows(rowsKey, {}, row)
        .integer(u"total"_s, u"How many match"_s)
        .integer(u"total_at_least"_s, u"How many were counted; there are more"_s)
        .text(u"next_page_token"_s, u"There are more: give it as page_token"_s)
        .require({rowsKey});
}

QString pageToken(const QStringList &parts)
{
    return parts.join(u'.');
}

QStringList pageParts(const QString &pageToken, qsizetype count)
{
    QStringList parts;
    qsizetype begin = 0;
    while (parts.size() < count - 1) {
        const qsizetype end = pageToken.indexOf(u'.', begin);
        if (end < 0)
            throw noToken();
        parts.append(pageToken.sliced(begin, end - begin));
        begin = end + 1;
    }
    parts.append(pageToken.sliced(begin));
    return parts;
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
    return matching([key, text](const QJsonObject &item) { return nameHolds(item.value(key).toString(), text); });
}

Listing &Listing::countedBy(Group group)
{
    m_group = std::move(group);
    return *this;
}

Listing &Listing::watchedBy(Watcher watcher)
{
    m_watcher = std::move(watcher);
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
    const Place place = placeOf(pageToken);
    m_apiToken = place.apiToken;
    m_index = place.index;
    m_before = place.shown;
    m_total = place.total;
    m_totalIsExact = place.totalIsExact;
    return *this;
}

QString Listed::totalInWords() const
{
    if (totalIsExact)
        return QString::number(total);
    return isTotalKnown() ? u"at least %1"_s.arg(total) : u"more than %1"_s.arg(shown());
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
    listed.before = listing.m_before;
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
                if (listing.m_watcher)
                    listing.m_watcher(item);
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
    // Where counting went on to less than what is given now, this is what there is, at the least or in all.
    listed.total = std::max(listed.total, listed.shown());
    listed.totalIsExact = listed.totalIsExact || (!full && listed.problem.isEmpty());
    const Place ended{nextApiToken, nextIndex, listed.shown(), listed.total, listed.totalIsExact};
    if (full)
        listed.nextPageToken = tokenOf(ended);
    co_return listed;
}

Answer listAnswer(const QString &headline, const Columns &columns, const QString &rowsKey, const Listed &listed)
{
    const bool isCut = !listed.nextPageToken.isEmpty();
    QString summary = headline.endsWith(u':') ? headline.chopped(1) : headline;
    if (listed.before > 0 && !listed.rows.isEmpty())
        summary += u", %1 to %2 of them here"_s.arg(listed.before + 1).arg(listed.shown());
    else if (isCut)
        summary += u", %1 of them here"_s.arg(listed.rows.size());
    Answer answer(listed.rows.isEmpty() ? summary : QString(summary + u':'));
    if (listed.isTotalKnown())
        answer.stated(listed.totalIsExact ? u"total"_s : u"total_at_least"_s, listed.total);
    answer.table(rowsKey, columns, listed.rows);
    if (!listed.problem.isEmpty())
        answer.stated(u"problem"_s, listed.problem)
            .note(u"The listing could not be read to its end: "_s + sentence(listed.problem));
    if (isCut)
        answer.nextPage(listed.nextPageToken);
    return answer;
}

} // namespace Tools

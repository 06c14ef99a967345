#pragma once

#include "databricks/workspace.h"
#include "tools/kit/answer.h"

#include <QCoroTask>
#include <QJsonArray>
#include <QMap>

#include <functional>

namespace Tools {

/// A list tool's question: which listing of the API, which of its items, how many, and from where on.
class Listing
{
public:
    using Filter = std::function<bool(const QJsonObject &)>;
    using Shape = std::function<QJsonObject(const QJsonObject &)>;
    using Group = std::function<QString(const QJsonObject &)>;

    /// shape takes an item of the API to the row of the answer: only what one would act on.
    Listing(const QString &path, const QUrlQuery &query, const QString &itemsKey, Shape shape);

    Listing &matching(Filter filter);
    /// Counts the matching items by what group says of each ("RUNNING").
    Listing &countedBy(Group group);
    /// The query parameter that takes the API's page token, where it is not page_token.
    Listing &pagedBy(const QString &parameter);
    /// At most so many bytes of rows, for an answer that is made of several listings.
    Listing &within(qsizetype bytes);
    /// How many items are read, at most, only to count them: fewer where the API's pages are small.
    Listing &countingTo(qsizetype items);
    /// For a filter that the API does not know and that few items may pass: how many are looked at for one answer. The
    /// next page goes on where it ended.
    Listing &lookingAt(qsizetype items);
    /// At most limit rows, from where the token of an earlier answer says. A token that is none throws ApiError.
    Listing &from(const QString &pageToken, qsizetype limit);

    QString path;
    QUrlQuery query;
    QString itemsKey;
    QString tokenParameter = QStringLiteral("page_token");
    Shape shape;
    Filter filter;
    Group group;
    QString apiToken;
    qsizetype index = 0;  ///< of the first wanted item in the API's page
    qsizetype total = -1; ///< known from the first answer; -1 on the first one
    bool totalIsExact = false;
    qsizetype limit = 100;
    qsizetype counted = 1000;
    qsizetype looked = -1; ///< -1: as many as there are
    qsizetype bytes = AnswerBytes;
};

/// A list tool's answer.
class Listed
{
public:
    QJsonArray rows;
    qsizetype total = 0;             ///< of the matching items when the listing was first asked for
    bool totalIsExact = true;        ///< false: the listing is so long that it was not counted to its end
    QMap<QString, qsizetype> counts; ///< by group; only on the first answer
    QString nextPageToken;           ///< empty: these were the last

    /// "130", or "at least 1000".
    QString totalInWords() const;
};

/// Reads a listing's rows up to the limit and the byte budget of an answer, and counts on to the end of the listing
/// (for at most a thousand items) to state the total. Throws ApiError.
QCoro::Task<Listed> readListing(Databricks::Workspace workspace, Listing listing);

} // namespace Tools

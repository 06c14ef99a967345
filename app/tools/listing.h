#pragma once

#include "databricks/workspace.h"

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
    /// At most limit rows, from where the token of an earlier answer says. A token that is none throws ApiError.
    Listing &from(const QString &pageToken, qsizetype limit);

    QString path;
    QUrlQuery query;
    QString itemsKey;
    Shape shape;
    Filter filter;
    Group group;
    QString apiToken;
    qsizetype index = 0; ///< of the first wanted item in the API's page
    qsizetype total = -1; ///< known from the first answer; -1 on the first one
    bool totalIsExact = false;
    qsizetype limit = 100;
};

/// A list tool's answer.
class Listed
{
public:
    QJsonArray rows;
    qsizetype total = 0;       ///< of the matching items when the listing was first asked for
    bool totalIsExact = true;  ///< false: the listing is so long that it was not counted to its end
    QMap<QString, qsizetype> counts; ///< by group; only on the first answer
    QString nextPageToken;     ///< empty: these were the last

    /// "130", or "more than 1000".
    QString totalInWords() const;
};

/// Reads a listing's rows up to the limit and the byte budget of an answer, and counts on to the end of the listing
/// (for at most a thousand items) to state the total. Throws ApiError.
QCoro::Task<Listed> readListing(Databricks::Workspace workspace, Listing listing);

} // namespace Tools

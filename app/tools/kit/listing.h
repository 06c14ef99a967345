#pragma once

#include "databricks/workspace.h"
#include "mcp/types/toolresult.h"
#include "tools/kit/answer.h"
#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonArray>
#include <QMap>

#include <functional>
#include <optional>

namespace Tools {

/// How many rows a list tool gives unless its argument limit says otherwise, and how many at most.
struct PageSize
{
    qint64 usual = 50;
    qint64 most = 1000;
};

/// The schema with the arguments every list tool takes: limit and page_token.
Schema withPages(Schema schema, PageSize size = {});

/// What every list tool answers (see listAnswer()).
Schema listedSchema(const QString &rowsKey, const Schema &row);

/// A page_token that says where an answer ended; no part but the last may hold a full stop. It costs a model as little
/// as can be.
QString pageToken(const QStringList &parts);
/// The parts again. Throws ApiError for a token that is none.
QStringList pageParts(const QString &pageToken, qsizetype count);

/// A list tool's answer.
class Listed
{
public:
    QJsonArray rows;
    qsizetype before = 0;            ///< how many rows earlier answers gave
    qsizetype total = 0;             ///< of the matching items when the listing was first asked for
    bool totalIsExact = true;        ///< false: the listing is so long that it was not counted to its end
    QMap<QString, qsizetype> counts; ///< by group; only on the first answer
    QString nextPageToken;           ///< empty: these were the last
    QString problem;                 ///< why it could not be read on; empty where it could

    /// "130", "at least 1000"; where no more is known than what is listed, "more than 25".
    QString totalInWords() const;
    bool isTotalKnown() const { return totalIsExact || total > shown(); }
    /// How many rows this answer and those before it gave.
    qsizetype shown() const { return before + rows.size(); }
};

/// A list tool's question: which listing of the API, which of its items, how many, and from where on.
class Listing
{
public:
    using Filter = std::function<bool(const QJsonObject &)>;
    using Shape = std::function<QJsonObject(const QJsonObject &)>;
    using Group = std::function<QString(const QJsonObject &)>;
    using Watcher = std::function<void(const QJsonObject &)>;

    /// shape takes an item of the API to the row of the answer: only what one would act on.
    Listing(const QString &path, const QUrlQuery &query, const QString &itemsKey, Shape shape);

    Listing &matching(Filter filter);
    /// Only items whose text under key holds this one, in any case.
    Listing &holding(const QString &key, const QString &text);
    /// Counts the matching items by what group says of each ("RUNNING").
    Listing &countedBy(Group group);
    /// Shows watcher each of the items that are counted, which are more than the rows.
    Listing &watchedBy(Watcher watcher);
    /// The query parameter that takes the API's page token, where it is not page_token.
    Listing &pagedBy(const QString &parameter);
    /// For an endpoint that takes nothing beside a page token but these parameters.
    Listing &tokenBeside(const QStringList &parameters);
    /// At most so many bytes of rows, for an answer that is made of several listings.
    Listing &within(qsizetype bytes);
    /// How many items are read, at most, only to count them: fewer where the API's pages are small.
    Listing &countingTo(qsizetype items);
    /// For a filter that the API does not know and that few items may pass: how many are looked at for one answer. The
    /// next page goes on where it ended.
    Listing &lookingAt(qsizetype items);
    /// The rows that the call's arguments limit and page_token ask for (see withPages()). A token that is none throws
    /// ApiError.
    Listing &from(const ToolCall &call, PageSize size = {});
    /// The same for an answer that is made of several listings.
    Listing &from(const QString &pageToken, qsizetype limit);

private:
    QUrlQuery queryFor(const QString &apiToken) const;
    /// Reads a listing's rows up to the limit and the byte budget of an answer, and counts on to the end of the
    /// listing (for at most a thousand items) to state the total. Throws ApiError; a page that cannot be read after
    /// others were costs nothing of those.
    friend QCoro::Task<Listed> readListing(Databricks::Workspace workspace, Listing listing);

    QString m_path;
    QUrlQuery m_query;
    QString m_itemsKey;
    QString m_tokenParameter = QStringLiteral("page_token");
    std::optional<QStringList> m_besideToken; ///< nothing: whatever is asked for stays
    Shape m_shape;
    Filter m_filter;
    Group m_group;
    Watcher m_watcher;
    QString m_apiToken;
    qsizetype m_index = 0;  ///< of the first wanted item in the API's page
    qsizetype m_before = 0; ///< rows that earlier answers gave
    qsizetype m_total = -1; ///< known from the first answer; -1 on the first one
    bool m_totalIsExact = false;
    qsizetype m_limit = 100;
    qsizetype m_counted = 1000;
    qsizetype m_looked = -1; ///< -1: as many as there are
    qsizetype m_bytes = RowBytes;
};

QCoro::Task<Listed> readListing(Databricks::Workspace workspace, Listing listing);

/// The rows of a listing below a headline, with how many there are and how to get the rest: "total" ("total_at_least"
/// where they were not counted to their end), "next_page_token" where there are more, the rows under rowsKey.
Answer listAnswer(const QString &headline, const Columns &columns, const QString &rowsKey, const Listed &listed);

} // namespace Tools

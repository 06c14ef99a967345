#pragma once

#include "sample/sql/sqlask.h"

#include <QJsonArray>
#include <QList>
#include <QString>

namespace Sample {

/// What a query that a notebook asked gave.
struct QueryRows
{
    QList<SampleColumn> columns;
    QJsonArray rows;
    QString failure; ///< empty: it succeeded

    static constexpr qint64 Most = 1000; ///< rows that a notebook sees

    static QueryRows of(const SqlOutcome &outcome);
    /// The first cell of the first row.
    QString first() const { return rows.at(0).toArray().at(0).toString(); }
    /// The first cell of every row.
    QStringList firstColumn() const;
    /// How show() prints rows.
    struct Showing
    {
        qsizetype most = 20;  ///< rows
        qsizetype width = 20; ///< of a cell, the rest is cut off; 0: whole, and to the left
    };
    QString asText(const Showing &how) const;
};

/// Thrown by a notebook that runs when it needs the rows of a query that has not been asked yet: it is run anew, from
/// the start, when they are there.
struct QueryWanted
{
    QString sql;
};

/// The answers so far, in the order in which a notebook asks.
class QueryAnswers
{
public:
    explicit QueryAnswers(const QList<QueryRows> &known)
        : m_known(known)
    {}

    /// The rows of the next query. Throws QueryWanted.
    const QueryRows &next(const QString &sql)
    {
        if (m_asked >= m_known.size())
            throw QueryWanted{sql};
        return m_known.at(m_asked++);
    }

private:
    const QList<QueryRows> m_known;
    qsizetype m_asked = 0;
};

} // namespace Sample

#pragma once

#include "sample/reports/reportshelf.h"

namespace Sample {

/// Saved queries (https://docs.databricks.com/api/workspace/queries): those that the sample's jobs run, and what is
/// made here.
class SavedQueries
{
    Q_DISABLE_COPY_MOVE(SavedQueries)

public:
    /// user is who the sample's token belongs to.
    explicit SavedQueries(QString user);

    /// Empty where there is none.
    QJsonObject find(const QString &id) const { return m_shelf.find(id); }
    /// They refer to the queries.
    QList<Route> routes();

private:
    const QString m_user;
    ReportShelf m_shelf{QStringLiteral("Query")};
};

} // namespace Sample

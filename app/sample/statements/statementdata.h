#pragma once

#include "sample/sql/sqlask.h"

#include <QJsonObject>

namespace Sample {

/// A statement and what became of it.
struct Statement
{
    QString id;
    QString user;
    QString warehouseId;
    SqlAsk ask;
    bool hasLinks = false; ///< EXTERNAL_LINKS instead of INLINE
    QString format;        ///< JSON_ARRAY or CSV
    QString state = QStringLiteral("PENDING");
    SqlOutcome outcome;
    qint64 started = 0; ///< milliseconds since 1970
    qint64 ended = 0;

    bool isOver() const { return state != QLatin1StringView("PENDING") && state != QLatin1StringView("RUNNING"); }
};

/// Statements that others ran in the last hours, newest first; the same every time, but for now.
QList<Statement> pastStatements(qint64 now);

/// What sql/history/queries says of it.
QJsonObject historyEntry(const Statement &statement);

} // namespace Sample

#pragma once

#include <QJsonArray>

namespace Tools {

/// The rows of a thing's inner list that fit into an answer.
struct RowsPart
{
    QJsonArray rows;
    qsizetype first = 0;
    qsizetype total = 0;

    bool isWhole() const { return rows.size() == total; }
    /// "Tasks 1 to 90 of 240 are shown; …"; empty when all are. argument is the one that takes the number to go on
    /// from.
    QString note(const QString &things, const QString &argument) const;
};

/// From the one numbered first (from 0) on, as many as fit into bytes of JSON, and at least one.
RowsPart rowsPart(const QJsonArray &rows, qsizetype first, qsizetype bytes);

} // namespace Tools

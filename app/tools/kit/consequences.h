#pragma once

#include "calls/approvalrequest.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace Tools {

// What a person is told of a call before they allow it is read fact by fact: what one read can't find out (refused, too
// late, not there) is "not known", and the other facts stand.

/// What a GET answers; nothing where that can't be known.
QCoro::Task<std::optional<QJsonObject>> known(ToolCall call, QString path, QUrlQuery query);

/// The items of a listing, at least as many as were looked for where there are so many.
struct KnownItems
{
    QJsonArray items;
    bool isWhole = true; ///< false: there may be more

    /// "3 tables", "at least 100 tables", "no tables"
    QString counted(const QString &noun) const;
};

/// What a listing holds; nothing where that can't be known.
QCoro::Task<std::optional<KnownItems>> knownItems(ToolCall call, QString path, QUrlQuery query, QString itemsKey,
                                                  qsizetype most);

/// "1 row", "3 rows", "no rows", "2 queries"
QString counted(qint64 count, const QString &noun);

/// "a, b and 4 more": the first so many, each on one line and not too long.
QString someOf(const QStringList &names, qsizetype most = 5);

/// "2026-11-22 08:15:00 UTC, 3 h 5 min ago" from milliseconds since 1970; empty for 0.
QString agoText(qint64 milliseconds);

/// "512 bytes", "1.4 MB"
QString sizeText(qint64 bytes);

/// What is overwritten, line by line where both are text and not too long, else by size alone. before is the beginning
/// of what is there, of so many bytes in all.
void addOverwrite(Calls::Consequence &consequence, const QByteArray &before, qint64 bytesBefore,
                  const QByteArray &after);

/// How much of what is overwritten is read to compare it.
inline constexpr qint64 ComparedBytes = 256 * 1024;

} // namespace Tools

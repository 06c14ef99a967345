#include "tools/files/folders/transfer.h"

#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"

#include "common/visible.h"

#include <QMap>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Tools {

namespace {

constexpr auto LeastTime = 4s;
/// A file that takes longer is begun early in a call, or as its first.
constexpr qint64 QuickBytes = 8'000'000;
constexpr auto TimeForLarge = 25s;

constexpr qsizetype NamedFiles = 20;
constexpr qsizetype MostReasons = 20;
constexpr qsizetype NamesOfReason = 20;

/// One row a reason: a folder may have a thousand files that are there already.
QJsonArray byReason(const QList<LeftOut> &all)
{
    QStringList reasons;
    QMap<QString, QStringList> names;
    for (const LeftOut &one : all) {
        const bool isNew = !names.contains(one.why);
        const QString why = isNew && reasons.size() >= MostReasons ? u"of other reasons"_s : one.why;
        if (!names.contains(why))
            reasons.append(why);
        names[why].append(one.path);
    }
    QJsonArray rows;
    for (const QString &why : std::as_const(reasons))
        rows.append(QJsonObject{{"why"_L1, Text::visible(why)},
                                {"count"_L1, names.value(why).size()},
                                {"names"_L1, someOf(names.value(why), NamesOfReason)}});
    return rows;
}

QString summaryOf(const Transfer &transfer, const QString &verb)
{
    const QString moved = u"%1 %2 (%3) from %4 to %5."_s;
    const bool isUpload = verb == "Uploaded"_L1;
    QString words = moved.arg(verb, counted(transfer.names.size(), u"file"_s), sizeText(transfer.bytes),
                              isUpload ? transfer.local : transfer.remote, isUpload ? transfer.remote : transfer.local);
    if (transfer.replaced > 0)
        words += u" Replaced: %1."_s.arg(transfer.replaced);
    if (transfer.remaining > 0)
        words += u" Remaining: %1."_s.arg(transfer.remaining);
    return words;
}

} // namespace

bool hasTime(const ToolCall &call, qsizetype done, qint64 bytes)
{
    return done == 0 || call.timeLeft() > (bytes > QuickBytes ? TimeForLarge : LeastTime);
}

Mcp::ToolResult transferAnswer(const Transfer &transfer, const QString &verb)
{
    const QJsonArray rows = byReason(transfer.failed + transfer.left);
    const Columns columns{{u"why"_s, u"why"_s}, {u"count"_s, u"files"_s}, {u"names"_s, u"names"_s}};
    Answer answer(summaryOf(transfer, verb));
    answer.stated({{"path"_L1, transfer.remote},
                   {"local_path"_L1, transfer.local},
                   {"files"_L1, transfer.names.size()},
                   {"bytes"_L1, transfer.bytes},
                   {"replaced"_L1, transfer.replaced},
                   {"remaining"_L1, transfer.remaining}});
    answer.text(u"names"_s, {}, someOf(transfer.names, NamedFiles));
    answer.rows(u"left_out"_s, u"Left out:"_s, columns, rows);
    answer.note(transfer.problem).next(transfer.goOn);
    if (transfer.names.isEmpty() && (!transfer.failed.isEmpty() || !transfer.problem.isEmpty()))
        return Mcp::ToolResult::error(answer.result().text());
    return answer;
}

Schema transferSchema()
{
    return Schema()
        .text(u"path"_s, {})
        .text(u"local_path"_s, {})
        .integer(u"files"_s, {})
        .integer(u"bytes"_s, {})
        .integer(u"replaced"_s, {})
        .integer(u"remaining"_s, u"Files that this call did not come to"_s)
        .text(u"names"_s, {})
        .rows(u"left_out"_s, {}, Schema().text(u"why"_s, {}).integer(u"count"_s, {}).text(u"names"_s, {}))
        .require({u"path"_s, u"files"_s, u"bytes"_s, u"remaining"_s});
}

} // namespace Tools

#include "tools/kit/rowspart.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

QString RowsPart::note(const QString &things, const QString &argument) const
{
    if (isWhole())
        return {};
    if (rows.isEmpty())
        return u"There are %1 %2; none has the number %3."_s.arg(total).arg(things).arg(first);
    const qsizetype end = first + rows.size();
    const QString shown =
        u"%1 %2 to %3 of %4 are shown (counted from 0)."_s.arg(things).arg(first).arg(end - 1).arg(total);
    return end < total ? shown + u" For the next ones call again with %1 %2."_s.arg(argument).arg(end) : shown;
}

RowsPart rowsPart(const QJsonArray &rows, qsizetype first, qsizetype bytes)
{
    RowsPart part;
    part.total = rows.size();
    part.first = std::clamp<qsizetype>(first, 0, part.total);
    qsizetype used = 0;
    for (qsizetype i = part.first; i < part.total; ++i) {
        used += QJsonDocument(rows.at(i).toObject()).toJson(QJsonDocument::Compact).size();
        if (used > bytes && !part.rows.isEmpty())
            break;
        part.rows.append(rows.at(i));
    }
    return part;
}

} // namespace Tools

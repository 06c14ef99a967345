#include "sample/notebooks/queryrows.h"

#include "sample/sql/sqlresult.h"

#include <QJsonDocument>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

QueryRows QueryRows::of(const SqlOutcome &outcome)
{
    if (!outcome.result)
        return {{}, {}, outcome.message.isEmpty() ? u"The query was cancelled."_s : outcome.message};
    QueryRows rows{outcome.result->columns, {}, {}};
    for (qsizetype chunk = 0; chunk < outcome.result->chunks().size(); ++chunk) {
        for (const QJsonValue row : QJsonDocument::fromJson(outcome.result->read(chunk)).array())
            rows.rows.append(row);
    }
    return rows;
}

QStringList QueryRows::firstColumn() const
{
    QStringList cells;
    for (const QJsonValue row : rows)
        cells.append(row[0].toString());
    return cells;
}

namespace {

/// As Spark cuts it: three points where there is room for them.
QString cut(const QString &text, qsizetype width)
{
    if (width <= 0 || text.size() <= width)
        return text;
    return width < 4 ? text.left(width) : QString(text.left(width - 3) + u"..."_s);
}

} // namespace

QString QueryRows::asText(const Showing &how) const
{
    const qsizetype shown = std::max<qsizetype>(how.most, 0);
    QList<QStringList> lines(1);
    for (const SampleColumn &column : columns)
        lines.first().append(cut(column.name, how.width));
    for (qsizetype i = 0; i < std::min(rows.size(), shown); ++i) {
        lines.append(QStringList());
        for (const QJsonValue cell : rows.at(i).toArray())
            lines.last().append(cut(cell.isNull() ? u"NULL"_s : cell.toString(), how.width));
    }
    QString rule = u"+"_s;
    QStringList printed;
    QList<qsizetype> widths(columns.size(), 0);
    for (const QStringList &line : std::as_const(lines)) {
        for (qsizetype i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths.at(i), line.value(i).size());
    }
    for (const qsizetype width : std::as_const(widths))
        rule += QString(width, u'-') + u'+';
    for (const QStringList &line : std::as_const(lines)) {
        QString row = u"|"_s;
        for (qsizetype i = 0; i < widths.size(); ++i)
            row += (how.width > 0 ? line.value(i).rightJustified(widths.at(i))
                                  : line.value(i).leftJustified(widths.at(i))) +
                   u'|';
        printed.append(row);
    }
    printed.insert(1, rule);
    printed.prepend(rule);
    printed.append(rule);
    if (rows.size() > shown)
        printed.append(u"only showing top %1 row%2"_s.arg(shown).arg(shown == 1 ? QString() : u"s"_s));
    return printed.join(u'\n') + u'\n';
}

} // namespace Sample

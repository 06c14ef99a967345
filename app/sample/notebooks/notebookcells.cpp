#include "sample/notebooks/notebookcells.h"

#include "sample/files/workspacetree.h"
#include "sample/server/builtin.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Four digits, as the traces of a small notebook have.
qint64 commandId(const QString &path, qsizetype index)
{
    return 4000 + stableId(path) % 5000 + 2 * index;
}

NotebookCell cell(const QString &raw, const QString &language)
{
    const QString mark = commentMark(language) + "MAGIC "_L1;
    NotebookCell cell{language, raw, raw};
    if (!raw.startsWith(mark.trimmed()))
        return cell;
    QStringList lines;
    for (const QString &line : raw.split(u'\n'))
        lines.append(line.startsWith(mark) ? line.mid(mark.size()) : line == mark.trimmed() ? QString() : line);
    cell.text = lines.join(u'\n');
    const QString word = lines.first().section(u' ', 0, 0);
    if (!word.startsWith(u'%'))
        return cell;
    cell.language = word.mid(1).toUpper();
    lines.first() = lines.first().mid(word.size()).trimmed();
    cell.code = lines.join(u'\n');
    return cell;
}

} // namespace

QList<NotebookCell> cellsOf(const NotebookSource &source)
{
    QString text = QString::fromUtf8(source.content);
    if (source.isScript)
        return {{source.language, text, text, commandId(source.path, 0)}};
    if (text.startsWith(commentMark(source.language) + "Databricks notebook source"_L1))
        text.remove(0, text.indexOf(u'\n') + 1);
    QList<NotebookCell> cells;
    for (const QString &raw : text.split(commentMark(source.language) + "COMMAND ----------"_L1)) {
        cells.append(cell(raw.trimmed(), source.language));
        cells.last().id = commandId(source.path, cells.size() - 1);
    }
    return cells;
}

QString traceLines(const NotebookCell &cell, qsizetype line, const QString &scope)
{
    const QStringList lines = cell.text.split(u'\n');
    QString text = u"File <command-%1>, line %2%3\n"_s.arg(cell.id).arg(line).arg(
        scope.isEmpty() ? QString() : QString(u", in "_s + scope));
    for (qsizetype i = qMax<qsizetype>(1, line - 2); i < line; ++i)
        text += u"%1 %2\n"_s.arg(i, 7).arg(lines.value(i - 1));
    return text + u"%1 %2\n"_s.arg(u"----> "_s + QString::number(line), 7).arg(lines.value(line - 1));
}

} // namespace Sample

#include "sample/notebooks/notebookexport.h"

#include "sample/server/builtin.h"

#include <QJsonDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QJsonObject tableResult(const QueryRows &rows)
{
    QJsonArray schema;
    for (const SampleColumn &column : rows.columns)
        schema.append(QJsonObject{
            {u"name"_s, column.name}, {u"type"_s, QString(u'"' + column.typeText + u'"')}, {u"metadata"_s, u"{}"_s}});
    return {{u"type"_s, u"table"_s},         {u"data"_s, rows.rows},
            {u"schema"_s, schema},           {u"overflow"_s, rows.rows.size() >= QueryRows::Most},
            {u"arguments"_s, QJsonObject()}, {u"datasetInfos"_s, QJsonArray()},
            {u"isJsonSchema"_s, true}};
}

QJsonValue results(const CellOutput &output)
{
    QJsonArray all;
    if (!output.text.isEmpty())
        all.append(QJsonObject{{u"type"_s, u"ansi"_s}, {u"data"_s, output.text}});
    if (output.table)
        all.append(tableResult(*output.table));
    if (output.hasPicture)
        all.append(QJsonObject{{u"type"_s, u"image"_s},
                               {u"data"_s, QString::fromLatin1(builtIn(u"picture.png"_s).toBase64())}});
    if (all.isEmpty())
        return QJsonValue::Null;
    if (all.size() == 1)
        return all.first();
    return QJsonObject{{u"type"_s, u"listResults"_s}, {u"data"_s, all}};
}

QJsonObject command(const CellRun &one, int position, qint64 start, qint64 end)
{
    const bool failed = !one.error.isEmpty();
    const QString name = one.error.section(u':', 0, 0).toHtmlEscaped();
    const QString summary =
        u"<span class='ansi-red-fg'>%1</span>: %2"_s.arg(name, one.error.section(u':', 1).trimmed().toHtmlEscaped());
    return {{u"version"_s, u"CommandV1"_s},
            {u"origId"_s, one.cell.id},
            {u"guid"_s, stableUuid(QString::number(one.cell.id))},
            {u"subtype"_s, u"command"_s},
            {u"commandType"_s, u"auto"_s},
            {u"position"_s, position},
            {u"command"_s, one.cell.text},
            {u"state"_s, failed       ? u"error"_s
                         : one.isDone ? u"finished"_s
                                      : u"cancelled"_s},
            {u"results"_s, results(one.output)},
            {u"errorSummary"_s, failed ? QJsonValue(summary) : QJsonValue()},
            {u"error"_s, failed ? QJsonValue(one.trace) : QJsonValue()},
            {u"startTime"_s, one.isDone ? start : 0},
            {u"finishTime"_s, one.isDone ? end : 0}};
}

} // namespace

QString exportedRun(const NotebookSource &source, const NotebookRun &run, qint64 start, qint64 end)
{
    QJsonArray commands;
    for (const CellRun &one : run.cells)
        commands.append(command(one, static_cast<int>(commands.size()) + 1, start, end));
    const QString name = source.path.section(u'/', -1);
    const QJsonObject model{{u"version"_s, u"NotebookV1"_s},
                            {u"origId"_s, stableId(source.path)},
                            {u"name"_s, name},
                            {u"language"_s, source.language.toLower()},
                            {u"commands"_s, commands},
                            {u"dashboards"_s, QJsonArray()},
                            {u"guid"_s, stableUuid(source.path)},
                            {u"globalVars"_s, QJsonObject()},
                            {u"iPythonMetadata"_s, QJsonValue()}};
    const QByteArray json = QJsonDocument(model).toJson(QJsonDocument::Compact);
    const QByteArray packed = QUrl::toPercentEncoding(QString::fromUtf8(json)).toBase64();
    return u"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%1 - "
           u"Databricks</title>\n</head>\n<body>\n"
           "<script>\nvar __DATABRICKS_NOTEBOOK_MODEL = '%2';\n</script>\n</body>\n</html>\n"_s.arg(
               name.toHtmlEscaped(), QString::fromLatin1(packed));
}

} // namespace Sample

#include "sample/compute/toypython.h"

#include "sample/notebooks/notebookpython.h"

#include <QHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Spark's word for a type of SQL.
QString sparkType(const QString &type)
{
    static const QHash<QString, QString> words{
        {u"bigint"_s, u"long"_s}, {u"int"_s, u"integer"_s}, {u"smallint"_s, u"short"_s}, {u"tinyint"_s, u"byte"_s}};
    return words.value(type.toLower(), type.toLower());
}

bool isNumeric(const QString &type)
{
    static const QStringList types{u"long"_s, u"integer"_s, u"short"_s, u"byte"_s, u"double"_s, u"float"_s};
    return types.contains(type);
}

/// Rows as the command API gives them: numbers are numbers.
QJsonArray typed(const QueryRows &rows)
{
    QJsonArray all;
    for (const QJsonValue row : rows.rows) {
        QJsonArray cells;
        for (qsizetype i = 0; i < rows.columns.size(); ++i) {
            const QJsonValue cell = row[i];
            const bool isNumber = cell.isString() && isNumeric(sparkType(rows.columns.at(i).typeText));
            cells.append(isNumber ? QJsonValue(cell.toString().toDouble()) : cell);
        }
        all.append(cells);
    }
    return all;
}

QJsonObject picture()
{
    return {{u"resultType"_s, u"image"_s},
            {u"fileName"_s,
             u"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
             "WjR9awAAAABJRU5ErkJggg=="_s}};
}

} // namespace

QJsonObject queryResults(const QueryRows &rows, const QString &sql)
{
    if (!rows.failure.isEmpty())
        return failureResults({u"AnalysisException"_s, rows.failure}, sql, 1);
    QJsonArray schema;
    for (const SampleColumn &column : rows.columns)
        schema.append(QJsonObject{{u"name"_s, column.name},
                                  {u"type"_s, QString(u'"' + sparkType(column.typeText) + u'"')},
                                  {u"metadata"_s, u"{}"_s}});
    return {{u"resultType"_s, u"table"_s},
            {u"schema"_s, schema},
            {u"data"_s, typed(rows)},
            {u"truncated"_s, rows.rows.size() >= ToyPython::MostRows},
            {u"isJsonSchema"_s, true}};
}

/// Colours stand in the summary as spans, in the traceback as escape sequences.
QJsonObject failureResults(const NotebookError &error, const QString &code, qsizetype line, const QString &printed)
{
    const QString escape(QChar(0x1b));
    const QString text = code.split(u'\n').value(line - 1).trimmed();
    const QString cause = printed + escape +
                          u"[0;31m---------------------------------------------------------------------------"_s +
                          escape + u"[0m\n"_s + escape + u"[0;31m"_s + error.name + escape +
                          u"[0m                         Traceback (most recent call last)\nFile "_s + escape +
                          u"[0;32m<command-1>, line %1"_s.arg(line) + escape + u"[0m\n----> %1 "_s.arg(line) + text +
                          u"\n\n"_s + escape + u"[0;31m"_s + error.name + escape + u"[0m: "_s + error.message;
    return {
        {u"resultType"_s, u"error"_s},
        {u"summary"_s, u"<span class=\"ansi-red-fg\">%1</span>: %2"_s.arg(error.name, error.message.toHtmlEscaped())},
        {u"cause"_s, cause}};
}

ToyRun ToyPython::run(const QString &code, const QList<QueryRows> &known)
{
    QueryAnswers answers(known);
    NotebookPython python({}, answers, m_names);
    CellOutput output;
    qsizetype line = 1;
    ToyRun run;
    try {
        output.text += python.run(code, output, line);
    } catch (const QueryWanted &query) {
        run.wanted = query.sql;
        return run;
    } catch (const NotebookError &error) {
        run.results = failureResults(error, code, line, output.text);
    } catch (const NotebookExit &exit) {
        output.text += u"Notebook exited: "_s + exit.value + u'\n';
    }
    m_names = python.names();
    run.seconds = output.seconds;
    if (!run.results.isEmpty())
        return run;
    if (output.hasPicture)
        run.results = picture();
    else if (output.table)
        run.results = queryResults(*output.table, code);
    else
        run.results = {{u"resultType"_s, u"text"_s},
                       {u"data"_s, output.text.endsWith(u'\n') ? output.text.chopped(1) : output.text}};
    return run;
}

} // namespace Sample

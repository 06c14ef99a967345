#include "sample/files/notebookformats.h"

#include "sample/server/apianswers.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

struct Language
{
    QString name;
    QString ending;
};

const QList<Language> languages{
    {u"PYTHON"_s, u"py"_s}, {u"SQL"_s, u"sql"_s}, {u"SCALA"_s, u"scala"_s}, {u"R"_s, u"r"_s}};

QString endingOf(const QString &language)
{
    for (const Language &one : languages) {
        if (one.name == language)
            return one.ending;
    }
    return u"txt"_s;
}

QString languageOf(const QString &ending)
{
    for (const Language &one : languages) {
        if (one.ending == ending.toLower())
            return one.name;
    }
    return {};
}

/// An archive as far as a client can tell: what it holds is the workspace's secret.
QByteArray archive(const QByteArray &content)
{
    return QByteArray("PK\x03\x04\x14\x00\x08\x08", 8) + qCompress(content);
}

QByteArray jupyter(const WorkspaceNode &node)
{
    QString source = QString::fromUtf8(node.content);
    source.remove(0, source.indexOf(u'\n') + 1);
    QJsonArray cells;
    for (const QString &cell : source.split(commentMark(node.language) + "COMMAND ----------"_L1))
        cells.append(QJsonObject{{"cell_type"_L1, u"code"_s},
                                 {"metadata"_L1, QJsonObject()},
                                 {"outputs"_L1, QJsonArray()},
                                 {"source"_L1, QJsonArray{cell.trimmed()}}});
    const QJsonObject json{
        {"cells"_L1, cells},
        {"metadata"_L1, QJsonObject{{"language_info"_L1, QJsonObject{{"name"_L1, node.language.toLower()}}}}},
        {"nbformat"_L1, 4},
        {"nbformat_minor"_L1, 0}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray html(const WorkspaceNode &node)
{
    return "<!DOCTYPE html>\n<html><body><pre>" + QString::fromUtf8(node.content).toHtmlEscaped().toUtf8() +
           "</pre></body></html>\n";
}

ApiRefusal wrongFormat(const QString &format, const QString &type)
{
    return ApiRefusal::invalidParameter(u"The format %1 is not supported for %2."_s.arg(format, type));
}

WorkspaceNode notebook(const QString &language, const QByteArray &source)
{
    const QByteArray header = commentMark(language).toUtf8() + "Databricks notebook source\n";
    WorkspaceNode node;
    node.type = u"NOTEBOOK"_s;
    node.language = language;
    // The workspace writes the header itself where it is missing.
    node.content = source.startsWith(header.trimmed()) ? source : QByteArray(header + source);
    return node;
}

WorkspaceNode fromJupyter(const QByteArray &bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    if (!json.contains("cells"_L1))
        throw ApiRefusal::invalidParameter(u"The notebook is not a valid Jupyter notebook."_s);
    QStringList cells;
    for (const QJsonValue cell : json.value("cells"_L1).toArray()) {
        QString source = cell["source"_L1].toString();
        for (const QJsonValue line : cell["source"_L1].toArray())
            source += line.toString();
        cells.append(source);
    }
    return notebook(u"PYTHON"_s, cells.join("\n\n# COMMAND ----------\n\n"_L1).toUtf8());
}

} // namespace

Exported exported(const WorkspaceNode &node, const QString &format)
{
    if (node.isFolder())
        return {archive(node.content), format == "DBC"_L1 ? u"dbc"_s : u"zip"_s};
    if (node.type == "FILE"_L1) {
        if (format != "AUTO"_L1 && format != "RAW"_L1 && format != "SOURCE"_L1)
            throw wrongFormat(format, node.type);
        return {node.content, {}};
    }
    if (node.type == "DASHBOARD"_L1 && format == "AUTO"_L1)
        return {node.content, u"lvdash.json"_s};
    if (node.type != "NOTEBOOK"_L1)
        throw wrongFormat(format, node.type);
    static const QHash<QString, QString> endings{
        {u"HTML"_s, u"html"_s}, {u"JUPYTER"_s, u"ipynb"_s}, {u"DBC"_s, u"dbc"_s}};
    const QString ending = endings.value(format, endingOf(node.language));
    if (format == "HTML"_L1)
        return {html(node), ending};
    if (format == "JUPYTER"_L1)
        return {jupyter(node), ending};
    if (format == "DBC"_L1)
        return {archive(node.content), ending};
    if (format == "R_MARKDOWN"_L1 && node.language != "R"_L1)
        throw wrongFormat(format, u"a notebook in %1"_s.arg(node.language));
    return {node.content, ending};
}

WorkspaceNode imported(const QByteArray &bytes, const QString &format, const QString &language, QString &name)
{
    if (format == "SOURCE"_L1) {
        if (language.isEmpty())
            throw ApiRefusal::invalidParameter(u"The language must be set to import a single file as SOURCE."_s);
        return notebook(language, bytes);
    }
    if (format == "JUPYTER"_L1)
        return fromJupyter(bytes);
    if (format == "HTML"_L1 || format == "R_MARKDOWN"_L1)
        return notebook(format == "HTML"_L1 ? u"PYTHON"_s : u"R"_s, bytes);
    if (format == "DBC"_L1) {
        if (!bytes.startsWith("PK"))
            throw ApiRefusal::invalidParameter(u"The content is not a DBC archive."_s);
        return {};
    }
    const QString ending = name.contains(u'.') ? name.section(u'.', -1) : QString();
    const QString spoken = languageOf(ending);
    const bool isJupyter = ending == "ipynb"_L1;
    const bool isSource =
        !spoken.isEmpty() && bytes.startsWith(QByteArray(commentMark(spoken).toUtf8() + "Databricks notebook source"));
    if (format == "AUTO"_L1 && (isJupyter || isSource)) {
        name.chop(ending.size() + 1);
        return isJupyter ? fromJupyter(bytes) : notebook(spoken, bytes);
    }
    WorkspaceNode file;
    file.type = u"FILE"_s;
    file.content = bytes;
    return file;
}

} // namespace Sample

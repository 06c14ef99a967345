#include "sample/files/workspacetree.h"

#include "sample/server/builtin.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 Day = 86'400'000;

QString header(const QString &language)
{
    return commentMark(language) + "Databricks notebook source\n"_L1;
}

/// A notebook that goes on and on: a machine wrote it.
QByteArray generated(int lines)
{
    QString text = header(u"SQL"_s);
    for (int i = 2; i <= lines; ++i)
        text +=
            u"SELECT %1 AS check_number, count(*) AS broken FROM main.default.page_views WHERE view_id = %1;\n"_s.arg(
                i);
    return text.toUtf8();
}

QByteArray contentOf(const QJsonObject &line)
{
    if (line.contains("file"_L1))
        return builtIn("notebooks/"_L1 + line.value("file"_L1).toString());
    if (line.contains("base64"_L1))
        return QByteArray::fromBase64(line.value("base64"_L1).toString().toLatin1());
    if (line.contains("generated_lines"_L1))
        return generated(line.value("generated_lines"_L1).toInt());
    return line.value("text"_L1).toString().toUtf8();
}

WorkspaceNode nodeOf(const QJsonObject &line, qint64 now)
{
    WorkspaceNode node;
    node.type = line.value("type"_L1).toString();
    node.language = line.value("language"_L1).toString();
    node.content = contentOf(line);
    node.modified = now - line.value("days_ago"_L1).toInteger() * Day;
    node.created = node.modified - 30 * Day;
    node.isPrivate = line.value("private"_L1).toBool();
    node.isTooLarge = line.value("too_large"_L1).toBool();
    return node;
}

/// The notebooks that the sample's jobs run, so that they can be read.
QStringList notebooksOfJobs()
{
    static const QRegularExpression notebook(u"\"notebook\":\"(/Workspace/[^\"]+)\""_s);
    QStringList paths;
    auto found = notebook.globalMatch(QString::fromUtf8(builtIn(u"jobs.json"_s)));
    while (found.hasNext())
        paths.append(found.next().captured(1));
    paths.removeDuplicates();
    return paths << u"/Workspace/Production/fanout/partition"_s;
}

/// The notebook that a job runs: one of its own, or one that is like many others.
WorkspaceNode notebookOfJob(const QString &path, qint64 now)
{
    const QString name = path.section(u'/', -1);
    const QString file = u"notebooks/jobs/%1.py"_s.arg(name);
    const QString text = u"# Databricks notebook source\n"
                         "# Part of %1. Runs as a task of a job.\n\n# COMMAND ----------\n\n"
                         "rows = spark.table(\"main.default.page_views\").count()\nprint(f\"%2: {rows} rows seen\")\n"
                         "dbutils.notebook.exit(\"OK\")\n"_s;
    WorkspaceNode node;
    node.type = u"NOTEBOOK"_s;
    node.language = u"PYTHON"_s;
    node.content = hasBuiltIn(file) ? builtIn(file) : text.arg(path.section(u'/', -2, -2), name).toUtf8();
    node.modified = now - (stableId(path) % 200 + 1) * Day;
    node.created = node.modified - 100 * Day;
    return node;
}

} // namespace

WorkspaceTree::WorkspaceTree(const QString &user)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QJsonObject lines = builtInJson(u"workspace.json"_s);
    for (const auto &folder : {u"/Repos"_s, u"/Shared"_s, QString("/Users/"_L1 + user)})
        put(folder, {.created = now - 900 * Day, .modified = now - 900 * Day});
    for (const QJsonValue folder : lines.value("folders"_L1).toArray())
        put(folder.toString(), {.created = now - 300 * Day, .modified = now - 300 * Day});
    for (const QJsonValue line : lines.value("objects"_L1).toArray())
        put(line["path"_L1].toString(), nodeOf(line.toObject(), now));
    for (const QString &path : notebooksOfJobs())
        put(plain(path), notebookOfJob(path, now));
}

QString WorkspaceTree::plain(const QString &path)
{
    QString plain = path == "/Workspace"_L1 ? u"/"_s : path;
    if (plain.startsWith("/Workspace/"_L1))
        plain.remove(0, 10);
    while (plain.size() > 1 && plain.endsWith(u'/'))
        plain.chop(1);
    return plain;
}

const WorkspaceNode *WorkspaceTree::find(const QString &path) const
{
    static const WorkspaceNode root;
    if (path == "/"_L1)
        return &root;
    const auto found = m_nodes.constFind(path);
    return found == m_nodes.constEnd() ? nullptr : &*found;
}

QStringList WorkspaceTree::children(const QString &path) const
{
    const QString prefix = path == "/"_L1 ? path : QString(path + u'/');
    QStringList found;
    for (auto node = m_nodes.lowerBound(prefix); node != m_nodes.end() && node.key().startsWith(prefix); ++node) {
        if (!node.key().mid(prefix.size()).contains(u'/'))
            found.append(node.key());
    }
    return found;
}

QString WorkspaceTree::pathOf(qint64 objectId) const
{
    for (auto node = m_nodes.begin(); node != m_nodes.end(); ++node) {
        if (stableId(node.key()) == objectId)
            return node.key();
    }
    return {};
}

QStringList WorkspaceTree::dashboards() const
{
    QStringList found;
    for (auto node = m_nodes.begin(); node != m_nodes.end(); ++node) {
        if (node->type == "DASHBOARD"_L1)
            found.append(node.key());
    }
    return found;
}

QJsonObject WorkspaceTree::object(const QString &path) const
{
    const WorkspaceNode node = *find(path);
    const qint64 id = stableId(path);
    QJsonObject json{{"path"_L1, path},
                     {"object_type"_L1, node.type},
                     {"object_id"_L1, id},
                     {"resource_id"_L1, node.type == "DASHBOARD"_L1 ? dashboardId(path) : QString::number(id)}};
    if (node.type == "NOTEBOOK"_L1)
        json.insert("language"_L1, node.language);
    if (node.type == "FILE"_L1)
        json.insert("size"_L1, node.content.size());
    if (!node.isFolder()) {
        json.insert("created_at"_L1, node.created);
        json.insert("modified_at"_L1, node.modified);
    }
    return json;
}

void WorkspaceTree::put(const QString &path, WorkspaceNode node)
{
    const QString parent = path.section(u'/', 0, -2);
    if (!parent.isEmpty() && !m_nodes.contains(parent))
        put(parent, {.created = node.created, .modified = node.created});
    m_nodes.insert(path, std::move(node));
}

void WorkspaceTree::remove(const QString &path)
{
    const QString below = path + u'/';
    m_nodes.removeIf([&](auto node) { return node.key() == path || node.key().startsWith(below); });
}

QString dashboardId(const QString &path)
{
    return stableUuid("dashboard"_L1 + path).remove(u'-');
}

QString commentMark(const QString &language)
{
    static const QHash<QString, QString> marks{{u"SQL"_s, u"-- "_s}, {u"SCALA"_s, u"// "_s}};
    return marks.value(language, u"# "_s);
}

} // namespace Sample

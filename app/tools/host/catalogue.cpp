#include "tools/host/catalogue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

const QList<Toolset> &toolsets()
{
    static const QList<Toolset> all{
        {u"connection"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Which workspace this is, who is signed in, and what is the default."), true,
         connectionTools()},
        {u"clusters"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Find clusters, see their state and events, start, stop and restart them."),
         true, clusterTools()},
        {u"cluster_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Create, change and delete clusters, their libraries, node types, policies and pools."),
         false, clusterChangeTools() + clusterChoiceTools() + libraryTools() + clusterLogTools()},
        {u"sql"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Run SQL on warehouses, fetch and export results, and read the query history."),
         true,
         warehouseTools() + statementTools() + exportTools() + queryTools() + warehouseAdminTools() +
             queryDetailTools() + savedQueryTools() + usageTools()},
        {u"unity_catalog"_s,
         QT_TRANSLATE_NOOP(
             "Toolsets",
             "Browse catalogs, schemas, tables, volumes and functions, search tables and follow their lineage."),
         true, unityCatalogTools() + lineageTools()},
        {u"catalog_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Grants, tags, comments, and creating and deleting schemas, volumes and tables."),
         false, catalogAdminTools() + governanceTools()},
        {u"workspace"_s, QT_TRANSLATE_NOOP("Toolsets", "List the workspace's folders and read notebooks."), true,
         workspaceTools()},
        {u"workspace_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Write, import, export and delete notebooks, files and folders of the workspace."),
         false, workspaceAdminTools()},
        {u"jobs"_s,
         QT_TRANSLATE_NOOP("Toolsets", "See jobs and their runs, start and cancel runs, and find out why one failed."),
         true, jobTools() + runExportTools()},
        {u"jobs_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Create, change and delete jobs, repair runs, and run single notebooks."), false,
         jobAdminTools()},
        {u"pipelines"_s, QT_TRANSLATE_NOOP("Toolsets", "See pipelines, their updates and events, start and stop them."),
         false, pipelineTools() + pipelineChangeTools()},
        {u"code"_s, QT_TRANSLATE_NOOP("Toolsets", "Run Python, SQL, Scala or R on a running cluster."), false,
         codeTools() + serverlessTools()},
        {u"files"_s, QT_TRANSLATE_NOOP("Toolsets", "List, read, write and delete files in volumes, and read DBFS."),
         false, fileTools()},
        {u"secrets"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Secret scopes and the names in them; put and delete secrets. Values are never read."),
         false, secretTools()},
        {u"serving"_s, QT_TRANSLATE_NOOP("Toolsets", "See model serving endpoints and query them."), false,
         servingTools() + servingLogTools()},
        {u"genie"_s, QT_TRANSLATE_NOOP("Toolsets", "Ask Genie spaces questions in plain words."), false,
         genieTools() + genieSpaceTools()},
        {u"search"_s, QT_TRANSLATE_NOOP("Toolsets", "Query vector search indexes."), false, searchTools()},
        {u"dashboards"_s, QT_TRANSLATE_NOOP("Toolsets", "AI/BI dashboards: see, create and publish them."), false,
         dashboardTools()},
        {u"mlflow"_s, QT_TRANSLATE_NOOP("Toolsets", "MLflow experiments and their runs, and registered models."), false,
         mlflowTools() + modelTools()},
        {u"repos"_s, QT_TRANSLATE_NOOP("Toolsets", "Git folders: list, create, update and delete them."), false,
         repoTools()},
        {u"access"_s, QT_TRANSLATE_NOOP("Toolsets", "Permissions of objects, and when tokens expire."), false,
         accessTools()},
        {u"api"_s, QT_TRANSLATE_NOOP("Toolsets", "Any other request to the workspace's REST API."), false, apiTools()},
    };
    return all;
}

QList<const Tool *> toolsOf(const QStringList &names)
{
    const bool chosen = names != defaultToolsets();
    QList<const Tool *> tools;
    for (const Toolset &toolset : toolsets()) {
        if (!names.contains(toolset.name))
            continue;
        for (const Tool &tool : toolset.tools) {
            if (chosen || tool.onByDefault)
                tools.append(&tool);
        }
    }
    return tools;
}

const Tool *findTool(const QString &name, const QStringList &names)
{
    const QList<const Tool *> tools = toolsOf(names);
    const auto found = std::ranges::find(tools, name, &Tool::name);
    return found == tools.end() ? nullptr : *found;
}

QStringList defaultToolsets()
{
    QStringList names;
    for (const Toolset &toolset : toolsets()) {
        if (toolset.onByDefault)
            names.append(toolset.name);
    }
    return names;
}

QStringList resolveToolsets(const QStringList &names, QStringList *unknown)
{
    if (names.isEmpty())
        return defaultToolsets();
    QStringList resolved;
    for (const Toolset &toolset : toolsets()) {
        if (names.contains(toolset.name) || names.contains("all"_L1))
            resolved.append(toolset.name);
    }
    if (unknown) {
        for (const QString &name : names) {
            if (name != "all"_L1 && !resolved.contains(name))
                unknown->append(name);
        }
    }
    return resolved;
}

namespace {

/// What becomes of a tool's calls under a policy: "runs", "asks", "no"; "runs or asks" where it depends on them.
QString fate(const Tool &tool, Calls::Mode mode)
{
    static const QHash<Calls::Decision, QString> words{
        {Calls::Decision::Allow, u"runs"_s}, {Calls::Decision::Ask, u"asks"_s}, {Calls::Decision::Deny, u"no"_s}};
    const Calls::Policy policy{.mode = mode};
    const QString worst = words.value(policy.decide(tool.name, tool.effects));
    const QString least = words.value(policy.decide(tool.name, tool.effectsOf ? tool.leastEffects : tool.effects));
    return worst == least ? worst : QString(least + u" or "_s + worst);
}

} // namespace

QString toolTable()
{
    using Calls::Mode;
    QString table = u"| toolset | tool | effect | Read-only | Ask | Trust | what it does |\n"
                    "| --- | --- | --- | --- | --- | --- | --- |\n"_s;
    for (const Toolset &toolset : toolsets()) {
        for (const Tool &tool : toolset.tools) {
            const bool isOn = toolset.onByDefault && tool.onByDefault;
            const QString label = isOn ? toolset.name + " (on)"_L1 : toolset.name;
            const QString effects = tool.effectRange.isEmpty() ? Calls::effectNames(tool.effects) : tool.effectRange;
            const QStringList cells{label,
                                    u'`' + tool.name + u'`',
                                    effects,
                                    fate(tool, Mode::ReadOnly),
                                    fate(tool, Mode::Ask),
                                    fate(tool, Mode::Trust),
                                    tool.description};
            table += u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
        }
    }
    return table;
}

} // namespace Tools

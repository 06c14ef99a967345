#include "tools/host/catalogue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// At most 40: each costs a model its description in every conversation, and some clients take no more.
const QStringList Everyday{
    u"get_connection"_s,
    u"list_clusters"_s,
    u"get_cluster"_s,
    u"list_cluster_events"_s,
    u"start_cluster"_s,
    u"stop_cluster"_s,
    u"restart_cluster"_s,
    u"list_warehouses"_s,
    u"query_sql"_s,
    u"execute_sql"_s,
    u"get_statement"_s,
    u"cancel_statement"_s,
    u"export_query"_s,
    u"list_queries"_s,
    u"list_catalogs"_s,
    u"list_schemas"_s,
    u"list_tables"_s,
    u"get_table"_s,
    u"describe_tables"_s,
    u"search_tables"_s,
    u"list_volumes"_s,
    u"get_table_lineage"_s,
    u"list_workspace"_s,
    u"read_notebook"_s,
    u"search_notebooks"_s,
    u"list_jobs"_s,
    u"get_job"_s,
    u"list_runs"_s,
    u"get_run"_s,
    u"get_run_output"_s,
    u"diagnose_job_run"_s,
    u"run_job"_s,
    u"cancel_run"_s,
    u"repair_run"_s,
    u"run_notebook"_s,
    u"list_pipelines"_s,
    u"list_pipeline_events"_s,
    u"list_volume_files"_s,
    u"read_volume_file"_s,
    u"get_permissions"_s,
};

} // namespace

const QList<Toolset> &toolsets()
{
    static const QList<Toolset> all{
        {QString(DefaultToolset),
         QT_TRANSLATE_NOOP("Toolsets", "The tools of a usual day, out of all the others."),
         {}},
        {u"connection"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Which workspace this is, who is signed in, and what is the default."),
         connectionTools()},
        {u"clusters"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Find clusters, see their state and events, start, stop and restart them."),
         clusterTools()},
        {u"cluster_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Create, change and delete clusters, their libraries, node types, policies and pools."),
         clusterChangeTools() + clusterChoiceTools() + libraryTools() + clusterLogTools()},
        {u"sql"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Run SQL on warehouses, fetch and export results, and read the query history."),
         warehouseTools() + statementTools() + exportTools() + queryTools() + warehouseAdminTools() +
             queryDetailTools() + savedQueryTools() + usageTools()},
        {u"unity_catalog"_s,
         QT_TRANSLATE_NOOP(
             "Toolsets",
             "Browse catalogs, schemas, tables, volumes and functions, search tables and follow their lineage."),
         unityCatalogTools() + lineageTools()},
        {u"catalog_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Grants, tags, comments, and creating and deleting schemas, volumes and tables."),
         catalogAdminTools() + governanceTools()},
        {u"workspace"_s, QT_TRANSLATE_NOOP("Toolsets", "List the workspace's folders and read notebooks."),
         workspaceTools()},
        {u"workspace_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Write, import, export and delete notebooks, files and folders of the workspace."),
         workspaceAdminTools()},
        {u"jobs"_s,
         QT_TRANSLATE_NOOP("Toolsets", "See jobs and their runs, start and cancel runs, and find out why one failed."),
         jobTools() + runExportTools()},
        {u"jobs_admin"_s,
         QT_TRANSLATE_NOOP("Toolsets", "Create, change and delete jobs, repair runs, and run single notebooks."),
         jobAdminTools()},
        {u"pipelines"_s, QT_TRANSLATE_NOOP("Toolsets", "See pipelines, their updates and events, start and stop them."),
         pipelineTools() + pipelineChangeTools()},
        {u"code"_s, QT_TRANSLATE_NOOP("Toolsets", "Run Python, SQL, Scala or R on a running cluster."),
         codeTools() + serverlessTools()},
        {u"files"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "List, read, write and delete files in volumes, read DBFS, and move whole folders."),
         fileTools()},
        {u"secrets"_s,
         QT_TRANSLATE_NOOP("Toolsets",
                           "Secret scopes and the names in them; put and delete secrets. Values are never read."),
         secretTools()},
        {u"serving"_s, QT_TRANSLATE_NOOP("Toolsets", "See model serving endpoints and query them."),
         servingTools() + servingLogTools()},
        {u"apps"_s, QT_TRANSLATE_NOOP("Toolsets", "Databricks Apps: their state, deployments and resources."),
         appTools()},
        {u"genie"_s, QT_TRANSLATE_NOOP("Toolsets", "Ask Genie spaces questions in plain words."),
         genieTools() + genieSpaceTools()},
        {u"search"_s, QT_TRANSLATE_NOOP("Toolsets", "Query vector search indexes."), searchTools()},
        {u"dashboards"_s, QT_TRANSLATE_NOOP("Toolsets", "AI/BI dashboards: see, create and publish them."),
         dashboardTools()},
        {u"mlflow"_s, QT_TRANSLATE_NOOP("Toolsets", "MLflow experiments and their runs, and registered models."),
         mlflowTools() + modelTools()},
        {u"repos"_s, QT_TRANSLATE_NOOP("Toolsets", "Git folders: list, create, update and delete them."), repoTools()},
        {u"access"_s, QT_TRANSLATE_NOOP("Toolsets", "Permissions of objects, and when tokens expire."), accessTools()},
        {u"api"_s, QT_TRANSLATE_NOOP("Toolsets", "Any other request to the workspace's REST API."), apiTools()},
    };
    return all;
}

bool isEveryday(const Tool &tool)
{
    return Everyday.contains(tool.name);
}

bool isOn(const Toolset &toolset, const Tool &tool, const QStringList &names)
{
    return names.contains(toolset.name) || (names.contains(DefaultToolset) && isEveryday(tool));
}

QList<const Tool *> toolsOf(const QStringList &names)
{
    QList<const Tool *> tools;
    for (const Toolset &toolset : toolsets()) {
        for (const Tool &tool : toolset.tools) {
            if (isOn(toolset, tool, names))
                tools.append(&tool);
        }
    }
    return tools;
}

bool isServed(const QString &tool, const QStringList &names)
{
    const Toolset *toolset = toolsetOf(tool);
    return toolset && std::ranges::any_of(toolset->tools, [&](const Tool &one) { return isOn(*toolset, one, names); });
}

const Tool *findTool(const QString &name, const QStringList &names)
{
    const QList<const Tool *> tools = toolsOf(names);
    const auto found = std::ranges::find(tools, name, &Tool::name);
    return found == tools.end() ? nullptr : *found;
}

const Toolset *toolsetOf(const QString &tool)
{
    for (const Toolset &toolset : toolsets()) {
        if (std::ranges::any_of(toolset.tools, [&tool](const Tool &one) { return one.name == tool; }))
            return &toolset;
    }
    return nullptr;
}

QStringList resolveToolsets(const QStringList &names, QStringList *unknown)
{
    if (names.isEmpty())
        return {QString(DefaultToolset)};
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
            const QString label = isEveryday(tool) ? toolset.name + " (on)"_L1 : toolset.name;
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

#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// A named group of tools, switched on and off as one.
struct Toolset
{
    QString name;
    const char *description = ""; ///< what it holds, in a sentence; translated where it is shown (context "Toolsets")
    QList<Tool> tools;
};

/// The toolset that is on in a new profile: the tools of a usual day, out of all the others.
inline constexpr QLatin1StringView DefaultToolset = QLatin1StringView("default");

/// Every toolset there is, in the order in which tools are listed. The default one has no rows of its own.
const QList<Toolset> &toolsets();

/// The tools of the toolsets that are named.
QList<const Tool *> toolsOf(const QStringList &toolsets);

/// The toolset that has the tool with this name; nullptr where there is none.
const Toolset *toolsetOf(const QString &tool);

/// The one of them with this name; nullptr where there is none.
const Tool *findTool(const QString &name, const QStringList &toolsets);

/// Whether something of the toolset that has this tool is on.
bool isServed(const QString &tool, const QStringList &toolsets);
bool isEveryday(const Tool &tool);
/// Whether the tool, which is one of this toolset, is on.
bool isOn(const Toolset &toolset, const Tool &tool, const QStringList &toolsets);

/// What a request for toolsets names: empty gives the default one, "all" gives every one. Names that do not exist are
/// added to unknown.
QStringList resolveToolsets(const QStringList &names, QStringList *unknown = nullptr);

/// The tool table of the README: Markdown, a row a tool.
QString toolTable();

// The tables, each at the end of the file that has its tools.
QList<Tool> connectionTools();
QList<Tool> clusterTools();
QList<Tool> clusterChangeTools();
QList<Tool> clusterChoiceTools();
QList<Tool> clusterLogTools();
QList<Tool> libraryTools();
QList<Tool> warehouseTools();
QList<Tool> statementTools();
QList<Tool> exportTools();
QList<Tool> queryTools();
QList<Tool> warehouseAdminTools();
QList<Tool> queryDetailTools();
QList<Tool> savedQueryTools();
QList<Tool> usageTools();
QList<Tool> unityCatalogTools();
QList<Tool> lineageTools();
QList<Tool> catalogAdminTools();
QList<Tool> governanceTools();
QList<Tool> workspaceTools();
QList<Tool> workspaceAdminTools();
QList<Tool> jobTools();
QList<Tool> runExportTools();
QList<Tool> jobAdminTools();
QList<Tool> pipelineTools();
QList<Tool> pipelineChangeTools();
QList<Tool> codeTools();
QList<Tool> serverlessTools();
QList<Tool> fileTools();
QList<Tool> secretTools();
QList<Tool> servingTools();
QList<Tool> servingLogTools();
QList<Tool> appTools();
QList<Tool> genieTools();
QList<Tool> genieSpaceTools();
QList<Tool> searchTools();
QList<Tool> mlflowTools();
QList<Tool> modelTools();
QList<Tool> dashboardTools();
QList<Tool> repoTools();
QList<Tool> accessTools();
QList<Tool> apiTools();

} // namespace Tools

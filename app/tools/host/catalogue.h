#pragma once

#include "tools/kit/tool.h"

namespace Tools {

/// A named group of tools, switched on and off as one.
struct Toolset
{
    QString name;
    const char *description = ""; ///< what it holds, in a sentence; translated where it is shown (context "Toolsets")
    bool onByDefault = false;
    QList<Tool> tools;
};

/// Every toolset there is, in the order in which tools are listed.
const QList<Toolset> &toolsets();

/// The tool with this name in the toolsets that are named; nullptr where there is none.
const Tool *findTool(const QString &name, const QStringList &toolsets);

/// The names of the toolsets that are on in a new profile.
QStringList defaultToolsets();

/// What a request for toolsets names: empty gives the default ones, "all" gives every one. Names that do not exist are
/// added to unknown.
QStringList resolveToolsets(const QStringList &names, QStringList *unknown = nullptr);

/// The tool table of the README: Markdown, a row a tool.
QString toolTable();

// The tables, one a file.
QList<Tool> connectionTools();
QList<Tool> clusterTools();
QList<Tool> clusterAdminTools();
QList<Tool> sqlTools();
QList<Tool> unityCatalogTools();
QList<Tool> catalogAdminTools();
QList<Tool> workspaceTools();
QList<Tool> workspaceAdminTools();
QList<Tool> jobTools();
QList<Tool> jobAdminTools();
QList<Tool> pipelineTools();
QList<Tool> codeTools();
QList<Tool> fileTools();
QList<Tool> secretTools();
QList<Tool> servingTools();
QList<Tool> genieTools();
QList<Tool> searchTools();
QList<Tool> repoTools();
QList<Tool> accessTools();
QList<Tool> apiTools();

} // namespace Tools

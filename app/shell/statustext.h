#pragma once

#include "gui/window/status.h"
#include "instance/serveraccess.h"

#include <QString>

/// What a server that has started tells whoever started the program: "Bricktray is serving URL (workspace: HOST)".
QString readyLine(const Gui::ServerStatus &server, const Gui::WorkspaceStatus &workspace);
/// What --status prints: a line for the server, one for the workspace and one for what is wrong with it, and one for
/// each problem of the program itself.
QString statusText(const Gui::ServerStatus &server, const Gui::WorkspaceStatus &workspace,
                   const QStringList &problems = {});
/// As other programs of the owner are told it.
Instance::ServerAccess::State accessState(Gui::ServerStatus::State state);

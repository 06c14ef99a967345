#include "statustext.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const Gui::WorkspaceStatus &workspace)
{
    if (workspace.sample)
        return u"sample workspace, invented data"_s;
    return workspace.host.isEmpty() ? u"not set up"_s : workspace.host.host();
}

} // namespace

QString readyLine(const Gui::ServerStatus &server, const Gui::WorkspaceStatus &workspace)
{
    return u"Bricktray is serving %1 (workspace: %2)"_s.arg(server.url.toString(), nameOf(workspace));
}

QString statusText(const Gui::ServerStatus &server, const Gui::WorkspaceStatus &workspace, const QStringList &problems)
{
    QString text = u"Bricktray "_s + Instance::stateName(accessState(server.state));
    if (server.state == Gui::ServerStatus::State::Running)
        text += u": "_s + server.url.toString();
    if (!server.message.isEmpty())
        text += u": "_s + server.message;
    text += u"\nWorkspace: "_s + nameOf(workspace);
    if (!workspace.user.isEmpty())
        text += u" as "_s + workspace.user;
    if (!workspace.message.isEmpty())
        text += u"\n"_s + workspace.message;
    for (const QString &problem : problems)
        text += u"\nProblem: "_s + problem;
    return text;
}

Instance::ServerAccess::State accessState(Gui::ServerStatus::State state)
{
    using From = Gui::ServerStatus::State;
    using To = Instance::ServerAccess::State;
    static const QHash<From, To> states{{From::Stopped, To::Stopped},
                                        {From::Starting, To::Starting},
                                        {From::Running, To::Running},
                                        {From::Failed, To::Failed}};
    return states.value(state);
}

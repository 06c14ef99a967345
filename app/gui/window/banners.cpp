#include "gui/window/banners.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gui::Banners", text);
}

QString either(const QString &message, const QString &otherwise)
{
    return message.isEmpty() ? otherwise : message;
}

} // namespace

QList<Banner> bannersFor(const ServerStatus &server, const WorkspaceStatus &workspace, const QString &journalProblem)
{
    using enum BannerAction;
    QList<Banner> banners;
    if (server.state == ServerStatus::State::Failed)
        banners << Banner{Tone::Bad,
                          u"error"_s,
                          either(server.message, tr("The server could not start.")),
                          {OpenSettings, StartServer}};
    switch (workspace.state) {
    case WorkspaceStatus::State::Unauthorized:
        banners << Banner{Tone::Bad,
                          u"key"_s,
                          either(workspace.message, tr("The workspace refused the token. Enter a new one.")),
                          {OpenSettings}};
        break;
    case WorkspaceStatus::State::Failed:
        banners << Banner{Tone::Caution,
                          u"warning"_s,
                          either(workspace.message, tr("The workspace can't be reached.")),
                          {OpenSettings, Retry}};
        break;
    case WorkspaceStatus::State::Waiting:
        banners << Banner{
            Tone::Active,
            u"waiting"_s,
            either(
                workspace.message,
                tr("Waiting for the keyring. If it asks for its password, unlock it to let Bricktray read the token.")),
            {}};
        break;
    default:
        break;
    }
    if (!server.accessKeyProblem.isEmpty())
        banners << Banner{
            Tone::Caution,
            u"key"_s,
            tr("The access key is a new one and holds until you quit, because the keychain gives none: %1 Clients that "
               "know another one are refused. Unlock the keychain and retry, or give them the new key.")
                .arg(server.accessKeyProblem),
            {OpenSettings, ReadKeychain}};
    if (workspace.sample)
        banners << Banner{Tone::Caution, u"info"_s, tr("Sample workspace: invented data"), {}};
    if (!journalProblem.isEmpty())
        banners << Banner{Tone::Caution, u"warning"_s, journalProblem, {}};
    return banners;
}

} // namespace Gui

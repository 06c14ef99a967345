#include "workspacesource.h"

#include "credentials/environment.h"

#include <QPointer>

using namespace Qt::StringLiterals;
using Credentials::KeychainResult;
using Credentials::Profile;
using State = Gui::WorkspaceStatus::State;

namespace {

WorkspaceChoice sampleWorkspace()
{
    WorkspaceChoice choice;
    choice.profile.name = u"sample"_s;
    choice.sample = true;
    return choice;
}

WorkspaceChoice withToken(const Profile &profile, const QString &token)
{
    return {.profile = profile, .token = token};
}

WorkspaceChoice withoutToken(const Profile &profile, State state, const QString &message)
{
    return {.profile = profile, .missingToken = message, .state = state, .message = message};
}

/// Nothing where the environment says nothing.
std::optional<WorkspaceChoice> fromEnvironment()
{
    const Credentials::EnvironmentProfile environment = Credentials::profileFromEnvironment();
    if (!environment.problem.isEmpty())
        return withoutToken(environment.profile, State::Failed, environment.problem);
    if (environment.isComplete())
        return withToken(environment.profile, environment.token);
    return {};
}

} // namespace

WorkspaceSource::WorkspaceSource(Options options, Settings::Store *settings, Credentials::Keychain *keychain,
                                 QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_settings(settings)
    , m_keychain(keychain)
{}

void WorkspaceSource::load()
{
    ++m_generation;
    if (m_options.sample)
        return choose(sampleWorkspace());
    if (const std::optional<WorkspaceChoice> choice = fromEnvironment())
        return choose(*choice);

    const Credentials::Profiles profiles(m_settings);
    const Profile profile = m_options.profile.isEmpty() ? profiles.active() : profiles.profile(m_options.profile);
    if (!profile.isComplete()) {
        const QString message =
            m_options.headless
                ? u"No workspace is set up. Set DATABRICKS_HOST and DATABRICKS_TOKEN, or start Bricktray with a display once."_s
                : tr("No workspace is set up yet. Enter its address and a token in the settings.");
        return choose(withoutToken(profile, State::NotConfigured, message));
    }
    if (m_runProfile.keychainKey() == profile.keychainKey() && !m_runToken.isEmpty())
        return choose(withToken(profile, m_runToken));
    askKeychain(profile);
}

void WorkspaceSource::setTokenForThisRun(const Profile &profile, const QString &token)
{
    m_runProfile = profile;
    m_runToken = token;
}

bool WorkspaceSource::isInUse(const Profile &profile) const
{
    return !m_choice.token.isEmpty() && m_choice.profile.name == profile.name && m_choice.profile.host == profile.host;
}

QCoro::Task<> WorkspaceSource::askKeychain(Profile profile)
{
    const QPointer<WorkspaceSource> self(this);
    const int generation = m_generation;
    // A token that is in use stays so until the keychain says otherwise: clients must not feel every change of
    // settings.
    const bool wasInUse = isInUse(profile);
    if (!wasInUse) {
        WorkspaceChoice waiting = withoutToken(profile, State::Waiting, tr("Waiting for the keychain…"));
        waiting.missingToken = u"Bricktray still waits for the keychain to give it the token. Ask the person at this "
                               "computer to unlock it, then repeat the call."_s;
        choose(waiting);
    }
    const KeychainResult result = co_await m_keychain->read(profile.keychainKey());
    if (!self || generation != m_generation)
        co_return;
    if (result.isOk()) {
        choose(withToken(profile, result.secret()));
        co_return;
    }
    if (wasInUse && profile.tokenStored) {
        choose(withToken(profile, m_choice.token));
        co_return;
    }
    QString message = result.message();
    if (result.status() == KeychainResult::Status::NotFound) {
        // gnome-keyring says "not found" of a locked keyring, too.
        message = profile.tokenStored ? tr("The keychain gives no token for this workspace, although one was stored. "
                                           "It may be locked: unlock it and refresh, or enter the token again.")
                                      : tr("There is no token for this workspace yet. Enter one in the settings.");
    }
    choose(withoutToken(profile, profile.tokenStored ? State::Failed : State::NotConfigured, message));
}

void WorkspaceSource::choose(const WorkspaceChoice &choice)
{
    m_choice = choice;
    Q_EMIT chosen(choice);
}

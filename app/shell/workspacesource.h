#pragma once

#include "credentials/keychain.h"
#include "credentials/profile.h"
#include "gui/window/status.h"

#include <QObject>

/// The workspace to use, with its token or the reason why there is none.
struct WorkspaceChoice
{
    Credentials::Profile profile;
    QString token = {};
    QString missingToken = {}; ///< why there is no token, for a model
    bool sample = false;       ///< needs no token from here
    Gui::WorkspaceStatus::State state = Gui::WorkspaceStatus::State::Connecting;
    QString message = {}; ///< what is wrong and what to do, for a person
};

/// Which workspace, and where its token comes from. In this order: the sample workspace where that is asked for, the
/// environment, a token for this run, the keychain.
class WorkspaceSource : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WorkspaceSource)

public:
    struct Options
    {
        bool sample = false;
        QString profile = {}; ///< empty: the active one
        bool headless = false;
    };

    WorkspaceSource(Options options, Settings::Store *settings, Credentials::Keychain *keychain,
                    QObject *parent = nullptr);

    /// Looks anew. While the keychain makes it wait, a token that is in use stays so.
    void load();
    /// A token that is to be used now and kept nowhere: there is no keychain to keep it in. For the next load().
    void setTokenForThisRun(const Credentials::Profile &profile, const QString &token);

Q_SIGNALS:
    /// Once for a load(), or twice where the keychain has to be waited for.
    void chosen(const WorkspaceChoice &choice);

private:
    void choose(const WorkspaceChoice &choice);
    QCoro::Task<> askKeychain(Credentials::Profile profile);
    bool isInUse(const Credentials::Profile &profile) const;

    const Options m_options;
    Settings::Store *m_settings;
    Credentials::Keychain *m_keychain;
    WorkspaceChoice m_choice;
    Credentials::Profile m_runProfile; ///< of m_runToken
    QString m_runToken;
    int m_generation = 0; ///< a keychain's answer to an earlier load() is ignored
};

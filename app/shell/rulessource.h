#pragma once

#include "gui/window/status.h"
#include "settings/settings.h"
#include "shell/commandline.h"
#include "shell/service/sessionconfiguration.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

/// What clients may do, from the command line and the settings, and when that changes.
class RulesSource : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RulesSource)

public:
    RulesSource(CommandLine commandLine, Settings::Store *settings, QObject *parent = nullptr);

    Rules rules() const;
    Gui::ModeStatus mode() const;
    /// Read-only and Ask are kept in the settings; Trust is not, and holds for so long (0: until the program ends) in
    /// the profile in use.
    void setMode(Calls::Mode mode, std::chrono::minutes trustFor = {});
    /// Trust and what else a person gave ends: another workspace, or nobody sits there any more.
    void endTrust();

Q_SIGNALS:
    /// Once for all settings that change together.
    void changed();
    void modeChanged();

private:
    Calls::Policy policy() const;
    void follow(Settings::Key key);
    void tellLater();

    const CommandLine m_commandLine;
    Settings::Store *m_settings;
    QDateTime m_trustUntil;      ///< invalid without an end
    QDeadlineTimer m_trustLasts; ///< a clock that was set back must not prolong it
    bool m_isTrusted = false;
    QTimer m_trustEnd;
    bool m_isChanged = false; ///< and nobody is told yet
};

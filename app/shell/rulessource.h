#pragma once

#include "settings/settings.h"
#include "shell/commandline.h"
#include "shell/service/sessionconfiguration.h"

#include <QObject>

/// What clients may do, from the command line and the settings, and when that changes.
class RulesSource : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RulesSource)

public:
    RulesSource(CommandLine commandLine, const Settings::Store *settings, QObject *parent = nullptr);

    Rules rules() const;

Q_SIGNALS:
    /// Once for all settings that change together.
    void changed();

private:
    Calls::Policy policy() const;
    void follow(Settings::Key key);

    const CommandLine m_commandLine;
    const Settings::Store *m_settings;
    bool m_isChanged = false; ///< and nobody is told yet
};

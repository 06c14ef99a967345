#include "rulessource.h"

#include <algorithm>
#include <array>

using Settings::Key;

namespace {

constexpr std::array Followed{Key::ReadOnly,       Key::WritePolicy, Key::DestroyPolicy,
                              Key::ToolExceptions, Key::Toolsets,    Key::ExportFolder};

/// Nobody is there to ask.
Calls::Policy headlessPolicy(const CommandLine &commandLine)
{
    using Calls::Decision;
    Calls::Policy policy;
    policy.writes = commandLine.allowWrites || commandLine.allowDestructive ? Decision::Allow : Decision::Deny;
    policy.destroys = commandLine.allowDestructive ? Decision::Allow : Decision::Deny;
    return policy;
}

Calls::Policy chosenPolicy(const Settings::Store &settings)
{
    Calls::Policy policy;
    policy.writes = Calls::decisionFromName(settings.value(Key::WritePolicy).toString());
    policy.destroys = Calls::decisionFromName(settings.value(Key::DestroyPolicy).toString());
    policy.readOnly = settings.value(Key::ReadOnly).toBool();
    policy.exceptions = Calls::exceptionsFromTexts(settings.value(Key::ToolExceptions).toStringList());
    return policy;
}

} // namespace

RulesSource::RulesSource(CommandLine commandLine, const Settings::Store *settings, QObject *parent)
    : QObject(parent)
    , m_commandLine(std::move(commandLine))
    , m_settings(settings)
{
    connect(m_settings, &Settings::Store::changed, this, &RulesSource::follow);
}

Rules RulesSource::rules() const
{
    Rules rules;
    rules.policy = policy();
    rules.toolsets =
        m_commandLine.toolsets.isEmpty() ? m_settings->value(Key::Toolsets).toStringList() : m_commandLine.toolsets;
    rules.exportFolder = m_settings->value(Key::ExportFolder).toString();
    return rules;
}

Calls::Policy RulesSource::policy() const
{
    Calls::Policy policy = m_commandLine.headless ? headlessPolicy(m_commandLine) : chosenPolicy(*m_settings);
    policy.readOnly = policy.readOnly || m_commandLine.readOnly;
    return policy;
}

void RulesSource::follow(Key key)
{
    if (m_isChanged || std::find(Followed.begin(), Followed.end(), key) == Followed.end())
        return;
    // Later: a dialog changes several at once, and clients should hear of it once.
    m_isChanged = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isChanged = false;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

#include "rulessource.h"

#include <algorithm>
#include <array>
#include <utility>

using Settings::Key;

namespace {

constexpr std::array Followed{Key::ReadOnly,         Key::EffectRules,  Key::ToolExceptions, Key::Toolsets,
                              Key::TrustedFunctions, Key::ExportFolder, Key::SharedFolder};

/// Nobody is there to ask.
Calls::Policy headlessPolicy(const CommandLine &commandLine)
{
    using Calls::Effect;
    const Calls::Effects writes = Effect::Adds | Effect::Appends | Effect::Replaces;
    Calls::Policy policy;
    for (const Effect effect : Calls::changingEffects()) {
        const bool allowed = commandLine.allowDestructive || (commandLine.allowWrites && writes.testFlag(effect));
        policy.effects.insert(effect, allowed ? Calls::Decision::Allow : Calls::Decision::Deny);
    }
    return policy;
}

Calls::Policy chosenPolicy(const Settings::Store &settings)
{
    Calls::Policy policy;
    if (settings.value(Key::ReadOnly).toBool())
        policy.mode = Calls::Mode::ReadOnly;
    policy.effects = Calls::effectsFromTexts(settings.value(Key::EffectRules).toStringList());
    policy.trustedFunctions = settings.value(Key::TrustedFunctions).toStringList();
    policy.exceptions = Calls::exceptionsFromTexts(settings.value(Key::ToolExceptions).toStringList());
    return policy;
}

} // namespace

RulesSource::RulesSource(CommandLine commandLine, Settings::Store *settings, QObject *parent)
    : QObject(parent)
    , m_commandLine(std::move(commandLine))
    , m_settings(settings)
{
    connect(m_settings, &Settings::Store::changed, this, &RulesSource::follow);
    // Looks at the clock often: a timer does not count the time that a machine sleeps.
    m_trustEnd.setInterval(std::chrono::seconds(1));
    connect(&m_trustEnd, &QTimer::timeout, this, [this] {
        if (QDateTime::currentDateTimeUtc() >= m_trustUntil || m_trustLasts.hasExpired())
            endTrust();
    });
}

Rules RulesSource::rules() const
{
    Rules rules;
    rules.policy = policy();
    rules.toolsets =
        m_commandLine.toolsets.isEmpty() ? m_settings->value(Key::Toolsets).toStringList() : m_commandLine.toolsets;
    rules.exportFolder = m_settings->value(Key::ExportFolder).toString();
    rules.sharedFolder = m_settings->value(Key::SharedFolder).toString();
    return rules;
}

Calls::Policy RulesSource::policy() const
{
    Calls::Policy policy = m_commandLine.headless ? headlessPolicy(m_commandLine) : chosenPolicy(*m_settings);
    // With a window the person's own switch says so, and can take it back.
    const bool isHeldBack = m_commandLine.headless && m_settings->isHeldBack();
    if (m_commandLine.readOnly || isHeldBack)
        policy.mode = Calls::Mode::ReadOnly;
    else if (m_isTrusted && !policy.isReadOnly())
        policy.mode = Calls::Mode::Trust;
    return policy;
}

Gui::ModeStatus RulesSource::mode() const
{
    const Calls::Mode mode = policy().mode;
    return {mode, mode == Calls::Mode::Trust ? m_trustUntil : QDateTime(), m_commandLine.readOnly};
}

void RulesSource::setMode(Calls::Mode mode, std::chrono::minutes trustFor)
{
    if (m_commandLine.readOnly)
        return;
    m_isTrusted = mode == Calls::Mode::Trust;
    m_trustUntil = {};
    m_trustEnd.stop();
    if (m_isTrusted && trustFor.count() > 0) {
        m_trustUntil = QDateTime::currentDateTimeUtc().addSecs(std::chrono::seconds(trustFor).count());
        m_trustLasts.setRemainingTime(trustFor);
        m_trustEnd.start();
    }
    m_settings->setValue(Key::ReadOnly, mode == Calls::Mode::ReadOnly);
    tellLater();
}

void RulesSource::endTrust()
{
    if (!std::exchange(m_isTrusted, false))
        return;
    m_trustUntil = {};
    m_trustEnd.stop();
    tellLater();
}

void RulesSource::follow(Key key)
{
    if (key == Key::ReadOnly && m_settings->value(key).toBool())
        endTrust();
    if (std::find(Followed.begin(), Followed.end(), key) != Followed.end())
        tellLater();
}

void RulesSource::tellLater()
{
    if (m_isChanged)
        return;
    // Later: a dialog changes several at once, and clients should hear of it once.
    m_isChanged = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isChanged = false;
            Q_EMIT changed();
            Q_EMIT modeChanged();
        },
        Qt::QueuedConnection);
}

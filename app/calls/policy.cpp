#include "calls/policy.h"

#include "common/enumnames.h"

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr auto Names =
    enumNames<Decision>({{Decision::Allow, "allow"_L1}, {Decision::Ask, "ask"_L1}, {Decision::Deny, "deny"_L1}});

/// What a refusal says of a call with this effect.
QString deedOf(Effect effect)
{
    switch (effect) {
    case Effect::Reads:
    case Effect::Adds:
        return u"adds or starts something"_s;
    case Effect::Appends:
        return u"adds rows to a table"_s;
    case Effect::Replaces:
        return u"changes what is there"_s;
    case Effect::Computes:
        return u"creates compute"_s;
    case Effect::Grants:
        return u"changes who may do what"_s;
    case Effect::RunsCode:
        return u"runs code"_s;
    case Effect::ReachesOut:
        return u"reaches beyond the workspace or uses a secret"_s;
    case Effect::Destroys:
        return u"deletes or interrupts something"_s;
    case Effect::Unknown:
        break;
    }
    return u"may change something"_s;
}

} // namespace

QString decisionName(Decision decision)
{
    return Names.of(decision);
}

Decision decisionFromName(const QString &name)
{
    return Names.find(name.trimmed().toLower()).value_or(Decision::Deny);
}

Decision Policy::standard(Effect effect)
{
    return effect == Effect::Reads || effect == Effect::Adds ? Decision::Allow : Decision::Ask;
}

Decision Policy::decide(const QString &tool, Effects called) const
{
    if (!called)
        return Decision::Allow;
    if (mode == Mode::ReadOnly)
        return Decision::Deny;
    Decision strictest = Decision::Allow;
    for (const Effect effect : listOf(called))
        strictest = std::max(strictest, effects.value(effect, standard(effect)));
    strictest = exceptions.value(tool, strictest);
    return mode == Mode::Trust && strictest == Decision::Ask ? Decision::Allow : strictest;
}

QString denial(const Policy &policy, Effects effects)
{
    const QString why = policy.isReadOnly() ? u"the person you work for has made Bricktray read-only"_s
                                            : u"the person you work for does not allow that"_s;
    return u"This call %1, and %2. Nothing was done. Only they can change this, in Bricktray's settings: tell them "
           u"what you wanted to do and why, and go on with what can be done by reading."_s.arg(deedOf(worstOf(effects)),
                                                                                               why);
}

QStringList effectTexts(const QHash<Effect, Decision> &effects)
{
    QStringList texts;
    for (auto rule = effects.cbegin(); rule != effects.cend(); ++rule)
        texts.append(effectName(rule.key()) + u'=' + decisionName(rule.value()));
    texts.sort();
    return texts;
}

QHash<Effect, Decision> effectsFromTexts(const QStringList &texts)
{
    QHash<Effect, Decision> effects;
    for (const QString &text : texts) {
        const std::optional<Effect> effect = effectFromName(text.section(u'=', 0, 0));
        if (effect && *effect != Effect::Reads)
            effects.insert(*effect, decisionFromName(text.section(u'=', 1)));
    }
    return effects;
}

QStringList exceptionTexts(const QHash<QString, Decision> &exceptions)
{
    QStringList texts;
    for (auto exception = exceptions.cbegin(); exception != exceptions.cend(); ++exception)
        texts.append(exception.key() + u'=' + decisionName(exception.value()));
    texts.sort();
    return texts;
}

QHash<QString, Decision> exceptionsFromTexts(const QStringList &texts)
{
    QHash<QString, Decision> exceptions;
    for (const QString &text : texts) {
        const QString tool = text.section(u'=', 0, 0).trimmed();
        if (!tool.isEmpty())
            exceptions.insert(tool, decisionFromName(text.section(u'=', 1)));
    }
    return exceptions;
}

} // namespace Calls

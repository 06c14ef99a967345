#include "calls/policy.h"

#include "common/enumnames.h"

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr auto Names =
    enumNames<Decision>({{Decision::Allow, "allow"_L1}, {Decision::Ask, "ask"_L1}, {Decision::Deny, "deny"_L1}});

/// What a refusal says of a call with this effect.
constexpr auto Deeds = enumNames<Effect>({{Effect::Reads, "adds or starts something"_L1},
                                          {Effect::Adds, "adds or starts something"_L1},
                                          {Effect::Appends, "adds rows to a table"_L1},
                                          {Effect::Replaces, "changes what is there"_L1},
                                          {Effect::Computes, "creates compute"_L1},
                                          {Effect::Grants, "changes who may do what"_L1},
                                          {Effect::RunsCode, "runs code"_L1},
                                          {Effect::ReachesOut, "reaches beyond the workspace or uses a secret"_L1},
                                          {Effect::Destroys, "deletes or interrupts something"_L1},
                                          {Effect::Unknown, "may change something"_L1}});

/// "run_job=ask", sorted; of keys that nameOf() names.
template<typename Key, typename Name>
QStringList decisionTexts(const QHash<Key, Decision> &decisions, Name nameOf)
{
    QStringList texts;
    for (auto each = decisions.cbegin(); each != decisions.cend(); ++each)
        texts.append(nameOf(each.key()) + u'=' + decisionName(each.value()));
    texts.sort();
    return texts;
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
           u"what you wanted to do and why, and go on with what can be done by reading."_s.arg(
               Deeds.of(worstOf(effects)), why);
}

QStringList effectTexts(const QHash<Effect, Decision> &effects)
{
    return decisionTexts(effects, effectName);
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
    return decisionTexts(exceptions, [](const QString &tool) { return tool; });
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

#include "calls/effect.h"

#include "common/enumnames.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr auto Names = enumNames<Effect>({{Effect::Reads, "reads"_L1},
                                          {Effect::Adds, "adds"_L1},
                                          {Effect::Appends, "appends"_L1},
                                          {Effect::Replaces, "replaces"_L1},
                                          {Effect::Computes, "creates compute"_L1},
                                          {Effect::Grants, "grants"_L1},
                                          {Effect::RunsCode, "runs code"_L1},
                                          {Effect::ReachesOut, "reaches out"_L1},
                                          {Effect::Destroys, "destroys"_L1},
                                          {Effect::Unknown, "unknown"_L1}});

} // namespace

const QList<Effect> &changingEffects()
{
    static const QList<Effect> all{Effect::Adds,       Effect::Appends,  Effect::Replaces,
                                   Effect::Computes,   Effect::Grants,   Effect::RunsCode,
                                   Effect::ReachesOut, Effect::Destroys, Effect::Unknown};
    return all;
}

Effects anyEffect()
{
    Effects effects;
    for (const Effect effect : changingEffects())
        effects |= effect;
    return effects;
}

QList<Effect> listOf(Effects effects)
{
    QList<Effect> list;
    for (const Effect effect : changingEffects()) {
        if (effects.testFlag(effect))
            list.prepend(effect);
    }
    return list.isEmpty() ? QList{Effect::Reads} : list;
}

Effect worstOf(Effects effects)
{
    return listOf(effects).constFirst();
}

QString effectName(Effect effect)
{
    return Names.of(effect);
}

std::optional<Effect> effectFromName(const QString &name)
{
    return Names.find(name.trimmed().toLower());
}

QString effectNames(Effects effects)
{
    QStringList names;
    for (const Effect effect : listOf(effects))
        names.append(effectName(effect));
    return names.join(u", "_s);
}

} // namespace Calls

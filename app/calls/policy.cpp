#include "calls/policy.h"

using namespace Qt::StringLiterals;

namespace Calls {

Decision Policy::decide(Effect effect) const
{
    if (effect == Effect::Reads)
        return Decision::Allow;
    if (readOnly)
        return Decision::Deny;
    return effect == Effect::Writes ? writes : destroys;
}

QString Policy::denial(Effect effect) const
{
    if (effect == Effect::Reads)
        return {};
    const QString what = effect == Effect::Writes
                             ? u"This tool changes things in the Databricks workspace"_s
                             : u"This tool deletes or interrupts things in the Databricks workspace"_s;
    const QString why = readOnly ? u"the person you work for has made Bricktray read-only"_s
                                 : u"the person you work for does not allow that"_s;
    return what + u", and "_s + why +
           u". Nothing was done. Only they can change this, in Bricktray's settings: tell them what you wanted to do "
           u"and why, and go on with what can be done by reading."_s;
}

} // namespace Calls

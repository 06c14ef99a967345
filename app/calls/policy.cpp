#include "calls/policy.h"

#include "common/enumnames.h"

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr auto Names =
    enumNames<Decision>({{Decision::Allow, "allow"_L1}, {Decision::Ask, "ask"_L1}, {Decision::Deny, "deny"_L1}});

} // namespace

QString decisionName(Decision decision)
{
    return Names.of(decision);
}

Decision decisionFromName(const QString &name)
{
    return Names.find(name.trimmed().toLower()).value_or(Decision::Deny);
}

Decision Policy::decide(const QString &tool, Effect effect) const
{
    if (effect == Effect::Reads)
        return Decision::Allow;
    if (readOnly)
        return Decision::Deny;
    return exceptions.value(tool, effect == Effect::Writes ? writes : destroys);
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

#include "settings/caution.h"

#include "settings/rows.h"

#include <QSettings>
#include <QStringList>

namespace Settings {

using namespace Qt::StringLiterals;

namespace {

const QString HeldBackKey = u"File/HeldBack"_s;
const QString OldWrites = u"Policy/Writes"_s;
const QString OldDestroys = u"Policy/Destroys"_s;

/// What the effects of today were once.
const QStringList OldWriting{u"adds"_s, u"appends"_s, u"replaces"_s, u"creates compute"_s, u"runs code"_s};
const QStringList OldDestroying{u"destroys"_s, u"grants"_s, u"reaches out"_s, u"unknown"_s};

/// In front of a profile's own values; the first one, which is empty, stands for what holds for all of them.
QStringList prefixes(QSettings &values)
{
    QStringList list{QString()};
    values.beginGroup(u"ProfileRules"_s);
    for (const QString &profile : values.childGroups())
        list.append(u"ProfileRules/"_s + profile + u'/');
    values.endGroup();
    return list;
}

void addRules(QStringList &rules, const QStringList &effects, const QString &decision)
{
    for (const QString &effect : effects)
        rules.append(effect + u'=' + decision);
}

/// "allow" is not carried over: it meant less than it would now. A word that is none must not allow more than was
/// meant.
QString carried(const QString &old)
{
    const QString word = old.trimmed().toLower();
    return word == "allow"_L1 || word == "ask"_L1 ? word : u"deny"_s;
}

QStringList rulesFrom(const QString &writes, const QString &destroys)
{
    QStringList rules;
    if (!writes.isNull() && carried(writes) != "allow"_L1)
        addRules(rules, OldWriting, carried(writes));
    if (!destroys.isNull() && carried(destroys) == "deny"_L1)
        addRules(rules, OldDestroying, u"deny"_s);
    rules.sort();
    return rules;
}

QString textAt(const QSettings &values, const QString &key, const QString &otherwise)
{
    return values.contains(key) ? values.value(key).toString() + u""_s : otherwise;
}

QStringList withoutAllowances(QStringList rules)
{
    rules.removeIf([](const QString &rule) { return rule.section(u'=', 1).trimmed().toLower() == "allow"_L1; });
    return rules;
}

} // namespace

bool carryOldPolicy(QSettings &values)
{
    const QString name = rowOf(Key::EffectRules).name;
    const QString writesOfAll = textAt(values, OldWrites, {});
    const QString destroysOfAll = textAt(values, OldDestroys, {});
    bool isCarried = false;
    for (const QString &prefix : prefixes(values)) {
        if (!values.contains(prefix + OldWrites) && !values.contains(prefix + OldDestroys))
            continue;
        // A profile's new rules stand for all of them, so what held for every profile goes into them.
        const QStringList rules = rulesFrom(textAt(values, prefix + OldWrites, writesOfAll),
                                            textAt(values, prefix + OldDestroys, destroysOfAll));
        if (!values.contains(prefix + name))
            values.setValue(prefix + name, rules);
        values.remove(prefix + OldWrites);
        values.remove(prefix + OldDestroys);
        isCarried = true;
    }
    return isCarried;
}

void holdBack(QSettings &values)
{
    values.setValue(HeldBackKey, true);
    for (const QString &prefix : prefixes(values)) {
        values.setValue(prefix + rowOf(Key::ReadOnly).name, true);
        values.remove(prefix + rowOf(Key::TrustedFunctions).name);
        for (const Key key : {Key::EffectRules, Key::ToolExceptions}) {
            const QString name = prefix + rowOf(key).name;
            if (values.contains(name))
                values.setValue(name, withoutAllowances(values.value(name).toStringList()));
        }
    }
}

bool isHeldBack(const QSettings &values)
{
    return values.value(HeldBackKey).toBool();
}

void endHoldingBack(QSettings &values)
{
    values.remove(HeldBackKey);
}

} // namespace Settings

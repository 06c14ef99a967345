#include "tools/host/offtools.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

const QHash<QString, const Tool *> &toolsByName()
{
    static const QHash<QString, const Tool *> byName = [] {
        QHash<QString, const Tool *> all;
        for (const Toolset &toolset : toolsets()) {
            for (const Tool &tool : toolset.tools)
                all.insert(tool.name, &tool);
        }
        return all;
    }();
    return byName;
}

/// "list_clusters" in "Call list_clusters, then …": every tool's name is of words and underscores.
QStringList namesIn(const QString &words)
{
    const auto isPart = [](QChar c) { return (c >= u'a' && c <= u'z') || c == u'_'; };
    QStringList names;
    auto at = words.begin();
    while (at != words.end()) {
        const auto begin = std::find_if(at, words.end(), isPart);
        at = std::find_if_not(begin, words.end(), isPart);
        const QStringView word(begin, at);
        if (word.contains(u'_') && !names.contains(word))
            names.append(word.toString());
    }
    return names;
}

} // namespace

Off whyOff(const Tool &tool, const Session &session)
{
    const Calls::Effects least = tool.effectsOf ? tool.leastEffects : tool.effects;
    const bool isInForce = isOn(*toolsetOf(tool.name), tool, session.toolsets);
    return {.isReadOnly = session.policy().isReadOnly() && least,
            .isDenied = session.policy().decide(tool.name, least) == Calls::Decision::Deny,
            .isOtherSet = !isInForce,
            .isPartly = !isInForce && isServed(tool.name, session.toolsets)};
}

QString offWords(const Tool &tool, const Off &off)
{
    const Toolset &toolset = *toolsetOf(tool.name);
    QStringList reasons;
    if (off.isReadOnly)
        reasons.append(
            u"Bricktray is set to read-only, which the person can change in its window (or with other options of a headless run)"_s);
    else if (off.isDenied)
        reasons.append(u"Bricktray may not change anything here, which the person can change (--allow-writes, "
                       u"--allow-destructive)"_s);
    if (off.isPartly)
        reasons.append(
            u"it is one of the tools of the toolset \"%1\" that are not on by default: the person can switch the whole "
            "on in Bricktray's settings, under Tools, or start it with --toolsets %1,…"_s.arg(toolset.name));
    else if (off.isOtherSet)
        reasons.append(
            u"it is a tool of the toolset \"%1\" (%2) that is not switched on: the person can do that in Bricktray's settings, under Tools, or start it with --toolsets %1,…"_s
                .arg(toolset.name, QString::fromUtf8(toolset.description).chopped(1)));
    return u"%1 is off: %2. Nothing was done. Meanwhile do what the listed tools can, or tell the person what is missing."_s
        .arg(tool.name, reasons.join("; and "_L1));
}

QString offToolsNamed(const QString &words, const Session &session)
{
    QStringList off;
    const QStringList names = namesIn(words);
    for (const QString &name : names) {
        const Tool *tool = toolsByName().value(name);
        if (!tool)
            continue;
        const Off why = whyOff(*tool, session);
        if (why.isOtherSet)
            off.append(u"%1 (toolset %2)"_s.arg(name, toolsetOf(name)->name));
        else if (why.isReadOnly)
            off.append(name + u" (read-only)"_s);
        else if (why.isDenied)
            off.append(name + u" (changes are not allowed)"_s);
    }
    return off.isEmpty() ? QString() : u"Off here until the person switches it on: %1."_s.arg(off.join(", "_L1));
}

} // namespace Tools

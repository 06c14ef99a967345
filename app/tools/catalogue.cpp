#include "tools/catalogue.h"

using namespace Qt::StringLiterals;

namespace Tools {

const QList<Toolset> &toolsets()
{
    static const QList<Toolset> all{
        {u"connection"_s, true, connectionTools()},
        {u"clusters"_s, true, clusterTools()},
    };
    return all;
}

QStringList defaultToolsets()
{
    QStringList names;
    for (const Toolset &toolset : toolsets()) {
        if (toolset.onByDefault)
            names.append(toolset.name);
    }
    return names;
}

QStringList resolveToolsets(const QStringList &names, QStringList *unknown)
{
    if (names.isEmpty())
        return defaultToolsets();
    QStringList resolved;
    for (const Toolset &toolset : toolsets()) {
        if (names.contains(toolset.name) || names.contains("all"_L1))
            resolved.append(toolset.name);
    }
    if (unknown) {
        for (const QString &name : names) {
            if (name != "all"_L1 && !resolved.contains(name))
                unknown->append(name);
        }
    }
    return resolved;
}

QString toolTable()
{
    static const QHash<Calls::Effect, QString> effects{{Calls::Effect::Reads, u"reads"_s},
                                                       {Calls::Effect::Writes, u"writes"_s},
                                                       {Calls::Effect::Destroys, u"destroys or interrupts"_s}};
    QString table = u"| toolset | tool | effect | what it does |\n| --- | --- | --- | --- |\n"_s;
    for (const Toolset &toolset : toolsets()) {
        const QString label = toolset.onByDefault ? toolset.name + " (on)"_L1 : toolset.name;
        for (const Tool &tool : toolset.tools)
            table += u"| %1 | `%2` | %3 | %4 |\n"_s.arg(label, tool.name, effects.value(tool.effect), tool.description);
    }
    return table;
}

} // namespace Tools

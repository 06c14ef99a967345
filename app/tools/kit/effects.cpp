#include "tools/kit/effects.h"

#include <QHash>

using namespace Qt::StringLiterals;
using Calls::Effect;

namespace Tools {

Calls::Effects overwriting(const ToolCall &call)
{
    return call.flag(u"overwrite"_s) ? Effect::Replaces : Effect::Adds;
}

Calls::Effects ending(const ToolCall &call, StartedWork::Kind kind, const QString &id)
{
    return call.session().started->isOf(call.client(), kind, id) ? Effect::Adds : Effect::Destroys;
}

Calls::Passage::Language languageNamed(const QString &name)
{
    using Language = Calls::Passage::Language;
    static const QHash<QString, Language> languages{{u"python"_s, Language::Python},
                                                    {u"sql"_s, Language::Sql},
                                                    {u"scala"_s, Language::Scala},
                                                    {u"r"_s, Language::R}};
    return languages.value(name.toLower(), Language::Plain);
}

QString pathOf(const ToolCall &call)
{
    return call.text(u"path"_s);
}

} // namespace Tools

#include "tools/kit/effects.h"

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

QString pathOf(const ToolCall &call)
{
    return call.text(u"path"_s);
}

} // namespace Tools

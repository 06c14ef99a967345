#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>
#include <QString>

namespace Tools {

/// Names that exist near one that a failed statement could not find: " Did you mean trips?" Empty where there are none,
/// or nobody may look.
QCoro::Task<QString> nearObjects(ToolCall call, QJsonObject answer);

} // namespace Tools

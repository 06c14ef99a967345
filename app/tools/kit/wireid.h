#pragma once

#include "tools/kit/toolcall.h"

namespace Tools {

/// An id that is a number to the API and text to models (64 bits do not fit into a JavaScript number). Throws ApiError
/// BadRequest, with the argument's name, for text that is no such number.
qint64 wireId(const ToolCall &call, const QString &argument);

/// The id under key as text; empty where there is none.
QString idText(const QJsonObject &object, const QString &key);

} // namespace Tools

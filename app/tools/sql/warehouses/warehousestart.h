#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>

namespace Tools {

/// A warehouse with its state, which the call is about from then on. Throws ApiError.
QCoro::Task<QJsonObject> readWarehouse(ToolCall call, QString id);

/// Watches it come up until it runs, falls back or the time is over; returns it as it then is, with "fell_back".
QCoro::Task<QJsonObject> waitUntilRunning(ToolCall call, QString id);

/// Why it will not come up, in words, as waitUntilRunning() returned it; empty where it runs, or may still.
QString startFailure(const QJsonObject &warehouse);

} // namespace Tools

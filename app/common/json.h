#pragma once

#include <QByteArray>
#include <QJsonValue>

namespace Json {

/// JSON in one line, UTF-8. Members that are texts, numbers or booleans come before those that hold more: clients that
/// cut a long answer cut its end, and what matters most is short. Integers of 64 bits stay exact; what is no number to
/// JSON (NaN, infinity) is null.
QByteArray compact(const QJsonValue &value);

/// Whether it is a whole number that 64 bits hold.
bool isInteger(const QJsonValue &value);

} // namespace Json

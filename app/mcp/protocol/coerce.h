#pragma once

#include <QJsonObject>

namespace Mcp {

/// The arguments with what models commonly get wrong put right, as far as the schema leaves no doubt: numbers for
/// strings and the reverse (64-bit integers stay exact), "true" and "false", JSON in a string, one string where a list
/// of strings is wanted, and empty values for what is optional. All else stays as it is, for the validation to judge.
QJsonObject coerced(const QJsonObject &arguments, const QJsonObject &schema);

} // namespace Mcp

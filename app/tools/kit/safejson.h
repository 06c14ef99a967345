#pragma once

#include <QJsonValue>

namespace Tools {

/// A workspace's JSON for a model: every text cleaned, and the values of fresh credentials (token_value, sas_token and
/// the like), which some endpoints answer with, hidden.
QJsonValue safeJson(const QJsonValue &value);

} // namespace Tools

#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

namespace Tools {

/// The settings that create_job and update_job take by name; whatever else the API knows goes into settings.
Schema withJobSettings(Schema schema);

/// What these arguments set, as the API spells it; before are the settings of the job that is there, of whose schedule
/// what is not named stays. Throws ApiError where they do not go together.
QJsonObject jobSettings(const ToolCall &call, const QJsonObject &before = {});

/// The settings that a change leaves: without what it removes, with what it names.
QJsonObject merged(QJsonObject before, const QJsonObject &changes, const QStringList &removed);

/// Why a change that leaves these settings must not be made: it would add a schedule, trigger or continuous beside
/// another one, and Databricks allows one of them. Says how to replace what is there. Empty where nothing is wrong.
QString startersProblem(const QJsonObject &after, const QJsonObject &changes);

} // namespace Tools

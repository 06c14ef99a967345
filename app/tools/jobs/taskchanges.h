#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Tools {

/// What new settings of a job would take away from those that are there, beside what they replace: tasks, job clusters
/// and parameters that the new lists leave out, and members (such as base_parameters) that what stays no longer has:
/// "task \"score\"", "notebook_task.base_parameters of task \"load\"", "parameter \"day\"". Defaults are no loss.
QStringList lostParts(const QJsonObject &before, const QJsonObject &changes);

/// The same as a sentence: "The new settings no longer have: …"; empty where nothing is lost.
QString lostWords(const QJsonObject &before, const QJsonObject &changes);

/// Whether a setting of a task or a job says no more than its absence would: null, false, 0, "", {}, and what the API
/// fills in, such as run_if ALL_SUCCESS.
bool isDefault(const QString &name, const QJsonValue &value);

} // namespace Tools

#pragma once

#include "sample/jobs/rundata.h"

namespace Sample {

/// The runs that a for-each task makes of its inputs, none of them over.
std::vector<TaskRun> iterationsOf(const TaskRun &task);
/// What a for-each task comes to when its iterations are over.
TaskOutcome outcomeOf(const TaskRun &task);
/// The for_each_task of a task with the numbers of its iterations.
QJsonObject withStatistics(const TaskRun &task);

} // namespace Sample

#pragma once

#include "tools/kit/schema.h"
#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

QString pipelinePath(const QString &id);
Schema pipelineIdSchema();

/// pipelines/{id} of the argument pipeline_id; its name becomes the call's target. Throws ApiError.
QCoro::Task<QJsonObject> readPipeline(ToolCall call);
/// The pipeline's name, for the person who is asked to approve.
QCoro::Task<QString> pipelineTarget(ToolCall call);

/// An update in a list: update_id, state, creation_time.
QJsonObject updateRow(const QJsonObject &update);
/// "FAILED, created 2026-11-22 08:15:00 UTC": the list does not tell when an update ended.
QString updateWords(const QJsonObject &update);
Schema updateRowSchema();

/// The argument update_id, whole: the events' messages have its beginning alone. Empty where it was not given. Throws
/// ApiError where none or several of the pipeline's updates begin so.
QCoro::Task<QString> wholeUpdateId(ToolCall call);
/// That there is no such update, and which there are. Throws ApiError where there is no such pipeline.
QCoro::Task<QString> noSuchUpdate(ToolCall call, QString updateId);

/// The paths of a pipeline's code, from its spec.
QString sourcesText(const QJsonObject &spec);

} // namespace Tools

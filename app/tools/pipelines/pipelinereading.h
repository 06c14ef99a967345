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
Schema updateRowSchema();

} // namespace Tools

#include "tools/pipelines/pipelinereading.h"

#include "tools/kit/answer.h"
#include "tools/kit/required.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;

namespace Tools {

QString pipelinePath(const QString &id)
{
    return "/api/2.0/pipelines/"_L1 + Databricks::pathSegment(id);
}

QJsonObject updateRow(const QJsonObject &update)
{
    QJsonObject row = textsOf(update, {u"update_id"_s, u"state"_s});
    addText(row, u"creation_time"_s, anyTimeText(update.value("creation_time"_L1)));
    return row;
}

Schema updateRowSchema()
{
    return Schema().text(u"update_id"_s, {}).text(u"state"_s, {}).text(u"creation_time"_s, {});
}

Schema pipelineIdSchema()
{
    return Schema().text(u"pipeline_id"_s, u"Id of the pipeline"_s).require({u"pipeline_id"_s});
}

QCoro::Task<QJsonObject> readPipeline(ToolCall call)
{
    const QString path = pipelinePath(call.text(u"pipeline_id"_s));
    const QJsonObject pipeline = co_await call.workspace().get(path);
    mustHave(pipeline, {u"pipeline_id"_s});
    call.setTarget(Text::visible(pipeline.value("name"_L1).toString()));
    co_return pipeline;
}

QCoro::Task<QString> pipelineTarget(ToolCall call)
{
    const QJsonObject pipeline = co_await readPipeline(call);
    const QString name = Text::visible(pipeline.value("name"_L1).toString());
    co_return name;
}

} // namespace Tools

#include "tools/pipelines/pipelinereading.h"

#include "tools/kit/answer.h"
#include "tools/kit/required.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr qsizetype LatestUpdates = 100;

/// The latest updates of the pipeline, newest first.
QCoro::Task<QJsonArray> latestUpdates(ToolCall call)
{
    const QString path = pipelinePath(call.text(u"pipeline_id"_s)) + "/updates"_L1;
    const QUrlQuery query{{u"max_results"_s, QString::number(LatestUpdates)}};
    const QJsonObject answer = co_await call.workspace().get(path, query);
    co_return answer.value("updates"_L1).toArray();
}

/// "3ea06b… (FAILED, created …)" for each of the first few.
QString listed(const QJsonArray &updates)
{
    constexpr qsizetype Most = 5;
    QStringList words;
    for (qsizetype i = 0; i < std::min(updates.size(), Most); ++i) {
        const QJsonObject update = updates.at(i).toObject();
        words.append(u"%1 (%2)"_s.arg(Text::visible(update.value("update_id"_L1).toString()), updateWords(update)));
    }
    return words.join(", "_L1);
}

QString libraryText(const QJsonObject &library)
{
    for (const auto kind : {"notebook"_L1, "file"_L1})
        if (const QString path = library.value(kind)["path"_L1].toString(); !path.isEmpty())
            return Text::visible(path);
    return Text::visible(library.value("glob"_L1)["include"_L1].toString());
}

QString noneOf(const QString &updateId, const QJsonArray &updates)
{
    const QString unknown = u"The pipeline has no update \"%1\"."_s.arg(Text::line(updateId, 60));
    return updates.isEmpty() ? QString(unknown + u" It was never updated; start_pipeline starts it."_s)
                             : QString(unknown + u" Its latest: %1."_s.arg(listed(updates)));
}

} // namespace

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

QString updateWords(const QJsonObject &update)
{
    const QJsonObject row = updateRow(update);
    return u"%1, created %2"_s.arg(row.value("state"_L1).toString(), row.value("creation_time"_L1).toString());
}

QCoro::Task<QString> wholeUpdateId(ToolCall call)
{
    const QString given = call.text(u"update_id"_s);
    static const QRegularExpression beginning(u"\\A[0-9a-fA-F-]{6,35}\\z"_s);
    if (!beginning.match(given).hasMatch())
        co_return given;
    const QJsonArray updates = co_await latestUpdates(call);
    QJsonArray meant;
    for (const QJsonValue update : updates) {
        if (update["update_id"_L1].toString().startsWith(given, Qt::CaseInsensitive))
            meant.append(update);
    }
    // What is older is known by its whole id.
    if (meant.isEmpty() && updates.size() >= LatestUpdates)
        throw ApiError(ApiError::Kind::NotFound,
                       u"None of the pipeline's latest %1 updates begins with %2. Give the whole id."_s.arg(
                           QString::number(updates.size()), given));
    if (meant.isEmpty())
        throw ApiError(ApiError::Kind::NotFound, noneOf(given, updates));
    if (meant.size() > 1)
        throw ApiError(ApiError::Kind::BadRequest, u"Several updates begin with %1: %2."_s.arg(given, listed(meant)));
    co_return meant.at(0)["update_id"_L1].toString();
}

QCoro::Task<QString> noSuchUpdate(ToolCall call, QString updateId)
{
    const QJsonArray updates = co_await latestUpdates(call);
    co_return noneOf(updateId, updates);
}

QString sourcesText(const QJsonObject &spec)
{
    constexpr qsizetype Most = 50;
    QStringList sources;
    const QJsonArray libraries = spec.value("libraries"_L1).toArray();
    for (qsizetype i = 0; i < std::min(libraries.size(), Most); ++i)
        sources.append(libraryText(libraries.at(i).toObject()));
    if (libraries.size() > Most)
        sources.append(u"and %1 more"_s.arg(libraries.size() - Most));
    return sources.join(", "_L1);
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

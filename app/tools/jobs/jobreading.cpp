#include "tools/jobs/jobreading.h"

#include "databricks/pageguard.h"
#include "tools/kit/answer.h"
#include "tools/kit/required.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

/// Arrays of jobs and runs come 100 elements a page: 1000 tasks, or the 5000 iterations of a loop.
constexpr int MostPages = 60;

/// Adds what is not there yet: the pages of one array repeat another.
void addNew(QJsonArray &array, QSet<QString> &known, const QJsonArray &page)
{
    for (const QJsonValue element : page) {
        const QString id = idText(element.toObject(), u"run_id"_s);
        if (!id.isEmpty() && known.contains(id))
            continue;
        known.insert(id);
        array.append(element);
    }
}

/// An object of the jobs API whose arrays come in pages: those under keys are put together.
QCoro::Task<QJsonObject> readPaged(ToolCall call, QString path, QUrlQuery query, QString settingsKey, QStringList keys)
{
    QJsonObject whole;
    QHash<QString, QJsonArray> arrays;
    QHash<QString, QSet<QString>> known;
    QString problem;
    QString pageToken;
    const ApiError endless(ApiError::Kind::BadAnswer, u"%1 does not end: the workspace repeats its pages."_s.arg(path));
    Databricks::PageGuard guard(endless, MostPages);
    do {
        QJsonObject part;
        try {
            guard.reading(pageToken);
            QUrlQuery pageQuery = query;
            if (!pageToken.isEmpty())
                Databricks::addQueryItem(pageQuery, u"page_token"_s, pageToken);
            part = co_await call.workspace().get(path, pageQuery);
        } catch (const ApiError &error) {
            if (whole.isEmpty() || error.kind() == ApiError::Kind::Cancelled)
                throw;
            problem = error.message();
            break;
        }
        const QJsonObject holder = settingsKey.isEmpty() ? part : part.value(settingsKey).toObject();
        for (const QString &key : keys) {
            addNew(arrays[key], known[key], holder.value(key).toArray());
        }
        if (pageToken.isEmpty())
            whole = part;
        pageToken = Databricks::nextPageToken(part, pageToken);
    } while (!pageToken.isEmpty());
    QJsonObject holder = settingsKey.isEmpty() ? whole : whole.value(settingsKey).toObject();
    for (const QString &key : keys) {
        if (!arrays.value(key).isEmpty())
            holder.insert(key, arrays.value(key));
    }
    addText(holder, u"problem"_s, problem);
    if (settingsKey.isEmpty())
        co_return holder;
    whole.insert(settingsKey, holder);
    const QJsonObject result = whole;
    co_return result;
}

QUrlQuery idQuery(const QString &name, qint64 id)
{
    return QUrlQuery{{name, QString::number(id)}};
}

} // namespace

QCoro::Task<QJsonObject> readRun(ToolCall call, qint64 runId)
{
    QUrlQuery query = idQuery(u"run_id"_s, runId);
    query.addQueryItem(u"include_history"_s, u"true"_s);
    const QStringList keys{u"tasks"_s, u"iterations"_s};
    const QJsonObject run = co_await readPaged(call, u"/api/2.2/jobs/runs/get"_s, query, QString(), keys);
    mustHave(run, {u"run_id"_s});
    call.setTarget(Text::visible(run.value("run_name"_L1).toString()));
    co_return run;
}

QCoro::Task<QJsonObject> readJob(ToolCall call, qint64 jobId)
{
    const QStringList keys{u"tasks"_s, u"parameters"_s, u"job_clusters"_s};
    const QUrlQuery query = idQuery(u"job_id"_s, jobId);
    const QJsonObject job = co_await readPaged(call, u"/api/2.2/jobs/get"_s, query, u"settings"_s, keys);
    mustHave(job, {u"job_id"_s});
    call.setTarget(Text::visible(job.value("settings"_L1)["name"_L1].toString()));
    co_return job;
}

QCoro::Task<QString> runTarget(ToolCall call)
{
    const qint64 id = call.id(u"run_id"_s);
    const QJsonObject run = co_await call.workspace().get(u"/api/2.2/jobs/runs/get"_s, idQuery(u"run_id"_s, id));
    const QString name = Text::visible(run.value("run_name"_L1).toString());
    co_return name;
}

QCoro::Task<QString> jobTarget(ToolCall call)
{
    const qint64 id = call.id(u"job_id"_s);
    const QJsonObject job = co_await call.workspace().get(u"/api/2.2/jobs/get"_s, idQuery(u"job_id"_s, id));
    const QString name = Text::visible(job.value("settings"_L1)["name"_L1].toString());
    co_return name;
}

Schema runIdSchema()
{
    return Schema().text(u"run_id"_s, u"Id of the run"_s).require({u"run_id"_s});
}

Schema jobIdSchema()
{
    return Schema().text(u"job_id"_s, u"Id of the job"_s).require({u"job_id"_s});
}

Schema withFirstTask(Schema schema)
{
    return schema.integer(u"first_task"_s, u"First task to show, from 0"_s, 0, 10000);
}

} // namespace Tools

#include "tools/jobs/runjob.h"

#include "tools/jobs/jobconsequence.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/polling.h"
#include "tools/kit/required.h"

#include "common/visible.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

std::optional<QString> tasksWords(const QJsonObject &run)
{
    if (runState(run).isOver())
        return {};
    const QJsonArray tasks = run.value("tasks"_L1).toArray();
    qsizetype over = 0;
    for (const QJsonValue task : tasks)
        over += runState(task.toObject()).isOver() ? 1 : 0;
    return u"%1, %2 of %3 tasks over"_s.arg(runState(run).state).arg(over).arg(tasks.size());
}

/// Watches the run until it is over or the time is; returns it as it then is.
QCoro::Task<QJsonObject> waitUntilOver(ToolCall call, qint64 runId)
{
    const auto look = [call, runId] { return readRun(call, runId); };
    return poll(call, WaitTime(call), LongWork, look, &tasksWords);
}

/// How a run stands that was started, and what to call next: nothing where what it gave stands below.
QString startedWords(const QString &what, qint64 runId, const QJsonObject &run, bool hasOutput)
{
    const RunState state = runState(run);
    const QString words = u"%1: run %2 "_s.arg(what).arg(runId);
    if (!state.isOver())
        return words + u"is %1. Call get_run to follow it; do not start it again."_s.arg(state.state);
    if (state.wasCancelled())
        return words + u"was cancelled."_s;
    if (state.failed())
        return words + u"ended: %1."_s.arg(state.words()) +
               (hasOutput ? QString() : u" Call diagnose_job_run to see why."_s);
    const QJsonArray tasks = latestTasks(run);
    QString last;
    for (const QJsonValue task : tasks) {
        if (!runState(task.toObject()).heldBack())
            last = Text::visible(task["task_key"_L1].toString());
    }
    const QString which =
        tasks.size() > 1 && !last.isEmpty() ? u" with task_key \"%1\" or another one"_s.arg(last) : QString();
    return words + u"ended: %1."_s.arg(state.words()) +
           (hasOutput ? QString() : u" Call get_run_output%1 for what it gave."_s.arg(which));
}

} // namespace

/// What a run of one task gave, where that is short; else get_run_output has it.
QCoro::Task<QString> shortOutput(ToolCall call, QJsonObject run)
{
    constexpr qsizetype ShortBytes = 2048;
    QString text;
    const QJsonArray tasks = latestTasks(run);
    try {
        if (tasks.size() == 1) {
            const QJsonObject output = co_await taskOutput(call, tasks.first().toObject(), ShortBytes);
            text = outputText(output);
        }
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
    }
    const QString result = text.size() <= ShortBytes ? text : QString();
    co_return result;
}

QCoro::Task<ToolResult> startedRun(ToolCall call, qint64 runId, QString what, QJsonObject more, FactsOfRun factsOfRun)
{
    call.session().started->add(call.client(), StartedWork::Kind::Run, QString::number(runId));
    QJsonObject run;
    QString problem;
    try {
        if (call.flag(u"wait"_s))
            run = co_await waitUntilOver(call, runId);
        else
            run = co_await readRun(call, runId);
    } catch (const ApiError &error) {
        problem = error.text();
    }
    QJsonObject facts{{"run_id"_L1, QString::number(runId)}};
    if (problem.isEmpty())
        facts = runFacts(run);
    if (problem.isEmpty() && factsOfRun)
        more = factsOfRun(run);
    for (auto one = more.begin(); one != more.end(); ++one)
        facts.insert(one.key(), one.value());
    QString output;
    if (problem.isEmpty() && runState(run).isOver() && call.flag(u"wait"_s))
        output = co_await shortOutput(call, run);
    const QString words =
        problem.isEmpty()
            ? startedWords(what, runId, run, !output.isEmpty())
            : u"%1: run %2 was started, but how it stands could not be read. Do not start it again; call get_run. (%3)"_s
                  .arg(what)
                  .arg(runId)
                  .arg(problem);
    Answer answer(words);
    answer.facts(facts).text(u"output"_s, u"What it gave:"_s, output);
    co_return answer;
}

Schema withWait(Schema schema)
{
    return schema.flag(u"wait"_s, u"Wait for its end, 45 s at most"_s);
}

QString newIdempotencyToken()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QJsonObject asTexts(const QJsonObject &object)
{
    QJsonObject texts;
    for (auto one = object.begin(); one != object.end(); ++one)
        texts.insert(one.key(), one->isString() ? one->toString() : jsonText(*one));
    return texts;
}

namespace {

QStringList namesIn(const QJsonValue &array, QLatin1StringView key)
{
    QStringList names;
    for (const QJsonValue one : array.toArray())
        names.append(one[key].toString());
    return names;
}

/// What the call names and the job does not have: a run with a misspelled parameter would be a run of something else.
/// A job with parameters of its own takes none of the tasks'
/// (https://docs.databricks.com/api/workspace/jobs/runnow). Empty where all is well.
QString whatJobLacks(const QJsonObject &settings, const ToolCall &call)
{
    const auto visible = [](const QStringList &names) { return Text::visible(names.join(", "_L1)); };
    const QStringList tasks = namesIn(settings.value("tasks"_L1), "task_key"_L1);
    const QStringList only = call.texts(u"only"_s);
    for (const QString &key : only) {
        if (!tasks.contains(key))
            return u"has no task \"%1\". Its tasks: %2."_s.arg(visible({key}), visible(tasks.mid(0, 50)));
    }
    const QStringList parameters = namesIn(settings.value("parameters"_L1), "name"_L1);
    const QStringList given = call.object(u"job_parameters"_s).keys();
    for (const QString &name : given) {
        if (parameters.isEmpty())
            return u"has no parameters of its own: give notebook_params, python_params or jar_params to its tasks."_s;
        if (!parameters.contains(name))
            return u"has no parameter \"%1\". Its parameters: %2."_s.arg(visible({name}), visible(parameters));
    }
    const bool isForTasks = call.has(u"notebook_params"_s) || call.has(u"python_params"_s) || call.has(u"jar_params"_s);
    if (isForTasks && !parameters.isEmpty())
        return u"has parameters of its own, so give job_parameters: %1."_s.arg(visible(parameters));
    return {};
}

QCoro::Task<ToolResult> runJob(ToolCall call)
{
    const qint64 jobId = call.id(u"job_id"_s);
    const QStringList named{u"only"_s, u"job_parameters"_s, u"notebook_params"_s, u"python_params"_s, u"jar_params"_s};
    if (std::ranges::any_of(named, [&call](const QString &name) { return call.has(name); })) {
        const QJsonObject job = co_await readJob(call, jobId);
        const QJsonObject settings = job.value("settings"_L1).toObject();
        const QString lack = settings.contains("problem"_L1) ? QString() : whatJobLacks(settings, call);
        if (!lack.isEmpty())
            co_return ToolResult::error(u"Job %1 (%2) %3 Nothing was run."_s.arg(
                QString::number(jobId), Text::visible(settings.value("name"_L1).toString()), lack));
    }
    QJsonObject body{{"job_id"_L1, jobId}, {"idempotency_token"_L1, newIdempotencyToken()}};
    for (const auto &key : {u"job_parameters"_s, u"notebook_params"_s}) {
        const QJsonObject parameters = asTexts(call.object(key));
        if (!parameters.isEmpty())
            body.insert(key, parameters);
    }
    for (const auto &key : {u"python_params"_s, u"jar_params"_s, u"only"_s}) {
        const QStringList texts = call.texts(key);
        if (!texts.isEmpty())
            body.insert(key, QJsonArray::fromStringList(texts));
    }
    const QJsonObject answer = co_await call.workspace().post(u"/api/2.2/jobs/run-now"_s, body);
    mustHave(answer, {u"run_id"_s}, Purpose::Changing);
    const QString what = u"Job %1"_s.arg(jobId);
    const ToolResult result = co_await startedRun(call, answer.value("run_id"_L1).toInteger(), what, QJsonObject());
    co_return result;
}

} // namespace

Tool runJobTool()
{
    return {
        .name = u"run_job"_s,
        .title = u"Run job"_s,
        .description = u"Runs a job now. A long run goes on: follow it with get_run, do not start it again."_s,
        .effects = Calls::Effect::RunsCode,
        .inputSchema = withWait(jobIdSchema()
                                    .map(u"job_parameters"_s, u"The job's parameters by name"_s)
                                    .map(u"notebook_params"_s, u"For notebook tasks of jobs without parameters"_s)
                                    .texts(u"python_params"_s, u"Arguments for Python tasks"_s)
                                    .texts(u"jar_params"_s, u"Arguments for JAR tasks"_s)
                                    .texts(u"only"_s, u"Only these tasks"_s)),
        .outputSchema = runFactsSchema(),
        .run = &runJob,
        .target = &jobTarget,
        .consequence = &startOfJob,
    };
}

} // namespace Tools

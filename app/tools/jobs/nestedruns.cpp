#include "tools/jobs/nestedruns.h"

#include "tools/jobs/jobreading.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr qsizetype ShownOutputs = 2;
constexpr qsizetype NamedRuns = 50;
/// A job may run a job that runs a job: so deep they are followed.
constexpr int MostDepth = 3;
constexpr qsizetype ErrorLength = 500;

/// "2 times: ValueError: customer 17 has no region"
QStringList errorsOf(const QJsonObject &task)
{
    QStringList errors;
    const QJsonValue stats = task.value("for_each_task"_L1)["stats"_L1];
    for (const QJsonValue error : stats["error_message_stats"_L1].toArray())
        errors.append(u"%1 times: %2"_s.arg(error["count"_L1].toInteger())
                          .arg(Text::line(error["error_message"_L1].toString(), ErrorLength)));
    return errors;
}

QStringList runIdsOf(const QJsonArray &runs)
{
    QStringList ids;
    for (qsizetype i = 0; i < std::min(runs.size(), NamedRuns); ++i)
        ids.append(idText(runs.at(i).toObject(), u"run_id"_s));
    return ids;
}

QCoro::Task<QJsonArray> firstOutputs(ToolCall call, QJsonArray tasks, qsizetype bytes, int depth)
{
    QJsonArray outputs;
    for (qsizetype i = 0; i < std::min(tasks.size(), ShownOutputs); ++i) {
        const QJsonObject task = tasks.at(i).toObject();
        const QJsonObject output = co_await outputOrProblem(call, task, bytes / ShownOutputs, depth + 1);
        outputs.append(output);
    }
    const QJsonArray shown = outputs;
    co_return shown;
}

/// A failed request's words. Throws when the call was cancelled.
QString problemWords(const ApiError &error)
{
    if (error.kind() == ApiError::Kind::Cancelled)
        throw error;
    return error.text();
}

} // namespace

QString iterationsText(const QJsonArray &iterations)
{
    qsizetype succeeded = 0;
    qsizetype over = 0;
    for (const QJsonValue one : iterations) {
        const RunState state = runState(one.toObject());
        over += state.isOver() ? 1 : 0;
        succeeded += state.isOver() && state.result.startsWith("SUCCESS"_L1) ? 1 : 0;
    }
    if (iterations.isEmpty())
        return {};
    const qsizetype failed = failedOnes(iterations).size();
    QString text = u"%1 iterations: %2 succeeded, %3 failed"_s.arg(iterations.size()).arg(succeeded).arg(failed);
    if (const qsizetype others = over - succeeded - failed; others > 0)
        text += u", %1 did not run"_s.arg(others);
    return over == iterations.size() ? text : u"%1, %2 not over"_s.arg(text).arg(iterations.size() - over);
}

bool failedItself(const QJsonObject &run)
{
    const RunState state = runState(run);
    return state.failed() && !state.heldBack();
}

QJsonArray failedOnes(const QJsonArray &runs)
{
    QJsonArray found;
    for (const QJsonValue run : runs) {
        if (failedItself(run.toObject()))
            found.append(run);
    }
    return found;
}

QCoro::Task<QJsonObject> loopOutput(ToolCall call, QJsonObject task, qsizetype bytes, int depth)
{
    QJsonObject row = taskRunRow(task);
    const QStringList errors = errorsOf(task);
    if (!errors.isEmpty())
        row.insert("iteration_errors"_L1, QJsonArray::fromStringList(errors));
    QJsonArray iterations;
    try {
        const QJsonObject run = co_await readRun(call, idText(task, u"run_id"_s).toLongLong());
        iterations = run.value("iterations"_L1).toArray();
        addText(row, u"output_problem"_s, Text::visible(run.value("problem"_L1).toString()));
    } catch (const ApiError &error) {
        addText(row, u"output_problem"_s, u"Its iterations could not be read: "_s + problemWords(error));
    }
    addText(row, u"iterations"_s, iterationsText(iterations));
    const QJsonArray failed = failedOnes(iterations);
    if (!failed.isEmpty()) {
        const QJsonArray outputs = co_await firstOutputs(call, failed, bytes, depth);
        row.insert("failed_runs"_L1, outputs);
        row.insert("failed_run_ids"_L1, QJsonArray::fromStringList(runIdsOf(failed)));
        row.insert("failed_run_count"_L1, failed.size());
    }
    if (!iterations.isEmpty())
        addText(row, u"notes"_s,
                u"get_run with run_id %1 lists its iterations; get_run_output takes the run_id of each."_s.arg(
                    idText(task, u"run_id"_s)));
    const QJsonObject result = row;
    co_return result;
}

QCoro::Task<QJsonObject> withChildRun(ToolCall call, QJsonObject row, QString childRunId, qsizetype bytes, int depth)
{
    row.insert("child_run_id"_L1, childRunId);
    if (depth >= MostDepth) {
        addText(row, u"notes"_s, u"Call diagnose_job_run with run_id %1 for what it ran."_s.arg(childRunId));
        co_return row;
    }
    QJsonArray failed;
    try {
        const QJsonObject run = co_await readRun(call, childRunId.toLongLong());
        const RunState state = runState(run);
        const QString name = Text::visible(run.value("run_name"_L1).toString());
        addText(row, u"child_run"_s,
                u"It ran run %1 (%2), which is %3. %4"_s.arg(childRunId, name, state.words(), state.message).trimmed());
        failed = failedOnes(latestTasks(run));
    } catch (const ApiError &error) {
        addText(row, u"output_problem"_s,
                u"Run %1, which it started, could not be read: %2"_s.arg(childRunId, problemWords(error)));
    }
    if (!failed.isEmpty()) {
        const QJsonArray outputs = co_await firstOutputs(call, failed, bytes, depth);
        row.insert("failed_runs"_L1, outputs);
        row.insert("failed_run_ids"_L1, QJsonArray::fromStringList(runIdsOf(failed)));
        row.insert("failed_run_count"_L1, failed.size());
    }
    const QJsonObject result = row;
    co_return result;
}

} // namespace Tools

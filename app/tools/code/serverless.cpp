#include "tools/host/catalogue.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/runcells.h"
#include "tools/jobs/runjob.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/change.h"
#include "tools/kit/effects.h"
#include "tools/kit/parts.h"
#include "tools/kit/polling.h"

#include "common/visible.h"

#include <QUuid>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qint64 UsualWait = 40;
constexpr qsizetype CellBytes = 14 * 1024;
constexpr Pauses BetweenLooks{.first = 500ms, .longest = 3s};

/// A notebook of the user's own, which the run reads and which goes when it is over.
QCoro::Task<QString> putNotebook(ToolCall call)
{
    const QString mePath = u"/api/2.0/preview/scim/v2/Me"_s;
    const QJsonObject me = co_await call.workspace().get(mePath);
    const QString user = me.value("userName"_L1).toString();
    if (user.isEmpty())
        throw ApiError(ApiError::Kind::BadAnswer, u"The workspace does not say who is signed in. Nothing was run."_s);
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString path = u"/Users/%1/bricktray-run-%2"_s.arg(user, id);
    const QByteArray source = call.text(u"code"_s).toUtf8();
    const QJsonObject body{{"path"_L1, path},
                           {"format"_L1, u"SOURCE"_s},
                           {"language"_L1, call.text(u"language"_s, u"python"_s).toUpper()},
                           {"content"_L1, QString::fromLatin1(source.toBase64())},
                           {"overwrite"_L1, false}};
    const QString importPath = u"/api/2.0/workspace/import"_s;
    co_await call.workspace().post(importPath, body);
    co_return path;
}

/// Removes it again; words for where that failed, else nothing.
QCoro::Task<QString> removeNotebook(ToolCall call, QString path)
{
    try {
        const QJsonObject body{{"path"_L1, path}, {"recursive"_L1, false}};
        const QString deletePath = u"/api/2.0/workspace/delete"_s;
        const Databricks::Workspace workspace = call.beyondCall();
        co_await workspace.post(deletePath, body);
    } catch (const ApiError &error) {
        const QString words = u" Its notebook %1 could not be removed: %2"_s.arg(Text::visible(path), error.text());
        co_return words;
    }
    co_return QString();
}

/// Starts it without a cluster: on serverless compute. Throws ApiError.
QCoro::Task<qint64> submit(ToolCall call, QString path)
{
    QJsonArray tasks;
    tasks.append(
        QJsonObject{{"task_key"_L1, "code"_L1}, {"notebook_task"_L1, QJsonObject{{"notebook_path"_L1, path}}}});
    const QJsonObject body{{"run_name"_L1, u"run_serverless"_s},
                           {"tasks"_L1, tasks},
                           {"timeout_seconds"_L1, call.number(u"timeout_seconds"_s, 3600)},
                           {"idempotency_token"_L1, newIdempotencyToken()}};
    QString problem;
    try {
        const QString submitPath = u"/api/2.2/jobs/runs/submit"_s;
        const QJsonObject answer = co_await call.workspace().post(submitPath, body);
        const qint64 id = madeId(answer, u"run_id"_s).toLongLong();
        co_return id;
    } catch (const ApiError &error) {
        if (error.isInDoubt())
            throw ApiError(error.kind(), error.message() +
                                             u" The code may be running all the same: do not send it again "
                                             "before list_runs shows that it is not."_s)
                .setRequest(error.request())
                .setInDoubt(true);
        problem = error.text();
    }
    // Nothing runs, so nothing needs it.
    const QString left = co_await removeNotebook(call, path);
    problem += left;
    throw ApiError(ApiError::Kind::BadRequest, problem);
}

std::optional<QString> underWay(const QJsonObject &run)
{
    const RunState state = runState(run);
    if (state.isOver())
        return {};
    return u"The code is %1."_s.arg(state.state);
}

/// What the run gave, cell by cell; the words of the workspace where there are no cells.
QCoro::Task<RowsPart> readResults(ToolCall call, QJsonObject run, qint64 id)
{
    const QJsonArray tasks = latestTasks(run);
    const qint64 taskRun = tasks.isEmpty() ? id : tasks.first().toObject().value("run_id"_L1).toInteger(id);
    const QJsonArray cells = co_await readCells(call, taskRun);
    const RowsPart part = rowsPart(cells, 0, CellBytes);
    co_return part;
}

QCoro::Task<ToolResult> runServerless(ToolCall call)
{
    const QString path = co_await putNotebook(call);
    const qint64 id = co_await submit(call, path);
    call.session().started->add(call.client(), StartedWork::Kind::Run, QString::number(id));
    QJsonObject facts{{"run_id"_L1, QString::number(id)}};
    QJsonObject run;
    RowsPart results;
    QString problem;
    try {
        const auto look = [call, id] { return readRun(call, id); };
        const WaitTime time(call, std::chrono::seconds(call.number(u"wait_seconds"_s, UsualWait)));
        run = co_await poll(call, time, BetweenLooks, look, &underWay);
        if (runState(run).isOver())
            results = co_await readResults(call, run, id);
    } catch (const ApiError &error) {
        problem = error.text();
    }
    const RunState state = runState(run);
    QString words =
        u"Run %1 on serverless compute is %2."_s.arg(id).arg(run.isEmpty() ? u"under way"_s : state.words());
    if (!state.message.isEmpty())
        words += u' ' + Text::visible(state.message);
    if (!problem.isEmpty())
        words += u" It could not be read to its end: %1"_s.arg(problem);
    if (run.isEmpty() || !state.isOver()) {
        words += u" Do not run the code again: call get_run until it is over, then export_run. Afterwards its notebook "
                 "%1 may go (delete_workspace_object)."_s.arg(Text::visible(path));
    } else {
        const QString left = co_await removeNotebook(call, path);
        words += left;
    }
    addText(facts, u"state"_s, state.words());
    Answer answer(words);
    answer.facts(facts).stated(u"total"_s, results.total);
    answer.objects(u"cells"_s, results.rows, cellsText(results.rows));
    if (!results.isWhole())
        answer.note(
            u"%1 of %2 cells are shown; export_run shows the others."_s.arg(results.rows.size()).arg(results.total));
    const ToolResult result = answer;
    if (!state.failed())
        co_return result;
    co_return ToolResult::error(result.text());
}

Calls::Passage::Language languageOfCode(const ToolCall &call)
{
    return languageNamed(call.text(u"language"_s, u"python"_s));
}

} // namespace

QList<Tool> serverlessTools()
{
    return {
        {
            .name = u"run_serverless"_s,
            .title = u"Run code on serverless compute"_s,
            .description =
                u"Runs Python or SQL code once on serverless compute, without a cluster, and returns what it "
                "printed. Longer code gives a run_id for get_run."_s,
            .effects = Calls::Effect::RunsCode,
            .inputSchema = Schema()
                               .text(u"code"_s, u"The code; cells may be parted as in notebook sources"_s)
                               .choice(u"language"_s, u"Default python"_s, {u"python"_s, u"sql"_s})
                               .integer(u"wait_seconds"_s, u"How long to wait for its end; default 40"_s, 0, 45)
                               .integer(u"timeout_seconds"_s, u"Stop it after this time; default 3600"_s, 1, 604'800)
                               .require({u"code"_s}),
            .outputSchema =
                Schema()
                    .text(u"run_id"_s, {})
                    .text(u"summary"_s, {})
                    .rows(u"cells"_s, {}, Schema().integer(u"cell"_s, {}).text(u"result"_s, {}).text(u"error"_s, {}))
                    .require({u"run_id"_s, u"summary"_s}),
            .run = &runServerless,
            .deciding = {u"code"_s},
            .languageOf = &languageOfCode,
        },
    };
}

} // namespace Tools

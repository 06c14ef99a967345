#include "tools/host/catalogue.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/runcells.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype CellBytes = 14 * 1024;

QString keyOf(const QJsonValue &task)
{
    return Text::visible(task["task_key"_L1].toString());
}

/// The one task that is meant. Throws ApiError where that is not clear.
QJsonObject chosenTask(const ToolCall &call, const QJsonArray &tasks)
{
    const QString wanted = call.text(u"task_key"_s);
    QStringList names;
    QJsonObject found;
    for (const QJsonValue task : tasks) {
        const bool isNotebook = task["notebook_task"_L1].isObject();
        const bool isWanted = wanted.isEmpty() ? isNotebook || tasks.size() == 1 : keyOf(task) == wanted;
        if (isNotebook)
            names.append(keyOf(task));
        if (isWanted)
            found = found.isEmpty() || !wanted.isEmpty() ? task.toObject() : found;
    }
    if (found.isEmpty() || (wanted.isEmpty() && names.size() > 1))
        throw ApiError(ApiError::Kind::BadRequest,
                       names.isEmpty() ? u"This run has no notebook task; get_run_output shows what its tasks gave."_s
                                       : u"Give task_key, one of its notebook tasks: %1."_s.arg(names.join(", "_L1)));
    return found;
}

QCoro::Task<ToolResult> exportRun(ToolCall call)
{
    const qint64 id = call.id(u"run_id"_s);
    const QJsonObject run = co_await readRun(call, id);
    const QJsonObject task = chosenTask(call, latestTasks(run));
    const RunState state = runState(task);
    const qint64 taskRun = task.value("run_id"_L1).toInteger(id);
    const QJsonArray cells = co_await readCells(call, taskRun);
    const qint64 first = call.number(u"first_cell"_s);
    const RowsPart part = rowsPart(cells, first, CellBytes);
    const QString path = Text::visible(task.value("notebook_task"_L1)["notebook_path"_L1].toString());
    Answer answer(u"Notebook %1 in run %2 (%3): %4 cells."_s.arg(
        path.isEmpty() ? u"-"_s : path, QString::number(taskRun), state.words(), QString::number(part.total)));
    answer.stated({{"run_id"_L1, QString::number(taskRun)},
                   {"state"_L1, state.words()},
                   {"notebook_path"_L1, path},
                   {"total"_L1, part.total}});
    answer.objects(u"cells"_s, part.rows, cellsText(part.rows));
    answer.note(part.note(u"Cells"_s, u"first_cell"_s));
    co_return answer;
}

} // namespace

QList<Tool> runExportTools()
{
    return {
        {
            .name = u"export_run"_s,
            .title = u"Export run"_s,
            .description =
                u"Shows a notebook run cell by cell: the code as it ran, with each cell's result or error."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = runIdSchema()
                               .text(u"task_key"_s, u"The notebook task, where the run has several"_s)
                               .integer(u"first_cell"_s, u"Begin with this cell; default 0"_s, 0, 100'000),
            .outputSchema = Schema()
                                .text(u"run_id"_s, {})
                                .integer(u"total"_s, {})
                                .rows(u"cells"_s, {},
                                      Schema()
                                          .integer(u"cell"_s, {})
                                          .text(u"source"_s, {})
                                          .text(u"result"_s, {})
                                          .text(u"error"_s, {}))
                                .require({u"run_id"_s, u"total"_s, u"cells"_s}),
            .run = &exportRun,
        },
    };
}

} // namespace Tools

#include "tools/jobs/runoutput.h"

#include "tools/jobs/jobreading.h"
#include "tools/jobs/nestedruns.h"
#include "tools/jobs/runwords.h"
#include "tools/jobs/taskresults.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// The output of so many failed tasks is shown; the others are named.
constexpr qsizetype ShownTasks = 5;

/// A text of an output, which part of an answer's bytes is kept for it, and which end of it matters.
struct Field
{
    QString name;
    QString (*read)(const QJsonObject &output);
    bool (*wasCut)(const QJsonObject &output); ///< the workspace itself kept only the first 5 MB
    qsizetype tenths;
    bool fromEnd;
};

bool never(const QJsonObject &)
{
    return false;
}

const QList<Field> &fields()
{
    static const QList<Field> table{
        {u"notebook_result"_s,
         [](const QJsonObject &output) { return output.value("notebook_output"_L1)["result"_L1].toString(); },
         [](const QJsonObject &output) { return output.value("notebook_output"_L1)["truncated"_L1].toBool(); }, 2,
         false},
        {u"task_output"_s, &taskResult, &never, 2, false},
        {u"error"_s, [](const QJsonObject &output) { return output.value("error"_L1).toString(); }, &never, 1, false},
        {u"error_trace"_s, [](const QJsonObject &output) { return output.value("error_trace"_L1).toString(); }, &never,
         2, false},
        {u"logs"_s, [](const QJsonObject &output) { return output.value("logs"_L1).toString(); },
         [](const QJsonObject &output) { return output.value("logs_truncated"_L1).toBool(); }, 3, true},
    };
    return table;
}

/// How many of so many bytes each field's text may take: its share, and what the shorter ones leave of theirs.
QList<qsizetype> sharesOf(const QByteArrayList &texts, qsizetype bytes)
{
    QList<qsizetype> shares;
    qsizetype left = bytes;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        shares.append(std::min(texts.at(i).size(), bytes * fields().at(i).tenths / 10));
        left -= shares.last();
    }
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const qsizetype more = std::min(texts.at(i).size() - shares.at(i), left);
        shares[i] += more;
        left -= more;
    }
    return shares;
}

QCoro::Task<QJsonObject> readOutput(ToolCall call, QString runId)
{
    const QUrlQuery query{{u"run_id"_s, runId}};
    QJsonObject output;
    try {
        output = co_await call.workspace().get(u"/api/2.2/jobs/runs/get-output"_s, query);
    } catch (const ApiError &error) {
        // A good answer with nothing but an error and no code: it is the run's.
        if (error.status() != 200 || !error.errorCode().isEmpty())
            throw;
        output = QJsonObject{{"error"_L1, error.message()}};
    }
    const QJsonObject read = output;
    co_return read;
}

QString cutNote(const Field &field, const TextPart &part, const QString &taskKey)
{
    const QString task = taskKey.isEmpty() ? QString() : u"task_key \"%1\", "_s.arg(taskKey);
    return u"%1: bytes %2 to %3 of %4 are shown. For the others call get_run_output with %5field \"%1\" and offset %6."_s
        .arg(field.name)
        .arg(part.first)
        .arg(part.end - 1)
        .arg(part.total)
        .arg(task)
        .arg(field.fromEnd ? 0 : part.end);
}

/// One long text of an output on its own, from the byte that is asked for.
QCoro::Task<ToolResult> oneField(ToolCall call, QJsonObject task)
{
    const QString name = call.text(u"field"_s);
    const QJsonObject output = co_await readOutput(call, idText(task, u"run_id"_s));
    QByteArray whole;
    for (const Field &field : fields()) {
        if (field.name == name)
            whole = field.read(output).toUtf8();
    }
    const TextPart part = textPart(whole, call.number(u"offset"_s), AnswerBytes);
    const QString note = part.note(u"Call again with offset %1 for what follows."_s);
    QJsonObject row = taskRunRow(task);
    row.insert(name, part.text);
    if (!note.isEmpty())
        row.insert("notes"_L1, note);
    QJsonArray rows;
    rows.append(row);
    Answer answer(whole.isEmpty() ? u"This task's output has no %1."_s.arg(name)
                                  : u"%1 of a task of run %2:"_s.arg(name).arg(call.id(u"run_id"_s)));
    answer.objects(u"tasks"_s, rows, outputText(row)).stated(u"run_id"_s, QString::number(call.id(u"run_id"_s)));
    co_return answer;
}

QJsonArray withKey(const QJsonArray &tasks, const QString &key)
{
    QJsonArray found;
    for (const QJsonValue task : tasks) {
        if (task["task_key"_L1].toString() == key)
            found.append(task);
    }
    return found;
}

} // namespace

QJsonArray latestTasks(const QJsonObject &run)
{
    const QJsonArray told = run.value("tasks"_L1).toArray();
    if (told.isEmpty()) {
        QJsonArray itself;
        itself.append(run);
        return itself;
    }
    QJsonArray latest;
    QHash<QString, qsizetype> places;
    for (const QJsonValue task : told) {
        const QString key = task["task_key"_L1].toString();
        const auto place = places.constFind(key);
        if (place == places.constEnd()) {
            places.insert(key, latest.size());
            latest.append(task);
        } else if (task["attempt_number"_L1].toInteger() >= latest.at(*place)["attempt_number"_L1].toInteger()) {
            latest.replace(*place, task);
        }
    }
    return latest;
}

QString namesOf(const QJsonArray &tasks)
{
    constexpr qsizetype MostNames = 50;
    QStringList names;
    for (const QJsonValue task : tasks) {
        if (names.size() == MostNames) {
            names.append(u"and %1 more"_s.arg(tasks.size() - MostNames));
            break;
        }
        names.append(Text::visible(task["task_key"_L1].toString()));
    }
    return names.join(", "_L1);
}

QStringList unknownTasks(const QJsonObject &run, const QStringList &keys)
{
    // Of a run that was not read to its end nobody knows what it has not.
    if (run.value("tasks"_L1).toArray().isEmpty() || run.contains("problem"_L1))
        return {};
    QStringList unknown;
    for (const QString &key : keys) {
        if (withKey(run.value("tasks"_L1).toArray(), key).isEmpty())
            unknown.append(key);
    }
    return unknown;
}

QCoro::Task<QJsonObject> taskOutput(ToolCall call, QJsonObject task, qsizetype bytes, int depth)
{
    if (task.contains("for_each_task"_L1)) {
        const QJsonObject loop = co_await loopOutput(call, task, bytes, depth);
        co_return loop;
    }
    const QJsonObject output = co_await readOutput(call, idText(task, u"run_id"_s));
    const QString key = Text::visible(task.value("task_key"_L1).toString());
    QJsonObject row = taskRunRow(task);
    QStringList notes;
    QByteArrayList texts;
    for (const Field &field : fields())
        texts.append(field.read(output).toUtf8());
    const QList<qsizetype> shares = sharesOf(texts, bytes);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const Field &field = fields().at(i);
        const QByteArray &whole = texts.at(i);
        if (whole.isEmpty())
            continue;
        const qsizetype most = shares.at(i);
        const qint64 offset = field.fromEnd ? std::max<qint64>(0, whole.size() - most) : 0;
        const TextPart part = textPart(whole, offset, most);
        row.insert(field.name, part.text);
        if (!part.isWhole())
            notes.append(cutNote(field, part, key));
        if (field.wasCut(output))
            notes.append(
                u"%1: the workspace kept only the first 5 MB; the run's page has no more either."_s.arg(field.name));
    }
    addText(row, u"pipeline_id"_s, idText(task.value("pipeline_task"_L1).toObject(), u"pipeline_id"_s));
    if (row.contains("pipeline_id"_L1))
        notes.append(u"What the pipeline did: list_pipeline_events with pipeline_id \"%1\"."_s.arg(
            row.value("pipeline_id"_L1).toString()));
    addText(row, u"notes"_s, notes.join(u'\n'));
    QString child = idText(output.value("run_job_output"_L1).toObject(), u"run_id"_s);
    if (child.isEmpty())
        child = idText(task.value("run_job_task"_L1).toObject(), u"run_id"_s);
    if (!child.isEmpty())
        row = co_await withChildRun(call, row, child, bytes, depth);
    const QJsonObject result = row;
    co_return result;
}

QCoro::Task<QJsonObject> outputOrProblem(ToolCall call, QJsonObject task, qsizetype bytes, int depth)
{
    QJsonObject row;
    try {
        row = co_await taskOutput(call, task, bytes, depth);
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        row = taskRunRow(task);
        addText(row, u"output_problem"_s, u"Its output could not be read: %1"_s.arg(error.text()));
    }
    const QJsonObject result = row;
    co_return result;
}

Schema taskOutputSchema()
{
    return taskRunRowSchema()
        .text(u"notebook_result"_s, u"What the notebook gave to dbutils.notebook.exit"_s)
        .text(u"task_output"_s, u"What a query, an alert, a dashboard or dbt gave"_s)
        .text(u"error"_s, {})
        .text(u"error_trace"_s, {})
        .text(u"logs"_s, u"What it printed, the end of it"_s)
        .text(u"iterations"_s, u"How the iterations of a loop went"_s)
        .texts(u"iteration_errors"_s, u"The errors they had, and how often"_s)
        .text(u"child_run_id"_s, u"The run of another job that it started"_s)
        .text(u"child_run"_s, u"What became of that"_s)
        .rows(u"failed_runs"_s, u"The first failed iterations, or tasks of the child run, with their output"_s,
              taskRunRowSchema())
        .texts(u"failed_run_ids"_s, {})
        .integer(u"failed_run_count"_s, {})
        .text(u"notes"_s, u"What was left out and how to get it"_s);
}

namespace {

/// What stands in the way of "It has no output.": there is something to tell, or the kind is not known to have none.
QString noOutputText(const QJsonObject &output)
{
    const QString kind = output.value("kind"_L1).toString();
    const bool isTold = kind == "condition"_L1 || output.contains("iterations"_L1) ||
                        output.contains("child_run_id"_L1) || output.contains("output_problem"_L1);
    if (isTold)
        return {};
    return kind.isEmpty() ? u"\nIt has no output."_s : u"\nThis %1 task gave no output."_s.arg(kind);
}

/// The failed runs within this one, a step further to the right.
QString nestedText(const QJsonObject &output)
{
    QString text;
    for (const QJsonValue nested : output.value("failed_runs"_L1).toArray())
        text += u"\n  "_s + outputText(nested.toObject()).replace(u'\n', u"\n  "_s);
    const qint64 count = output.value("failed_run_count"_L1).toInteger();
    const qsizetype shown = output.value("failed_runs"_L1).toArray().size();
    if (shown < count) {
        QStringList ids;
        for (const QJsonValue id : output.value("failed_run_ids"_L1).toArray())
            ids.append(id.toString());
        text += u"\nfailed_run_count: %1\nfailed_run_ids: %2"_s.arg(count).arg(ids.join(u", "_s));
    }
    return text;
}

} // namespace

QString outputText(const QJsonObject &output)
{
    const auto of = [&output](QLatin1StringView key) { return output.value(key).toString(); };
    QStringList lines;
    for (const auto key : {"task_key"_L1, "run_id"_L1, "state"_L1, "result"_L1, "kind"_L1, "detail"_L1, "iterations"_L1,
                           "child_run"_L1, "notebook_path"_L1, "parameters"_L1, "start_time"_L1, "duration"_L1,
                           "cluster_id"_L1, "depends_on"_L1, "message"_L1}) {
        if (const QString fact = of(key); !fact.isEmpty())
            lines.append(key + ": "_L1 + fact);
    }
    for (const QJsonValue error : output.value("iteration_errors"_L1).toArray())
        lines.append(error.toString());
    QString text = lines.join(u'\n');
    bool any = false;
    for (const Field &field : fields()) {
        const QString content = output.value(field.name).toString();
        if (content.isEmpty())
            continue;
        any = true;
        text += u"\n%1:\n%2"_s.arg(field.name, content);
    }
    if (!any)
        text += noOutputText(output);
    text += nestedText(output);
    for (const auto key : {"output_problem"_L1, "notes"_L1}) {
        if (const QString words = of(key); !words.isEmpty())
            text += u'\n' + words;
    }
    return text;
}

namespace {

QStringList outputFields()
{
    QStringList names;
    for (const Field &field : fields())
        names.append(field.name);
    return names;
}

QCoro::Task<ToolResult> getRunOutput(ToolCall call)
{
    const qint64 id = call.id(u"run_id"_s);
    const QJsonObject run = co_await readRun(call, id);
    const QJsonArray all = latestTasks(run);
    QJsonArray chosen = all;
    if (call.has(u"task_key"_s)) {
        chosen = withKey(all, call.text(u"task_key"_s));
        if (chosen.isEmpty())
            co_return ToolResult::error(u"Run %1 has no task %2. Its tasks are: %3."_s.arg(id).arg(
                Text::visible(call.text(u"task_key"_s)), namesOf(all)));
    } else if (all.size() > 1) {
        chosen = failedOnes(all);
        if (chosen.isEmpty())
            co_return ToolResult::error(
                u"Run %1 has %2 tasks and none of them failed. Give task_key, one of: %3."_s.arg(id)
                    .arg(all.size())
                    .arg(namesOf(all)));
    }
    if (call.has(u"field"_s)) {
        if (chosen.size() != 1)
            co_return ToolResult::error(
                u"A field is read from one task. Give task_key, one of: %1."_s.arg(namesOf(chosen)));
        const ToolResult result = co_await oneField(call, chosen.first().toObject());
        co_return result;
    }

    const qsizetype shown = std::min(chosen.size(), ShownTasks);
    QJsonArray rows;
    QStringList texts;
    for (qsizetype i = 0; i < shown; ++i) {
        const QJsonObject task = chosen.at(i).toObject();
        QJsonObject output;
        if (shown == 1)
            output = co_await taskOutput(call, task, AnswerBytes);
        else
            output = co_await outputOrProblem(call, task, AnswerBytes / shown);
        rows.append(output);
        texts.append(outputText(output));
    }
    Answer answer(u"Run %1 (%2) is %3."_s.arg(QString::number(id), Text::visible(run.value("run_name"_L1).toString()),
                                              runState(run).words()));
    answer.objects(u"tasks"_s, rows, texts.join("\n\n"_L1)).stated(u"run_id"_s, QString::number(id));
    if (shown < chosen.size())
        answer.note(u"%1 of %2 failed tasks are shown. Give task_key for another one: %3."_s.arg(shown)
                        .arg(chosen.size())
                        .arg(namesOf(chosen)));
    co_return answer;
}

} // namespace

Tool getRunOutputTool()
{
    return {
        .name = u"get_run_output"_s,
        .title = u"Get run output"_s,
        .description = u"Gets the output of a job run: notebook result, error, trace, end of the logs. Of several "
                       u"tasks the failed "
                       "ones unless task_key names one."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = runIdSchema()
                           .text(u"task_key"_s, u"Only this task"_s)
                           .choice(u"field"_s, u"Only this part, from offset on"_s, outputFields())
                           .integer(u"offset"_s, u"With field: first byte"_s, 0, 100'000'000),
        .outputSchema =
            Schema().text(u"run_id"_s, {}).rows(u"tasks"_s, {}, taskOutputSchema()).require({u"run_id"_s, u"tasks"_s}),
        .run = &getRunOutput,
    };
}

} // namespace Tools

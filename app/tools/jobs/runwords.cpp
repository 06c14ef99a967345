#include "tools/jobs/runwords.h"

#include "tools/jobs/taskkinds.h"
#include "tools/kit/answer.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QDateTime>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

std::chrono::milliseconds sinceStart(const QJsonObject &attempt)
{
    const qint64 start = attempt.value("start_time"_L1).toInteger();
    const qint64 end = attempt.value("end_time"_L1).toInteger();
    const qint64 until = end > 0 ? end : QDateTime::currentMSecsSinceEpoch();
    return std::chrono::milliseconds(start > 0 ? std::max<qint64>(0, until - start) : 0);
}

/// What the original run and its repairs took together, without the time between them; 0 where no repair is told.
std::chrono::milliseconds attemptsTook(const QJsonArray &attempts)
{
    std::chrono::milliseconds all{0};
    for (const QJsonValue attempt : attempts)
        all += sinceStart(attempt.toObject());
    return attempts.size() > 1 ? all : std::chrono::milliseconds(0);
}

/// How long a run worked. Between a run's failure and its repair hours may lie in which nothing ran: they do not count,
/// and are told apart: "40 min 10 s over 14 h 25 min with 1 repair".
QString runDuration(const QJsonObject &run)
{
    using namespace std::chrono_literals;
    if (run.value("start_time"_L1).toInteger() <= 0)
        return {};
    const std::chrono::milliseconds span = sinceStart(run);
    const QJsonArray attempts = run.value("repair_history"_L1).toArray();
    std::chrono::milliseconds worked = attemptsTook(attempts);
    // The API counts a run's repairs in, and not what lies between (run_duration of jobs/runs/get and of lists).
    if (worked == 0ms && run.value("end_time"_L1).toInteger() > 0)
        worked = std::chrono::milliseconds(run.value("run_duration"_L1).toInteger());
    const auto queued = std::chrono::milliseconds(run.value("queue_duration"_L1).toInteger());
    const bool hasGap = worked > 0ms && span - worked > std::max<std::chrono::milliseconds>(1min, queued);
    QString words = durationText(worked > 0ms ? worked : span);
    if (hasGap || attempts.size() > 1)
        words += " over "_L1 + durationText(span);
    if (attempts.size() > 1)
        words += attempts.size() == 2 ? u" with 1 repair"_s : u" with %1 repairs"_s.arg(attempts.size() - 1);
    return run.value("end_time"_L1).toInteger() > 0 ? words : words + " so far"_L1;
}

RunState fromStatus(const QJsonObject &status)
{
    const QJsonObject details = status.value("termination_details"_L1).toObject();
    QString message = details.value("message"_L1).toString();
    if (message.isEmpty())
        message = status.value("queue_details"_L1)["message"_L1].toString();
    QString code = Text::visible(details.value("code"_L1).toString());
    if (code.isEmpty() && details.value("type"_L1) == "SUCCESS"_L1)
        code = u"SUCCESS"_s;
    return {Text::visible(status.value("state"_L1).toString()), code, Text::visible(message)};
}

RunState fromDeprecatedState(const QJsonObject &state)
{
    RunState old{Text::visible(state.value("life_cycle_state"_L1).toString()),
                 Text::visible(state.value("result_state"_L1).toString()),
                 Text::visible(state.value("state_message"_L1).toString())};
    // SKIPPED and INTERNAL_ERROR come without a result_state.
    if (old.result.isEmpty() && old.isOver() && old.state != "TERMINATED"_L1)
        old.result = old.state;
    return old;
}

} // namespace

bool RunState::isOver() const
{
    return state == "TERMINATED"_L1 || state == "SKIPPED"_L1 || state == "INTERNAL_ERROR"_L1;
}

bool RunState::failed() const
{
    return isOver() && !result.isEmpty() && !result.startsWith("SUCCESS"_L1);
}

bool RunState::wasCancelled() const
{
    // CANCELED in the deprecated state, USER_CANCELED in the newer one.
    return isOver() && (result == "CANCELED"_L1 || result == "USER_CANCELED"_L1);
}

bool RunState::heldBack() const
{
    return result.startsWith("UPSTREAM_"_L1) || result == "EXCLUDED"_L1 || result == "DISABLED"_L1 ||
           result == "SKIPPED"_L1;
}

QString RunState::words() const
{
    return result.isEmpty() ? state : state + ": "_L1 + result;
}

RunState runState(const QJsonObject &run)
{
    const RunState old = fromDeprecatedState(run.value("state"_L1).toObject());
    const QJsonObject status = run.value("status"_L1).toObject();
    if (status.isEmpty())
        return old;
    RunState now = fromStatus(status);
    // An end without a code is no failure: the older state says how it was.
    if (now.isOver() && now.result.isEmpty())
        now.result = old.result;
    return now;
}

QJsonObject runRow(const QJsonObject &run)
{
    const RunState state = runState(run);
    QJsonObject row{{"run_id"_L1, idText(run, u"run_id"_s)},
                    {"run_name"_L1, Text::visible(run.value("run_name"_L1).toString())},
                    {"state"_L1, state.state}};
    addText(row, u"job_id"_s, idText(run, u"job_id"_s));
    addText(row, u"result"_s, state.result);
    addText(row, u"start_time"_s, timeText(run.value("start_time"_L1).toInteger()));
    addText(row, u"duration"_s, runDuration(run));
    addText(row, u"trigger"_s, Text::visible(run.value("trigger"_L1).toString()));
    return row;
}

Schema runRowSchema()
{
    return Schema()
        .text(u"run_id"_s, {})
        .text(u"job_id"_s, {})
        .text(u"run_name"_s, {})
        .text(u"state"_s, {})
        .text(u"result"_s, u"How it ended, such as SUCCESS; absent while it runs"_s)
        .text(u"start_time"_s, {})
        .text(u"duration"_s, {})
        .text(u"trigger"_s, {});
}

namespace {

/// The keys of the run's own tasks by their run ids.
QHash<QString, QString> taskKeys(const QJsonObject &run)
{
    QHash<QString, QString> keys;
    for (const QJsonValue task : run.value("tasks"_L1).toArray())
        keys.insert(idText(task.toObject(), u"run_id"_s), Text::visible(task["task_key"_L1].toString()));
    return keys;
}

/// "load, publish, replaced since: 271, 272".
QString taskNames(const QJsonArray &taskRunIds, const QHash<QString, QString> &keys)
{
    constexpr qsizetype MostReplaced = 20;
    QStringList names;
    QStringList replaced;
    for (const QJsonValue value : taskRunIds) {
        const QString id = QString::number(value.toInteger());
        (keys.contains(id) ? names : replaced).append(keys.value(id, id));
    }
    if (replaced.size() > MostReplaced)
        replaced = replaced.mid(0, MostReplaced) << u"%1 more"_s.arg(replaced.size() - MostReplaced);
    if (!replaced.isEmpty())
        names.append(u"replaced since: "_s + replaced.join(", "_L1));
    return names.join(", "_L1);
}

/// " (if true)": of a task that waits for one side of a condition.
QString outcomeText(const QJsonValue &dependency)
{
    const QString outcome = Text::visible(dependency["outcome"_L1].toString());
    return outcome.isEmpty() ? QString() : u" (if %1)"_s.arg(outcome);
}

} // namespace

QString dependsOnText(const QJsonObject &task)
{
    QStringList before;
    for (const QJsonValue one : task.value("depends_on"_L1).toArray())
        before.append(Text::visible(one["task_key"_L1].toString()) + outcomeText(one));
    return before.join(", "_L1);
}

QJsonObject taskRunRow(const QJsonObject &task)
{
    const RunState state = runState(task);
    QJsonObject row{{"task_key"_L1, Text::visible(task.value("task_key"_L1).toString())},
                    {"run_id"_L1, idText(task, u"run_id"_s)},
                    {"state"_L1, state.state}};
    addText(row, u"kind"_s, taskKind(task));
    addText(row, u"result"_s, state.result);
    addText(row, u"detail"_s, taskDetail(task));
    addText(row, u"message"_s, state.message);
    addText(row, u"start_time"_s, timeText(task.value("start_time"_L1).toInteger()));
    addText(row, u"duration"_s, runDuration(task));
    addText(row, u"notebook_path"_s, Text::visible(task.value("notebook_task"_L1)["notebook_path"_L1].toString()));
    addText(row, u"parameters"_s, taskParameters(task));
    QString cluster = Text::visible(task.value("cluster_instance"_L1)["cluster_id"_L1].toString());
    if (cluster.isEmpty())
        cluster = Text::visible(task.value("existing_cluster_id"_L1).toString());
    addText(row, u"cluster_id"_s, cluster);
    // Those before need not have succeeded.
    const QString runIf = Text::visible(task.value("run_if"_L1).toString());
    const bool isUsual = runIf.isEmpty() || runIf == "ALL_SUCCESS"_L1;
    addText(row, u"depends_on"_s, dependsOnText(task) + (isUsual ? QString() : u" (run_if %1)"_s.arg(runIf)));
    return row;
}

QStringList tasksOfRepair(const QJsonObject &run, const QString &repairId)
{
    const QHash<QString, QString> keys = taskKeys(run);
    QStringList tasks;
    for (const QJsonValue attempt : run.value("repair_history"_L1).toArray()) {
        if (idText(attempt.toObject(), u"id"_s) != repairId)
            continue;
        for (const QJsonValue id : attempt["task_run_ids"_L1].toArray())
            tasks.append(keys.value(QString::number(id.toInteger())));
    }
    tasks.removeAll(QString());
    return tasks;
}

Schema taskRunRowSchema()
{
    return Schema()
        .text(u"task_key"_s, {})
        .text(u"run_id"_s, u"The task's own run id"_s)
        .text(u"state"_s, {})
        .text(u"kind"_s, u"notebook, sql, for each, …"_s)
        .text(u"result"_s, {})
        .text(u"detail"_s,
              u"What it runs, where it is no notebook; how a condition came out; how many iterations failed"_s)
        .text(u"message"_s, {})
        .text(u"start_time"_s, {})
        .text(u"duration"_s, {})
        .text(u"parameters"_s, u"What it was given: name=value"_s)
        .text(u"cluster_id"_s, {})
        .text(u"depends_on"_s, {});
}

QStringList replacedAttempts(const QJsonObject &run)
{
    const QHash<QString, QString> keys = taskKeys(run);
    QStringList replaced;
    for (const QJsonValue attempt : run.value("repair_history"_L1).toArray()) {
        if (!runState(attempt.toObject()).failed())
            continue;
        for (const QJsonValue id : attempt["task_run_ids"_L1].toArray()) {
            const QString text = QString::number(id.toInteger());
            if (!keys.contains(text) && !replaced.contains(text))
                replaced.append(text);
        }
    }
    return replaced;
}

QJsonArray repairRows(const QJsonObject &run)
{
    const QHash<QString, QString> keys = taskKeys(run);
    QJsonArray rows;
    for (const QJsonValue value : run.value("repair_history"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        const RunState state = runState(one);
        QJsonObject row{{"type"_L1, Text::visible(one.value("type"_L1).toString())},
                        {"start_time"_L1, timeText(one.value("start_time"_L1).toInteger())}};
        addText(row, u"repair_id"_s, idText(one, u"id"_s));
        addText(row, u"result"_s, state.result.isEmpty() ? state.state : state.result);
        addText(row, u"duration"_s, runDuration(one));
        addText(row, u"tasks"_s, taskNames(one.value("task_run_ids"_L1).toArray(), keys));
        rows.append(row);
    }
    return rows;
}

Schema repairRowSchema()
{
    return Schema()
        .text(u"type"_s, u"ORIGINAL or REPAIR"_s)
        .text(u"repair_id"_s, {})
        .text(u"result"_s, {})
        .text(u"start_time"_s, {})
        .text(u"duration"_s, {})
        .text(u"tasks"_s, u"Those that ran; run ids of attempts that a repair replaced"_s);
}

QJsonObject runFacts(const QJsonObject &run)
{
    QJsonObject facts = runRow(run);
    addText(facts, u"message"_s, runState(run).message);
    addText(facts, u"run_page_url"_s, Text::visible(run.value("run_page_url"_L1).toString()));
    addText(facts, u"end_time"_s, timeText(run.value("end_time"_L1).toInteger()));
    for (const auto &[key, name] :
         {std::pair("queue_duration"_L1, u"queued"_s), std::pair("setup_duration"_L1, u"setup"_s),
          std::pair("execution_duration"_L1, u"running"_s)}) {
        if (const qint64 milliseconds = run.value(key).toInteger(); milliseconds > 0)
            facts.insert(name, durationText(std::chrono::milliseconds(milliseconds)));
    }
    QStringList parameters;
    for (const QJsonValue one : run.value("job_parameters"_L1).toArray())
        parameters.append(
            Text::visible(one["name"_L1].toString() + u'=' + one["value"_L1].toString(one["default"_L1].toString())));
    const QJsonObject given = run.value("overriding_parameters"_L1).toObject();
    for (auto one = given.begin(); one != given.end(); ++one)
        parameters.append(Text::visible(one.key()) + ": "_L1 + parametersText(*one));
    addText(facts, u"parameters"_s, shortened(parameters.join(", "_L1), 1000));
    addText(facts, u"creator_user_name"_s, Text::visible(run.value("creator_user_name"_L1).toString()));
    return facts;
}

Schema runFactsSchema()
{
    return runRowSchema()
        .text(u"message"_s, u"The workspace's words on the state"_s)
        .text(u"run_page_url"_s, u"The run's page in the workspace"_s)
        .text(u"end_time"_s, {})
        .text(u"creator_user_name"_s, {})
        .require({u"run_id"_s});
}

} // namespace Tools

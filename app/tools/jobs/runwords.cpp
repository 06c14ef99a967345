#include "tools/jobs/runwords.h"

#include "tools/kit/answer.h"
#include "tools/kit/listing.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

QString durationText(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 60)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 3600)
        return u"%1 min %2 s"_s.arg(seconds / 60).arg(seconds % 60);
    return u"%1 h %2 min"_s.arg(seconds / 3600).arg(seconds % 3600 / 60);
}

RunState fromStatus(const QJsonObject &status)
{
    const QJsonObject details = status.value("termination_details"_L1).toObject();
    QString message = details.value("message"_L1).toString();
    if (message.isEmpty())
        message = status.value("queue_details"_L1)["message"_L1].toString();
    return {clean(status.value("state"_L1).toString()), clean(details.value("code"_L1).toString()), clean(message)};
}

RunState fromDeprecatedState(const QJsonObject &state)
{
    RunState old{clean(state.value("life_cycle_state"_L1).toString()), clean(state.value("result_state"_L1).toString()),
                 clean(state.value("state_message"_L1).toString())};
    // The ends without a result of their own.
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
    return isOver() && !result.startsWith("SUCCESS"_L1);
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
    const QJsonObject status = run.value("status"_L1).toObject();
    return status.isEmpty() ? fromDeprecatedState(run.value("state"_L1).toObject()) : fromStatus(status);
}

QString runDuration(const QJsonObject &run)
{
    const qint64 start = run.value("start_time"_L1).toInteger();
    const qint64 end = run.value("end_time"_L1).toInteger();
    if (start <= 0)
        return {};
    if (end <= 0)
        return durationText(QDateTime::currentMSecsSinceEpoch() - start) + " so far"_L1;
    const qint64 told = run.value("run_duration"_L1).toInteger();
    return durationText(told > 0 ? told : end - start);
}

QJsonObject runRow(const QJsonObject &run)
{
    const RunState state = runState(run);
    QJsonObject row{{"run_id"_L1, idText(run, u"run_id"_s)},
                    {"run_name"_L1, clean(run.value("run_name"_L1).toString())},
                    {"state"_L1, state.state}};
    addText(row, u"job_id"_s, idText(run, u"job_id"_s));
    addText(row, u"result"_s, state.result);
    addText(row, u"start_time"_s, timeText(run.value("start_time"_L1).toInteger()));
    addText(row, u"duration"_s, runDuration(run));
    addText(row, u"trigger"_s, clean(run.value("trigger"_L1).toString()));
    return row;
}

QJsonObject taskRunRow(const QJsonObject &task)
{
    const RunState state = runState(task);
    QJsonObject row{{"task_key"_L1, clean(task.value("task_key"_L1).toString())},
                    {"run_id"_L1, idText(task, u"run_id"_s)},
                    {"state"_L1, state.state}};
    addText(row, u"result"_s, state.result);
    addText(row, u"message"_s, state.message);
    addText(row, u"duration"_s, runDuration(task));
    QString cluster = clean(task.value("cluster_instance"_L1)["cluster_id"_L1].toString());
    if (cluster.isEmpty())
        cluster = clean(task.value("existing_cluster_id"_L1).toString());
    addText(row, u"cluster_id"_s, cluster);
    QStringList before;
    for (const QJsonValue one : task.value("depends_on"_L1).toArray())
        before.append(clean(one["task_key"_L1].toString()));
    addText(row, u"depends_on"_s, before.join(", "_L1));
    return row;
}

} // namespace Tools

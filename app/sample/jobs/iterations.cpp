#include "sample/jobs/iterations.h"

#include "sample/server/builtin.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

std::vector<TaskRun> iterationsOf(const TaskRun &task)
{
    const QJsonObject loop = task.task.value("for_each_task"_L1).toObject();
    const QJsonArray inputs = QJsonDocument::fromJson(loop.value("inputs"_L1).toString().toUtf8()).array();
    const QByteArray inner = QJsonDocument(loop.value("task"_L1).toObject()).toJson(QJsonDocument::Compact);
    std::vector<TaskRun> iterations;
    for (const QJsonValue input : inputs) {
        TaskRun iteration;
        // Into a JSON text: what an input holds is escaped as there.
        const QString text = input.isString() ? input.toString() : QString::number(input.toDouble());
        const QByteArray escaped = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact).mid(2).chopped(2);
        iteration.task = QJsonDocument::fromJson(QByteArray(inner).replace("{{input}}", escaped)).object();
        iteration.id = stableId(u"iteration/%1/%2"_s.arg(task.id).arg(iterations.size()));
        iteration.start = task.start;
        iteration.state = u"RUNNING"_s;
        iterations.push_back(std::move(iteration));
    }
    return iterations;
}

TaskOutcome outcomeOf(const std::vector<TaskRun> &iterations)
{
    const auto failures = std::count_if(iterations.begin(), iterations.end(),
                                        [](const TaskRun &one) { return one.isOver() && !one.succeeded(); });
    return failures == 0 ? TaskOutcome() : iterationsFailed(int(failures), int(iterations.size()));
}

QJsonObject withStatistics(const TaskRun &task)
{
    const auto count = [&](bool (*is)(const TaskRun &)) {
        return qint64(std::count_if(task.iterations.begin(), task.iterations.end(), is));
    };
    const qint64 over = count([](const TaskRun &one) { return one.isOver(); });
    const qint64 good = count([](const TaskRun &one) { return one.succeeded(); });
    const auto all = qint64(task.iterations.size());
    QJsonObject loop = task.task.value("for_each_task"_L1).toObject();
    loop.insert(u"stats"_s, QJsonObject{{u"task_run_stats"_s, QJsonObject{{u"total_iterations"_s, all},
                                                                          {u"scheduled_iterations"_s, all},
                                                                          {u"active_iterations"_s, all - over},
                                                                          {u"completed_iterations"_s, over},
                                                                          {u"succeeded_iterations"_s, good},
                                                                          {u"failed_iterations"_s, over - good}}}});
    return loop;
}

} // namespace Sample

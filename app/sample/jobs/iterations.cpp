#include "sample/jobs/iterations.h"

#include "sample/server/builtin.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// The inputs of a loop; no array where they are none, such as a reference to another task's values.
QJsonDocument inputsOf(const TaskRun &task)
{
    return QJsonDocument::fromJson(task.task.value("for_each_task"_L1)["inputs"_L1].toString().toUtf8());
}

/// A value as it stands where a task refers to it: a text as it is, all else as JSON.
QString textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1));
}

/// Into a JSON text: what an input holds is escaped as there.
void refer(QByteArray &task, const QByteArray &reference, const QJsonValue &value)
{
    const QByteArray escaped = QJsonDocument(QJsonArray{textOf(value)}).toJson(QJsonDocument::Compact);
    task.replace(QByteArray("{{" + reference + "}}"), escaped.sliced(2).chopped(2));
}

} // namespace

/// https://docs.databricks.com/aws/en/jobs/for-each: {{input}}, and {{input.key}} of inputs that are objects.
std::vector<TaskRun> iterationsOf(const TaskRun &task)
{
    const QJsonObject loop = task.task.value("for_each_task"_L1).toObject();
    const QJsonArray inputs = inputsOf(task).array();
    const QByteArray inner = QJsonDocument(loop.value("task"_L1).toObject()).toJson(QJsonDocument::Compact);
    std::vector<TaskRun> iterations;
    for (const QJsonValue input : inputs) {
        TaskRun iteration;
        QByteArray filled = inner;
        refer(filled, "input", input);
        const QJsonObject members = input.toObject();
        for (auto one = members.begin(); one != members.end(); ++one)
            refer(filled, "input." + one.key().toUtf8(), *one);
        iteration.task = QJsonDocument::fromJson(filled).object();
        iteration.id = stableId(u"iteration/%1/%2"_s.arg(task.id).arg(iterations.size()));
        iteration.start = task.start;
        iteration.state = u"RUNNING"_s;
        iterations.push_back(std::move(iteration));
    }
    return iterations;
}

TaskOutcome outcomeOf(const TaskRun &task)
{
    if (!inputsOf(task).isArray())
        return notFound(
            u"The sample workspace does not read the inputs of a loop but from a JSON array; these are %1"_s.arg(
                task.task.value("for_each_task"_L1)["inputs"_L1].toString().left(200)));
    const auto failures = std::count_if(task.iterations.begin(), task.iterations.end(),
                                        [](const TaskRun &one) { return one.isOver() && !one.succeeded(); });
    return failures == 0 ? TaskOutcome() : iterationsFailed(int(failures), int(task.iterations.size()));
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

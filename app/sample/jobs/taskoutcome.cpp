#include "sample/jobs/taskoutcome.h"

#include <QList>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

TaskOutcome failure(const QString &message, const QString &code = u"RUN_EXECUTION_ERROR"_s,
                    const QString &type = u"CLIENT_ERROR"_s)
{
    TaskOutcome outcome;
    outcome.result = u"FAILED"_s;
    outcome.code = code;
    outcome.type = type;
    outcome.message = message;
    return outcome;
}

QString workPath(const QJsonObject &task)
{
    const QString notebook = task.value("notebook_task"_L1)["notebook_path"_L1].toString();
    return notebook.isEmpty() ? task.value("spark_python_task"_L1)["python_file"_L1].toString() : notebook;
}

QJsonObject notebookResult(const QString &result)
{
    return {{u"notebook_output"_s, QJsonObject{{u"result"_s, result}, {u"truncated"_s, false}}}};
}

TaskOutcome pythonError(const QJsonObject &)
{
    TaskOutcome outcome = failure(u"Workload failed, see run output for details"_s);
    outcome.output = notebookResult({});
    outcome.output.insert(
        u"error"_s,
        u"ZeroDivisionError: division by zero in segment 'unassigned' (0 customers, expected at least 1)"_s);
    outcome.output.insert(u"error_trace"_s,
                          u"---------------------------------------------------------------------------\n"
                          "ZeroDivisionError                         Traceback (most recent call last)\n"
                          "File <command-4071>, line 27\n"
                          "     25 for segment, members in segments.items():\n"
                          "     26     total = sum(m.lifetime_value for m in members)\n"
                          "---> 27     scores[segment] = average(total, len(members))\n"
                          "File <command-4069>, line 4, in average(total, count)\n"
                          "      3 def average(total, count):\n"
                          "----> 4     return total / count\n"
                          "ZeroDivisionError: division by zero in segment 'unassigned' (0 customers, expected at least "
                          "1)\n"_s);
    return outcome;
}

TaskOutcome driverLost(const QJsonObject &)
{
    TaskOutcome outcome =
        failure(u"The spark driver has stopped unexpectedly and is restarting. Your notebook will be automatically "
                "reattached."_s,
                u"DRIVER_ERROR"_s, u"CLOUD_FAILURE"_s);
    outcome.output = {{u"error"_s, u"The spark driver has stopped unexpectedly and is restarting."_s}};
    return outcome;
}

TaskOutcome feedMissing(const QJsonObject &)
{
    TaskOutcome outcome = failure(u"Workload failed, see run output for details"_s);
    outcome.output = {{u"error"_s, u"ConnectionError: feed.example.com did not answer within 30 s"_s},
                      {u"error_trace"_s, u"Traceback (most recent call last):\n"
                                         "  File <command-880>, line 9, in fetch(vendor)\n"
                                         "ConnectionError: feed.example.com did not answer within 30 s\n"_s}};
    return outcome;
}

QString epochs(int count)
{
    QString log;
    for (int i = 1; i <= count; ++i)
        log += u"epoch %1/%2  train_loss=%3  validation_loss=%4\n"_s.arg(i)
                   .arg(count)
                   .arg(2.0 / (1.0 + i / 40.0), 0, 'f', 6)
                   .arg(2.1 / (1.0 + i / 42.0), 0, 'f', 6);
    return log;
}

TaskOutcome longLog(const QJsonObject &)
{
    TaskOutcome outcome;
    outcome.output = notebookResult(u"{\"validation_loss\": 0.048}"_s);
    outcome.output.insert(u"logs"_s, epochs(3000));
    outcome.output.insert(u"logs_truncated"_s, false);
    return outcome;
}

TaskOutcome failedTests(const QJsonObject &)
{
    TaskOutcome outcome = failure(u"Python file exited with code 1"_s);
    outcome.output = {{u"error"_s, u"SystemExit: 1"_s},
                      {u"logs"_s, u"collected 212 items\n\ntests/test_orders.py ....F\n"
                                  "E   AssertionError: expected 3 rows, got 2\n1 failed, 211 passed in 184.22s\n"_s},
                      {u"logs_truncated"_s, false}};
    return outcome;
}

TaskOutcome success(const QJsonObject &task)
{
    TaskOutcome outcome;
    if (task.contains("notebook_task"_L1)) {
        const QJsonObject parameters = task.value("notebook_task"_L1)["base_parameters"_L1].toObject();
        outcome.output = notebookResult(
            parameters.contains("name"_L1) ? u"Hello, %1!"_s.arg(parameters.value("name"_L1).toString()) : u"OK"_s);
    } else if (task.contains("spark_python_task"_L1)) {
        outcome.output = {{u"logs"_s, u"started\nread 14212 rows\nwrote 14212 rows\ndone\n"_s},
                          {u"logs_truncated"_s, false}};
    }
    return outcome;
}

using Fate = TaskOutcome (*)(const QJsonObject &);

/// By what the path of the notebook or script ends with.
const QList<std::pair<QString, Fate>> &fates()
{
    static const QList<std::pair<QString, Fate>> table{
        {u"/score_customers"_s, &pythonError},
        {u"/close_month"_s, &driverLost},
        {u"/train_epochs_verbose"_s, &longLog},
        {u"/run_integration.py"_s, &failedTests},
    };
    return table;
}

} // namespace

TaskOutcome taskOutcome(const QJsonObject &task, int attempt)
{
    const QString path = workPath(task);
    if (path.endsWith("_flaky"_L1) && attempt == 0)
        return feedMissing(task);
    for (const auto &[ending, fate] : fates()) {
        if (path.endsWith(ending))
            return fate(task);
    }
    return success(task);
}

TaskOutcome upstreamFailed()
{
    TaskOutcome outcome = failure(u"An upstream task failed."_s, u"SKIPPED"_s);
    outcome.result = u"UPSTREAM_FAILED"_s;
    return outcome;
}

TaskOutcome canceled()
{
    TaskOutcome outcome = failure(u"Run cancelled."_s, u"USER_CANCELED"_s);
    outcome.result = u"CANCELED"_s;
    return outcome;
}

} // namespace Sample

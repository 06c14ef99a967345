#include "sample/jobs/taskwork.h"

#include "sample/files/filetree.h"
#include "sample/files/workspacetree.h"
#include "sample/notebooks/notebookrun.h"
#include "sample/reports/savedqueries.h"
#include "sample/server/hosts.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

NotebookStart startOf(const TaskAttempt &attempt)
{
    return {attempt.task.value("notebook_task"_L1)["base_parameters"_L1].toObject(), attempt.number,
            QDateTime::fromMSecsSinceEpoch(attempt.time).toUTC()};
}

SqlAsk askOf(const QString &sql, const QVariantMap &parameters)
{
    SqlAsk ask;
    ask.statement = sql;
    ask.parameters = parameters;
    ask.rowLimit = QueryRows::Most;
    return ask;
}

/// How a notebook or a script that ran to its end ends its task.
TaskOutcome ended(const NotebookSource &source, const NotebookRun &run)
{
    TaskOutcome outcome;
    if (run.losesDriver)
        outcome = driverLost();
    else if (!run.error.isEmpty())
        outcome = failed(run.error, run.trace, source.isScript);
    if (!source.isScript && !run.losesDriver) {
        QJsonObject result{{u"truncated"_s, false}};
        if (run.exit)
            result.insert(u"result"_s, *run.exit);
        outcome.output.insert(u"notebook_output"_s, result);
    }
    if (source.isScript || !run.logs.isEmpty()) {
        outcome.output.insert(u"logs"_s, run.logs);
        outcome.output.insert(u"logs_truncated"_s, false);
    }
    outcome.ran = std::make_shared<const NotebookRecord>(NotebookRecord{source, run});
    return outcome;
}

/// Numbers are compared as numbers, all else as text (https://docs.databricks.com/aws/en/jobs/if-else).
TaskOutcome conditionOf(const QJsonObject &condition)
{
    const QString left = condition.value("left"_L1).toString();
    const QString right = condition.value("right"_L1).toString();
    const QString op = condition.value("op"_L1).toString();
    bool areNumbers[2] = {};
    const double difference = left.toDouble(&areNumbers[0]) - right.toDouble(&areNumbers[1]);
    const bool isEqual = areNumbers[0] && areNumbers[1] ? difference == 0 : left == right;
    const bool holds = op == "EQUAL_TO"_L1                ? isEqual
                       : op == "NOT_EQUAL"_L1             ? !isEqual
                       : op == "GREATER_THAN"_L1          ? difference > 0
                       : op == "GREATER_THAN_OR_EQUAL"_L1 ? difference >= 0
                       : op == "LESS_THAN"_L1             ? difference < 0
                                                          : difference <= 0;
    TaskOutcome outcome;
    outcome.condition = holds ? u"true"_s : u"false"_s;
    return outcome;
}

TaskProgress ran(const NotebookSource &source, const TaskAttempt &attempt, const QList<QueryRows> &known)
{
    const NotebookStart start = startOf(attempt);
    const NotebookRun run = runNotebook(source, start, known);
    if (run.wanted.isEmpty())
        return {{}, ended(source, run)};
    return {askOf(run.wanted, queryParameters(source, start)), {}};
}

} // namespace

TaskProgress TaskWork::progress(const TaskAttempt &attempt, const QList<QueryRows> &known) const
{
    if (attempt.task.contains("notebook_task"_L1))
        return notebook(attempt, known);
    if (attempt.task.contains("spark_python_task"_L1))
        return script(attempt, known);
    if (attempt.task.contains("sql_task"_L1))
        return query(attempt, known);
    if (attempt.task.contains("condition_task"_L1))
        return {{}, conditionOf(attempt.task.value("condition_task"_L1).toObject())};
    return {};
}

TaskProgress TaskWork::notebook(const TaskAttempt &attempt, const QList<QueryRows> &known) const
{
    const QString path = attempt.task.value("notebook_task"_L1)["notebook_path"_L1].toString();
    const WorkspaceNode *node = m_tree.find(WorkspaceTree::plain(path));
    if (!node || node->type != "NOTEBOOK"_L1)
        return {{},
                notFound(u"Unable to access the notebook \"%1\". Either it does not exist, or the identity used to "
                         "run this job lacks the required permissions."_s.arg(path))};
    return ran({WorkspaceTree::plain(path), node->language, node->content}, attempt, known);
}

TaskProgress TaskWork::script(const TaskAttempt &attempt, const QList<QueryRows> &known) const
{
    const QString path = attempt.task.value("spark_python_task"_L1)["python_file"_L1].toString();
    const WorkspaceNode *node = m_tree.find(WorkspaceTree::plain(path));
    const FileTree::Entry *file = m_volumes.find(path);
    if (!node && (!file || file->isDirectory))
        return {{},
                notFound(u"Cannot read the python file %1. Please check driver logs for more details."_s.arg(path))};
    return ran({path, u"PYTHON"_s, node ? node->content : file->bytes, true}, attempt, known);
}

TaskProgress TaskWork::query(const TaskAttempt &attempt, const QList<QueryRows> &known) const
{
    const QJsonObject task = attempt.task.value("sql_task"_L1).toObject();
    const QString id = task.value("query"_L1)["query_id"_L1].toString();
    const QString text = m_queries.find(id).value("query_text"_L1).toString();
    if (text.isEmpty())
        return {{}, notFound(u"The query %1 does not exist."_s.arg(id))};
    if (known.isEmpty())
        return {askOf(text, task.value("parameters"_L1).toObject().toVariantMap()), {}};
    TaskOutcome outcome = known.first().failure.isEmpty() ? TaskOutcome() : failed(known.first().failure, {}, true);
    const QString link = QString(WorkspaceUrl) + u"/sql/queries/"_s + id;
    outcome.output.insert(
        u"sql_output"_s, QJsonObject{{u"query_output"_s, QJsonObject{{u"query_text"_s, text},
                                                                     {u"warehouse_id"_s, task.value("warehouse_id"_L1)},
                                                                     {u"endpoint_id"_s, task.value("warehouse_id"_L1)},
                                                                     {u"output_link"_s, link}}}});
    return {{}, outcome};
}

} // namespace Sample

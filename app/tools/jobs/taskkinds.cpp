#include "tools/jobs/taskkinds.h"

#include "tools/kit/answer.h"

#include "common/visible.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// The member of a task that makes it one of a kind, the kind's name, and the member of that which says what it runs
/// (https://docs.databricks.com/api/workspace/jobs/get).
struct Kind
{
    QLatin1StringView key;
    QLatin1StringView name;
    QLatin1StringView subject;
};

constexpr Kind Kinds[] = {
    {"notebook_task"_L1, "notebook"_L1, "notebook_path"_L1},
    {"spark_python_task"_L1, "python"_L1, "python_file"_L1},
    {"python_wheel_task"_L1, "wheel"_L1, "package_name"_L1},
    {"python_operator_task"_L1, "python operator"_L1, "main"_L1},
    {"spark_jar_task"_L1, "jar"_L1, "main_class_name"_L1},
    {"spark_submit_task"_L1, "spark-submit"_L1, "parameters"_L1},
    {"sql_task"_L1, "sql"_L1, "warehouse_id"_L1},
    {"pipeline_task"_L1, "pipeline"_L1, "pipeline_id"_L1},
    {"dbt_task"_L1, "dbt"_L1, "commands"_L1},
    {"dbt_cloud_task"_L1, "dbt cloud"_L1, "dbt_cloud_job_id"_L1},
    {"dbt_platform_task"_L1, "dbt platform"_L1, "dbt_platform_job_id"_L1},
    {"run_job_task"_L1, "job"_L1, "job_id"_L1},
    {"condition_task"_L1, "condition"_L1, "left"_L1},
    {"for_each_task"_L1, "for each"_L1, "inputs"_L1},
    {"dashboard_task"_L1, "dashboard"_L1, "dashboard_id"_L1},
    {"power_bi_task"_L1, "Power BI"_L1, "connection_resource_name"_L1},
    {"clean_rooms_notebook_task"_L1, "clean room notebook"_L1, "notebook_name"_L1},
    {"gen_ai_compute_task"_L1, "AI compute"_L1, "command"_L1},
    {"alert_task"_L1, "alert"_L1, "alert_id"_L1},
};

constexpr qsizetype SubjectLength = 200;

const Kind *kindOf(const QJsonObject &task)
{
    const auto found = std::ranges::find_if(Kinds, [&task](const Kind &kind) { return task.contains(kind.key); });
    return found == std::end(Kinds) ? nullptr : &*found;
}

/// A kind that came after this table: whatever ends like one.
QString unknownKey(const QJsonObject &task)
{
    const QStringList keys = task.keys();
    const auto found = std::ranges::find_if(keys, [](const QString &key) { return key.endsWith("_task"_L1); });
    return found == keys.end() ? QString() : *found;
}

QString plainText(const QJsonValue &value)
{
    QStringList parts;
    for (const QJsonValue part : value.toArray())
        parts.append(part.isString() ? part.toString() : jsonText(part));
    const QString text = value.isArray() ? parts.join(u"; "_s) : value.isString() ? value.toString() : jsonText(value);
    return value.isUndefined() || value.isNull() ? QString() : Text::line(text, SubjectLength);
}

QString sqlSubject(const QJsonObject &sql)
{
    for (const auto &[key, id] : {std::pair("query"_L1, "query_id"_L1), std::pair("alert"_L1, "alert_id"_L1),
                                  std::pair("dashboard"_L1, "dashboard_id"_L1), std::pair("file"_L1, "path"_L1)}) {
        if (sql.contains(key))
            return u"%1 %2"_s.arg(key, plainText(sql.value(key)[id]));
    }
    return {};
}

QString conditionSubject(const QJsonObject &condition)
{
    return u"%1 %2 %3"_s.arg(plainText(condition.value("left"_L1)), plainText(condition.value("op"_L1)),
                             plainText(condition.value("right"_L1)));
}

QString loopSubject(const QJsonObject &loop)
{
    const QJsonObject inner = loop.value("task"_L1).toObject();
    return u"%1 %2, for each of %3"_s.arg(taskKind(inner), taskSubject(inner), plainText(loop.value("inputs"_L1)))
        .simplified();
}

} // namespace

QString taskKind(const QJsonObject &task)
{
    if (const Kind *kind = kindOf(task))
        return kind->name;
    return Text::visible(unknownKey(task));
}

QString taskSubject(const QJsonObject &task)
{
    const Kind *kind = kindOf(task);
    if (!kind)
        return {};
    const QJsonObject members = task.value(kind->key).toObject();
    if (kind->key == "condition_task"_L1)
        return conditionSubject(members);
    if (kind->key == "for_each_task"_L1)
        return loopSubject(members);
    const QString sql = kind->key == "sql_task"_L1 ? sqlSubject(members) : QString();
    return sql.isEmpty() ? plainText(members.value(kind->subject)) : sql;
}

QString taskDetail(const QJsonObject &task)
{
    if (const QString outcome = plainText(task.value("condition_task"_L1)["outcome"_L1]); !outcome.isEmpty())
        return u"%1 is %2"_s.arg(taskSubject(task), outcome);
    const QJsonObject stats = task.value("for_each_task"_L1)["stats"_L1]["task_run_stats"_L1].toObject();
    if (stats.isEmpty())
        return {};
    const auto count = [&stats](QLatin1StringView key) { return stats.value(key).toInteger(); };
    return u"%1 iterations: %2 succeeded, %3 failed, %4 active"_s.arg(count("total_iterations"_L1))
        .arg(count("succeeded_iterations"_L1))
        .arg(count("failed_iterations"_L1))
        .arg(count("active_iterations"_L1));
}

} // namespace Tools

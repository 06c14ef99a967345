#include "tools/jobs/taskkinds.h"

#include "tools/jobs/taskchanges.h"
#include "tools/kit/answer.h"

#include "common/visible.h"

#include <QJsonArray>
#include <QSet>
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
/// So much is shown of what a task is given and of how it is set.
constexpr qsizetype SettingsLength = 400;

/// Members of a kind that hold what it is given.
constexpr QLatin1StringView Given[] = {"base_parameters"_L1, "named_parameters"_L1, "parameters"_L1,
                                       "job_parameters"_L1,  "notebook_params"_L1,  "python_params"_L1,
                                       "jar_params"_L1,      "sql_params"_L1,       "python_named_params"_L1};

/// Members of a kind that its subject tells beside the one that the table names.
constexpr QLatin1StringView InSubject[] = {"op"_L1, "right"_L1, "query"_L1};

/// Members of a task that are told for themselves.
const QSet<QString> ToldMembers{u"task_key"_s,    u"depends_on"_s,          u"run_if"_s,         u"disabled"_s,
                                u"new_cluster"_s, u"existing_cluster_id"_s, u"job_cluster_key"_s};

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

QString parametersText(const QJsonValue &parameters)
{
    QStringList parts;
    const QJsonValue safe = safeJson(parameters);
    const auto text = [](const QJsonValue &value) { return value.isString() ? value.toString() : jsonText(value); };
    for (const QJsonValue one : safe.toArray())
        parts.append(text(one));
    const QJsonObject named = safe.toObject();
    for (auto one = named.begin(); one != named.end(); ++one)
        parts.append(one.key() + u'=' + text(*one));
    return shortened(parts.join(", "_L1), SettingsLength);
}

QString taskParameters(const QJsonObject &task)
{
    const Kind *kind = kindOf(task);
    if (!kind)
        return {};
    const QJsonObject members = task.value(kind->key).toObject();
    if (kind->key == "for_each_task"_L1)
        return taskParameters(members.value("task"_L1).toObject());
    QStringList parts;
    for (const auto given : Given) {
        if (given != kind->subject && !isDefault(given, members.value(given)))
            parts.append(parametersText(members.value(given)));
    }
    return parts.join("; "_L1);
}

QString taskSettings(const QJsonObject &task)
{
    const Kind *kind = kindOf(task);
    QJsonObject others;
    const auto add = [&others](const QString &name, const QJsonValue &value) {
        if (!isDefault(name, value))
            others.insert(name, value);
    };
    for (auto one = task.begin(); one != task.end(); ++one) {
        if (!ToldMembers.contains(one.key()) && (!kind || one.key() != kind->key))
            add(one.key(), *one);
    }
    const QJsonObject members = kind ? task.value(kind->key).toObject() : QJsonObject();
    for (auto one = members.begin(); one != members.end(); ++one) {
        const auto isIn = [&one](const auto &names) { return std::ranges::find(names, one.key()) != std::end(names); };
        const bool isLoopsTask = kind->key == "for_each_task"_L1 && one.key() == "task"_L1;
        // A query stands in the place of the warehouse that it runs on.
        const bool isSubject = one.key() == kind->subject && !members.contains("query"_L1);
        if (!isIn(Given) && !isIn(InSubject) && !isLoopsTask && !isSubject)
            add(one.key(), *one);
    }
    return parametersText(others);
}

QString taskDetail(const QJsonObject &task)
{
    if (const QString outcome = plainText(task.value("condition_task"_L1)["outcome"_L1]); !outcome.isEmpty())
        return u"%1 is %2"_s.arg(taskSubject(task), outcome);
    const QJsonObject stats = task.value("for_each_task"_L1)["stats"_L1]["task_run_stats"_L1].toObject();
    // A notebook's path has a name of its own.
    if (stats.isEmpty())
        return task.contains("notebook_task"_L1) ? QString() : taskSubject(task);
    const auto count = [&stats](QLatin1StringView key) { return stats.value(key).toInteger(); };
    return u"%1 iterations: %2 succeeded, %3 failed, %4 active"_s.arg(count("total_iterations"_L1))
        .arg(count("succeeded_iterations"_L1))
        .arg(count("failed_iterations"_L1))
        .arg(count("active_iterations"_L1));
}

} // namespace Tools

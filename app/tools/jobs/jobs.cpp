#include "tools/host/catalogue.h"
#include "tools/jobs/diagnoserun.h"
#include "tools/jobs/jobreading.h"
#include "tools/jobs/runjob.h"
#include "tools/jobs/runoutput.h"
#include "tools/jobs/runs.h"
#include "tools/jobs/runwords.h"
#include "tools/jobs/schedulewords.h"
#include "tools/jobs/taskkinds.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// The API knows no part of a name: so many jobs are looked at for one answer.
constexpr qsizetype LookedAtJobs = 5000;
constexpr qsizetype DescriptionCharacters = 2000;

QJsonObject jobRow(const QJsonObject &job)
{
    const QJsonObject settings = job.value("settings"_L1).toObject();
    QJsonObject row{{"job_id"_L1, idText(job, u"job_id"_s)},
                    {"name"_L1, Text::visible(settings.value("name"_L1).toString())}};
    addText(row, u"schedule"_s, scheduleText(settings));
    addText(row, u"creator_user_name"_s, Text::visible(job.value("creator_user_name"_L1).toString()));
    addText(row, u"created_time"_s, timeText(job.value("created_time"_L1).toInteger()));
    return row;
}

Schema jobRowSchema()
{
    return Schema()
        .text(u"job_id"_s, {})
        .text(u"name"_s, {})
        .text(u"schedule"_s, u"When it runs, in words; absent: only when somebody starts it"_s)
        .text(u"creator_user_name"_s, {})
        .text(u"created_time"_s, {});
}

QCoro::Task<ToolResult> listJobs(ToolCall call)
{
    QUrlQuery query{{u"limit"_s, u"100"_s}};
    if (call.has(u"name"_s))
        Databricks::addQueryItem(query, u"name"_s, call.text(u"name"_s));
    Listing listing(u"/api/2.2/jobs/list"_s, query, u"jobs"_s, &jobRow);
    listing.from(call);
    const QString part = call.text(u"name_contains"_s);
    if (!part.isEmpty())
        listing
            .matching([part](const QJsonObject &job) {
                return job.value("settings"_L1)["name"_L1].toString().contains(part, Qt::CaseInsensitive);
            })
            .lookingAt(LookedAtJobs);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"job_id"_s, u"id"_s},
                          {u"name"_s, u"name"_s},
                          {u"schedule"_s, u"schedule"_s},
                          {u"creator_user_name"_s, u"creator"_s}};
    co_return listAnswer(u"Found %1 jobs:"_s.arg(listed.totalInWords()), columns, u"jobs"_s, listed);
}

QString compute(const QJsonObject &task)
{
    if (task.contains("existing_cluster_id"_L1))
        return "cluster "_L1 + Text::visible(task.value("existing_cluster_id"_L1).toString());
    if (task.contains("job_cluster_key"_L1))
        return "job cluster "_L1 + Text::visible(task.value("job_cluster_key"_L1).toString());
    if (task.contains("new_cluster"_L1))
        return u"its own new cluster"_s;
    return u"serverless or its own kind's compute"_s;
}

QJsonObject taskRow(const QJsonObject &task)
{
    QJsonObject row{{"task_key"_L1, Text::visible(task.value("task_key"_L1).toString())}};
    addText(row, u"kind"_s, taskKind(task));
    addText(row, u"runs"_s, taskSubject(task));
    addText(row, u"compute"_s, compute(task));
    addText(row, u"depends_on"_s, dependsOnText(task));
    const QString runIf = Text::visible(task.value("run_if"_L1).toString());
    addText(row, u"run_if"_s, runIf == "ALL_SUCCESS"_L1 ? QString() : runIf);
    if (task.value("disabled"_L1).toBool())
        row.insert("disabled"_L1, true);
    return row;
}

Schema taskRowSchema()
{
    return Schema()
        .text(u"task_key"_s, {})
        .text(u"kind"_s, u"notebook, python, sql, pipeline, …"_s)
        .text(u"runs"_s, u"The notebook, file or other thing it runs"_s)
        .text(u"compute"_s, {})
        .text(u"depends_on"_s, {})
        .text(u"run_if"_s, u"When it runs, unless ALL_SUCCESS of those it depends on"_s)
        .flag(u"disabled"_s, {});
}

QJsonArray parameterRows(const QJsonObject &settings)
{
    QJsonArray rows;
    for (const QJsonValue one : settings.value("parameters"_L1).toArray())
        rows.append(QJsonObject{{"name"_L1, Text::visible(one["name"_L1].toString())},
                                {"default"_L1, Text::visible(one["default"_L1].toString())}});
    return rows;
}

QCoro::Task<ToolResult> getJob(ToolCall call)
{
    const QJsonObject job = co_await readJob(call, call.id(u"job_id"_s));
    const QJsonObject settings = job.value("settings"_L1).toObject();
    QJsonObject facts = jobRow(job);
    addText(facts, u"run_as_user_name"_s, Text::visible(job.value("run_as_user_name"_L1).toString()));
    addText(facts, u"description"_s,
            shortened(Text::visible(settings.value("description"_L1).toString()), DescriptionCharacters));
    for (const auto key : {"max_concurrent_runs"_L1, "timeout_seconds"_L1}) {
        if (settings.contains(key))
            facts.insert(key, settings.value(key).toInteger());
    }
    if (settings.contains("tags"_L1))
        facts.insert("tags"_L1, safeJson(settings.value("tags"_L1)));
    const QString headline = u"Job %1 (%2) runs %3."_s.arg(
        facts.value("job_id"_L1).toString(), facts.value("name"_L1).toString(),
        facts.contains("schedule"_L1) ? facts.value("schedule"_L1).toString() : u"when somebody starts it"_s);
    QString text = factsAnswer(headline, facts).text();

    const RowsPart parameters = rowsPart(parameterRows(settings), 0, AnswerBytes / 4);
    if (!parameters.rows.isEmpty())
        text +=
            u"\nParameters:\n"_s + textTable({{u"name"_s, u"name"_s}, {u"default"_s, u"default"_s}}, parameters.rows);
    if (!parameters.isWhole())
        text += u"\n%1 of %2 parameters are shown."_s.arg(parameters.rows.size()).arg(parameters.total);
    QJsonArray rows;
    for (const QJsonValue task : settings.value("tasks"_L1).toArray())
        rows.append(taskRow(task.toObject()));
    const RowsPart tasks = rowsPart(rows, call.number(u"first_task"_s), AnswerBytes / 4 * 3);
    if (!tasks.rows.isEmpty()) {
        Columns columns{{u"task_key"_s, u"task"_s},
                        {u"kind"_s, u"kind"_s},
                        {u"runs"_s, u"runs"_s},
                        {u"compute"_s, u"compute"_s},
                        {u"depends_on"_s, u"depends on"_s}};
        for (const auto &column : Columns{{u"run_if"_s, u"runs if"_s}, {u"disabled"_s, u"disabled"_s}}) {
            const auto has = [&column](const QJsonValue &row) { return row.toObject().contains(column.first); };
            if (std::any_of(tasks.rows.begin(), tasks.rows.end(), has))
                columns.append(column);
        }
        text += u"\n%1 tasks:\n"_s.arg(tasks.total) + textTable(columns, tasks.rows);
    }
    if (const QString note = tasks.note(u"tasks"_s, u"first_task"_s); !note.isEmpty())
        text += u'\n' + note;
    facts.insert("parameters"_L1, parameters.rows);
    facts.insert("parameter_count"_L1, parameters.total);
    facts.insert("tasks"_L1, tasks.rows);
    facts.insert("task_count"_L1, tasks.total);
    co_return ToolResult(text, facts);
}

} // namespace

QList<Tool> jobTools()
{
    return {
        {
            .name = u"list_jobs"_s,
            .title = u"List jobs"_s,
            .description = u"Lists the jobs of the workspace with their schedules in words. Use name or name_contains "
                           "where there are many."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema()
                              .text(u"name"_s, u"Only jobs of exactly this name, in any case"_s)
                              .text(u"name_contains"_s, u"Only jobs whose name holds this text, in any case"_s)),
            .outputSchema = listedSchema(u"jobs"_s, jobRowSchema()),
            .run = &listJobs,
        },
        {
            .name = u"get_job"_s,
            .title = u"Get job"_s,
            .description =
                u"Shows one job: schedule, parameters, and its tasks with what they run, on which compute and "
                "after which others."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withFirstTask(jobIdSchema()),
            .outputSchema = jobRowSchema()
                                .text(u"run_as_user_name"_s, {})
                                .text(u"description"_s, {})
                                .integer(u"max_concurrent_runs"_s, {})
                                .integer(u"timeout_seconds"_s, u"0: none"_s)
                                .object(u"tags"_s, {})
                                .rows(u"parameters"_s, {}, Schema().text(u"name"_s, {}).text(u"default"_s, {}))
                                .integer(u"parameter_count"_s, u"How many there are in all"_s)
                                .rows(u"tasks"_s, {}, taskRowSchema())
                                .integer(u"task_count"_s, u"How many there are in all"_s)
                                .require({u"job_id"_s, u"name"_s, u"tasks"_s}),
            .run = &getJob,
        },
        listRunsTool(),
        getRunTool(),
        getRunOutputTool(),
        diagnoseRunTool(),
        runJobTool(),
        cancelRunTool(),
    };
}

} // namespace Tools

#include "tools/toolbench.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString NoSuchId = u"9007199254740993"_s; // 2^53 + 1: as a double it would be another one
const QString Running = u"0527-061205-l3ph6de2"_s;

QString at(const QJsonObject &object, QLatin1StringView key)
{
    return object.value(key).toString();
}

QJsonObject taskRow(const Mcp::ToolResult &result, const QString &key, QLatin1StringView rows = "tasks"_L1)
{
    for (const QJsonValue task : result.structuredContent().value(rows).toArray()) {
        if (task["task_key"_L1].toString() == key)
            return task.toObject();
    }
    return {};
}

} // namespace

/// The tools of the toolsets jobs and jobs_admin.
class TestJobTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void listGivesJobsWithSchedulesInWords();
    void listFilters();
    void getShowsTasksAndParameters();
    void getReadsEveryPageOfTasks();
    void listRunsFilters();
    void listRunsPages();
    void getRunReadsEitherState();
    void runGoesOnToItsEnd();
    void runIsAskedForOnce();
    void runWaitsWithProgress();
    void runWhoseStateCannotBeReadIsStillNamed();
    void outputOfASingleTask();
    void outputOfAFailedTaskIsFound();
    void outputOfManyTasksWantsAKey();
    void longLogsLoseTheirBeginningNotSilently();
    void outputOfATaskByItsOwnId();
    void diagnosisTellsItAll();
    void diagnosisSurvivesAMissingPart();
    void diagnosisOfARunThatDidNotFail();
    void cancelEndsARun();
    void createdJobCanBeChangedRunAndDeleted();
    void badTasksGetTheWordsOfTheApi();
    void repairRunsWhatFailed();
    void whyARepairedRunFailedBeforeIsTold();
    void aRepairTellsWhatRanAgain();
    void conditionsDecideWhatRuns();
    void whatTheJobDoesNotHaveIsNotRun_data();
    void whatTheJobDoesNotHaveIsNotRun();
    void aRunThatWasCancelledNeedsNoDiagnosis();
    void repairOfASuccessIsRefused();
    void notebookRunsOnTheClusterThatIsMeant();
    void idsKeepAllTheirDigits();
    void unknownIdsGetTheWordsOfTheApi_data();
    void unknownIdsGetTheWordsOfTheApi();
    void textIsNoId();
    void aScheduleKeepsWhatIsNotNamed();
    void aTriggerIsPausedLikeASchedule();
    void aSecondStarterIsRefused();
    void schedulesAreToldAsTheyAreTaken();
    void whatTasksAreGivenIsShownAndNotLostSilently();
    void runsTellWhatTheyWereGiven();
    void repairOfATaskThatIsNotThereIsRefused();
    void aDayEndsWithItsLastHour();
    void aJobThatRunsNowSaysSo();
    void timeBetweenARunAndItsRepairIsNoWork();
    void outputThatIsThereIsNotAdvised();
    void timesOfAFreshRunAgree();
    void frequentJobsHaveMoreBehindThem();

private:
    QString jobId(const QString &name);
    QString latestRun(const QString &job);
    QString start(const QString &job);
    QString stateOf(const QString &run);
    std::unique_ptr<ToolBench> bench;
};

QString TestJobTools::jobId(const QString &name)
{
    const QJsonArray jobs =
        bench->call(u"list_jobs"_s, {{u"name"_s, name}}).structuredContent().value("jobs"_L1).toArray();
    bench->requests();
    return at(jobs.first().toObject(), "job_id"_L1);
}

QString TestJobTools::latestRun(const QString &job)
{
    const QJsonArray runs = bench->call(u"list_runs"_s, {{u"job_id"_s, jobId(job)}, {u"limit"_s, 1}})
                                .structuredContent()
                                .value("runs"_L1)
                                .toArray();
    bench->requests();
    return at(runs.first().toObject(), "run_id"_L1);
}

QString TestJobTools::start(const QString &job)
{
    const Mcp::ToolResult started = bench->call(u"run_job"_s, {{u"job_id"_s, jobId(job)}});
    return at(started.structuredContent(), "run_id"_L1);
}

QString TestJobTools::stateOf(const QString &run)
{
    return at(bench->call(u"get_run"_s, {{u"run_id"_s, run}}).structuredContent(), "state"_L1);
}

void TestJobTools::listGivesJobsWithSchedulesInWords()
{
    const Mcp::ToolResult result = bench->call(u"list_jobs"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().startsWith("Found 40 jobs:"_L1), qPrintable(result.text().left(60)));
    QCOMPARE(bench->requests().first(), u"GET /api/2.2/jobs/list?limit=100"_s);
    QHash<QString, QString> schedules;
    for (const QJsonValue job : result.structuredContent().value("jobs"_L1).toArray())
        schedules.insert(job["name"_L1].toString(), job["schedule"_L1].toString());
    QCOMPARE(schedules.value(u"ingest_orders"_s), u"every day at 02:00 (UTC)"_s);
    QCOMPARE(schedules.value(u"finance_close"_s), u"on day 1 of every month at 06:00 (Europe/London)"_s);
    QCOMPARE(schedules.value(u"cdc_salesforce"_s), u"every 15 minutes (UTC)"_s);
    QCOMPARE(schedules.value(u"bi_extracts"_s), u"every MON-FRI at 06:00 (Africa/Cairo)"_s);
    QCOMPARE(schedules.value(u"iot_device_rollup"_s), u"every hour at minute 5 (UTC)"_s);
    QCOMPARE(schedules.value(u"legacy_nightly_load"_s), u"every day at 01:10 (UTC), paused"_s);
    QCOMPARE(schedules.value(u"clickstream_sessions"_s), u"continuously"_s);
    QCOMPARE(schedules.value(u"supply_chain_eta"_s), u"every 2 hours"_s);
    QCOMPARE(schedules.value(u"hello_notebook"_s), QString());
}

void TestJobTools::listFilters()
{
    const Mcp::ToolResult part = bench->call(u"list_jobs"_s, {{u"name_contains"_s, u"FRAUD"_s}});
    QCOMPARE(part.structuredContent().value("total"_L1).toInteger(), 2);
    bench->requests();
    const Mcp::ToolResult exact = bench->call(u"list_jobs"_s, {{u"name"_s, u"Finance_Close"_s}});
    QCOMPARE(exact.structuredContent().value("total"_L1).toInteger(), 1);
    QCOMPARE(bench->requests().first(), u"GET /api/2.2/jobs/list?limit=100&name=Finance_Close"_s);
    const QString last = exact.structuredContent().value("jobs"_L1)[0]["last_result_utc"_L1].toString();
    QVERIFY2(last.startsWith("FAILED 20"_L1) || last.startsWith("DRIVER_ERROR 20"_L1), qPrintable(last));
    const Mcp::ToolResult none = bench->call(u"list_jobs"_s, {{u"name"_s, u"no such job"_s}});
    QVERIFY(!none.isError());
    QCOMPARE(none.structuredContent().value("total"_L1).toInteger(), 0);
    bench->fault({{u"path"_s, u"/api/2.2/jobs/list"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_jobs"_s).isError());
}

void TestJobTools::getShowsTasksAndParameters()
{
    const QString id = jobId(u"ingest_orders"_s);
    const Mcp::ToolResult result = bench->call(u"get_job"_s, {{u"job_id"_s, id}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.2/jobs/get?job_id=576952145895090"_s});
    const QJsonObject gold = taskRow(result, u"gold_orders"_s);
    QCOMPARE(at(gold, "kind"_L1), u"notebook"_s);
    QCOMPARE(at(gold, "runs"_L1), u"/Workspace/Production/orders/gold_orders"_s);
    QCOMPARE(at(gold, "depends_on"_L1), u"silver_orders"_s);
    QCOMPARE(at(gold, "compute"_L1), u"cluster 0215-170647-knuh1hwl"_s);
    QCOMPARE(result.structuredContent().value("parameters"_L1).toArray().size(), 2);
    QVERIFY(result.text().contains("full_reload | false"_L1));
    QVERIFY(result.text().contains("every day at 02:00"_L1));
}

void TestJobTools::getReadsEveryPageOfTasks()
{
    const QString id = jobId(u"partition_fan_out"_s);
    const Mcp::ToolResult result = bench->call(u"get_job"_s, {{u"job_id"_s, id}});
    QCOMPARE(result.structuredContent().value("task_count"_L1).toInteger(), 121);
    const qsizetype shown = result.structuredContent().value("tasks"_L1).toArray().size();
    QVERIFY2(shown < 121 && result.text().contains(u"first_task %1"_s.arg(shown)),
             qPrintable(result.text().right(200)));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 2);
    QVERIFY(requests.last().contains("page_token="_L1));
    const Mcp::ToolResult rest = bench->call(u"get_job"_s, {{u"job_id"_s, id}, {u"first_task"_s, 120}});
    QCOMPARE(rest.structuredContent().value("tasks"_L1).toArray().size(), 1);
    QVERIFY2(rest.text().contains("tasks 120 to 120 of 121 are shown"_L1), qPrintable(rest.text()));
}

void TestJobTools::listRunsFilters()
{
    const Mcp::ToolResult active = bench->call(u"list_runs"_s, {{u"active_only"_s, true}});
    QVERIFY2(!active.isError(), qPrintable(active.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.2/jobs/runs/list?limit=24&active_only=true"_s});
    QCOMPARE(active.structuredContent().value("total"_L1).toInteger(), 1);
    QCOMPARE(at(active.structuredContent().value("runs"_L1).toArray().first().toObject(), "run_name"_L1),
             u"clickstream_sessions"_s);

    const Mcp::ToolResult both = bench->call(u"list_runs"_s, {{u"active_only"_s, true}, {u"completed_only"_s, true}});
    QVERIFY(both.isError());
    QCOMPARE(bench->requests(), QStringList());

    const Mcp::ToolResult failed = bench->call(u"list_runs"_s, {{u"failed_only"_s, true}, {u"limit"_s, 200}});
    const QJsonArray rows = failed.structuredContent().value("runs"_L1).toArray();
    QVERIFY(rows.size() >= 6);
    for (const QJsonValue run : rows)
        QVERIFY(run["result"_L1].toString() != "SUCCESS"_L1);
    bench->requests();

    bench->call(u"list_runs"_s,
                {{u"start_time_from"_s, u"2026-01-01T00:00:00Z"_s}, {u"run_type"_s, u"JOB_RUN"_s}, {u"limit"_s, 1}});
    QCOMPARE(bench->requests().first(),
             u"GET /api/2.2/jobs/runs/list?limit=24&run_type=JOB_RUN&start_time_from=1767225600000"_s);
    const Mcp::ToolResult noTime = bench->call(u"list_runs"_s, {{u"start_time_from"_s, u"soon"_s}});
    QVERIFY2(noTime.text().contains("start_time_from"_L1), qPrintable(noTime.text()));
}

void TestJobTools::listRunsPages()
{
    QSet<QString> ids;
    qsizetype rows = 0;
    QString last;
    QJsonObject arguments;
    do {
        const Mcp::ToolResult result = bench->call(u"list_runs"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        for (const QJsonValue run : result.structuredContent().value("runs"_L1).toArray()) {
            ids.insert(run["run_id"_L1].toString());
            ++rows;
        }
        last = result.text();
        arguments.insert("page_token"_L1, result.structuredContent().value("next_page_token"_L1));
    } while (!arguments.value("page_token"_L1).isUndefined());
    QVERIFY(rows > 96);
    QCOMPARE(ids.size(), rows);
    // Nobody counted so far at first; at the end it is known, and which ones these are.
    const QString end =
        u"Found %1 runs, newest first, %2 to %1 of them here:"_s.arg(rows).arg((rows - 1) / 24 * 24 + 1);
    QVERIFY2(last.startsWith(end), qPrintable(last.left(120)));
}

void TestJobTools::getRunReadsEitherState()
{
    const QString legacy = latestRun(u"legacy_nightly_load"_s);
    const Mcp::ToolResult old = bench->call(u"get_run"_s, {{u"run_id"_s, legacy}});
    QCOMPARE(bench->requests(),
             QStringList{u"GET /api/2.2/jobs/runs/get?run_id=%1&include_history=true"_s.arg(legacy)});
    QCOMPARE(at(old.structuredContent(), "state"_L1), u"TERMINATED"_s);
    QCOMPARE(at(old.structuredContent(), "result"_L1), u"SUCCESS"_s);

    const Mcp::ToolResult run = bench->call(u"get_run"_s, {{u"run_id"_s, latestRun(u"customer_scoring"_s)}});
    QCOMPARE(at(run.structuredContent(), "state"_L1), u"TERMINATED"_s);
    QCOMPARE(at(run.structuredContent(), "result"_L1), u"RUN_EXECUTION_ERROR"_s);
    QVERIFY(at(run.structuredContent(), "run_page_url"_L1).startsWith("https://"_L1));
    QVERIFY(!at(run.structuredContent(), "duration"_L1).isEmpty());
    QCOMPARE(at(taskRow(run, u"load_customers"_s), "result"_L1), u"SUCCESS"_s);
    QCOMPARE(at(taskRow(run, u"score_customers"_s), "result"_L1), u"RUN_EXECUTION_ERROR"_s);
    QCOMPARE(at(taskRow(run, u"notify_crm"_s), "result"_L1), u"SKIPPED"_s);
    QVERIFY(taskRow(run, u"notify_crm"_s).contains("run_id"_L1));
    QVERIFY2(run.text().contains("diagnose_job_run"_L1), qPrintable(run.text()));
}

void TestJobTools::runGoesOnToItsEnd()
{
    const QString id = jobId(u"ingest_orders"_s);
    const Mcp::ToolResult started =
        bench->call(u"run_job"_s, {{u"job_id"_s, id}, {u"job_parameters"_s, QJsonObject{{u"full_reload"_s, true}}}});
    QVERIFY2(!started.isError(), qPrintable(started.text()));
    const QString run = at(started.structuredContent(), "run_id"_L1);
    QCOMPARE(at(started.structuredContent(), "state"_L1), u"QUEUED"_s);
    // The job is read for the names of its parameters.
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests.first(), u"GET /api/2.2/jobs/get?job_id=576952145895090"_s);
    const QRegularExpression post(
        u"^POST /api/2\\.2/jobs/run-now \\{.idempotency_token.:.[0-9a-f-]{36}.,.job_id.:576952145895090,"
        ".job_parameters.:\\{.full_reload.:.true.\\}\\}$"_s);
    QVERIFY2(post.match(requests.at(1)).hasMatch(), qPrintable(requests.at(1)));
    QVERIFY(started.text().contains("get_run"_L1));
    QCOMPARE(bench->log().latest(1).first().target, u"ingest_orders"_s);
    QTRY_COMPARE(stateOf(run), u"RUNNING"_s);
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult over = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QCOMPARE(at(over.structuredContent(), "result"_L1), u"SUCCESS"_s);
}

void TestJobTools::runIsAskedForOnce()
{
    const QString id = jobId(u"hello_notebook"_s);
    bench->fault({{u"path"_s, u"/api/2.2/jobs/run-now"_s}, {u"fault"_s, u"reset"_s}});
    const Mcp::ToolResult lost = bench->call(u"run_job"_s, {{u"job_id"_s, id}});
    QVERIFY(lost.isError());
    QCOMPARE(bench->requests().filter(u"run-now"_s).size(), 1);
    QCOMPARE(bench->call(u"list_runs"_s, {{u"active_only"_s, true}, {u"job_id"_s, id}})
                 .structuredContent()
                 .value("total"_L1)
                 .toInteger(),
             0);
}

void TestJobTools::runWaitsWithProgress()
{
    const Mcp::ToolResult over =
        bench->call(u"run_job"_s, {{u"job_id"_s, jobId(u"hello_notebook"_s)}, {u"wait"_s, true}});
    QVERIFY2(!over.isError(), qPrintable(over.text()));
    QCOMPARE(at(over.structuredContent(), "result"_L1), u"SUCCESS"_s);
    QVERIFY2(over.text().contains("TERMINATED: SUCCESS"_L1), qPrintable(over.text()));
    QCOMPARE(bench->progress, QStringList{u"QUEUED, 0 of 1 tasks over"_s});
}

void TestJobTools::runWhoseStateCannotBeReadIsStillNamed()
{
    const QString id = jobId(u"hello_notebook"_s);
    bench->fault({{u"path"_s, u"/api/2.2/jobs/runs/get"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult started = bench->call(u"run_job"_s, {{u"job_id"_s, id}});
    QVERIFY2(!started.isError(), qPrintable(started.text()));
    QVERIFY2(started.text().contains("Do not start it again"_L1), qPrintable(started.text()));
    const QString run = at(started.structuredContent(), "run_id"_L1);
    QVERIFY(!run.isEmpty() && started.text().contains(run));
}

void TestJobTools::outputOfASingleTask()
{
    const QString run = latestRun(u"hello_notebook"_s);
    const Mcp::ToolResult result = bench->call(u"get_run_output"_s, {{u"run_id"_s, run}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject hello = taskRow(result, u"hello"_s);
    QCOMPARE(at(hello, "notebook_result"_L1), u"Hello, world!"_s);
    QCOMPARE(bench->requests(),
             (QStringList{u"GET /api/2.2/jobs/runs/get?run_id=%1&include_history=true"_s.arg(run),
                          u"GET /api/2.2/jobs/runs/get-output?run_id=%1"_s.arg(at(hello, "run_id"_L1))}));
}

void TestJobTools::outputOfAFailedTaskIsFound()
{
    const Mcp::ToolResult result = bench->call(u"get_run_output"_s, {{u"run_id"_s, latestRun(u"customer_scoring"_s)}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("tasks"_L1).toArray().size(), 1);
    QVERIFY(at(taskRow(result, u"score_customers"_s), "error"_L1).startsWith("ZeroDivisionError"_L1));
    QVERIFY(result.text().contains("----> 4     return total / count"_L1));
}

void TestJobTools::outputOfManyTasksWantsAKey()
{
    const QString run = latestRun(u"quality_checks"_s);
    const Mcp::ToolResult result = bench->call(u"get_run_output"_s, {{u"run_id"_s, run}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("row_counts, freshness, report"_L1), qPrintable(result.text()));
    const Mcp::ToolResult wrong = bench->call(u"get_run_output"_s, {{u"run_id"_s, run}, {u"task_key"_s, u"nothing"_s}});
    QVERIFY(wrong.isError() && wrong.text().contains("freshness"_L1));
    const Mcp::ToolResult one = bench->call(u"get_run_output"_s, {{u"run_id"_s, run}, {u"task_key"_s, u"freshness"_s}});
    QCOMPARE(at(taskRow(one, u"freshness"_s), "notebook_result"_L1), u"OK"_s);
}

void TestJobTools::longLogsLoseTheirBeginningNotSilently()
{
    const QString run = latestRun(u"train_recommender"_s);
    const Mcp::ToolResult result = bench->call(u"get_run_output"_s, {{u"run_id"_s, run}});
    const QJsonObject task = taskRow(result, u"train_epochs"_s);
    const QString end = at(task, "logs"_L1);
    QVERIFY(end.contains("epoch 3000/3000"_L1));
    QVERIFY(end.size() < 48 * 1024);
    const QRegularExpressionMatch note =
        QRegularExpression(u"logs: bytes (\\d+) to (\\d+) of (\\d+) are shown"_s).match(at(task, "notes"_L1));
    QVERIFY2(note.hasMatch(), qPrintable(at(task, "notes"_L1)));
    QCOMPARE(note.captured(2).toInt() + 1, note.captured(3).toInt());

    // Read on as the note says: all of it, once.
    QString whole;
    while (whole.size() < note.captured(1).toInt()) {
        const Mcp::ToolResult part = bench->call(u"get_run_output"_s, {{u"run_id"_s, run},
                                                                       {u"task_key"_s, u"train_epochs"_s},
                                                                       {u"field"_s, u"logs"_s},
                                                                       {u"offset"_s, whole.size()}});
        QVERIFY2(!part.isError(), qPrintable(part.text()));
        const QString text = at(taskRow(part, u"train_epochs"_s), "logs"_L1);
        QVERIFY(!text.isEmpty());
        whole += text;
    }
    const int cut = note.captured(1).toInt();
    QVERIFY(end.startsWith(whole.mid(cut)));
    QVERIFY(whole.startsWith("epoch 1/3000"_L1));
}

void TestJobTools::outputOfATaskByItsOwnId()
{
    const Mcp::ToolResult run = bench->call(u"get_run"_s, {{u"run_id"_s, latestRun(u"customer_scoring"_s)}});
    const QString task = at(taskRow(run, u"score_customers"_s), "run_id"_L1);
    const Mcp::ToolResult result = bench->call(u"get_run_output"_s, {{u"run_id"_s, task}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(result.text().contains("ZeroDivisionError"_L1));
}

void TestJobTools::diagnosisTellsItAll()
{
    const QString run = latestRun(u"finance_close"_s);
    const Mcp::ToolResult result = bench->call(u"diagnose_job_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(at(facts, "result"_L1), u"DRIVER_ERROR"_s);
    QVERIFY(at(taskRow(result, u"close_month"_s, "failed_tasks"_L1), "error"_L1).contains("spark driver"_L1));
    QCOMPARE(facts.value("held_back_tasks"_L1).toArray(), QJsonArray{u"publish_report"_s});
    const QJsonObject cluster = facts.value("clusters"_L1).toArray().first().toObject();
    QCOMPARE(at(cluster, "cluster_id"_L1), u"0408-065947-7wggsh3m"_s);
    QVERIFY(!cluster.value("events"_L1).toArray().isEmpty());
    QVERIFY2(result.text().contains("DRIVER_UNRESPONSIVE"_L1), qPrintable(result.text()));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 3);
    QVERIFY(requests.at(1).startsWith("GET /api/2.2/jobs/runs/get-output?run_id="_L1));
    // Only what happened while the run was under way.
    static const QRegularExpression events(
        u"^POST /api/2.1/clusters/events {\"cluster_id\":\"0408-065947-7wggsh3m\",\"end_time\":\\d{13},"
        u"\"order\":\"DESC\",\"page_size\":8,\"start_time\":\\d{13}}$"_s);
    QVERIFY2(events.match(requests.at(2)).hasMatch(), qPrintable(requests.at(2)));
}

void TestJobTools::diagnosisSurvivesAMissingPart()
{
    const QString run = latestRun(u"finance_close"_s);
    bench->fault({{u"path"_s, u"/api/2.1/clusters/events"_s}, {u"fault"_s, u"forbidden"_s}});
    bench->fault({{u"path"_s, u"/api/2.2/jobs/runs/get-output"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(u"diagnose_job_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().contains("Its output could not be read"_L1), qPrintable(result.text()));
    QVERIFY(result.text().contains("Its events could not be read"_L1));
    QVERIFY(result.text().contains("DRIVER_ERROR"_L1));
}

void TestJobTools::diagnosisOfARunThatDidNotFail()
{
    const Mcp::ToolResult result = bench->call(u"diagnose_job_run"_s, {{u"run_id"_s, latestRun(u"gold_marts"_s)}});
    QVERIFY2(result.text().contains("did not fail"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests().size(), 1);
}

void TestJobTools::cancelEndsARun()
{
    const QString run = start(u"ingest_orders"_s);
    bench->requests();
    const Mcp::ToolResult result = bench->call(u"cancel_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s),
             QStringList{u"POST /api/2.2/jobs/runs/cancel {\"run_id\":%1}"_s.arg(run)});
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult over = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QCOMPARE(at(over.structuredContent(), "result"_L1), u"USER_CANCELED"_s);
    bench->requests();
    const Mcp::ToolResult again = bench->call(u"cancel_run"_s, {{u"run_id"_s, run}});
    QVERIFY(!again.isError() && again.text().contains("over already"_L1));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList());
}

void TestJobTools::createdJobCanBeChangedRunAndDeleted()
{
    const QJsonObject notebook{{u"notebook_path"_s, u"/Workspace/Production/demo/hello"_s}};
    const QJsonObject task{{u"task_key"_s, u"only"_s}, {u"notebook_task"_s, notebook}};
    const QJsonObject wish{{u"name"_s, u"nightly hello"_s},
                           {u"tasks"_s, QJsonArray{task}},
                           {u"schedule_cron"_s, u"0 30 2 * * ?"_s},
                           {u"parameters"_s, QJsonObject{{u"name"_s, u"Ada"_s}}},
                           {u"settings"_s, QJsonObject{{u"max_concurrent_runs"_s, 3}}}};
    const Mcp::ToolResult created = bench->call(u"create_job"_s, wish);
    QVERIFY2(!created.isError(), qPrintable(created.text()));
    QCOMPARE(bench->requests(),
             QStringList{u"POST /api/2.2/jobs/create {\"max_concurrent_runs\":3,\"name\":\"nightly hello\","
                         "\"parameters\":[{\"default\":\"Ada\",\"name\":\"name\"}],"
                         "\"schedule\":{\"pause_status\":\"UNPAUSED\",\"quartz_cron_expression\":\"0 30 2 * * ?\","
                         "\"timezone_id\":\"UTC\"},\"tasks\":[{\"notebook_task\":{\"notebook_path\":"
                         "\"/Workspace/Production/demo/hello\"},\"task_key\":\"only\"}]}"_s});
    const QString id = at(created.structuredContent(), "job_id"_L1);

    const Mcp::ToolResult changed = bench->call(
        u"update_job"_s,
        {{u"job_id"_s, id}, {u"name"_s, u"hello no more"_s}, {u"fields_to_remove"_s, QJsonArray{u"schedule"_s}}});
    QVERIFY2(!changed.isError(), qPrintable(changed.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s),
             QStringList{u"POST /api/2.2/jobs/update {\"fields_to_remove\":[\"schedule\"],\"job_id\":%1,"
                         "\"new_settings\":{\"name\":\"hello no more\"}}"_s.arg(id)});
    const Mcp::ToolResult job = bench->call(u"get_job"_s, {{u"job_id"_s, id}});
    QCOMPARE(at(job.structuredContent(), "name"_L1), u"hello no more"_s);
    QVERIFY(!job.structuredContent().contains("schedule"_L1));
    const QJsonObject misspelt{{u"job_id"_s, id}, {u"settings"_s, QJsonObject{{u"max_concurrent_run"_s, 3}}}};
    const Mcp::ToolResult refused = bench->call(u"update_job"_s, misspelt);
    QVERIFY2(refused.isError() && refused.text().contains("max_concurrent_runs"_L1), qPrintable(refused.text()));
    const Mcp::ToolResult same = bench->call(
        u"update_job"_s,
        {{u"job_id"_s, id}, {u"name"_s, u"hello no more"_s}, {u"fields_to_remove"_s, QJsonArray{u"schedule"_s}}});
    QVERIFY2(same.text().contains("As before: name."_L1) && same.text().contains("The job had no schedule."_L1),
             qPrintable(same.text()));
    const Mcp::ToolResult nothing = bench->call(u"update_job"_s, {{u"job_id"_s, id}});
    QVERIFY(nothing.isError());
    bench->requests();

    const Mcp::ToolResult deleted = bench->call(u"delete_job"_s, {{u"job_id"_s, id}});
    QVERIFY2(!deleted.isError(), qPrintable(deleted.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList{u"POST /api/2.2/jobs/delete {\"job_id\":%1}"_s.arg(id)});
    QVERIFY(bench->call(u"get_job"_s, {{u"job_id"_s, id}}).isError());
}

void TestJobTools::badTasksGetTheWordsOfTheApi()
{
    const QJsonObject before{{u"task_key"_s, u"nobody"_s}};
    const QJsonObject task{{u"task_key"_s, u"only"_s}, {u"depends_on"_s, QJsonArray{before}}};
    const Mcp::ToolResult result = bench->call(u"create_job"_s, {{u"name"_s, u"x"_s}, {u"tasks"_s, QJsonArray{task}}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("unknown task 'nobody'"_L1), qPrintable(result.text()));
    const Mcp::ToolResult zone = bench->call(
        u"create_job"_s, {{u"name"_s, u"x"_s}, {u"tasks"_s, QJsonArray{task}}, {u"schedule_paused"_s, true}});
    QVERIFY2(zone.text().contains("schedule_cron"_L1), qPrintable(zone.text()));
}

void TestJobTools::repairRunsWhatFailed()
{
    const QString run = start(u"vendor_price_feed"_s);
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult failed = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QCOMPARE(at(taskRow(failed, u"download_feed"_s), "result"_L1), u"RUN_EXECUTION_ERROR"_s);
    bench->requests();
    const Mcp::ToolResult repaired = bench->call(u"repair_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(!repaired.isError(), qPrintable(repaired.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s),
             QStringList{u"POST /api/2.2/jobs/runs/repair {\"rerun_all_failed_tasks\":true,\"run_id\":%1}"_s.arg(run)});
    const QString repair = at(repaired.structuredContent(), "repair_id"_L1);
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult now = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QCOMPARE(at(now.structuredContent(), "result"_L1), u"SUCCESS"_s);
    QCOMPARE(at(now.structuredContent(), "latest_repair_id"_L1), repair);
    const QJsonArray repairs = now.structuredContent().value("repairs"_L1).toArray();
    QCOMPARE(repairs.size(), 2);
    QCOMPARE(at(repairs[0].toObject(), "type"_L1), u"ORIGINAL"_s);
    QCOMPARE(at(repairs[0].toObject(), "result"_L1), u"RUN_EXECUTION_ERROR"_s);
    QCOMPARE(at(repairs[1].toObject(), "repair_id"_L1), repair);
    QCOMPARE(at(repairs[1].toObject(), "result"_L1), u"SUCCESS"_s);
    QCOMPARE(at(repairs[1].toObject(), "tasks"_L1), u"download_feed, load_prices"_s);
    QVERIFY2(now.text().contains("download_feed, load_prices"_L1), qPrintable(now.text()));

    bench->requests();
    const Mcp::ToolResult again =
        bench->call(u"repair_run"_s, {{u"run_id"_s, run}, {u"rerun_tasks"_s, QJsonArray{u"load_prices"_s}}});
    QVERIFY2(!again.isError(), qPrintable(again.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s),
             QStringList{u"POST /api/2.2/jobs/runs/repair {\"latest_repair_id\":%1,\"rerun_tasks\":[\"load_prices\"],"
                         "\"run_id\":%2}"_s.arg(repair, run)});
}

void TestJobTools::whyARepairedRunFailedBeforeIsTold()
{
    const QString run = start(u"vendor_price_feed"_s);
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult failed = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    const QString attempt = at(taskRow(failed, u"download_feed"_s), "run_id"_L1);
    bench->call(u"repair_run"_s, {{u"run_id"_s, run}});
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);

    const Mcp::ToolResult now = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    const QJsonObject original = now.structuredContent().value("repairs"_L1)[0].toObject();
    QVERIFY2(at(original, "tasks"_L1).contains("replaced since: "_L1 + attempt), qPrintable(at(original, "tasks"_L1)));
    QVERIFY2(now.text().contains("diagnose_job_run to see why the attempts failed"_L1), qPrintable(now.text()));

    const Mcp::ToolResult why = bench->call(u"diagnose_job_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(why.text().contains("did not fail"_L1), qPrintable(why.text()));
    const QJsonArray attempts = why.structuredContent().value("failed_attempts"_L1).toArray();
    QCOMPARE(attempts.size(), 1);
    QCOMPARE(at(attempts[0].toObject(), "run_id"_L1), attempt);
    QVERIFY2(at(attempts[0].toObject(), "error"_L1).size() > 10, qPrintable(why.text()));
    QVERIFY2(why.text().contains("Failed before it was repaired:\ntask_key: download_feed"_L1), qPrintable(why.text()));

    bench->fault({{u"path"_s, u"/api/2.2/jobs/runs/get-output"_s}, {u"fault"_s, u"forbidden"_s}, {u"times"_s, 9}});
    const Mcp::ToolResult part = bench->call(u"diagnose_job_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(!part.isError() && part.text().contains("could not be read"_L1), qPrintable(part.text()));
    bench->control("DELETE", u"/sample/faults"_s);
}

void TestJobTools::aRepairTellsWhatRanAgain()
{
    const QString run = start(u"vendor_price_feed"_s);
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult both = bench->call(
        u"repair_run"_s,
        {{u"run_id"_s, run}, {u"rerun_tasks"_s, QJsonArray{u"download_feed"_s}}, {u"rerun_dependent_tasks"_s, true}});
    const QString again = at(both.structuredContent(), "tasks_run_again"_L1);
    QVERIFY2(again.startsWith("download_feed: "_L1) && again.contains(", load_prices: "_L1), qPrintable(again));

    // By choice: nothing had failed, and nobody is sent to look for it.
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    bench->call(
        u"repair_run"_s,
        {{u"run_id"_s, latestRun(u"hello_notebook"_s)}, {u"rerun_tasks"_s, QJsonArray{u"hello"_s}}, {u"wait"_s, true}});
    const Mcp::ToolResult chosen = bench->call(u"get_run"_s, {{u"run_id"_s, latestRun(u"hello_notebook"_s)}});
    QVERIFY2(!chosen.text().contains("diagnose_job_run"_L1), qPrintable(chosen.text()));

    const QString failed = latestRun(u"customer_scoring"_s);
    const Mcp::ToolResult held =
        bench->call(u"repair_run"_s,
                    {{u"run_id"_s, failed}, {u"rerun_tasks"_s, QJsonArray{u"publish_scores"_s}}, {u"wait"_s, true}});
    QVERIFY(!held.structuredContent().contains("tasks_run_again"_L1));
    QCOMPARE(at(held.structuredContent(), "held_back_again"_L1), u"publish_scores"_s);
}

void TestJobTools::conditionsDecideWhatRuns()
{
    const QJsonObject notebook{{u"notebook_path"_s, u"/Workspace/Production/demo/hello"_s}};
    const QJsonObject condition{
        {u"op"_s, u"EQUAL_TO"_s}, {u"left"_s, u"{{job.parameters.mode}}"_s}, {u"right"_s, u"full"_s}};
    const auto after = [&notebook](const QString &key, const QString &outcome, const QString &runIf) {
        QJsonObject before{{u"task_key"_s, u"check"_s}};
        if (!outcome.isEmpty())
            before.insert(u"outcome"_s, outcome);
        return QJsonObject{{u"task_key"_s, key},
                           {u"notebook_task"_s, notebook},
                           {u"run_if"_s, runIf},
                           {u"depends_on"_s, QJsonArray{before}}};
    };
    const QJsonArray tasks{QJsonObject{{u"task_key"_s, u"check"_s}, {u"condition_task"_s, condition}},
                           after(u"full_load"_s, u"true"_s, u"ALL_SUCCESS"_s),
                           after(u"delta_load"_s, u"false"_s, u"ALL_SUCCESS"_s),
                           after(u"cleanup"_s, {}, u"ALL_DONE"_s)};
    const Mcp::ToolResult created = bench->call(
        u"create_job"_s,
        {{u"name"_s, u"branches"_s}, {u"tasks"_s, tasks}, {u"parameters"_s, QJsonObject{{u"mode"_s, u"delta"_s}}}});
    const Mcp::ToolResult started =
        bench->call(u"run_job"_s, {{u"job_id"_s, created.structuredContent().value("job_id"_L1)}, {u"wait"_s, true}});
    const Mcp::ToolResult run =
        bench->call(u"get_run"_s, {{u"run_id"_s, started.structuredContent().value("run_id"_L1)}});
    QCOMPARE(at(run.structuredContent(), "result"_L1), u"SUCCESS"_s);
    QCOMPARE(at(taskRow(run, u"check"_s), "detail"_L1), u"delta EQUAL_TO full is false"_s);
    QCOMPARE(at(taskRow(run, u"full_load"_s), "result"_L1), u"SKIPPED"_s);
    QCOMPARE(at(taskRow(run, u"delta_load"_s), "result"_L1), u"SUCCESS"_s);
    QCOMPARE(at(taskRow(run, u"cleanup"_s), "result"_L1), u"SUCCESS"_s);
    QVERIFY2(at(taskRow(run, u"cleanup"_s), "depends_on"_L1).contains("run_if ALL_DONE"_L1), qPrintable(run.text()));
    QVERIFY(at(taskRow(run, u"cleanup"_s), "start_time"_L1).endsWith(" UTC"_L1));
    QVERIFY2(run.text().contains("| started |"_L1), qPrintable(run.text()));
}

void TestJobTools::whatTheJobDoesNotHaveIsNotRun_data()
{
    QTest::addColumn<QString>("job");
    QTest::addColumn<QJsonObject>("more");
    QTest::addColumn<QString>("words");
    QTest::newRow("a task")
        << u"customer_scoring"_s << QJsonObject{{u"only"_s, QJsonArray{u"score"_s}}}
        << u"has no task \"score\". Its tasks: load_customers, score_customers, publish_scores, notify_crm."_s;
    QTest::newRow("a parameter") << u"ingest_orders"_s
                                 << QJsonObject{{u"job_parameters"_s, QJsonObject{{u"fullreload"_s, u"true"_s}}}}
                                 << u"has no parameter \"fullreload\". Its parameters: "_s;
    QTest::newRow("any parameter") << u"gold_marts"_s
                                   << QJsonObject{{u"job_parameters"_s, QJsonObject{{u"day"_s, u"1"_s}}}}
                                   << u"has no parameters of its own"_s;
    QTest::newRow("parameters of tasks") << u"ingest_orders"_s
                                         << QJsonObject{{u"notebook_params"_s, QJsonObject{{u"day"_s, u"1"_s}}}}
                                         << u"give job_parameters"_s;
}

void TestJobTools::whatTheJobDoesNotHaveIsNotRun()
{
    QFETCH(QString, job);
    QFETCH(QJsonObject, more);
    QFETCH(QString, words);
    more.insert(u"job_id"_s, jobId(job));
    const Mcp::ToolResult refused = bench->call(u"run_job"_s, more);
    QVERIFY2(refused.isError() && refused.text().contains(words), qPrintable(refused.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList());
}

void TestJobTools::aRunThatWasCancelledNeedsNoDiagnosis()
{
    const QString run = start(u"ingest_orders"_s);
    bench->call(u"cancel_run"_s, {{u"run_id"_s, run}});
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult over = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(!over.text().contains("diagnose_job_run"_L1), qPrintable(over.text()));
    const Mcp::ToolResult why = bench->call(u"diagnose_job_run"_s, {{u"run_id"_s, run}});
    QVERIFY2(why.text().contains("was cancelled"_L1), qPrintable(why.text()));
}

void TestJobTools::repairOfASuccessIsRefused()
{
    const Mcp::ToolResult result = bench->call(u"repair_run"_s, {{u"run_id"_s, latestRun(u"gold_marts"_s)}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("no failed tasks"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList());
}

void TestJobTools::notebookRunsOnTheClusterThatIsMeant()
{
    const QString path = u"/Workspace/Production/demo/hello"_s;
    const QString task = u"\"notebook_task\":{%1\"notebook_path\":\"%2\"},\"task_key\":\"notebook\""_s;
    const auto tasksSent = [this] {
        const QString post = bench->requests().filter(u"runs/submit"_s).join(u'\n');
        return post.mid(post.indexOf("\"tasks\""_L1));
    };
    const Mcp::ToolResult serverless =
        bench->call(u"run_notebook"_s, {{u"notebook_path"_s, path},
                                        {u"base_parameters"_s, QJsonObject{{u"name"_s, u"Bo"_s}, {u"n"_s, 3}}}});
    QVERIFY2(!serverless.isError(), qPrintable(serverless.text()));
    QCOMPARE(tasksSent(),
             u"\"tasks\":[{%1}]}"_s.arg(task.arg(u"\"base_parameters\":{\"n\":\"3\",\"name\":\"Bo\"},"_s, path)));
    QCOMPARE(at(serverless.structuredContent(), "compute"_L1), u"serverless compute"_s);
    const QString run = at(serverless.structuredContent(), "run_id"_L1);
    QTRY_COMPARE(stateOf(run), u"TERMINATED"_s);
    const Mcp::ToolResult output = bench->call(u"get_run_output"_s, {{u"run_id"_s, run}});
    QCOMPARE(at(taskRow(output, u"notebook"_s), "notebook_result"_L1), u"Hello, Bo!"_s);

    bench->defaultClusterId = Running;
    bench->reset();
    bench->call(u"run_notebook"_s, {{u"notebook_path"_s, path}});
    QCOMPARE(tasksSent(),
             u"\"tasks\":[{\"existing_cluster_id\":\"%1\",%2}]}"_s.arg(Running, task.arg(QString(), path)));
    bench->call(u"run_notebook"_s, {{u"notebook_path"_s, path}, {u"serverless"_s, true}});
    QCOMPARE(tasksSent(), u"\"tasks\":[{%1}]}"_s.arg(task.arg(QString(), path)));
    const Mcp::ToolResult both = bench->call(
        u"run_notebook"_s, {{u"notebook_path"_s, path}, {u"serverless"_s, true}, {u"cluster_id"_s, Running}});
    QVERIFY(both.isError());
    bench->fault({{u"path"_s, u"/api/2.2/jobs/runs/submit"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"run_notebook"_s, {{u"notebook_path"_s, path}}).isError());
}

void TestJobTools::idsKeepAllTheirDigits()
{
    const QString run = latestRun(u"legacy_nightly_load"_s);
    QVERIFY(run.toLongLong() > (qint64(1) << 53));
    QVERIFY(QString::number(qint64(run.toDouble())) != run);
    const Mcp::ToolResult result = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QCOMPARE(at(result.structuredContent(), "run_id"_L1), run);
}

void TestJobTools::unknownIdsGetTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("thing");
    for (const auto tool : {"get_job", "run_job", "update_job", "delete_job"})
        QTest::newRow(tool) << QString::fromLatin1(tool) << u"Job"_s;
    for (const auto tool : {"get_run", "get_run_output", "diagnose_job_run", "cancel_run", "repair_run"})
        QTest::newRow(tool) << QString::fromLatin1(tool) << u"Run"_s;
}

void TestJobTools::unknownIdsGetTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    QFETCH(QString, thing);
    QJsonObject arguments{{thing == "Job"_L1 ? u"job_id"_s : u"run_id"_s, NoSuchId}};
    if (tool == "update_job"_L1)
        arguments.insert("name"_L1, u"x"_s);
    const Mcp::ToolResult result = bench->call(tool, arguments);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains(u"%1 %2 does not exist"_s.arg(thing, NoSuchId)), qPrintable(result.text()));
    QVERIFY(result.structuredContent().isEmpty());
}

void TestJobTools::textIsNoId()
{
    const Mcp::ToolResult result = bench->call(u"get_run"_s, {{u"run_id"_s, u"the last one"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("run_id must be a number"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestJobTools::aScheduleKeepsWhatIsNotNamed()
{
    const QString legacy = jobId(u"legacy_nightly_load"_s);
    const auto sent = [this] { return bench->requests().filter(u"POST"_s).join(u'\n'); };
    Mcp::ToolResult changed =
        bench->call(u"update_job"_s, {{u"job_id"_s, legacy}, {u"schedule_cron"_s, u"0 30 2 * * ?"_s}});
    QVERIFY2(!changed.isError(), qPrintable(changed.text()));
    QCOMPARE(sent(), u"POST /api/2.2/jobs/update {\"job_id\":%1,\"new_settings\":{\"schedule\":{\"pause_status\":"
                     "\"PAUSED\",\"quartz_cron_expression\":\"0 30 2 * * ?\",\"timezone_id\":\"UTC\"}}}"_s.arg(legacy));
    QVERIFY2(
        changed.text().contains(u"before every day at 01:10 (UTC), paused → now every day at 02:30 (UTC), paused"_s),
        qPrintable(changed.text()));
    QVERIFY2(!changed.text().contains("not paused"_L1), qPrintable(changed.text()));

    changed = bench->call(u"update_job"_s, {{u"job_id"_s, legacy}, {u"schedule_timezone"_s, u"Asia/Tokyo"_s}});
    QVERIFY2(changed.text().contains("now every day at 02:30 (Asia/Tokyo), paused"_L1), qPrintable(changed.text()));
    changed = bench->call(u"update_job"_s, {{u"job_id"_s, legacy}, {u"schedule_paused"_s, false}});
    QVERIFY2(changed.text().contains("no longer paused"_L1), qPrintable(changed.text()));
    QVERIFY2(changed.text().contains(QRegularExpression(
                 u"next \\d{4}-\\d\\d-\\d\\d 17:30 UTC \\(\\d{4}-\\d\\d-\\d\\d 02:30 Asia/Tokyo\\), not paused"_s)),
             qPrintable(changed.text()));
    changed = bench->call(u"update_job"_s, {{u"job_id"_s, legacy}, {u"name"_s, u"legacy"_s}});
    QVERIFY2(!changed.text().contains("before"_L1) && changed.text().contains("It runs every day at 02:30"_L1),
             qPrintable(changed.text()));
    sent();

    for (const QJsonObject &only :
         {QJsonObject{{u"schedule_timezone"_s, u"Asia/Tokyo"_s}}, QJsonObject{{u"schedule_paused"_s, true}}}) {
        QJsonObject arguments = only;
        arguments.insert("job_id"_L1, jobId(u"hello_notebook"_s));
        const Mcp::ToolResult none = bench->call(u"update_job"_s, arguments);
        QVERIFY2(none.isError() && none.text().contains("give schedule_cron as well"_L1), qPrintable(none.text()));
        QCOMPARE(sent(), QString());
    }
}

void TestJobTools::aTriggerIsPausedLikeASchedule()
{
    const QString eta = jobId(u"supply_chain_eta"_s);
    const Mcp::ToolResult paused = bench->call(u"update_job"_s, {{u"job_id"_s, eta}, {u"schedule_paused"_s, true}});
    QVERIFY2(paused.text().contains(u"before every 2 hours → now every 2 hours, paused. It is paused now"_s),
             qPrintable(paused.text()));
    QVERIFY2(bench->requests().filter(u"POST"_s).first().contains(
                 "{\"trigger\":{\"pause_status\":\"PAUSED\",\"periodic\":{"_L1),
             "the trigger stays what it is");
}

void TestJobTools::aSecondStarterIsRefused()
{
    const QString sessions = jobId(u"clickstream_sessions"_s);
    QJsonObject wish{{u"job_id"_s, sessions}, {u"schedule_cron"_s, u"0 30 2 * * ?"_s}};
    const Mcp::ToolResult refused = bench->call(u"update_job"_s, wish);
    QVERIFY(refused.isError());
    QVERIFY2(refused.text().contains("this one has continuous (continuously)"_L1) &&
                 refused.text().contains("fields_to_remove [\"continuous\"]"_L1),
             qPrintable(refused.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList());

    wish.insert("fields_to_remove"_L1, QJsonArray{u"continuous"_s});
    const Mcp::ToolResult replaced = bench->call(u"update_job"_s, wish);
    QVERIFY2(replaced.text().contains(u"before continuously → now every day at 02:30 (UTC), next "_s),
             qPrintable(replaced.text()));
    const QJsonObject task{{u"task_key"_s, u"only"_s}};
    const Mcp::ToolResult both =
        bench->call(u"create_job"_s,
                    {{u"name"_s, u"both"_s},
                     {u"tasks"_s, QJsonArray{task}},
                     {u"schedule_cron"_s, u"0 30 2 * * ?"_s},
                     {u"settings"_s, QJsonObject{{u"continuous"_s, QJsonObject{{u"pause_status"_s, u"PAUSED"_s}}}}}});
    QVERIFY2(both.isError() && both.text().contains("only one of schedule"_L1), qPrintable(both.text()));
}

void TestJobTools::schedulesAreToldAsTheyAreTaken()
{
    const QString orders = jobId(u"ingest_orders"_s);
    const QJsonObject job = bench->call(u"get_job"_s, {{u"job_id"_s, orders}}).structuredContent();
    QCOMPARE(at(job, "schedule_cron"_L1), u"0 0 2 * * ?"_s);
    QCOMPARE(at(job, "schedule_timezone"_L1), u"UTC"_s);
    QVERIFY2(at(job, "next_run"_L1).endsWith(" 02:00 UTC"_L1), qPrintable(at(job, "next_run"_L1)));
    // Quartz counts the days from Sunday.
    const Mcp::ToolResult changed = bench->call(u"update_job"_s, {{u"job_id"_s, orders},
                                                                  {u"schedule_cron"_s, u"0 45 5 ? * 1-5"_s},
                                                                  {u"schedule_timezone"_s, u"Africa/Lagos"_s}});
    QVERIFY2(changed.text().contains("every SUN-THU at 05:45 (Africa/Lagos), next "_L1), qPrintable(changed.text()));
    QVERIFY2(changed.text().contains(" 04:45 UTC ("_L1), qPrintable(changed.text()));
}

void TestJobTools::whatTasksAreGivenIsShownAndNotLostSilently()
{
    const QJsonObject parameters{{u"day"_s, u"2026-11-01"_s}, {u"full"_s, u"true"_s}};
    QJsonObject notebook{{u"notebook_path"_s, u"/Workspace/Production/demo/hello"_s},
                         {u"base_parameters"_s, parameters}};
    QJsonObject load{
        {u"task_key"_s, u"load"_s}, {u"notebook_task"_s, notebook}, {u"max_retries"_s, 3}, {u"timeout_seconds"_s, 0}};
    const QJsonObject script{{u"python_file"_s, u"/Volumes/main/tools/scripts/upload_sftp.py"_s},
                             {u"parameters"_s, QJsonArray{u"--to"_s, u"partner"_s}}};
    const QJsonObject send{{u"task_key"_s, u"send"_s}, {u"spark_python_task"_s, script}};
    const Mcp::ToolResult created =
        bench->call(u"create_job"_s, {{u"name"_s, u"given"_s},
                                      {u"tasks"_s, QJsonArray{load, send}},
                                      {u"parameters"_s, QJsonObject{{u"region"_s, u"emea"_s}}},
                                      {u"settings"_s, QJsonObject{{u"queue"_s, QJsonObject{{u"enabled"_s, true}}}}}});
    const QString id = at(created.structuredContent(), "job_id"_L1);
    const Mcp::ToolResult job = bench->call(u"get_job"_s, {{u"job_id"_s, id}});
    QCOMPARE(at(taskRow(job, u"load"_s), "parameters"_L1), u"day=2026-11-01, full=true"_s);
    QCOMPARE(at(taskRow(job, u"load"_s), "settings"_L1), u"max_retries=3"_s);
    QCOMPARE(at(taskRow(job, u"send"_s), "parameters"_L1), u"--to, partner"_s);
    QCOMPARE(at(job.structuredContent(), "other_settings"_L1), u"{\"queue\":{\"enabled\":true}}"_s);
    for (const auto told : {"day=2026-11-01, full=true"_L1, "max_retries=3"_L1, "--to, partner"_L1, "\"queue\""_L1})
        QVERIFY2(job.text().contains(told), qPrintable(job.text()));

    notebook.remove("base_parameters"_L1);
    load.insert("notebook_task"_L1, notebook);
    load.remove("max_retries"_L1);
    const Mcp::ToolResult changed = bench->call(
        u"update_job"_s,
        {{u"job_id"_s, id}, {u"tasks"_s, QJsonArray{load}}, {u"parameters"_s, QJsonObject{{u"zone"_s, u"a"_s}}}});
    QVERIFY2(
        changed.text().contains("The new settings no longer have: parameter \"region\", max_retries of task \"load\", "
                                "notebook_task.base_parameters of task \"load\", task \"send\"."_L1),
        qPrintable(changed.text()));
}

void TestJobTools::runsTellWhatTheyWereGiven()
{
    const QString path = u"/Workspace/Production/demo/hello"_s;
    const Mcp::ToolResult started = bench->call(
        u"run_notebook"_s, {{u"notebook_path"_s, path}, {u"base_parameters"_s, QJsonObject{{u"name"_s, u"Bo"_s}}}});
    const QString run = at(started.structuredContent(), "run_id"_L1);
    const Mcp::ToolResult shown = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QCOMPARE(at(taskRow(shown, u"notebook"_s), "parameters"_L1), u"name=Bo"_s);
    QVERIFY2(shown.text().contains("name=Bo"_L1), qPrintable(shown.text()));
}

void TestJobTools::repairOfATaskThatIsNotThereIsRefused()
{
    const QString run = latestRun(u"customer_scoring"_s);
    const Mcp::ToolResult before = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    bench->requests();
    const Mcp::ToolResult refused =
        bench->call(u"repair_run"_s, {{u"run_id"_s, run}, {u"rerun_tasks"_s, QJsonArray{u"score"_s}}});
    QVERIFY(refused.isError());
    QVERIFY2(refused.text().contains("has no task score; it has load_customers, score_customers"_L1),
             qPrintable(refused.text()));
    QCOMPARE(bench->requests().filter(u"POST"_s), QStringList());
    const Mcp::ToolResult after = bench->call(u"get_run"_s, {{u"run_id"_s, run}});
    QCOMPARE(after.structuredContent(), before.structuredContent());
}

void TestJobTools::aDayEndsWithItsLastHour()
{
    const QString orders = jobId(u"iot_device_rollup"_s);
    const Mcp::ToolResult day = bench->call(
        u"list_runs"_s,
        {{u"job_id"_s, orders}, {u"start_time_from"_s, u"2026-11-27"_s}, {u"start_time_to"_s, u"2026-11-27"_s}});
    QVERIFY2(bench->requests().first().endsWith("start_time_from=1795737600000&start_time_to=1795823999999"_L1),
             "the whole day");
    QVERIFY2(day.text().contains("runs started 2026-11-27 00:00:00 UTC to 2026-11-27 23:59:59 UTC, newest first"_L1),
             qPrintable(day.text().left(200)));
    const Mcp::ToolResult today = bench->call(u"list_runs"_s, {{u"start_time_to"_s, u"today"_s}, {u"limit"_s, 1}});
    QVERIFY2(today.text().contains(" 23:59:59 UTC, newest first"_L1), qPrintable(today.text().left(200)));
    bench->requests();
    bench->call(u"list_runs"_s, {{u"start_time_to"_s, u"2026-11-27 08:00"_s}, {u"limit"_s, 1}});
    QVERIFY(bench->requests().first().endsWith("start_time_to=1795766400000"_L1));
}

void TestJobTools::aJobThatRunsNowSaysSo()
{
    const auto lastResult = [this](const QString &job) {
        const QJsonObject list = bench->call(u"list_jobs"_s, {{u"name"_s, job}}).structuredContent();
        return at(list.value("jobs"_L1)[0].toObject(), "last_result_utc"_L1);
    };
    QVERIFY2(lastResult(u"clickstream_sessions"_s).startsWith("RUNNING since 20"_L1),
             qPrintable(lastResult(u"clickstream_sessions"_s)));
    start(u"iot_device_rollup"_s);
    const QString rollup = lastResult(u"iot_device_rollup"_s);
    QVERIFY2(rollup.contains(" since 20"_L1) && rollup.contains(", before SUCCESS 20"_L1), qPrintable(rollup));
}

void TestJobTools::timeBetweenARunAndItsRepairIsNoWork()
{
    const QString job = jobId(u"vendor_price_feed"_s);
    const QJsonObject listed = bench->call(u"list_runs"_s, {{u"job_id"_s, job}, {u"limit"_s, 1}})
                                   .structuredContent()
                                   .value("runs"_L1)[0]
                                   .toObject();
    static const QRegularExpression form(u"^(.+) over (.+)$"_s);
    const QString words = at(listed, "duration"_L1);
    QVERIFY2(form.match(words).hasMatch(), qPrintable(words));
    const Mcp::ToolResult run = bench->call(u"get_run"_s, {{u"run_id"_s, at(listed, "run_id"_L1)}});
    QCOMPARE(at(run.structuredContent(), "duration"_L1), words + " with 1 repair"_L1);
}

void TestJobTools::outputThatIsThereIsNotAdvised()
{
    const Mcp::ToolResult over =
        bench->call(u"run_job"_s, {{u"job_id"_s, jobId(u"hello_notebook"_s)}, {u"wait"_s, true}});
    QVERIFY2(over.text().contains("Hello, world!"_L1), qPrintable(over.text()));
    QVERIFY2(!over.text().contains("Call get_run_output"_L1), qPrintable(over.text()));
    // Of several tasks nothing is shown.
    const Mcp::ToolResult many =
        bench->call(u"run_job"_s, {{u"job_id"_s, jobId(u"ingest_orders"_s)}, {u"wait"_s, true}});
    QVERIFY2(many.text().contains("Call get_run_output"_L1), qPrintable(many.text()));
}

void TestJobTools::timesOfAFreshRunAgree()
{
    const QString id = at(
        bench->call(u"run_job"_s, {{u"job_id"_s, jobId(u"hello_notebook"_s)}, {u"wait"_s, true}}).structuredContent(),
        "run_id"_L1);
    const Mcp::ToolResult read = bench->call(u"call_api"_s, {{u"method"_s, u"GET"_s},
                                                             {u"path"_s, u"/api/2.2/jobs/runs/get"_s},
                                                             {u"query"_s, QJsonObject{{u"run_id"_s, id}}}});
    const QJsonObject run = read.structuredContent().value("body"_L1).toObject();
    const auto number = [&run](QLatin1StringView key) { return run.value(key).toInteger(); };
    QVERIFY2(number("run_duration"_L1) > 0, qPrintable(read.text()));
    QCOMPARE(number("end_time"_L1) - number("start_time"_L1), number("run_duration"_L1));
    QCOMPARE(number("setup_duration"_L1) + number("execution_duration"_L1), number("run_duration"_L1));
}

void TestJobTools::frequentJobsHaveMoreBehindThem()
{
    const auto runsOf = [this](const QString &job, const QString &day) {
        QJsonObject arguments{{u"job_id"_s, jobId(job)}};
        for (const QString &end : day.isEmpty() ? QStringList() : QStringList{u"start_time_from"_s, u"start_time_to"_s})
            arguments.insert(end, day);
        return bench->call(u"list_runs"_s, arguments).structuredContent().value("total"_L1).toInteger();
    };
    const QString before = QDateTime::currentDateTimeUtc().addDays(-2).date().toString(Qt::ISODate);
    QCOMPARE(runsOf(u"ingest_orders"_s, {}), 10);
    QCOMPARE(runsOf(u"ingest_orders"_s, before), 1);
    QCOMPARE(runsOf(u"energy_meter_load"_s, before), 48);
    // The latest runs are of few jobs then; the answer says that it has not asked for all the others.
    const Mcp::ToolResult jobs = bench->call(u"list_jobs"_s);
    qsizetype known = 0;
    for (const QJsonValue job : jobs.structuredContent().value("jobs"_L1).toArray())
        known += job.toObject().contains("last_result_utc"_L1) ? 1 : 0;
    QVERIFY(known >= 24);
    QCOMPARE(jobs.text().contains("none in the newest"_L1), known < 40);
}

QTEST_GUILESS_MAIN(TestJobTools)
#include "tst_jobtools.moc"

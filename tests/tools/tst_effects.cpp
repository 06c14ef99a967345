#include "tools/toolbench.h"

#include "tools/host/catalogue.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Effect;
using Calls::Effects;

Q_DECLARE_METATYPE(Calls::Effects)

/// What a call does, by its arguments, and that in the mode Ask nothing happens before the answer.
class TestEffects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void followFromTheArguments_data();
    void followFromTheArguments();
    void askingChangesNothingBeforeTheAnswer_data();
    void askingChangesNothingBeforeTheAnswer();
    void otherArgumentsAreAnotherObject();
    void everyRowStaysWithinItsWorst();
    void itsOwnRunIsEndedUnasked();
    void aStoppedWarehouseIsNotStartedByReading();

private:
    std::unique_ptr<ToolBench> bench;
};

namespace {

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

const Tools::Tool &tool(const QString &name)
{
    return *Tools::findTool(name, Tools::resolveToolsets({u"all"_s}));
}

} // namespace

void TestEffects::followFromTheArguments_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<Effects>("effects");
    const auto row = [](const char *name, const char *arguments, Effects effects) {
        QTest::newRow(qPrintable(QString::fromLatin1(name) + u' ' + QString::fromLatin1(arguments)))
            << QString::fromLatin1(name) << object(arguments) << effects;
    };
    row("list_clusters", "{}", {});
    row("start_cluster", R"({"cluster_id":"1"})", Effect::Adds);
    row("start_warehouse", R"({"warehouse_id":"1"})", Effect::Adds);
    row("stop_cluster", R"({"cluster_id":"1"})", Effect::Destroys);
    row("restart_cluster", R"({"cluster_id":"1"})", Effect::Destroys);
    row("create_cluster", R"({"cluster_name":"x","spark_version":"15"})", Effect::Computes);
    row("edit_cluster", R"({"cluster_id":"1"})", Effect::Replaces | Effect::Destroys);
    row("install_cluster_libraries", R"({"cluster_id":"1"})", Effect::RunsCode);
    row("run_code", R"({"code":"1"})", Effect::RunsCode);
    row("run_notebook", R"({"notebook_path":"/x"})", Effect::RunsCode);
    row("run_job", R"({"job_id":"1"})", Effect::RunsCode);
    row("repair_run", R"({"run_id":"1"})", Effect::RunsCode);
    row("start_pipeline", R"({"pipeline_id":"1"})", Effect::RunsCode);
    row("start_pipeline", R"({"pipeline_id":"1","full_refresh":true})", Effect::RunsCode | Effect::Replaces);
    row("start_pipeline", R"({"pipeline_id":"1","full_refresh_selection":["a"]})", Effect::RunsCode | Effect::Replaces);
    row("create_job", R"({"name":"x","tasks":[]})", Effect::Adds);
    row("create_job", R"({"name":"x","tasks":[],"schedule_cron":"0 0 0 * * ?"})", Effect::Adds | Effect::RunsCode);
    row("create_job", R"({"name":"x","tasks":[],"schedule_cron":"0 0 0 * * ?","schedule_paused":true})", Effect::Adds);
    row("create_job", R"({"name":"x","tasks":[],"settings":{"continuous":{"pause_status":"UNPAUSED"}}})",
        Effect::Adds | Effect::RunsCode);
    row("create_job", R"({"name":"x","tasks":[],"settings":{"schedule":{"quartz_cron_expression":"0 * * * * ?"}}})",
        Effect::Adds | Effect::RunsCode);
    row("create_job", R"({"name":"x","tasks":[],"settings":{"trigger":{"pause_status":"PAUSED"}}})", Effect::Adds);
    row("create_job", R"({"name":"x","tasks":[],"settings":{"of_tomorrow":1}})", Effect::Adds | Effect::RunsCode);
    row("create_job", R"({"name":"x","tasks":[],"settings":{"run_as":{"user_name":"a"},"access_control_list":[]}})",
        Effect::Adds | Effect::Grants);
    row("create_job", R"({"name":"x","tasks":[],"settings":{"max_concurrent_runs":2}})", Effect::Adds);
    row("update_job", R"({"job_id":"1","settings":{"tasks":[]}})", Effect::Replaces | Effect::RunsCode);
    row("update_job", R"({"job_id":"1","settings":{"trigger":{}}})", Effect::Replaces | Effect::RunsCode);
    row("update_job", R"({"job_id":"1","name":"x"})", Effect::Replaces);
    row("update_job", R"({"job_id":"1","tasks":[]})", Effect::Replaces | Effect::RunsCode);
    row("create_job", R"({"name":"x","tasks":[{"email_notifications":{"on_start":["x@evil.example"]}}]})",
        Effect::Adds | Effect::ReachesOut);
    row("update_job", R"({"job_id":"1","settings":{"webhook_notifications":{}}})",
        Effect::Replaces | Effect::ReachesOut);
    row("update_job", R"({"job_id":"1","fields_to_remove":["run_as"]})", Effect::Replaces | Effect::Grants);
    row("edit_cluster", R"({"cluster_id":"1","custom_tags":{}})", Effect::Replaces | Effect::Destroys);
    row("edit_cluster", R"({"cluster_id":"1","spark_conf":{},"single_user_name":"x","num_workers":9})",
        Effect::Replaces | Effect::Destroys | Effect::RunsCode | Effect::Grants | Effect::Computes);
    row("update_job", R"({"job_id":"1","parameters":{"a":"b"}})", Effect::Replaces | Effect::RunsCode);
    row("update_job", R"({"job_id":"1","fields_to_remove":["git_source"]})", Effect::Replaces | Effect::RunsCode);
    row("ask_genie", R"({"space_id":"1","question":"x"})", Effect::Adds);
    row("ask_genie", R"({"space_id":"1","conversation_id":"2","message_id":"3"})", Effect::Reads);
    row("cancel_run", R"({"run_id":"1"})", Effect::Destroys);
    row("cancel_statement", R"({"statement_id":"1"})", Effect::Destroys);
    row("write_notebook", R"({"path":"/x","source":"1","language":"PYTHON"})", Effect::Adds);
    row("write_notebook", R"({"path":"/x","source":"1","language":"PYTHON","overwrite":true})", Effect::Replaces);
    row("import_workspace_object", R"({"path":"/x","overwrite":true})", Effect::Replaces);
    row("write_volume_file", R"({"path":"/Volumes/a/b/c/d","content":""})", Effect::Adds);
    row("write_volume_file", R"({"path":"/Volumes/a/b/c/d","content":"","overwrite":true})", Effect::Replaces);
    row("upload_folder", R"({"local_path":".","path":"/Shared/x"})", Effect::Adds | Effect::ReachesOut);
    row("upload_folder", R"({"local_path":".","path":"/Shared/x","overwrite":true})",
        Effect::Replaces | Effect::ReachesOut);
    row("download_folder", R"({"local_path":".","path":"/Shared/x"})", Effect::Adds);
    row("create_schema", R"({"catalog":"a","name":"b"})", Effect::Adds);
    row("create_volume", R"({"catalog":"a","schema":"b","name":"c"})", Effect::Adds);
    row("create_schema", R"({"catalog":"a","name":"b","storage_root":"s3://x/y"})", Effect::Adds | Effect::ReachesOut);
    row("create_volume", R"({"catalog":"a","schema":"b","name":"c","storage_location":"s3://x/y"})",
        Effect::Adds | Effect::ReachesOut);
    row("delete_table", R"({"full_name":"a.b.c"})", Effect::Destroys);
    row("update_permissions", "{}", Effect::Grants);
    row("put_secret", "{}", Effect::Replaces);
    row("delete_secret", "{}", Effect::Destroys);
    row("query_serving_endpoint", R"({"name":"x"})", Effect::ReachesOut);
    row("create_repo", R"({"url":"https://x"})", Effect::Adds | Effect::ReachesOut);
    row("create_warehouse", R"({"name":"x","cluster_size":"Small"})", Effect::Computes);
    row("edit_warehouse", R"({"warehouse_id":"1","cluster_size":"Large"})",
        Effect::Replaces | Effect::Destroys | Effect::Computes);
    row("delete_warehouse", R"({"warehouse_id":"1"})", Effect::Destroys);
    row("create_pipeline", R"({"name":"x"})", Effect::Adds);
    row("create_pipeline", R"({"name":"x","continuous":true})", Effect::Adds | Effect::RunsCode);
    row("update_pipeline", R"({"pipeline_id":"1","name":"x"})", Effect::Replaces);
    row("update_pipeline", R"({"pipeline_id":"1","sources":["/x"]})", Effect::Replaces | Effect::RunsCode);
    row("delete_pipeline", R"({"pipeline_id":"1"})", Effect::Destroys);
    row("update_grants", "{}", Effect::Grants);
    row("set_tags", "{}", Effect::Replaces | Effect::Grants);
    row("set_comment", "{}", Effect::Replaces);
    row("run_serverless", R"({"code":"1"})", Effect::RunsCode);
    row("create_dashboard", R"({"display_name":"x","definition":"{}"})", Effect::Adds);
    row("publish_dashboard", R"({"dashboard_id":"1"})", Effect::Replaces);
    row("publish_dashboard", R"({"dashboard_id":"1","embed_credentials":true})", Effect::Replaces | Effect::Grants);
    row("execute_sql", R"({"statement":"SELECT 1"})", {});
    row("execute_sql", R"x({"statement":"INSERT INTO t VALUES (1)"})x", Effect::Appends);
    row("execute_sql", R"x({"statement":"SELECT f(1)"})x", Effect::RunsCode);
    row("export_query", R"({"statement":"SELECT 1"})", Effect::Adds);
    row("export_query", R"x({"statement":"SELECT f(1)"})x", Effect::Adds | Effect::RunsCode);
    // Refused without anything done: only rows of queries are exported.
    row("export_query", R"({"statement":"DROP TABLE t"})", Effect::Adds);
    row("call_api", R"({"method":"GET","path":"/api/2.0/x"})", {});
    row("call_api", R"({"method":"POST","path":"/api/2.0/x"})", Effect::Unknown);
    row("call_api", R"({"method":"POST","path":"/api/2.1/jobs/delete"})", Effect::Unknown | Effect::Destroys);
    row("call_api", R"({"method":"DELETE","path":"/api/2.0/x"})", Effect::Unknown | Effect::Destroys);
    row("call_api", R"({"method":"PATCH","path":"/api/2.0/permissions/jobs/1"})", Effect::Unknown | Effect::Grants);
    row("call_api", R"({"method":"POST","path":"/api/2.1/jobs/run-now"})", Effect::Unknown | Effect::RunsCode);
}

void TestEffects::followFromTheArguments()
{
    QFETCH(QString, name);
    QFETCH(QJsonObject, arguments);
    QFETCH(Effects, effects);
    const Effects found = bench->effectsOf(tool(name), arguments);
    QVERIFY2(found == effects, qPrintable(Calls::effectNames(found)));
}

void TestEffects::askingChangesNothingBeforeTheAnswer_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("arguments");
    const auto row = [](const char *name, const char *arguments) {
        QTest::newRow(name) << QString::fromLatin1(name) << object(arguments);
    };
    row("stop_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})");
    row("edit_cluster", R"({"cluster_id":"0527-061205-l3ph6de2","cluster_name":"x"})");
    row("create_cluster", R"({"cluster_name":"x","spark_version":"15.4.x-scala2.12"})");
    row("run_code", R"x({"cluster_id":"0527-061205-l3ph6de2","code":"print(1)"})x");
    row("execute_sql", R"({"statement":"DROP TABLE main.default.t"})");
    row("call_api", R"({"method":"POST","path":"/api/2.0/workspace/mkdirs","body":{"path":"/x"}})");
}

void TestEffects::askingChangesNothingBeforeTheAnswer()
{
    QFETCH(QString, name);
    QFETCH(QJsonObject, arguments);
    bench->policy = {};
    bench->reset();
    QStringList before;
    bench->answerEach([&](const Calls::ApprovalRequest &) {
        before = bench->recorded();
        return Calls::ApprovalAnswer{};
    });
    QVERIFY(bench->call(name, arguments).isError());
    QCOMPARE(bench->cards.size(), 1);
    for (const QString &request : bench->recorded() + before)
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
}

void TestEffects::otherArgumentsAreAnotherObject()
{
    bench->policy = {};
    bench->reset();
    bench->answerEach([](const Calls::ApprovalRequest &) { return Calls::ApprovalAnswer{}; });
    QStringList objects;
    for (const auto &[code, language] :
         {std::pair(u"show()"_s, u"sql"_s), std::pair(u"show() sql"_s, u""_s), std::pair(u"show()"_s, u"r"_s)}) {
        bench->call(u"run_code"_s,
                    {{u"cluster_id"_s, u"0527-061205-l3ph6de2"_s}, {u"code"_s, code}, {u"language"_s, language}});
        objects << bench->cards.constLast().object;
    }
    for (const QString &language : {u"python"_s, u"sql"_s}) {
        bench->call(u"run_serverless"_s, {{u"code"_s, u"show()"_s}, {u"language"_s, language}});
        objects << bench->cards.constLast().object;
    }
    for (const QString &library : {u"pandas"_s, u"evil"_s}) {
        bench->call(u"install_cluster_libraries"_s,
                    {{u"cluster_id"_s, u"0527-061205-l3ph6de2"_s}, {u"pypi"_s, QJsonArray{library}}});
        objects << bench->cards.constLast().object;
    }
    for (const QString &query : {u"SELECT main.default.f()"_s, u"SELECT main.default.g()"_s}) {
        bench->call(u"execute_sql"_s, {{u"statement"_s, QString(u"INSERT INTO main.default.t "_s + query)}});
        objects << bench->cards.constLast().object;
    }
    QCOMPARE(objects.size(), 9);
    QCOMPARE(objects.removeDuplicates(), 0);
}

void TestEffects::everyRowStaysWithinItsWorst()
{
    for (const Tools::Toolset &toolset : Tools::toolsets()) {
        for (const Tools::Tool &each : toolset.tools) {
            QVERIFY2(!(each.leastEffects & ~each.effects), qPrintable(each.name));
            // The README says what a row's range is.
            QVERIFY2(!each.effectsOf == each.effectRange.isEmpty(), qPrintable(each.name));
        }
    }
}

void TestEffects::itsOwnRunIsEndedUnasked()
{
    const Mcp::ToolResult started = bench->call(u"run_job"_s, object(R"({"job_id":"576952145895090"})"));
    QVERIFY2(!started.isError(), qPrintable(started.text()));
    const QString run = started.structuredContent().value("run_id"_L1).toString();
    QCOMPARE(bench->effectsOf(tool(u"cancel_run"_s), {{u"run_id"_s, run}}), Effects(Effect::Adds));
}

void TestEffects::aStoppedWarehouseIsNotStartedByReading()
{
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    const QString stopped = u"1a7de05c44b98f20"_s;
    const Mcp::ToolResult result =
        bench->call(u"execute_sql"_s, {{u"statement"_s, u"SELECT 1"_s}, {u"warehouse_id"_s, stopped}});
    QVERIFY2(result.isError() && result.text().contains("would start it"_L1), qPrintable(result.text()));
    for (const QString &request : bench->requests())
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
}

QTEST_GUILESS_MAIN(TestEffects)
#include "tst_effects.moc"

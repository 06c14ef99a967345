#include "tools/everycall.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

/// The named facts of an answer, as arguments.
QJsonObject picked(const Mcp::ToolResult &result, const QStringList &names)
{
    if (result.isError())
        qFatal("a preparation failed: %s", qPrintable(result.text()));
    QJsonObject facts;
    for (const QString &name : names)
        facts.insert(name, result.structuredContent().value(name));
    return facts;
}

QJsonObject firstOf(const Mcp::ToolResult &result, const QString &rows, const QString &id)
{
    return {{id, result.structuredContent().value(rows)[0][id]}};
}

QJsonObject runningCode(ToolBench &bench)
{
    const QJsonObject code{
        {u"cluster_id"_s, u"0527-061205-l3ph6de2"_s}, {u"code"_s, u"time.sleep(4000)"_s}, {u"wait_seconds"_s, 0}};
    return picked(bench.call(u"run_code"_s, code), {u"cluster_id"_s, u"context_id"_s, u"command_id"_s});
}

QJsonObject statement(ToolBench &bench, const QString &text, int wait)
{
    const QJsonObject arguments{
        {u"statement"_s, text}, {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}, {u"wait_seconds"_s, wait}};
    return picked(bench.call(u"execute_sql"_s, arguments), {u"statement_id"_s});
}

QJsonObject endedStatement(ToolBench &bench)
{
    return statement(bench, u"SELECT 1 AS a"_s, 10);
}

QJsonObject runningStatement(ToolBench &bench)
{
    return statement(bench, u"SELECT sleep_seconds(60)"_s, 0);
}

QJsonObject runningRun(ToolBench &bench)
{
    return picked(bench.call(u"run_job"_s, {{u"job_id"_s, u"576952145895090"_s}}), {u"run_id"_s});
}

/// The last run of a job. Which run is the last of the whole workspace follows the hour.
QJsonObject lastRun(ToolBench &bench, const QString &job)
{
    const QJsonObject found = firstOf(bench.call(u"list_jobs"_s, {{u"name"_s, job}}), u"jobs"_s, u"job_id"_s);
    return firstOf(bench.call(u"list_runs"_s, {{u"job_id"_s, found.value("job_id"_L1)}, {u"limit"_s, 1}}), u"runs"_s,
                   u"run_id"_s);
}

QJsonObject failedRun(ToolBench &bench)
{
    return lastRun(bench, u"customer_scoring"_s);
}

QJsonObject endedRun(ToolBench &bench)
{
    return lastRun(bench, u"legacy_nightly_load"_s);
}

QJsonObject notebookRun(ToolBench &bench)
{
    const QJsonObject arguments{
        {u"notebook_path"_s, u"/Workspace/Shared/etl/load_orders"_s}, {u"serverless"_s, true}, {u"wait"_s, true}};
    return picked(bench.call(u"run_notebook"_s, arguments), {u"run_id"_s});
}

QJsonObject runningUpdate(ToolBench &bench)
{
    return picked(bench.call(u"start_pipeline"_s, {{u"pipeline_id"_s, u"b58728d0-1c7e-9336-acd4-ee61227a6fab"_s}}),
                  {u"pipeline_id"_s});
}

QJsonObject someSavedQuery(ToolBench &bench)
{
    const QJsonObject first = firstOf(bench.call(u"list_saved_queries"_s), u"queries"_s, u"id"_s);
    return {{u"query_id"_s, first.value("id"_L1)}};
}

QJsonObject someDashboard(ToolBench &bench)
{
    return firstOf(bench.call(u"list_dashboards"_s), u"dashboards"_s, u"dashboard_id"_s);
}

QJsonObject freshShared(ToolBench &bench)
{
    QDir(bench.sharedFolder()).removeRecursively();
    QDir().mkpath(bench.sharedFolder());
    return {};
}

QJsonObject sharedReport(ToolBench &bench)
{
    freshShared(bench);
    QDir().mkpath(bench.sharedFolder() + u"/report"_s);
    QFile file(bench.sharedFolder() + u"/report/sales.csv"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write("region,amount\nnorth,4\n") < 0)
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    return {};
}

QJsonObject someRepo(ToolBench &bench)
{
    return firstOf(bench.call(u"list_repos"_s), u"repos"_s, u"repo_id"_s);
}

} // namespace

QJsonObject EveryCall::ready(ToolBench &bench) const
{
    QJsonObject arguments = QJsonDocument::fromJson(json).object();
    if (prepare) {
        const QJsonObject made = prepare(bench);
        for (auto argument = made.begin(); argument != made.end(); ++argument)
            arguments.insert(argument.key(), *argument);
    }
    bench.requests();
    return arguments;
}

const QList<EveryCall> &everyCall()
{
    // Fraud Detection Realtime (0527-…) runs, the autoscaling one of the Americas (0730-…) is terminated; warehouse
    // 8f3b… runs, 1a7d… is stopped.
    static const QList<EveryCall> calls{
        {"get_connection", "{}"},

        {"list_clusters", R"({"states":["RUNNING"]})"},
        {"get_cluster", R"({"cluster_id":"0730-172948-runts698"})"},
        {"list_cluster_events", R"({"cluster_id":"0730-172948-runts698","limit":3})"},
        {"start_cluster", R"({"cluster_id":"0730-172948-runts698"})"},
        {"stop_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})"},
        {"restart_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})"},

        {"create_cluster", R"({"cluster_name":"Try out","spark_version":"16.4.x-scala2.12",
                              "node_type_id":"Standard_DS3_v2","num_workers":1})"},
        {"edit_cluster", R"({"cluster_id":"0730-172948-runts698","autotermination_minutes":30})"},
        {"resize_cluster", R"({"cluster_id":"0527-061205-l3ph6de2","num_workers":6})"},
        {"pin_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})"},
        {"unpin_cluster", R"({"cluster_id":"0730-172948-runts698"})"},
        {"delete_cluster", R"({"cluster_id":"0527-061205-l3ph6de2"})"},
        {"list_node_types", R"({"min_cores":16})"},
        {"list_spark_versions", R"({"name_contains":"ml"})"},
        {"list_cluster_policies", "{}"},
        {"list_instance_pools", "{}"},
        {"list_cluster_libraries", R"({"cluster_id":"0527-061205-l3ph6de2"})"},
        {"install_cluster_libraries", R"({"cluster_id":"0527-061205-l3ph6de2","pypi":["simplejson==3.19.2"]})"},
        {"uninstall_cluster_libraries", R"({"cluster_id":"0527-061205-l3ph6de2","pypi":["prophet==1.1.5"]})"},
        {"get_cluster_logs", R"({"cluster_id":"0527-061205-l3ph6de2"})"},
        {"get_cluster_logs", R"({"cluster_id":"0527-061205-l3ph6de2","file":"driver/stdout"})"},

        {"list_warehouses", R"({"name_contains":"dash"})"},
        {"get_warehouse", R"({"warehouse_id":"8f3b2c1d90e47a65"})"},
        {"start_warehouse", R"({"warehouse_id":"1a7de05c44b98f20"})"},
        {"stop_warehouse", R"({"warehouse_id":"8f3b2c1d90e47a65"})"},
        {"query_sql", R"({"statement":"SELECT 1 AS a","warehouse_id":"8f3b2c1d90e47a65"})"},
        {"execute_sql", R"({"statement":"SELECT 1 AS a","warehouse_id":"8f3b2c1d90e47a65"})"},
        {"get_statement", "{}", endedStatement},
        {"cancel_statement", "{}", runningStatement},
        {"export_query", R"({"statement":"SELECT 1 AS a","warehouse_id":"8f3b2c1d90e47a65"})"},
        {"list_queries", R"({"limit":5})"},
        {"list_alerts", "{}"},
        {"create_warehouse", R"({"name":"Reports","cluster_size":"Small","enable_serverless_compute":true})"},
        {"edit_warehouse", R"({"warehouse_id":"1a7de05c44b98f20","cluster_size":"Large"})"},
        {"delete_warehouse", R"({"warehouse_id":"1a7de05c44b98f20"})"},
        {"get_query", "{}", endedStatement},
        {"explain_sql", R"({"statement":"SELECT * FROM main.default.page_views","warehouse_id":"8f3b2c1d90e47a65"})"},
        {"get_alert", R"({"alert_id":"6f1d8a2e-0c4b-4a7e-9b1e-000000000001"})"},
        {"list_saved_queries", "{}"},
        {"get_saved_query", "{}", someSavedQuery},
        {"get_usage_cost", R"({"warehouse_id":"8f3b2c1d90e47a65"})"},

        {"list_catalogs", "{}"},
        {"list_schemas", R"({"catalog":"samples"})"},
        {"list_tables", R"({"catalog":"samples","schema":"tpch"})"},
        {"get_table", R"({"full_name":"finance.ledger.postings"})"},
        {"describe_tables", R"({"tables":["samples.tpch.orders"],"sample_rows":2})"},
        {"search_tables", R"({"pattern":"orders"})"},
        {"list_volumes", R"({"catalog":"main","schema":"default"})"},
        {"list_functions", R"({"catalog":"main","schema":"default"})"},
        {"get_table_lineage", R"({"full_name":"main.default.sales_targets","warehouse_id":"8f3b2c1d90e47a65"})"},
        {"get_column_lineage", R"({"full_name":"main.default.sales_targets","column":"target"})"},
        {"list_dependents", R"({"full_name":"main.default.sales_targets"})"},

        {"get_function", R"({"full_name":"logistics.shipments.geohash"})"},
        {"get_volume", R"({"full_name":"logistics.shipments.photos"})"},
        {"list_grants", R"({"securable_type":"table","full_name":"main.default.page_views"})"},
        {"create_volume", R"({"catalog":"main","schema":"default","name":"fresh"})"},
        {"create_schema", R"({"catalog":"main","name":"trial"})"},
        {"delete_schema", R"({"full_name":"logistics.shipments","force":true})"},
        {"delete_volume", R"({"full_name":"main.default.exports"})"},
        {"delete_table", R"({"full_name":"logistics.shipments.orders"})"},
        {"update_grants", R"({"securable_type":"table","full_name":"main.default.page_views",
                             "changes":[{"principal":"analysts","add":["SELECT"]}]})"},
        {"set_tags", R"({"securable_type":"table","full_name":"main.default.page_views",
                        "tags":[{"key":"domain","value":"web"}]})"},
        {"set_comment", R"({"securable_type":"table","full_name":"main.default.page_views","comment":"Who saw what.",
                           "warehouse_id":"8f3b2c1d90e47a65"})"},

        {"list_workspace", R"({"path":"/Shared/etl","recursive":true})"},
        {"read_notebook", R"({"path":"/Shared/etl/load_orders"})"},
        {"search_notebooks", R"({"text":"spark","path":"/Shared/etl"})"},
        {"get_workspace_object", R"({"path":"/Shared/etl/load_orders"})"},

        {"write_notebook", R"({"path":"/Shared/etl/load_orders","source":"x = 1","language":"PYTHON",
                              "overwrite":true})"},
        {"create_workspace_folder", R"({"path":"/Shared/a/b"})"},
        {"delete_workspace_object", R"({"path":"/Shared/etl","recursive":true})"},
        {"export_workspace_object", R"({"path":"/Shared/etl/load_orders","format":"JUPYTER"})"},
        {"import_workspace_object", R"({"path":"/Shared/etl/data.bin","content_base64":"AAEC"})"},

        {"list_jobs", R"({"name_contains":"cdc_salesforce"})"},
        {"get_job", R"({"job_id":"576952145895090"})"},
        {"list_runs", R"({"job_id":"576952145895090","failed_only":true,"limit":5})"},
        {"get_run", "{}", endedRun},
        {"get_run_output", "{}", failedRun},
        {"diagnose_job_run", "{}", failedRun},
        {"run_job", R"({"job_id":"576952145895090","job_parameters":{"full_reload":true}})"},
        {"cancel_run", "{}", runningRun},
        {"export_run", "{}", notebookRun},

        {"create_job", R"({"name":"nightly hello","tasks":[{"task_key":"only",
                          "notebook_task":{"notebook_path":"/Workspace/Production/demo/hello"}}]})"},
        {"update_job", R"({"job_id":"576952145895090","name":"ingest orders"})"},
        {"delete_job", R"({"job_id":"576952145895090"})"},
        {"repair_run", "{}", failedRun},
        {"run_notebook", R"({"notebook_path":"/Workspace/Production/demo/hello","serverless":true})"},

        {"list_pipelines", R"({"name_contains":"orders"})"},
        {"get_pipeline", R"({"pipeline_id":"b58728d0-1c7e-9336-acd4-ee61227a6fab"})"},
        {"list_pipeline_events", R"({"pipeline_id":"235514e6-ed3c-2374-50c2-23fc0b5c70dd","level":"ERROR"})"},
        {"get_pipeline_update", R"({"pipeline_id":"235514e6-ed3c-2374-50c2-23fc0b5c70dd"})"},
        {"start_pipeline", R"({"pipeline_id":"b58728d0-1c7e-9336-acd4-ee61227a6fab","full_refresh":true})"},
        {"stop_pipeline", "{}", runningUpdate},
        {"create_pipeline", R"({"name":"fresh","catalog":"main","schema":"fresh",
                               "sources":["/Workspace/Pipelines/fresh"]})"},
        {"update_pipeline", R"({"pipeline_id":"b58728d0-1c7e-9336-acd4-ee61227a6fab","development":true})"},
        {"delete_pipeline", R"({"pipeline_id":"b58728d0-1c7e-9336-acd4-ee61227a6fab"})"},

        {"run_code", R"({"cluster_id":"0527-061205-l3ph6de2","code":"6 * 7"})"},
        {"get_code_result", R"({"wait_seconds":0})", runningCode},
        {"cancel_code", "{}", runningCode},
        {"run_serverless", R"x({"code":"print(1)"})x"},

        {"list_volume_files", R"({"path":"/Volumes/main/default/raw"})"},
        {"read_volume_file", R"({"path":"/Volumes/main/default/raw/orders.csv"})"},
        {"write_volume_file", R"({"path":"/Volumes/main/default/raw/fresh.txt","content":"one"})"},
        {"delete_volume_file", R"({"path":"/Volumes/main/default/raw/orders.csv"})"},
        {"list_dbfs", R"({"path":"dbfs:/FileStore/tables"})"},
        {"read_dbfs_file", R"({"path":"/FileStore/tables/old/ingest.log","length":23})"},
        {"upload_folder", R"({"local_path":"report","path":"/Volumes/main/default/raw/report"})", &sharedReport},
        {"upload_folder", R"({"local_path":"report","path":"/Workspace/Shared/report"})", &sharedReport},
        {"download_folder", R"({"path":"/Volumes/main/default/landing/prices","local_path":"prices"})", &freshShared},
        {"download_folder", R"({"path":"/Workspace/Shared/etl","local_path":"etl"})", &freshShared},

        {"list_secret_scopes", "{}"},
        {"list_secrets", R"({"scope":"crm"})"},
        {"create_secret_scope", R"({"scope":"fresh"})"},
        {"put_secret", R"({"scope":"crm","key":"api-key","value":"a value of no use"})"},
        {"delete_secret", R"({"scope":"crm","key":"salesforce-client-id"})"},

        {"list_serving_endpoints", "{}"},
        {"get_serving_endpoint", R"({"name":"demand-forecast"})"},
        {"query_serving_endpoint", R"({"name":"sample-chat","messages":[{"role":"user","content":"Hello"}]})"},
        {"get_serving_logs", R"({"name":"demand-forecast"})"},

        {"list_apps", "{}"},
        {"get_app", R"({"name":"churn-explorer"})"},

        {"list_genie_spaces", "{}"},
        {"ask_genie", R"({"space_id":"01f0aa11bb22cc33dd44ee55ff660001","question":"Where are fares highest?"})"},
        {"get_genie_space", R"({"space_id":"01f0aa11bb22cc33dd44ee55ff660001"})"},

        {"list_vector_indexes", "{}"},
        {"query_vector_index", R"({"index_name":"main.default.reviews_index","query_text":"broken delivery"})"},

        {"list_dashboards", "{}"},
        {"get_dashboard", "{}", someDashboard},
        {"create_dashboard", R"({"display_name":"Fresh","definition":"{\"pages\":[]}"})"},
        {"publish_dashboard", "{}", someDashboard},

        {"list_experiments", "{}"},
        {"search_runs", R"({"experiment_id":"2046871039455120"})"},
        {"list_registered_models", R"({"catalog":"main","schema":"default"})"},
        {"get_model_version", R"({"full_name":"main.default.demand_forecast"})"},

        {"list_repos", "{}"},
        {"get_repo", "{}", someRepo},
        {"create_repo", R"({"url":"https://github.com/example-org/new-things.git"})"},
        {"update_repo", R"({"branch":"main"})", someRepo},
        {"delete_repo", "{}", someRepo},

        {"get_permissions", R"({"object_type":"warehouses","object_id":"8f3b2c1d90e47a65"})"},
        {"update_permissions", R"({"object_type":"warehouses","object_id":"8f3b2c1d90e47a65",
                                  "changes":[{"group_name":"analysts","permission_level":"CAN_USE"}]})"},
        {"list_tokens", "{}"},

        {"call_api", R"({"method":"GET","path":"/api/2.1/clusters/list","query":{"page_size":2}})"},
        {"call_api", R"({"method":"POST","path":"/api/2.1/clusters/start",
                        "body":{"cluster_id":"0730-172948-runts698"}})"},
        {"call_api",
         R"({"method":"PUT","path":"/api/2.0/fs/files/Volumes/main/default/raw/fresh.json","body":{"a":1}})"},
        {"call_api", R"({"method":"PATCH","path":"/api/2.0/permissions/warehouses/8f3b2c1d90e47a65",
                        "body":{"access_control_list":[]}})"},
        {"call_api", R"({"method":"DELETE","path":"/api/2.1/unity-catalog/volumes/main.default.exports"})"},
    };
    return calls;
}

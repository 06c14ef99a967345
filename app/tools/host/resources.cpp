#include "tools/host/resources.h"

#include "tools/host/catalogue.h"
#include "tools/host/completions.h"
#include "tools/host/runtool.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Mcp::ResourceResult;

namespace Tools {

namespace {

/// A family of resources: an address that gives what a tool says of one thing.
struct Family
{
    QString uriTemplate;
    QString variable;
    QString name;
    QString title;
    QString tool;
    QString argument;
    QString mimeType;    ///< application/json: the structured content; anything else: the text
    QString prefix = {}; ///< of the argument, before the variable
};

const QList<Family> &families()
{
    const QString json = u"application/json"_s;
    const QString text = u"text/plain"_s;
    static const QList<Family> table{
        {u"databricks://clusters/{cluster_id}"_s, u"cluster_id"_s, u"cluster"_s, u"Cluster"_s, u"get_cluster"_s,
         u"cluster_id"_s, json},
        {u"databricks://warehouses/{warehouse_id}"_s, u"warehouse_id"_s, u"warehouse"_s, u"SQL warehouse"_s,
         u"get_warehouse"_s, u"warehouse_id"_s, json},
        {u"databricks://tables/{full_name}"_s, u"full_name"_s, u"table"_s, u"Table"_s, u"get_table"_s, u"full_name"_s,
         text},
        {u"databricks://notebooks/{+path}"_s, u"path"_s, u"notebook"_s, u"Notebook"_s, u"read_notebook"_s, u"path"_s,
         text, u"/"_s},
        {u"databricks://jobs/{job_id}"_s, u"job_id"_s, u"job"_s, u"Job"_s, u"get_job"_s, u"job_id"_s, json},
        {u"databricks://runs/{run_id}"_s, u"run_id"_s, u"run"_s, u"Job run"_s, u"get_run"_s, u"run_id"_s, json},
    };
    return table;
}

QCoro::Task<ResourceResult> readOne(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                    const Family *family, Mcp::ResourceRequest request)
{
    const QString value = request.variables.value(family->variable);
    const QString argument = value.startsWith(family->prefix) ? value : QString(family->prefix + value);
    const QJsonObject arguments{{family->argument, argument}};
    const ToolOutcome outcome = co_await runNamedTool(log, session, family->tool, arguments, request.context);
    if (outcome.isNotFound())
        co_return ResourceResult::notFound();
    if (outcome.result().isError())
        co_return ResourceResult::error(outcome.result().text());
    Mcp::ResourceContents contents;
    contents.uri = request.uri;
    contents.mimeType = family->mimeType;
    contents.text = family->mimeType == "application/json"_L1
                        ? QString::fromUtf8(QJsonDocument(outcome.result().structuredContent()).toJson())
                        : outcome.result().text();
    co_return ResourceResult(contents);
}

} // namespace

QList<Mcp::RegisteredResource> resources(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session)
{
    QList<Mcp::RegisteredResource> offered;
    for (const Family &family : families()) {
        if (!isServed(family.tool, session->toolsets))
            continue;
        Mcp::RegisteredResource resource;
        resource.description = {.uriTemplate = family.uriTemplate,
                                .name = family.name,
                                .title = family.title,
                                .description = u"What %1 says."_s.arg(family.tool),
                                .mimeType = family.mimeType};
        resource.read = [log, session, row = &family](const Mcp::ResourceRequest &request) {
            return readOne(log, session, row, request);
        };
        // The monitor tells of every change of a cluster's state.
        if (family.name == "cluster"_L1)
            resource.subscribable = Mcp::Era::Modern;
        resource.complete = completer(family.variable, log, session);
        offered.append(resource);
    }
    return offered;
}

} // namespace Tools

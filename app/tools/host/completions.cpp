#include "tools/host/completions.h"

#include "tools/host/runtool.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr qint64 FreshForMs = 30'000;

/// Where the values of an argument come from: a list tool, the key of its rows, and in a row the value and a name by
/// which a person may look for it.
struct Source
{
    QString argument;
    QString tool;
    QString rows;
    QString value;
    QString name;
};

const QList<Source> &sources()
{
    static const QList<Source> table{
        {u"cluster_id"_s, u"list_clusters"_s, u"clusters"_s, u"cluster_id"_s, u"cluster_name"_s},
        {u"warehouse_id"_s, u"list_warehouses"_s, u"warehouses"_s, u"warehouse_id"_s, u"name"_s},
        {u"catalog"_s, u"list_catalogs"_s, u"catalogs"_s, u"name"_s, u"name"_s},
        {u"job_id"_s, u"list_jobs"_s, u"jobs"_s, u"job_id"_s, u"name"_s},
        {u"run_id"_s, u"list_runs"_s, u"runs"_s, u"run_id"_s, u"run_name"_s},
    };
    return table;
}

struct Cache
{
    QElapsedTimer age;
    QJsonArray rows;
};

QCoro::Task<Mcp::Completion> complete(std::shared_ptr<Cache> cache, Source source, QPointer<Calls::CallLog> log,
                                      std::shared_ptr<const Session> session, Mcp::CompletionRequest request)
{
    if (!cache->age.isValid() || cache->age.hasExpired(FreshForMs)) {
        const QJsonObject noArguments;
        const ToolOutcome outcome = co_await runNamedTool(log, session, source.tool, noArguments, request.context);
        cache->rows = outcome.result().structuredContent().value(source.rows).toArray();
        if (!outcome.result().isError())
            cache->age.start();
    }
    Mcp::Completion completion;
    for (const QJsonValue value : std::as_const(cache->rows)) {
        const QJsonObject row = value.toObject();
        const QString id = row.value(source.value).toString();
        if (id.startsWith(request.query.value, Qt::CaseInsensitive) ||
            row.value(source.name).toString().contains(request.query.value, Qt::CaseInsensitive))
            completion.values.append(id);
    }
    co_return completion;
}

/// A table is typed part by part: catalogs, then the schemas of one, then its tables.
QCoro::Task<Mcp::Completion> completeTable(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session,
                                           Mcp::CompletionRequest request)
{
    const QStringList parts = request.query.value.split(u'.');
    QString tool = u"list_catalogs"_s;
    QString rows = u"catalogs"_s;
    QJsonObject arguments;
    if (parts.size() >= 2) {
        tool = u"list_schemas"_s;
        rows = u"schemas"_s;
        arguments.insert("catalog"_L1, parts.at(0));
    }
    if (parts.size() >= 3) {
        tool = u"list_tables"_s;
        rows = u"tables"_s;
        arguments.insert("schema"_L1, parts.at(1));
    }
    const ToolOutcome outcome = co_await runNamedTool(log, session, tool, arguments, request.context);
    Mcp::Completion completion;
    const QJsonArray found = outcome.result().structuredContent().value(rows).toArray();
    for (const QJsonValue value : found) {
        const QJsonObject row = value.toObject();
        const QString name = row.value(row.contains("full_name"_L1) ? "full_name"_L1 : "name"_L1).toString();
        if (name.startsWith(request.query.value, Qt::CaseInsensitive))
            completion.values.append(name);
    }
    co_return completion;
}

} // namespace

Mcp::Completer completer(const QString &argument, QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session)
{
    if (argument == "full_name"_L1 || argument == "tables"_L1)
        return [log, session](const Mcp::CompletionRequest &request) { return completeTable(log, session, request); };
    for (const Source &source : sources()) {
        if (source.argument == argument)
            return [cache = std::make_shared<Cache>(), source, log, session](const Mcp::CompletionRequest &request) {
                return complete(cache, source, log, session, request);
            };
    }
    return {};
}

} // namespace Tools

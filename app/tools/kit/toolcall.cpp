#include "tools/kit/toolcall.h"

#include "tools/kit/text/identifiers.h"

#include "common/visible.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// A request that has begun when it is time to answer may still end; clients give up a while later.
constexpr qint64 GraceMs = 8'000;

Databricks::Workspace recordedOn(const std::shared_ptr<Calls::Call> &call, const Databricks::Workspace &workspace,
                                 const std::stop_token &stop, QDeadlineTimer due)
{
    // Weak: the observer lives in the workspace handle, which lives beside the call.
    return workspace.forCall(
        [weak = std::weak_ptr(call)](const Rest::Exchange &exchange) {
            if (const auto open = weak.lock())
                open->addExchange(exchange);
        },
        stop, due);
}

/// What lists the things that an argument names; of tools with a word in their name, or asked for a kind of things,
/// perhaps others.
struct Place
{
    QLatin1StringView argument;
    QLatin1StringView list; ///< empty: nothing does
    QLatin1StringView word = {};
};

/// The first that fits holds.
constexpr std::array Places{
    Place{"path"_L1, ""_L1, "call_api"_L1},
    Place{"path"_L1, "list_volume_files"_L1, "volume"_L1},
    Place{"path"_L1, "list_dbfs"_L1, "dbfs"_L1},
    Place{"path"_L1, "list_workspace"_L1},
    Place{"full_name"_L1, "list_catalogs"_L1, " catalog"_L1},
    Place{"full_name"_L1, "list_schemas"_L1, " schema"_L1},
    Place{"full_name"_L1, "list_volumes"_L1, "volume"_L1},
    Place{"full_name"_L1, "list_registered_models"_L1, "model"_L1},
    Place{"full_name"_L1, "list_functions"_L1, "function"_L1},
    Place{"full_name"_L1, ""_L1, "column"_L1},
    // What is not found there is a principal as often.
    Place{"full_name"_L1, ""_L1, "update_grants"_L1},
    Place{"full_name"_L1, "search_tables"_L1},
    Place{"name"_L1, "list_registered_models"_L1, "model"_L1},
    Place{"key"_L1, "list_secrets"_L1, "secret"_L1},
    Place{"cluster_id"_L1, "list_clusters"_L1},
    Place{"warehouse_id"_L1, "list_warehouses"_L1},
    Place{"job_id"_L1, "list_jobs"_L1},
    Place{"run_id"_L1, "list_runs"_L1},
    Place{"pipeline_id"_L1, "list_pipelines"_L1},
    Place{"statement_id"_L1, "list_queries"_L1},
    Place{"space_id"_L1, "list_genie_spaces"_L1},
    Place{"policy_id"_L1, "list_cluster_policies"_L1},
    Place{"repo_id"_L1, "list_repos"_L1},
    Place{"scope"_L1, "list_secret_scopes"_L1},
};

} // namespace

ToolCall::ToolCall(Mcp::ToolInvocation invocation, std::shared_ptr<Calls::Call> call,
                   std::shared_ptr<const Session> session, QDeadlineTimer due)
    : m_invocation(std::move(invocation))
    , m_call(std::move(call))
    , m_session(std::move(session))
    , m_stop(m_call->stopToken())
    , m_due(due)
    , m_workspace(recordedOn(m_call, m_session->workspace, m_call->stopToken(), due + GraceMs))
{}

std::chrono::milliseconds ToolCall::timeLeft() const
{
    return m_due.isForever() ? std::chrono::milliseconds::max() : std::chrono::milliseconds(m_due.remainingTime());
}

bool ToolCall::has(const QString &name) const
{
    return m_invocation.request().arguments.contains(name);
}

QString ToolCall::text(const QString &name, const QString &fallback) const
{
    const QString given = argument(name).toString(fallback);
    if (name == u"warehouse_id")
        return warehouseIdIn(given);
    return name == u"cluster_id" ? clusterIdIn(given) : given;
}

qint64 ToolCall::number(const QString &name, qint64 fallback) const
{
    return argument(name).toInteger(fallback);
}

QString whereIdsAre(const QString &argument, const QString &tool)
{
    const auto place = std::ranges::find_if(Places, [&](const Place &row) {
        return argument == row.argument && (row.word.isEmpty() || tool.contains(row.word));
    });
    return place == Places.end() || place->list.isEmpty() ? QString()
                                                          : u" %1 lists them with their names."_s.arg(place->list);
}

qint64 ToolCall::id(const QString &name) const
{
    const QString given = text(name);
    bool isNumber = false;
    const qint64 id = given.trimmed().toLongLong(&isNumber);
    if (!isNumber || id < 0)
        throw Databricks::ApiError(Databricks::ApiError::Kind::BadRequest,
                                   u"%1 must be a number such as 1042938475610293, not \"%2\".%3"_s.arg(
                                       name, Text::line(given, 60), whereIdsAre(name, m_invocation.request().tool)));
    return id;
}

bool ToolCall::flag(const QString &name, bool fallback) const
{
    return argument(name).toBool(fallback);
}

QStringList ToolCall::texts(const QString &name) const
{
    QStringList texts;
    for (const QJsonValue value : argument(name).toArray())
        texts.append(value.toString());
    return texts;
}

QString ToolCall::clusterId() const
{
    const QString id = text(u"cluster_id"_s, m_session->defaultClusterId);
    if (id.isEmpty())
        throw Databricks::ApiError(Databricks::ApiError::Kind::BadRequest,
                                   u"No cluster_id was given and the profile has no default cluster. "
                                   "Call list_clusters to find the id."_s);
    return id;
}

QString ToolCall::warehouseId() const
{
    const QString id = text(u"warehouse_id"_s, m_session->defaultWarehouseId);
    if (id.isEmpty())
        throw Databricks::ApiError(Databricks::ApiError::Kind::BadRequest,
                                   u"No warehouse_id was given and the profile has no default warehouse. "
                                   "Call list_warehouses to find the id."_s);
    return id;
}

Databricks::Workspace ToolCall::beyondCall(std::stop_token stop) const
{
    return recordedOn(m_call, m_session->workspace, stop, QDeadlineTimer::Forever);
}

ToolCall ToolCall::within(std::chrono::milliseconds time) const
{
    ToolCall call(*this);
    call.m_due = QDeadlineTimer(time);
    call.m_workspace = recordedOn(m_call, m_session->workspace, m_call->stopToken(), call.m_due);
    return call;
}

ToolCall ToolCall::forCard(QPointer<Calls::CallLog> log, std::stop_token stop, std::chrono::milliseconds time) const
{
    ToolCall call(*this);
    call.m_isForCard = true;
    call.m_stop = stop;
    call.m_due = QDeadlineTimer(time);
    call.m_workspace = m_session->workspace.forCall(
        [log, kept = m_call](const Rest::Exchange &exchange) {
            if (log)
                log->approvals().addExchange(*kept, exchange);
        },
        stop, call.m_due);
    return call;
}

ToolCall ToolCall::guarded(std::function<void()> beforeChange) const
{
    ToolCall call(*this);
    call.m_workspace = m_workspace.guarded(std::move(beforeChange));
    return call;
}

ToolCall ToolCall::goOn() const
{
    m_call->goOn();
    // Neither the client's stop nor its progress: they are over with the answer.
    return ToolCall(Mcp::ToolInvocation(m_invocation.request(), std::stop_token(), {}), m_call, m_session,
                    QDeadlineTimer::Forever);
}

void ToolCall::end(const Mcp::ToolResult &result) const
{
    if (stopToken().stop_requested() && result.isError())
        m_call->cancel();
    else
        m_call->finish(result);
}

void ToolCall::setTarget(const QString &words) const
{
    if (!m_isForCard)
        m_call->setTarget(words);
}

void ToolCall::progress(double done, double total, const QString &message) const
{
    if (m_isForCard)
        return;
    m_call->setProgress(message, total > 0 ? done / total : -1);
    m_invocation.reportProgress(done, total, message);
}

} // namespace Tools

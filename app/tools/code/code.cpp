#include "tools/clusters/cluster.h"
#include "tools/code/coderesult.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/effects.h"
#include "tools/kit/polling.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr auto UsualWait = 45s;
constexpr Pauses BetweenLooks{.first = 100ms, .longest = 2s};

const QStringList Languages{u"python"_s, u"sql"_s, u"scala"_s, u"r"_s};

/// A context taken from the pool. It is released again, unless somebody else has become responsible for it.
class TakenContext
{
public:
    TakenContext(std::shared_ptr<ContextPool> pool, const QString &contextId)
        : m_pool(std::move(pool))
        , m_contextId(contextId)
    {}
    Q_DISABLE_COPY_MOVE(TakenContext)
    ~TakenContext()
    {
        if (!m_contextId.isEmpty())
            m_pool->release(m_contextId);
    }
    void handOver() { m_contextId.clear(); }
    /// The command runs on after the answer.
    void leaveRunning(const CodeHandle &command)
    {
        m_pool->watch(command);
        handOver();
    }

private:
    std::shared_ptr<ContextPool> m_pool;
    QString m_contextId;
};

/// A context of the pool may have ended with a restart of its cluster.
QCoro::Task<bool> contextRuns(ToolCall call, QString clusterId, QString contextId)
{
    const QUrlQuery query = CodeHandle{clusterId, contextId, {}}.query();
    try {
        const QJsonObject context = co_await call.workspace().get(u"/api/1.2/contexts/status"_s, query);
        co_return context.value("status"_L1) == "Running"_L1;
    } catch (const ApiError &error) {
        if (error.status() == 0)
            throw;
    }
    co_return false;
}

QCoro::Task<QString> newContext(ToolCall call, CodePlace place)
{
    const std::shared_ptr<ContextPool> pool = call.session().contexts;
    const QJsonObject body{{"clusterId"_L1, place.clusterId}, {"language"_L1, place.language}};
    // Not to be aborted: the answer brings the id without which the context cannot be destroyed.
    const QJsonObject made = co_await call.workspace().uncancellable().post(u"/api/1.2/contexts/create"_s, body);
    mustHave(made, {u"id"_s}, Purpose::Changing);
    const QString id = made.value("id"_L1).toString();
    pool->add(place, id, call.session().workspace);
    TakenContext taken(pool, id);
    const QUrlQuery query = CodeHandle{place.clusterId, id, {}}.query();
    const Look look = [call, query] { return call.workspace().get(u"/api/1.2/contexts/status"_s, query); };
    const UnderWay preparing = [](const QJsonObject &context) -> std::optional<QString> {
        if (context.value("status"_L1) != "Pending"_L1)
            return {};
        return u"The cluster makes an execution context."_s;
    };
    const WaitTime time(call);
    const QJsonObject context = co_await poll(call, time, BetweenLooks, look, preparing);
    const QString status = context.value("status"_L1).toString();
    if (status == "Pending"_L1)
        throw ApiError(
            ApiError::Kind::Timeout,
            u"The cluster has not made an execution context yet, and the code was not run. Run it again in a minute."_s);
    taken.handOver();
    if (status != "Running"_L1) {
        pool->forget(id);
        throw ApiError(ApiError::Kind::InvalidState,
                       u"The cluster could not make an execution context: it is %1."_s.arg(Text::visible(status)));
    }
    co_return id;
}

QCoro::Task<QString> contextFor(ToolCall call, CodePlace place)
{
    const std::shared_ptr<ContextPool> pool = call.session().contexts;
    while (true) {
        const QString known = pool->take(place);
        if (known.isEmpty())
            break;
        TakenContext taken(pool, known);
        const bool runs = co_await contextRuns(call, place.clusterId, known);
        taken.handOver();
        if (runs)
            co_return known;
        pool->forget(known);
    }
    const QString made = co_await newContext(call, place);
    co_return made;
}

/// Cancels the command on the cluster after its call was cancelled. Runs detached, since the call is over.
QCoro::Task<> cancelQuietly(Databricks::Workspace workspace, CodeHandle handle)
{
    const QJsonObject body = handle.body();
    try {
        co_await workspace.post(u"/api/1.2/commands/cancel"_s, body);
    } catch (const ApiError &error) {
        qDebug("a command could not be cancelled: %s", error.what());
    }
}

/// Waits for the command's end until the time is over; returns its status as it then is.
QCoro::Task<QJsonObject> waitForEnd(ToolCall call, CodeHandle handle, WaitTime time)
{
    const QUrlQuery query = handle.query();
    const auto look = [call, query] { return call.workspace().get(u"/api/1.2/commands/status"_s, query); };
    const auto running = [](const QJsonObject &status) -> std::optional<QString> {
        if (!commandRuns(status))
            return {};
        return u"%1 on the cluster"_s.arg(Text::visible(status.value("status"_L1).toString()));
    };
    return poll(call, time, BetweenLooks, look, running);
}

QCoro::Task<ToolResult> runCode(ToolCall call)
{
    const WaitTime time(call, std::chrono::seconds(call.number(u"wait_seconds"_s, UsualWait.count())));
    const QString clusterId = call.clusterId();
    const QString language = call.text(u"language"_s, u"python"_s);
    const QJsonObject cluster = co_await readCluster(call, clusterId);
    const QString state = cluster.value("state"_L1).toString();
    if (state != "RUNNING"_L1 && state != "RESIZING"_L1)
        co_return ToolResult::error(
            u"Cluster %1 is %2; code runs on a RUNNING cluster. Call start_cluster first (with wait), then run the code again."_s
                .arg(Text::visible(cluster.value("cluster_name"_L1).toString()), state));

    CodePlace place;
    place.profile = call.session().profile;
    place.host = call.workspace().name();
    place.clusterId = clusterId;
    place.language = language;
    CodeHandle handle;
    handle.clusterId = clusterId;
    handle.contextId = co_await contextFor(call, place);
    TakenContext taken(call.session().contexts, handle.contextId);

    const QJsonObject body{{"clusterId"_L1, clusterId},
                           {"contextId"_L1, handle.contextId},
                           {"language"_L1, language},
                           {"command"_L1, call.text(u"code"_s)}};
    QJsonObject sent;
    try {
        sent = co_await call.workspace().uncancellable().post(u"/api/1.2/commands/execute"_s, body);
        mustHave(sent, {u"id"_s}, Purpose::Changing);
    } catch (const ApiError &error) {
        // The command may have arrived and be running, so nothing else may run in this context.
        if (error.status() == 0 && error.kind() != ApiError::Kind::Cancelled) {
            taken.handOver();
            call.session().contexts->discard(handle.contextId);
        }
        throw;
    }
    handle.commandId = sent.value("id"_L1).toString();
    call.session().started->add(call.client(), StartedWork::Kind::Command, handle.commandId);
    try {
        const QJsonObject status = co_await waitForEnd(call, handle, time);
        if (!commandRuns(status))
            co_return codeAnswer(handle, status, 0);
        taken.leaveRunning(handle);
        co_return codeStillRuns(handle, status.value("status"_L1).toString());
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled) {
            cancelQuietly(call.session().workspace, handle);
            throw;
        }
        // The command runs although its status could not be read: the answer must carry the handle.
        taken.leaveRunning(handle);
        co_return ToolResult::error(
            u"The code was sent and may be running, but its state could not be read: %1 Do not run it again: call get_code_result with cluster_id \"%2\", context_id \"%3\" and command_id \"%4\"."_s
                .arg(error.text(), clusterId, handle.contextId, handle.commandId));
    }
}

CodeHandle handleOf(const ToolCall &call)
{
    CodeHandle handle;
    handle.clusterId = call.clusterId();
    handle.contextId = call.text(u"context_id"_s);
    handle.commandId = call.text(u"command_id"_s);
    return handle;
}

QCoro::Task<ToolResult> getCodeResult(ToolCall call)
{
    const CodeHandle handle = handleOf(call);
    const std::shared_ptr<ContextPool> pool = call.session().contexts;
    pool->asked(handle);
    const WaitTime time(call, std::chrono::seconds(call.number(u"wait_seconds"_s, 30)));
    const QJsonObject status = co_await waitForEnd(call, handle, time);
    if (!commandRuns(status)) {
        pool->ended(handle);
        co_return codeAnswer(handle, status, call.number(u"offset"_s));
    }
    pool->asked(handle);
    co_return codeStillRuns(handle, status.value("status"_L1).toString());
}

QCoro::Task<ToolResult> cancelCode(ToolCall call)
{
    const CodeHandle handle = handleOf(call);
    const QJsonObject body = handle.body();
    co_await call.workspace().post(u"/api/1.2/commands/cancel"_s, body);
    co_return factsAnswer(
        u"The code is being cancelled. get_code_result tells when it has ended; what it did until then stays done."_s,
        handle.facts());
}

Calls::Effects effectsOfCancelling(const ToolCall &call)
{
    return ending(call, StartedWork::Kind::Command, call.text(u"command_id"_s));
}

Calls::Passage::Language languageOfCode(const ToolCall &call)
{
    return languageNamed(call.text(u"language"_s, u"python"_s));
}

Schema handleSchema()
{
    return Schema()
        .text(u"cluster_id"_s, u"Id of the cluster. Optional: the profile's default cluster."_s)
        .text(u"context_id"_s, u"As run_code gave it"_s)
        .text(u"command_id"_s, u"As run_code gave it"_s)
        .require({u"context_id"_s, u"command_id"_s});
}

} // namespace

QList<Tool> codeTools()
{
    return {
        {
            .name = u"run_code"_s,
            .title = u"Run code"_s,
            .description =
                u"Runs code on a running cluster and returns its output; variables stay for the next call until "
                "10 idle minutes have passed. Code that takes longer than 45 seconds gives a handle for get_code_result."_s,
            // Code can do anything that its user can.
            .effects = Calls::Effect::RunsCode,
            .inputSchema =
                Schema()
                    .text(u"code"_s, u"What to run"_s)
                    .choice(u"language"_s, u"Default python"_s, Languages)
                    .text(u"cluster_id"_s, u"Id of the cluster. Optional: the profile's default cluster."_s)
                    .integer(u"wait_seconds"_s, u"Wait at most so long for its end; default and most 45"_s, 0, 45)
                    .require({u"code"_s}),
            .outputSchema = codeResultSchema(),
            .run = &runCode,
            .target = &clusterTarget,
            .deciding = {u"code"_s, u"language"_s, u"cluster_id"_s},
            .languageOf = &languageOfCode,
        },
        {
            .name = u"get_code_result"_s,
            .title = u"Get code result"_s,
            .description = u"Waits for code that run_code left running and returns its output."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                handleSchema()
                    .integer(u"wait_seconds"_s, u"Wait at most so long for its end; default 30"_s, 0, 45)
                    .integer(u"offset"_s, u"For long output: from which byte of a text or row of a table on"_s, 0,
                             1 << 30),
            .outputSchema = codeResultSchema(),
            .run = &getCodeResult,
        },
        {
            .name = u"cancel_code"_s,
            .title = u"Cancel code"_s,
            .description = u"Stops code that run_code left running."_s,
            .effects = Calls::Effect::Adds | Calls::Effect::Destroys,
            .inputSchema = handleSchema(),
            .outputSchema = Schema()
                                .text(u"cluster_id"_s, {})
                                .text(u"context_id"_s, {})
                                .text(u"command_id"_s, {})
                                .require({u"cluster_id"_s, u"context_id"_s, u"command_id"_s}),
            .run = &cancelCode,
            .effectsOf = &effectsOfCancelling,
            .leastEffects = Calls::Effect::Adds,
            .effectRange = u"adds for work of its own, else destroys"_s,
            .target = &clusterTarget,
            .idempotent = true,
        },
    };
}

} // namespace Tools

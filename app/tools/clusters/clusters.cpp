#include "tools/clusters/cluster.h"
#include "tools/clusters/clusterconsequence.h"
#include "tools/clusters/clusterwords.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/polling.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"
#include "databricks/clusterwords.h"

#include <QMultiMap>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// The API knows neither part of a name nor creator: so many clusters are looked at for one answer.
constexpr qsizetype LookedAtClusters = 10'000;

const QStringList ClusterStates{u"PENDING"_s,     u"RUNNING"_s,    u"RESTARTING"_s, u"RESIZING"_s,
                                u"TERMINATING"_s, u"TERMINATED"_s, u"ERROR"_s,      u"UNKNOWN"_s};

Schema clusterIdSchema()
{
    return Schema().text(u"cluster_id"_s, u"Such as 0730-172948-runts698; default: the profile's cluster"_s);
}

/// When it last began to run.
qint64 startedAt(const QJsonObject &cluster)
{
    return std::max(cluster.value("start_time"_L1).toInteger(), cluster.value("last_restarted_time"_L1).toInteger());
}

QJsonObject clusterRow(const QJsonObject &cluster)
{
    QJsonObject row{{"cluster_id"_L1, cluster.value("cluster_id"_L1)},
                    {"cluster_name"_L1, Text::visible(cluster.value("cluster_name"_L1).toString())},
                    {"state"_L1, cluster.value("state"_L1)},
                    {"spark_version"_L1, cluster.value("spark_version"_L1)},
                    {"workers"_L1, Databricks::workersText(cluster)},
                    {"creator_user_name"_L1, Text::visible(cluster.value("creator_user_name"_L1).toString())}};
    const qint64 minutes = cluster.value("autotermination_minutes"_L1).toInteger();
    row.insert("auto_stop"_L1, minutes > 0 ? u"%1 min"_s.arg(minutes) : u"never"_s);
    return row;
}

/// For how many minutes nothing ran on it; nothing where it does not run or the workspace does not tell.
std::optional<qint64> minutesIdle(const QJsonObject &cluster)
{
    const qint64 active = cluster.value("last_activity_time"_L1).toInteger();
    if (cluster.value("state"_L1) != "RUNNING"_L1 || active <= 0)
        return {};
    return (QDateTime::currentMSecsSinceEpoch() - active) / 60'000;
}

/// The rows of the list: get_cluster tells the rest, and what costs a model more than it tells is left out. Zone and
/// unit stand in the names of the columns, once.
QJsonObject briefRow(const QJsonObject &cluster)
{
    QJsonObject row = clusterRow(cluster);
    row.remove("spark_version"_L1);
    const qint64 minutes = cluster.value("autotermination_minutes"_L1).toInteger();
    row.remove("auto_stop"_L1);
    row.insert("auto_stop_min"_L1, minutes > 0 ? QString::number(minutes) : u"never"_s);
    if (cluster.value("state"_L1) == "RUNNING"_L1)
        addText(row, u"running_since_utc"_s, timeText(startedAt(cluster)).left(16));
    return row;
}

Schema clusterRowSchema()
{
    return Schema()
        .text(u"cluster_id"_s, {})
        .text(u"cluster_name"_s, {})
        .text(u"state"_s, {})
        .text(u"spark_version"_s, {})
        .text(u"workers"_s, u"Number of workers, or the range when autoscaling"_s)
        .text(u"auto_stop"_s, u"Idle time after which it stops by itself"_s)
        .text(u"creator_user_name"_s, {});
}

/// The clusters that run unused for an hour or more, by the minutes: a column of them would be empty for most.
using LongIdle = QMultiMap<qint64, QString>;

void addIfIdle(LongIdle &idle, const QJsonObject &cluster)
{
    constexpr qint64 Long = 60;
    if (const std::optional<qint64> minutes = minutesIdle(cluster); minutes && *minutes >= Long)
        idle.insert(*minutes, Text::visible(cluster.value("cluster_name"_L1).toString()));
}

/// The longest idle ones by name; empty where there are none.
QString longIdleWords(const LongIdle &idle)
{
    constexpr qsizetype MostNames = 3;
    QStringList names;
    for (auto one = idle.end(); one != idle.begin() && names.size() < MostNames;) {
        --one;
        names.append(u"%1 (%2)"_s.arg(*one, durationText(std::chrono::minutes(one.key()))));
    }
    if (names.isEmpty())
        return {};
    const QString more = idle.size() > MostNames ? u" and %1 more"_s.arg(idle.size() - MostNames) : QString();
    return u"Idle 1 h or more: %1%2."_s.arg(names.join(u", "_s), more);
}

/// Whether a cluster is one of those asked for.
using Wanted = std::function<bool(const QJsonObject &cluster)>;

/// Not what was asked for, but a person with many would miss them.
QCoro::Task<QString> jobClustersLeftOut(ToolCall call, QStringList states, Wanted isWanted)
{
    QUrlQuery query{{u"page_size"_s, u"100"_s}};
    for (const QString &source : {u"JOB"_s, u"PIPELINE"_s, u"PIPELINE_MAINTENANCE"_s})
        query.addQueryItem(u"filter_by.cluster_sources"_s, source);
    for (const QString &state : std::as_const(states))
        query.addQueryItem(u"filter_by.cluster_states"_s, state);
    QString words;
    try {
        const Databricks::Page page = co_await call.workspace().page(u"/api/2.1/clusters/list"_s, query, u"clusters"_s);
        const auto left = std::count_if(page.items.begin(), page.items.end(),
                                        [&isWanted](const QJsonValue &item) { return isWanted(item.toObject()); });
        if (left > 0)
            words = u"%1%2 job and pipeline clusters left out (include_job_clusters)."_s.arg(
                page.nextPageToken.isEmpty() ? QString() : u"At least "_s, QString::number(left));
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        words = u"Job and pipeline clusters are left out; how many could not be read: %1"_s.arg(error.text());
    }
    const QString result = words;
    co_return result;
}

QCoro::Task<ToolResult> listClusters(ToolCall call)
{
    QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const QStringList states = call.texts(u"states"_s);
    for (const QString &state : states)
        query.addQueryItem(u"filter_by.cluster_states"_s, state);
    const bool withJobs = call.flag(u"include_job_clusters"_s);
    if (!withJobs) {
        query.addQueryItem(u"filter_by.cluster_sources"_s, u"UI"_s);
        query.addQueryItem(u"filter_by.cluster_sources"_s, u"API"_s);
    }

    const QString owner = call.text(u"owner"_s);
    const bool isMine = call.flag(u"created_by_me"_s);
    QString creator;
    if (isMine) {
        const QJsonObject me = co_await call.workspace().get(u"/api/2.0/preview/scim/v2/Me"_s);
        mustHave(me, {u"userName"_s});
        creator = me.value("userName"_L1).toString();
    }
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.1/clusters/list"_s, query, u"clusters"_s, &briefRow);
    const Wanted isWanted = [name, owner, isMine, creator](const QJsonObject &cluster) {
        return nameHolds(cluster.value("cluster_name"_L1).toString(), name) &&
               (!isMine || isSameUser(cluster.value("creator_user_name"_L1).toString(), creator)) &&
               nameHolds(cluster.value("creator_user_name"_L1).toString(), owner);
    };
    const auto idle = std::make_shared<LongIdle>();
    listing.countedBy([](const QJsonObject &cluster) { return cluster.value("state"_L1).toString(); })
        .matching(isWanted)
        .watchedBy([idle](const QJsonObject &cluster) { addIfIdle(*idle, cluster); })
        .lookingAt(LookedAtClusters)
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);

    QString headline = u"Found %1 clusters"_s.arg(listed.totalInWords());
    if (!listed.counts.isEmpty())
        headline += u" (%1 running)"_s.arg(listed.counts.value(u"RUNNING"_s));
    const Columns columns{{u"cluster_id"_s, u"id"_s},
                          {u"cluster_name"_s, u"name"_s},
                          {u"state"_s, u"state"_s},
                          {u"running_since_utc"_s, u"running since (UTC)"_s},
                          {u"workers"_s, u"workers"_s},
                          {u"auto_stop_min"_s, u"auto stop (min)"_s},
                          {u"creator_user_name"_s, u"creator"_s}};
    Answer answer = listAnswer(headline + u':', columns, u"clusters"_s, listed);
    answer.note(longIdleWords(*idle));
    if (!withJobs && !call.has(u"page_token"_s)) {
        const QString left = co_await jobClustersLeftOut(call, states, isWanted);
        answer.note(left);
    }
    co_return answer;
}

/// Names and values of a cluster's settings as lines "name=value".
QString settingsText(const QJsonValue &settings)
{
    QStringList lines;
    const QJsonObject members = safeJson(settings).toObject();
    for (auto member = members.begin(); member != members.end(); ++member)
        lines.append(member.key() + u'=' + member->toString());
    return shortened(lines.join("; "_L1), 2000);
}

QCoro::Task<ToolResult> getCluster(ToolCall call)
{
    const QJsonObject cluster = co_await readCluster(call, call.clusterId());
    QJsonObject facts = clusterRow(cluster);
    for (const auto key : {"node_type_id"_L1, "driver_node_type_id"_L1, "autotermination_minutes"_L1,
                           "data_security_mode"_L1, "single_user_name"_L1, "runtime_engine"_L1, "policy_id"_L1,
                           "cluster_source"_L1, "cluster_cores"_L1, "cluster_memory_mb"_L1}) {
        const QJsonValue value = cluster.value(key);
        if (!value.isUndefined())
            facts.insert(key, value.isString() ? QJsonValue(Text::visible(value.toString())) : value);
    }
    addText(facts, u"state_message"_s, Text::visible(cluster.value("state_message"_L1).toString()));
    for (const auto key : {"start_time"_L1, "last_restarted_time"_L1, "terminated_time"_L1})
        addText(facts, key, timeText(cluster.value(key).toInteger()));
    const QString state = facts.value("state"_L1).toString();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 started = startedAt(cluster);
    if (state == "RUNNING"_L1 && started > 0)
        facts.insert("running_for"_L1, durationText(std::chrono::milliseconds(now - started)));
    if (const std::optional<qint64> idle = minutesIdle(cluster))
        facts.insert("minutes_idle"_L1, *idle);
    if (!cluster.value("pinned_by_user_name"_L1).isUndefined())
        facts.insert("pinned"_L1, true);
    addText(facts, u"tags"_s, settingsText(cluster.value("custom_tags"_L1)));
    addText(facts, u"spark_conf"_s, settingsText(cluster.value("spark_conf"_L1)));
    addText(facts, u"termination_reason"_s, terminationText(cluster.value("termination_reason"_L1).toObject()));
    co_return factsAnswer(u"Cluster %1 is %2."_s.arg(facts.value("cluster_name"_L1).toString(), state), facts);
}

/// What a page_token begins with that is a place to count from.
constexpr auto OffsetToken = "offset:"_L1;

/// Where the events go on, also in the endpoint's older form: next_page {offset, limit}.
QString nextEvents(const QJsonObject &answer, const QString &sent)
{
    const QJsonValue offset = answer.value("next_page"_L1)["offset"_L1];
    QString next = Databricks::nextPageToken(answer, sent);
    if (next.isEmpty() && offset.isDouble())
        next = OffsetToken + QString::number(offset.toInteger());
    const bool isEmpty = answer.value("events"_L1).toArray().isEmpty();
    return next == sent || isEmpty ? QString() : next;
}

QCoro::Task<ToolResult> listClusterEvents(ToolCall call)
{
    const QString id = call.clusterId();
    const qint64 limit = call.number(u"limit"_s, 25);
    QJsonObject body{{"cluster_id"_L1, id}, {"order"_L1, "DESC"_L1}};
    const QString pageToken = call.text(u"page_token"_s);
    if (pageToken.startsWith(OffsetToken)) {
        // The older form of the endpoint counts; with an offset it takes no page_size.
        body.insert("offset"_L1, pageToken.sliced(OffsetToken.size()).toLongLong());
        body.insert("limit"_L1, limit);
    } else {
        body.insert("page_size"_L1, limit);
        if (!pageToken.isEmpty())
            body.insert("page_token"_L1, pageToken);
    }
    const QStringList types = call.texts(u"event_types"_s);
    if (!types.isEmpty())
        body.insert("event_types"_L1, QJsonArray::fromStringList(types));
    if (const std::optional<QDateTime> from = timeArgument(call, u"since"_s))
        body.insert("start_time"_L1, from->toMSecsSinceEpoch());
    // A POST that only reads: the endpoint takes its question in a body.
    const QJsonObject answer = co_await call.workspace().readByPost(u"/api/2.1/clusters/events"_s, body);

    Listed listed;
    for (const QJsonValue event : answer.value("events"_L1).toArray())
        listed.rows.append(clusterEventRow(event.toObject()));
    listed.nextPageToken = nextEvents(answer, pageToken);
    listed.total = answer.value("total_count"_L1).toInteger(listed.rows.size());
    listed.totalIsExact = listed.nextPageToken.isEmpty() || answer.contains("total_count"_L1);
    const Columns columns{
        {u"time"_s, u"time"_s}, {u"type"_s, u"type"_s}, {u"user"_s, u"user"_s}, {u"details"_s, u"details"_s}};
    co_return listAnswer(u"Found %1 events of cluster %2, newest first:"_s.arg(listed.totalInWords(), id), columns,
                         u"events"_s, listed);
}

std::optional<QString> startingWords(const QJsonObject &cluster)
{
    const QString state = cluster.value("state"_L1).toString();
    if (state != "PENDING"_L1 && state != "RESTARTING"_L1)
        return {};
    return u"%1: %2"_s.arg(state, Text::visible(cluster.value("state_message"_L1).toString()));
}

/// Watches the cluster come up until it runs, ends up elsewhere, or the time is over; returns it as it then is.
QCoro::Task<QJsonObject> waitUntilRunning(ToolCall call, QString clusterId)
{
    const auto look = [call, clusterId] { return readCluster(call, clusterId); };
    return poll(call, WaitTime(call), LongWork, look, &startingWords);
}

QCoro::Task<ToolResult> startCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const QJsonObject before = co_await readCluster(call, id);
    const QString name = Text::visible(before.value("cluster_name"_L1).toString());
    const QString state = before.value("state"_L1).toString();
    if (state == "RUNNING"_L1 || state == "RESIZING"_L1)
        co_return clusterState(u"Cluster %1 is running already."_s.arg(name), before);
    if (state == "TERMINATING"_L1)
        co_return ToolResult::error(
            u"Cluster %1 is still terminating. Call get_cluster until it is TERMINATED, then start it."_s.arg(name));

    if (state != "PENDING"_L1 && state != "RESTARTING"_L1) {
        const QJsonObject body{{"cluster_id"_L1, id}};
        bool lostRace = false;
        try {
            co_await call.workspace().post(u"/api/2.1/clusters/start"_s, body);
        } catch (const ApiError &error) {
            // Somebody else may have started it since it was read; what it is now tells.
            if (error.kind() != ApiError::Kind::InvalidState)
                throw;
            lostRace = true;
        }
        if (lostRace) {
            const QJsonObject now = co_await readCluster(call, id);
            co_return clusterState(
                u"Cluster %1 could not be started from here: it changed at the same moment."_s.arg(name), now);
        }
        clusterAccepted(call, id);
    }

    if (!call.flag(u"wait"_s)) {
        const QJsonObject now = co_await readCluster(call, id);
        co_return clusterState(
            u"Cluster %1 is starting, which usually takes 3 to 7 minutes. Call get_cluster to see its state."_s.arg(
                name),
            now);
    }
    const QJsonObject now = co_await waitUntilRunning(call, id);
    const QString reached = now.value("state"_L1).toString();
    if (reached == "RUNNING"_L1 || reached == "RESIZING"_L1)
        co_return clusterState(u"Cluster %1 is running."_s.arg(name), now);
    if (reached == "PENDING"_L1 || reached == "RESTARTING"_L1)
        co_return clusterState(
            u"Cluster %1 is still starting. Call get_cluster to see its state; do not start it again."_s.arg(name),
            now);
    QStringList why{sentence(Text::visible(now.value("state_message"_L1).toString())),
                    sentence(terminationText(now.value("termination_reason"_L1).toObject()))};
    why.removeAll(QString());
    co_return ToolResult::error(
        u"Cluster %1 did not start: it is %2. %3"_s.arg(name, reached, why.join(u' ')).trimmed());
}

QCoro::Task<ToolResult> stopCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const QJsonObject cluster = co_await readCluster(call, id);
    const QString name = Text::visible(cluster.value("cluster_name"_L1).toString());
    if (cluster.value("state"_L1) == "TERMINATED"_L1)
        co_return clusterState(u"Cluster %1 is terminated already."_s.arg(name), cluster);
    const QJsonObject body{{"cluster_id"_L1, id}};
    co_await call.workspace().post(u"/api/2.1/clusters/delete"_s, body);
    const QJsonObject now = co_await readCluster(call, id);
    co_return clusterState(
        u"Cluster %1 is being terminated. It keeps its configuration and can be started again."_s.arg(name), now);
}

QCoro::Task<ToolResult> restartCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const QJsonObject cluster = co_await readCluster(call, id);
    const QString name = Text::visible(cluster.value("cluster_name"_L1).toString());
    const QString state = cluster.value("state"_L1).toString();
    if (state != "RUNNING"_L1)
        co_return ToolResult::error(
            u"Cluster %1 is %2; only a RUNNING cluster can be restarted. Use start_cluster to start a terminated one."_s
                .arg(name, state));
    const QJsonObject body{{"cluster_id"_L1, id}};
    co_await call.workspace().post(u"/api/2.1/clusters/restart"_s, body);
    clusterAccepted(call, id);
    const QJsonObject now = co_await readCluster(call, id);
    co_return clusterState(u"Cluster %1 is restarting. Call get_cluster to see when it is RUNNING."_s.arg(name), now);
}

} // namespace

QList<Tool> clusterTools()
{
    return {
        {
            .name = u"list_clusters"_s,
            .title = u"List clusters"_s,
            .description =
                u"Lists which clusters are running and the others: live state, since when, idle auto stop, creator."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema()
                                         .texts(u"states"_s, u"Only in these states"_s, ClusterStates)
                                         .text(u"name_contains"_s, u"Part of the name, in any case"_s)
                                         .text(u"owner"_s, u"Part of the creator's user name"_s)
                                         .flag(u"created_by_me"_s, u"Only the signed-in user's"_s)
                                         .flag(u"include_job_clusters"_s, u"Also those of jobs and pipelines"_s)),
            .outputSchema = listedSchema(u"clusters"_s, Schema()
                                                            .text(u"cluster_id"_s, {})
                                                            .text(u"cluster_name"_s, {})
                                                            .text(u"state"_s, {})
                                                            .text(u"running_since_utc"_s, {})
                                                            .text(u"workers"_s, {})
                                                            .text(u"auto_stop_min"_s, {})
                                                            .text(u"creator_user_name"_s, {})),
            .run = &listClusters,
        },
        {
            .name = u"get_cluster"_s,
            .title = u"Get cluster"_s,
            .description =
                u"Shows one cluster: state, why it terminated, how long it runs and idles, size, tags, Spark conf."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = clusterIdSchema(),
            .outputSchema = clusterRowSchema().require({u"cluster_id"_s, u"cluster_name"_s, u"state"_s}),
            .run = &getCluster,
        },
        {
            .name = u"list_cluster_events"_s,
            .title = u"List cluster events"_s,
            .description = u"Lists what happened to a cluster, newest first: starts, resizes, why it terminated."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(clusterIdSchema()
                                         .texts(u"event_types"_s, u"Only these types, such as TERMINATING"_s)
                                         .text(u"since"_s, u"From this time on, "_s + TimeForms),
                                     {.usual = 25, .most = 200}),
            .outputSchema = listedSchema(
                u"events"_s,
                Schema().text(u"time"_s, {}).text(u"type"_s, {}).text(u"user"_s, {}).text(u"details"_s, {})),
            .run = &listClusterEvents,
        },
        {
            .name = u"start_cluster"_s,
            .title = u"Start cluster"_s,
            .description = u"Starts a cluster, which usually takes 3 to 7 minutes."_s,
            .effects = Calls::Effect::Adds,
            .inputSchema = clusterIdSchema().flag(u"wait"_s, u"Wait until it is RUNNING, at most 45 seconds"_s),
            .outputSchema = clusterStateSchema(),
            .run = &startCluster,
            .target = &clusterTarget,
            .idempotent = true,
        },
        {
            .name = u"stop_cluster"_s,
            .title = u"Stop cluster"_s,
            .description = u"Stops a running cluster: what runs on it is lost; it can be started again."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = clusterIdSchema(),
            .outputSchema = clusterStateSchema(),
            .run = &stopCluster,
            .target = &clusterTarget,
            .consequence = &interruptionOfCluster,
            .idempotent = true,
        },
        {
            .name = u"restart_cluster"_s,
            .title = u"Restart cluster"_s,
            .description = u"Restarts a running cluster: what runs on it is lost."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = clusterIdSchema(),
            .outputSchema = clusterStateSchema(),
            .run = &restartCluster,
            .target = &clusterTarget,
            .consequence = &interruptionOfCluster,
        },
    };
}

} // namespace Tools

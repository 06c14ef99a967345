#include "tools/clusters/clusterconsequence.h"

#include "tools/clusters/clusterspec.h"
#include "tools/jobs/runwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"

#include "common/visible.h"
#include "databricks/clusterwords.h"

using namespace Qt::StringLiterals;
using Calls::Consequence;

namespace Tools {

namespace {

using Known = std::optional<QJsonObject>;

/// jobs/runs/list gives 24 a page; more pages would take longer than a person waits.
constexpr qsizetype LookedAtRuns = 96;

const QString ClusterPath = u"/api/2.1/clusters/get"_s;

QUrlQuery idQuery(const QString &clusterId)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"cluster_id"_s, clusterId);
    return query;
}

bool isUp(const QString &state)
{
    return state == "RUNNING"_L1 || state == "RESIZING"_L1 || state == "PENDING"_L1 || state == "RESTARTING"_L1;
}

bool runsOn(const QJsonObject &run, const QString &clusterId)
{
    const auto isThere = [&clusterId](const QJsonValue &part) {
        return part["cluster_instance"_L1]["cluster_id"_L1] == clusterId || part["existing_cluster_id"_L1] == clusterId;
    };
    const QJsonArray tasks = run.value("tasks"_L1).toArray();
    return isThere(run) || std::any_of(tasks.begin(), tasks.end(), isThere);
}

/// "Nightly load (run 123, 12 min so far)"
QString runText(const QJsonObject &run)
{
    const QJsonObject row = runRow(run);
    const QString time = row.value("duration"_L1).toString();
    return u"%1 (run %2%3)"_s.arg(Text::line(row.value("run_name"_L1).toString(), 60),
                                  row.value("run_id"_L1).toString(), time.isEmpty() ? QString() : u", "_s + time);
}

QString runsText(const std::optional<KnownItems> &active, const QString &clusterId)
{
    if (!active)
        return u"Which job runs are on it is not known."_s;
    QStringList runs;
    for (const QJsonValue value : active->items) {
        if (const QJsonObject run = value.toObject(); runsOn(run, clusterId))
            runs.append(runText(run));
    }
    const QString rest =
        active->isWhole ? QString() : u" Only the newest %1 active runs were looked at."_s.arg(active->items.size());
    if (runs.isEmpty())
        return u"No active job run is on it."_s + rest;
    return u"%1 on it: %2.%3"_s.arg(counted(runs.size(), u"active job run"_s), someOf(runs), rest);
}

void addTimes(QStringList &facts, const QJsonObject &cluster)
{
    if (const QString up = agoText(cluster.value("start_time"_L1).toInteger()); !up.isEmpty())
        facts.append(u"It was started %1."_s.arg(up));
    const QString activity = agoText(cluster.value("last_activity_time"_L1).toInteger());
    facts.append(activity.isEmpty() ? u"When something last ran on it is not known."_s
                                    : u"Something last ran on it %1."_s.arg(activity));
}

/// What is lost with what runs on the cluster now.
QCoro::Task<QStringList> whatRuns(ToolCall call, QString clusterId, Known cluster)
{
    QStringList facts;
    const QString state = cluster ? Text::line(cluster->value("state"_L1).toString(), 40) : QString();
    if (cluster && !isUp(state)) {
        facts.append(u"It is %1: nothing runs on it."_s.arg(state));
        co_return facts;
    }
    QUrlQuery query{{u"active_only"_s, u"true"_s}, {u"expand_tasks"_s, u"true"_s}, {u"limit"_s, u"24"_s}};
    const QString path = u"/api/2.2/jobs/runs/list"_s;
    const QString key = u"runs"_s;
    const std::optional<KnownItems> active = co_await knownItems(call, path, query, key, LookedAtRuns);
    facts.append(runsText(active, clusterId));
    const QString host = call.workspace().host().host();
    if (const qsizetype own = call.session().contexts->countOn(host, clusterId); own > 0)
        facts.append(u"Bricktray has %1 open on it; what their variables hold is lost."_s.arg(
            counted(own, u"run_code session"_s)));
    if (cluster)
        addTimes(facts, *cluster);
    else
        facts.append(u"Its state is not known."_s);
    facts.append(u"Whose notebooks are attached to it is not known; what they hold in memory is lost."_s);
    co_return facts;
}

QCoro::Task<Known> clusterOf(ToolCall call, QString clusterId)
{
    const QUrlQuery query = idQuery(clusterId);
    return known(call, ClusterPath, query);
}

/// "num_workers: 4 becomes 8"
QString changeText(const QString &name, const QJsonValue &before, const QJsonValue &after)
{
    const auto text = [](const QJsonValue &value) {
        return value.isUndefined() || value.isNull()
                   ? u"nothing"_s
                   : Text::line(value.isString() ? value.toString() : jsonText(value), 300);
    };
    return u"%1: %2 becomes %3"_s.arg(name, text(before), text(after));
}

/// "4 cores and 14 GiB"; nothing where the type is not known.
QCoro::Task<std::optional<QJsonObject>> nodeType(ToolCall call, QString id)
{
    const QUrlQuery none;
    const QString path = u"/api/2.1/clusters/list-node-types"_s;
    const QString key = u"node_types"_s;
    const std::optional<KnownItems> types = co_await knownItems(call, path, none, key, 10'000);
    Known found;
    for (const QJsonValue type : types.value_or(KnownItems()).items) {
        if (type["node_type_id"_L1] == id)
            found = type.toObject();
    }
    co_return found;
}

QString machineText(const QString &nodeTypeId, const Known &type)
{
    const QString name = Text::line(nodeTypeId, 80);
    if (!type)
        return name + u" (how large is not known)"_s;
    const double memory = type->value("memory_mb"_L1).toDouble() / 1024;
    return u"%1 (%2 cores, %3 GiB)"_s.arg(name).arg(type->value("num_cores"_L1).toDouble()).arg(memory, 0, 'g', 4);
}

QString newSizeText(const QJsonObject &spec)
{
    if (spec.value("is_single_node"_L1).toBool())
        return u"1 machine, a driver without workers"_s;
    const QJsonObject range = spec.value("autoscale"_L1).toObject();
    if (!range.isEmpty())
        return u"%1 to %2 machines, the driver included, as the load asks for"_s
            .arg(range.value("min_workers"_L1).toInteger() + 1)
            .arg(range.value("max_workers"_L1).toInteger() + 1);
    return u"%1 with the driver"_s.arg(counted(spec.value("num_workers"_L1).toInteger() + 1, u"machine"_s));
}

QString newEndText(const QJsonObject &spec)
{
    const QJsonValue minutes = spec.value("autotermination_minutes"_L1);
    if (minutes.isUndefined())
        return u"When it stops by itself is as its policy says."_s;
    return minutes.toInteger() == 0 ? u"It NEVER stops by itself."_s
                                    : u"It stops by itself after %1 idle minutes."_s.arg(minutes.toInteger());
}

} // namespace

QCoro::Task<Consequence> interruptionOfCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const Known cluster = co_await clusterOf(call, id);
    Consequence consequence;
    consequence.facts = co_await whatRuns(call, id, cluster);
    co_return consequence;
}

QCoro::Task<Consequence> deletionOfCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const Known cluster = co_await clusterOf(call, id);
    Consequence consequence;
    consequence.facts = co_await whatRuns(call, id, cluster);
    consequence.facts.append(u"Its configuration goes as well and can't be brought back; jobs that are set to run on "
                             u"it fail from then on."_s);
    co_return consequence;
}

QCoro::Task<Consequence> editOfCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const QJsonObject spec = clusterSpec(call);
    const Known cluster = co_await clusterOf(call, id);
    Consequence consequence;
    QStringList running = co_await whatRuns(call, id, cluster);
    const QJsonObject before = cluster.value_or(QJsonObject());
    for (auto setting = spec.begin(); setting != spec.end(); ++setting) {
        const QJsonValue old = before.value(setting.key());
        if (!cluster)
            consequence.facts.append(u"%1: what it is now is not known"_s.arg(setting.key()));
        else if (old != *setting)
            consequence.facts.append(changeText(setting.key(), old, *setting));
    }
    if (cluster && consequence.facts.isEmpty())
        consequence.facts.append(u"Nothing changes: these settings are what it has."_s);
    if (cluster && isUp(before.value("state"_L1).toString()))
        consequence.facts.append(u"It restarts, and what runs on it is lost."_s);
    consequence.facts += running;
    co_return consequence;
}

QCoro::Task<Consequence> resizeOfCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const QJsonObject size = clusterSize(call);
    const Known cluster = co_await clusterOf(call, id);
    Consequence consequence;
    const QString now = cluster ? Databricks::workersText(*cluster) : QString();
    consequence.facts.append(
        u"Workers: %1 now, %2 then."_s.arg(now.isEmpty() ? u"not known"_s : now, Databricks::workersText(size)));
    const QStringList running = co_await whatRuns(call, id, cluster);
    consequence.facts += running;
    co_return consequence;
}

QCoro::Task<Consequence> newCluster(ToolCall call)
{
    const QJsonObject spec = newClusterSpec(call);
    Consequence consequence;
    consequence.facts.append(newSizeText(spec) + u'.');
    const QString worker = spec.value("node_type_id"_L1).toString();
    const QString driver = spec.value("driver_node_type_id"_L1).toString(worker);
    if (worker.isEmpty()) {
        consequence.facts.append(u"Its machines are those of its %1."_s.arg(
            spec.contains("instance_pool_id"_L1) ? u"instance pool"_s : u"policy"_s));
    } else {
        const Known workerType = co_await nodeType(call, worker);
        QString machines = u"Each is a "_s + machineText(worker, workerType);
        if (driver != worker) {
            const Known driverType = co_await nodeType(call, driver);
            machines += u", the driver a "_s + machineText(driver, driverType);
        }
        consequence.facts.append(machines + u'.');
    }
    consequence.facts.append(newEndText(spec));
    co_return consequence;
}

QCoro::Task<Consequence> librariesOfCluster(ToolCall call)
{
    const QString id = call.clusterId();
    const Known cluster = co_await clusterOf(call, id);
    Consequence consequence;
    const QString state = cluster ? Text::line(cluster->value("state"_L1).toString(), 40) : QString();
    if (!cluster)
        consequence.facts.append(u"Whether it runs is not known."_s);
    else if (isUp(state))
        consequence.facts.append(
            u"It is %1: what is installed is there for everybody on it at once, what is removed goes when it restarts."_s
                .arg(state));
    else
        consequence.facts.append(u"It is %1: this takes effect when it starts."_s.arg(state));
    co_return consequence;
}

} // namespace Tools

#include "sample/jobs/pipelinebook.h"

#include "sample/jobs/pasttimes.h"
#include "sample/server/builtin.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 minute = 60'000;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString isoTime(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC().toString(Qt::ISODateWithMs);
}

/// From the queue on.
QStringList course(const QJsonObject &wish, bool fails)
{
    QStringList states{u"WAITING_FOR_RESOURCES"_s, u"INITIALIZING"_s};
    if (wish.value("full_refresh"_L1).toBool())
        states.append(u"RESETTING"_s);
    if (!wish.value("validate_only"_L1).toBool())
        states += QStringList{u"SETTING_UP_TABLES"_s, u"RUNNING"_s};
    states.append(fails ? u"FAILED"_s : u"COMPLETED"_s);
    return states;
}

QString pipelineState(const QString &updateState)
{
    static const QHash<QString, QString> states{
        {u"RUNNING"_s, u"RUNNING"_s},     {u"SETTING_UP_TABLES"_s, u"RUNNING"_s},
        {u"RESETTING"_s, u"RESETTING"_s}, {u"STOPPING"_s, u"STOPPING"_s},
        {u"COMPLETED"_s, u"IDLE"_s},      {u"CANCELED"_s, u"IDLE"_s},
        {u"FAILED"_s, u"FAILED"_s}};
    return states.value(updateState, u"STARTING"_s);
}

struct PastUpdate
{
    qint64 start = 0;
    qint64 step = 2 * minute; ///< that each state takes
    QString cause = QStringLiteral("USER_ACTION");
};

/// Three, oldest first. The pipeline that a job runs every night was also started a few minutes ago.
QList<PastUpdate> pastUpdates(bool isLive)
{
    QList<PastUpdate> updates;
    for (int day = 2; day >= 0 && !isLive; --day)
        updates.append(PastUpdate{now() - (day * 1440 + 200) * minute});
    if (!isLive)
        return updates;
    const QJsonObject nightly{{u"quartz_cron_expression"_s, u"0 30 0 * * ?"_s}, {u"timezone_id"_s, u"UTC"_s}};
    for (const qint64 time : pastTimes({{u"schedule"_s, nightly}}, now() - 20 * minute, {2}))
        updates.prepend(PastUpdate{time, 2 * minute, u"JOB_TASK"_s});
    updates.append(PastUpdate{now() - 14 * minute, minute});
    return updates;
}

QJsonObject errorOf(const PipelineFault &fault)
{
    const QJsonObject exception{{u"class_name"_s, u"com.databricks.pipelines.common.errors.DLTAnalysisException"_s},
                                {u"message"_s, fault.message}};
    return {{u"fatal"_s, true}, {u"exceptions"_s, QJsonArray{exception}}};
}

/// What its code said when the failing pipeline ran last.
PipelineFault schemaFault()
{
    return {u"orders_checked"_s,
            u"[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `order_total` "
            "cannot be resolved. Did you mean one of the following? [`o_totalprice`, `o_orderdate`]. The columns are "
            "those of `samples`.`tpch`.`orders`. SQLSTATE: 42703"_s};
}

} // namespace

QString PipelineUpdate::id() const
{
    return facts.value("update_id"_L1).toString();
}

QString PipelineUpdate::state() const
{
    return facts.value("state"_L1).toString();
}

bool PipelineUpdate::isOver() const
{
    const QString is = state();
    return is == "COMPLETED"_L1 || is == "FAILED"_L1 || is == "CANCELED"_L1;
}

PipelineUpdate *Pipeline::update(const QString &updateId)
{
    const auto found =
        std::find_if(updates.begin(), updates.end(), [&](const PipelineUpdate &one) { return one.id() == updateId; });
    return found == updates.end() ? nullptr : &*found;
}

QJsonObject Pipeline::facts() const
{
    QJsonArray latest;
    for (std::size_t i = 0; i < std::min<std::size_t>(updates.size(), 5); ++i) {
        const QJsonObject &update = updates.at(i).facts;
        const QDateTime created = QDateTime::fromMSecsSinceEpoch(update.value("creation_time"_L1).toInteger()).toUTC();
        latest.append(QJsonObject{{u"update_id"_s, update.value("update_id"_L1)},
                                  {u"state"_s, update.value("state"_L1)},
                                  {u"creation_time"_s, created.toString(Qt::ISODateWithMs)}});
    }
    const bool failed = !updates.empty() && updates.front().state() == "FAILED"_L1;
    return {{u"pipeline_id"_s, id},
            {u"name"_s, name},
            {u"state"_s, state},
            {u"health"_s, failed ? u"UNHEALTHY"_s : u"HEALTHY"_s},
            {u"creator_user_name"_s, creator},
            {u"run_as_user_name"_s, creator},
            {u"latest_updates"_s, latest}};
}

PipelineBook::PipelineBook(Tempo tempo, QString user, const Tools &tools, QObject *parent)
    : QObject(parent)
    , m_tempo(tempo)
    , m_user(std::move(user))
    , m_tools(tools)
{
    invent(u"8f2050d1-ed6b-05e2-f6c8-09da79ef7437"_s, u"web_clickstream_live"_s, u"wei.zhang@example.com"_s);
    invent(u"b58728d0-1c7e-9336-acd4-ee61227a6fab"_s, u"orders_medallion"_s, u"svc-dataplatform@example.com"_s);
    invent(u"235514e6-ed3c-2374-50c2-23fc0b5c70dd"_s, u"orders_quality_gate"_s, u"olivia.carter@example.com"_s,
           schemaFault());
    invent(u"cc12bd78-eac3-50f8-c888-057e54da79fd"_s, u"crm_cdc_bronze"_s, u"svc-dataplatform@example.com"_s);
    invent(u"0d9d6098-0f6a-6760-3a20-552b0dae07c9"_s, u"iot_telemetry"_s, u"samuel.adeyemi@example.com"_s);
    invent(u"69cebad9-93a4-3397-6974-279163d41a5c"_s, u"finance_ledger_100%_checks"_s,
           u"rachel.goldberg@example.com"_s);
}

void PipelineBook::invent(const QString &id, const QString &name, const QString &creator, const PipelineFault &fault)
{
    Pipeline pipeline;
    pipeline.id = id;
    pipeline.name = name;
    pipeline.creator = creator;
    // A job runs it. Its cluster stays for a while after an update, as in development mode.
    const bool isLive = name == "web_clickstream_live"_L1;
    pipeline.spec = {
        {u"id"_s, id},
        {u"name"_s, name},
        {u"catalog"_s, u"main"_s},
        {u"schema"_s, u"default"_s},
        {u"continuous"_s, false},
        {u"development"_s, isLive},
        {u"serverless"_s, true},
        {u"channel"_s, u"CURRENT"_s},
        {u"edition"_s, u"ADVANCED"_s},
        {u"libraries"_s, QJsonArray{QJsonObject{
                             {u"notebook"_s, QJsonObject{{u"path"_s, QString("/Workspace/Pipelines/"_L1 + name)}}}}}}};
    for (const PastUpdate &past : pastUpdates(isLive)) {
        PipelineUpdate update;
        const QString updateId = stableUuid(u"%1/%2"_s.arg(id).arg(2 - pipeline.updates.size()));
        qint64 time = past.start;
        update.facts = {{u"pipeline_id"_s, id},
                        {u"update_id"_s, updateId},
                        {u"cause"_s, past.cause},
                        {u"full_refresh"_s, false},
                        {u"creation_time"_s, time}};
        update.fault = fault;
        pipeline.updates.insert(pipeline.updates.begin(), update);
        for (const auto &state : {u"CREATED"_s, u"QUEUED"_s})
            enter(pipeline, pipeline.updates.front(), state, time);
        for (const QString &state : course({}, !fault.message.isEmpty()))
            enter(pipeline, pipeline.updates.front(), state, time += past.step);
    }
    m_pipelines.push_back(std::move(pipeline));
}

const Pipeline *PipelineBook::find(const QString &id) const
{
    const auto found =
        std::find_if(m_pipelines.begin(), m_pipelines.end(), [&](const Pipeline &one) { return one.id == id; });
    return found == m_pipelines.end() ? nullptr : &*found;
}

Pipeline *PipelineBook::existing(const QString &id)
{
    return const_cast<Pipeline *>(std::as_const(*this).find(id));
}

QString PipelineBook::start(const QString &id, const QJsonObject &wish)
{
    Pipeline *pipeline = existing(id);
    if (!pipeline || (!pipeline->updates.empty() && !pipeline->updates.front().isOver()))
        return {};
    PipelineUpdate update;
    const QString updateId = stableUuid(u"%1/started/%2"_s.arg(id).arg(++m_made));
    update.facts = wish;
    update.facts.insert(u"pipeline_id"_s, id);
    update.facts.insert(u"update_id"_s, updateId);
    update.facts.insert(u"cause"_s, u"API_CALL"_s);
    update.facts.insert(u"creation_time"_s, now());
    update.ahead = course(wish, false);
    update.isChecked = false;
    pipeline->updates.insert(pipeline->updates.begin(), update);
    record(*pipeline, updateId, u"INFO"_s, u"user_action"_s, u"User %1 started an update."_s.arg(m_user), now());
    for (const auto &state : {u"CREATED"_s, u"QUEUED"_s})
        enter(*pipeline, pipeline->updates.front(), state, now());
    check(id, updateId);
    tick(id, updateId);
    return updateId;
}

void PipelineBook::stop(const QString &id)
{
    Pipeline *pipeline = existing(id);
    if (!pipeline || pipeline->updates.empty() || pipeline->updates.front().isOver())
        return;
    PipelineUpdate &update = pipeline->updates.front();
    record(*pipeline, update.id(), u"INFO"_s, u"user_action"_s, u"User %1 stopped the update."_s.arg(m_user), now());
    enter(*pipeline, update, u"STOPPING"_s, now());
    update.ahead = QStringList{u"CANCELED"_s};
}

QString PipelineBook::create(const QJsonObject &spec)
{
    Pipeline pipeline;
    pipeline.id = stableUuid(u"created/%1"_s.arg(++m_made));
    pipeline.creator = m_user;
    m_pipelines.push_back(pipeline);
    edit(pipeline.id, spec);
    if (spec.value("continuous"_L1).toBool())
        start(pipeline.id, {});
    return pipeline.id;
}

void PipelineBook::edit(const QString &id, const QJsonObject &spec)
{
    Pipeline *pipeline = existing(id);
    if (!pipeline)
        return;
    pipeline->spec = spec;
    pipeline->spec.insert(u"id"_s, id);
    pipeline->name = spec.value("name"_L1).toString();
    pipeline->lastModified = now();
}

void PipelineBook::remove(const QString &id)
{
    std::erase_if(m_pipelines, [&](const Pipeline &one) { return one.id == id; });
}

void PipelineBook::tick(const QString &id, const QString &updateId)
{
    QTimer::singleShot(m_tempo.step, this, [this, id, updateId] {
        Pipeline *pipeline = existing(id);
        PipelineUpdate *update = pipeline ? pipeline->update(updateId) : nullptr;
        if (!update || update->ahead.isEmpty())
            return;
        if (update->isChecked || update->ahead.size() > 1) {
            const bool fails = update->ahead.first() == "COMPLETED"_L1 && !update->fault.message.isEmpty();
            const QString state = update->ahead.takeFirst();
            enter(*pipeline, *update, fails ? u"FAILED"_s : state, now());
        }
        tick(id, updateId);
    });
}

/// Looks at the code as it now stands, while the update goes on.
void PipelineBook::check(const QString &id, const QString &updateId)
{
    const PipelineSources sources = PipelineSources::of(existing(id)->spec, m_tools.tree);
    checkSources(sources, m_tools.engine, [this, id, updateId](const PipelineFault &fault) {
        Pipeline *pipeline = existing(id);
        PipelineUpdate *update = pipeline ? pipeline->update(updateId) : nullptr;
        if (!update)
            return;
        update->fault = fault;
        update->isChecked = true;
    });
}

void PipelineBook::enter(Pipeline &pipeline, PipelineUpdate &update, const QString &state, qint64 time) const
{
    update.facts.insert(u"state"_s, state);
    pipeline.state = pipelineState(state);
    const bool failed = state == "FAILED"_L1;
    const QString updateId = update.id();
    if (failed)
        record(pipeline, updateId, u"ERROR"_s, u"flow_progress"_s,
               update.fault.flow.isEmpty() ? u"The code of the pipeline could not be read."_s
                                           : u"Flow '%1' has FAILED fatally."_s.arg(update.fault.flow),
               time, errorOf(update.fault));
    if (state == "RUNNING"_L1) {
        for (const PipelineFlow &flow : PipelineSources::of(pipeline.spec, m_tools.tree).flows) {
            if (!flow.expectation.isEmpty())
                record(pipeline, updateId, u"WARN"_s, u"flow_progress"_s,
                       u"Flow '%1' dropped 12 of 700 rows that broke the expectation %2."_s.arg(flow.name,
                                                                                                flow.expectation),
                       time);
        }
    }
    record(pipeline, updateId, failed ? u"ERROR"_s : u"INFO"_s, u"update_progress"_s,
           u"Update %1 is %2."_s.arg(updateId.left(6), state), time);
}

void PipelineBook::record(Pipeline &pipeline, const QString &updateId, const QString &level, const QString &type,
                          const QString &message, qint64 time, const QJsonObject &error)
{
    const QJsonObject origin{
        {u"pipeline_id"_s, pipeline.id}, {u"pipeline_name"_s, pipeline.name}, {u"update_id"_s, updateId}};
    QJsonObject event{{u"id"_s, stableUuid(u"%1/event/%2"_s.arg(pipeline.id).arg(pipeline.events.size()))},
                      {u"timestamp"_s, isoTime(time)},
                      {u"level"_s, level},
                      {u"event_type"_s, type},
                      {u"message"_s, message},
                      {u"maturity_level"_s, u"STABLE"_s},
                      {u"origin"_s, origin}};
    if (!error.isEmpty())
        event.insert(u"error"_s, error);
    pipeline.events.prepend(event);
}

} // namespace Sample

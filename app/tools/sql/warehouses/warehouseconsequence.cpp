#include "tools/sql/warehouses/warehouseconsequence.h"

#include "tools/kit/consequences.h"

#include "common/visible.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using Calls::Consequence;

namespace Tools {

namespace {

using Known = std::optional<QJsonObject>;

constexpr qsizetype LookedAtStatements = 100;
/// Statements older than that are over.
constexpr qint64 LongestStatementMs = 24 * 3600 * 1000;

QCoro::Task<Known> warehouseOf(ToolCall call)
{
    const QUrlQuery none;
    const QString path = u"/api/2.0/sql/warehouses/"_s + Databricks::pathSegment(call.warehouseId());
    return known(call, path, none);
}

QString statementsText(const std::optional<KnownItems> &statements)
{
    if (!statements)
        return u"Which statements run on it is not known."_s;
    if (statements->items.isEmpty())
        return u"No statement runs on it or waits for it."_s;
    QStringList users;
    for (const QJsonValue statement : statements->items) {
        const QString user = statement["user_name"_L1].toString();
        if (!users.contains(user))
            users.append(user);
    }
    return u"On it or waiting for it: %1, of %2; they are lost."_s.arg(statements->counted(u"statement"_s),
                                                                       someOf(users));
}

QString endText(const QJsonObject &warehouse)
{
    const QJsonValue minutes = warehouse.value("auto_stop_mins"_L1);
    if (!minutes.isDouble())
        return u"When it stops by itself is not known."_s;
    return minutes.toInteger() == 0 ? u"It NEVER stops by itself."_s
                                    : u"It stops by itself after %1 idle minutes."_s.arg(minutes.toInteger());
}

} // namespace

QCoro::Task<Consequence> interruptionOfWarehouse(ToolCall call)
{
    const QString id = call.warehouseId();
    QUrlQuery query{
        {u"max_results"_s, u"100"_s}, {u"filter_by.statuses"_s, u"RUNNING"_s}, {u"filter_by.statuses"_s, u"QUEUED"_s}};
    Databricks::addQueryItem(query, u"filter_by.warehouse_ids"_s, id);
    query.addQueryItem(u"filter_by.query_start_time_range.start_time_ms"_s,
                       QString::number(QDateTime::currentMSecsSinceEpoch() - LongestStatementMs));
    const QString path = u"/api/2.0/sql/history/queries"_s;
    const QString key = u"res"_s;
    QCoro::Task<Known> readingWarehouse = warehouseOf(call);
    const std::optional<KnownItems> statements = co_await knownItems(call, path, query, key, LookedAtStatements);
    const Known warehouse = co_await readingWarehouse;
    Consequence consequence;
    const QString state = warehouse ? Text::line(warehouse->value("state"_L1).toString(), 40) : QString();
    if (state == "STOPPED"_L1) {
        consequence.facts.append(u"It is STOPPED: nothing runs on it."_s);
        co_return consequence;
    }
    consequence.facts.append(statementsText(statements));
    if (warehouse && warehouse->contains("num_active_sessions"_L1))
        consequence.facts.append(
            u"It has %1."_s.arg(counted(warehouse->value("num_active_sessions"_L1).toInteger(), u"active session"_s)));
    consequence.facts.append(u"It starts again when a statement is sent to it."_s);
    co_return consequence;
}

QCoro::Task<Consequence> startOfWarehouse(ToolCall call)
{
    const Known warehouse = co_await warehouseOf(call);
    Consequence consequence;
    if (!warehouse) {
        consequence.facts.append(u"How large it is is not known."_s);
        co_return consequence;
    }
    const QString size = Text::line(warehouse->value("cluster_size"_L1).toString(), 40);
    const qint64 most = warehouse->value("max_num_clusters"_L1).toInteger(1);
    consequence.facts.append(u"It is %1, at most %2."_s.arg(size, counted(most, u"cluster"_s)));
    consequence.facts.append(endText(*warehouse));
    co_return consequence;
}

} // namespace Tools

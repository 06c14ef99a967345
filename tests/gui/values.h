#pragma once

#include "calls/record.h"
#include "monitor/cluster.h"

/// A cluster in this state.
inline Monitor::Cluster cluster(const QString &id, const QString &name, const QString &state)
{
    Monitor::Cluster cluster;
    cluster.id = id;
    cluster.name = name;
    cluster.state = state;
    cluster.creator = QStringLiteral("ada@example.com");
    cluster.runtime = QStringLiteral("15.4.x-scala2.12");
    cluster.workers = QStringLiteral("2 to 8");
    cluster.started = QDateTime::currentDateTimeUtc().addSecs(-3600);
    return cluster;
}

/// An exchange that began so many milliseconds after its call and took so many.
inline Rest::Exchange exchange(const Calls::Record &call, qint64 started, qint64 duration)
{
    Rest::Exchange exchange;
    exchange.started = call.started.addMSecs(started);
    exchange.duration = std::chrono::milliseconds(duration);
    exchange.method = QStringLiteral("GET");
    exchange.path = QStringLiteral("/api/2.1/clusters/list");
    exchange.status = 200;
    exchange.bytesReceived = 4000;
    return exchange;
}

/// A call with this outcome.
inline Calls::Record call(qint64 id, Calls::Outcome outcome, const QString &tool = QStringLiteral("list_clusters"))
{
    Calls::Record record;
    record.id = id;
    record.started = QDateTime::currentDateTimeUtc();
    record.client = QStringLiteral("cursor-vscode 1.0.0");
    record.tool = tool;
    record.outcome = outcome;
    record.durationMs = 340;
    return record;
}

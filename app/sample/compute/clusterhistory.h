#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace Sample {

/// What happened to a cluster, as clusters/events tells it.
struct ClusterEvent
{
    qint64 timestamp = 0; ///< milliseconds since 1970
    QString type;
    QJsonObject details;
};

/// A believable past for a cluster with these facts: creation, some runs with their ends, and a last run that agrees
/// with start_time, terminated_time and termination_reason. Oldest first; the same for the same facts.
QList<ClusterEvent> inventedHistory(const QJsonObject &facts, int workers);

/// The details of the events that the API words the same way every time.
QJsonObject sizeDetails(int workers);
QJsonObject endDetails(const QJsonObject &reason);
QJsonObject userDetails(const QString &user);

} // namespace Sample

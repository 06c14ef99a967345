#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

namespace Monitor {

/// A cluster as the window shows it: what clusters/list says of it
/// (https://docs.databricks.com/api/workspace/clusters/list).
struct Cluster
{
    QString id;
    QString name;
    QString state; ///< as the API spells it: "RUNNING"
    QString stateMessage;
    QString creator;
    QString runtime; ///< spark_version
    QString nodeType;
    QString workers; ///< "8", or "2 to 8" when autoscaling
    QDateTime started;
    QDateTime terminated;
    QString terminationCode;

    static Cluster fromJson(const QJsonObject &json);
    /// Something is under way: PENDING, RESTARTING, RESIZING, TERMINATING.
    bool isChanging() const;

    bool operator==(const Cluster &) const = default;
};

/// What became of a cluster on the list.
struct ClusterChange
{
    Cluster cluster;       ///< as it is now, or was before it went
    QString previousState; ///< empty: it is new on the list
    bool isGone = false;   ///< from the list
};

} // namespace Monitor

Q_DECLARE_METATYPE(Monitor::Cluster)
Q_DECLARE_METATYPE(QList<Monitor::Cluster>)
Q_DECLARE_METATYPE(QList<Monitor::ClusterChange>)

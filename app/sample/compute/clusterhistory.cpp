#include "sample/compute/clusterhistory.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 day = 24 * 60 * minute;

class Past
{
public:
    Past(const QJsonObject &facts, int workers)
        : m_facts(facts)
        , m_workers(workers)
        , m_dice(seed(facts.value("cluster_id"_L1).toString()))
    {}

    QList<ClusterEvent> invent();

private:
    static quint32 seed(const QString &id)
    {
        return qFromBigEndian<quint32>(QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256).constData());
    }
    qint64 minutes(int least, int most) { return minute * m_dice.bounded(least, most + 1); }
    void add(qint64 time, const QString &type, const QJsonObject &details) { m_events.append({time, type, details}); }
    void begin(qint64 time, bool first);
    void resizeBetween(qint64 from, qint64 to);
    void earlierRun(qint64 from, qint64 to, bool first);
    void lastRun(bool first);

    const QJsonObject m_facts;
    const int m_workers;
    QRandomGenerator m_dice;
    QList<ClusterEvent> m_events;
};

void Past::begin(qint64 time, bool first)
{
    const QString user = m_facts.value("creator_user_name"_L1).toString();
    add(time, first ? u"CREATING"_s : u"STARTING"_s, userDetails(user));
}

void Past::resizeBetween(qint64 from, qint64 to)
{
    const int most = m_facts.value("autoscale"_L1)["max_workers"_L1].toInt();
    if (most <= m_workers || to - from < 20 * minute)
        return;
    const int target = m_dice.bounded(m_workers + 1, most + 1);
    const qint64 asked = from + minutes(3, 8);
    const QJsonObject wish{
        {u"cause"_s, u"AUTOSCALE"_s}, {u"current_num_workers"_s, m_workers}, {u"target_num_workers"_s, target}};
    add(asked, u"RESIZING"_s, wish);
    add(asked + minutes(2, 5), u"UPSIZE_COMPLETED"_s, sizeDetails(target));
}

void Past::earlierRun(qint64 from, qint64 to, bool first)
{
    begin(from, first);
    const qint64 ready = from + minutes(3, 6);
    add(ready, u"RUNNING"_s, sizeDetails(m_workers));
    add(ready, u"DRIVER_HEALTHY"_s, {});
    resizeBetween(ready, to);
    const int patience = m_facts.value("autotermination_minutes"_L1).toInt();
    QJsonObject reason{{u"type"_s, u"SUCCESS"_s}};
    if (patience > 0) {
        reason.insert(u"code"_s, u"INACTIVITY"_s);
        reason.insert(u"parameters"_s, QJsonObject{{u"inactivity_duration_min"_s, QString::number(patience)}});
    } else {
        reason.insert(u"code"_s, u"USER_REQUEST"_s);
        reason.insert(u"parameters"_s, QJsonObject{{u"username"_s, m_facts.value("creator_user_name"_L1)}});
    }
    add(to, u"TERMINATING"_s, endDetails(reason));
}

void Past::lastRun(bool first)
{
    const qint64 from = m_facts.value("start_time"_L1).toInteger();
    const qint64 to = m_facts.value("terminated_time"_L1).toInteger();
    const bool runs = m_facts.value("state"_L1) == "RUNNING"_L1;
    // What ends this soon did not start; the cluster of a job or a pipeline lives as long as what it runs.
    const QString source = m_facts.value("cluster_source"_L1).toString();
    const bool cameUp = runs || to - from > 25 * minute || source == "JOB"_L1 || source == "PIPELINE"_L1;
    begin(from, first);
    if (cameUp) {
        const qint64 latest = runs ? minutes(3, 6) : std::min(minutes(3, 6), (to - from) / 3);
        const qint64 ready = from + latest;
        add(ready, u"RUNNING"_s, sizeDetails(m_workers));
        add(ready, u"DRIVER_HEALTHY"_s, {});
        if (!runs)
            resizeBetween(ready, to);
    }
    if (!runs)
        add(to, u"TERMINATING"_s, endDetails(m_facts.value("termination_reason"_L1).toObject()));
}

QList<ClusterEvent> Past::invent()
{
    // A job's cluster lives once; the others have been started before.
    const QString source = m_facts.value("cluster_source"_L1).toString();
    const bool reused = source == "UI"_L1 || source == "API"_L1;
    const int earlier = reused ? m_dice.bounded(2, 7) : 0;
    qint64 from = m_facts.value("start_time"_L1).toInteger() - day * earlier;
    for (int i = 0; i < earlier; ++i) {
        earlierRun(from, from + minutes(90, 600), i == 0);
        from += day;
    }
    lastRun(earlier == 0);
    return m_events;
}

} // namespace

QJsonObject sizeDetails(int workers)
{
    return {{u"current_num_workers"_s, workers}, {u"target_num_workers"_s, workers}};
}

QJsonObject endDetails(const QJsonObject &reason)
{
    QJsonObject details{{u"reason"_s, reason}};
    const QJsonValue user = reason.value("parameters"_L1)["username"_L1];
    if (user.isString())
        details.insert(u"user"_s, user);
    return details;
}

QJsonObject userDetails(const QString &user)
{
    return {{u"user"_s, user}};
}

QList<ClusterEvent> inventedHistory(const QJsonObject &facts, int workers)
{
    return Past(facts, workers).invent();
}

} // namespace Sample

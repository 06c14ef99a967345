#include "sample/compute/clusteradmin.h"

#include "sample/compute/clusterchoices.h"
#include "sample/compute/clusterfleet.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <limits>
#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 anyNumber = std::numeric_limits<qint64>::max();

ApiRefusal unexpectedState(const SampleCluster &cluster)
{
    const QString state = cluster.state().at(0) + cluster.state().mid(1).toLower();
    return ApiRefusal::invalidState(u"Cluster %1 is in unexpected state %2."_s.arg(cluster.id(), state))
        .withReason(u"CM_API_ERROR_SOURCE_CALLER_ERROR"_s);
}

/// The cluster a request means. Throws ApiRefusal in the cluster manager's words where there is none.
void requireCluster(const ClusterFleet &fleet, const QString &id)
{
    if (!fleet.find(id))
        throw ApiRefusal::invalidParameter(u"Cluster %1 does not exist"_s.arg(id))
            .withReason(u"CM_API_ERROR_SOURCE_CALLER_ERROR"_s);
}

const SampleCluster &meant(const ClusterFleet &fleet, const QJsonObject &body)
{
    const QString id = requiredText(body, u"cluster_id"_s);
    requireCluster(fleet, id);
    return *fleet.find(id);
}

void checkSize(const QJsonObject &size)
{
    number(size.value("num_workers"_L1), u"num_workers"_s, 0, 100'000, 0);
    const QJsonValue scale = size.value("autoscale"_L1);
    if (scale.isUndefined())
        return;
    const qint64 least = number(scale["min_workers"_L1], u"autoscale.min_workers"_s, 0, 100'000, 0);
    number(scale["max_workers"_L1], u"autoscale.max_workers"_s, std::max<qint64>(least, 1), anyNumber, 1);
}

void checkFields(const QJsonObject &fields)
{
    checkSize(fields);
    const qint64 idle = number(fields.value("autotermination_minutes"_L1), u"autotermination_minutes"_s, 0, 10'000, 0);
    if (idle > 0 && idle < 10)
        throw ApiRefusal::invalidParameter(u"The cluster autotermination minutes must be either 0 or in [10, 10000]"_s);
    const QString nodeType = fields.value("node_type_id"_L1).toString();
    if (!nodeType.isEmpty() && !sampleNodeTypes().contains(nodeType))
        throw ApiRefusal::invalidParameter(u"Node type %1 is not supported."_s.arg(nodeType));
}

/// A field of a cluster by the name that policies have for it: "autoscale.max_workers".
QJsonValue fieldOf(const QJsonObject &fields, const QString &name)
{
    const QString group = name.section(u'.', 0, -2);
    return group.isEmpty() ? fields.value(name) : fields.value(group)[name.section(u'.', -1)];
}

/// The fields with what the policy fixes and, where that is asked for, what it gives unless told otherwise. Throws
/// ApiRefusal for what it does not allow
/// (https://docs.databricks.com/aws/en/admin/clusters/policy-definition).
QJsonObject underPolicy(QJsonObject fields, const QString &policyId)
{
    if (policyId.isEmpty())
        return fields;
    const QJsonObject policy = samplePolicy(policyId);
    if (policy.isEmpty())
        throw ApiRefusal::invalidParameter(u"Can't find a cluster policy with id: %1."_s.arg(policyId));
    const bool takesDefaults = fields.take("apply_policy_default_values"_L1).toBool();
    const QJsonObject rules = QJsonDocument::fromJson(policy.value("definition"_L1).toString().toUtf8()).object();
    for (auto one = rules.begin(); one != rules.end(); ++one) {
        const QJsonObject rule = one->toObject();
        const bool isFixed = rule.value("type"_L1) == "fixed"_L1;
        const QJsonValue given = fieldOf(fields, one.key());
        if (given.isUndefined()) {
            if (isFixed)
                fields.insert(one.key(), rule.value("value"_L1));
            else if (takesDefaults && rule.contains("defaultValue"_L1))
                fields.insert(one.key(), rule.value("defaultValue"_L1));
            continue;
        }
        const bool isAllowed =
            isFixed ? given == rule.value("value"_L1) : given.toInteger() <= rule.value("maxValue"_L1).toInteger();
        if (!isAllowed)
            throw ApiRefusal::invalidParameter(u"Validation failed for %1: the policy %2 allows %3."_s.arg(
                one.key(), policy.value("name"_L1).toString(),
                isFixed ? u"only "_s + rule.value("value"_L1).toVariant().toString()
                        : u"at most %1"_s.arg(rule.value("maxValue"_L1).toInteger())));
    }
    return fields;
}

Http::Reply create(ClusterFleet &fleet, const QJsonObject &wish)
{
    requiredText(wish, u"spark_version"_s);
    const QJsonObject body = underPolicy(wish, wish.value("policy_id"_L1).toString());
    checkFields(body);
    if (!body.contains("node_type_id"_L1) && !body.contains("instance_pool_id"_L1))
        throw ApiRefusal::missingField(u"node_type_id"_s);
    return answer({{u"cluster_id"_s, fleet.create(body)}});
}

Http::Reply applied(ClusterFleet &fleet, const QJsonObject &body, const QJsonObject &fields)
{
    const SampleCluster &cluster = meant(fleet, body);
    checkFields(fields);
    QJsonObject whole = cluster.facts;
    layOver(whole, fields);
    underPolicy(whole, whole.value("policy_id"_L1).toString());
    if (!fleet.edit(cluster.id(), fields))
        throw unexpectedState(cluster);
    return answer({});
}

/// https://docs.databricks.com/api/workspace/clusters/update
Http::Reply update(ClusterFleet &fleet, const QJsonObject &body)
{
    const QStringList mask = requiredText(body, u"update_mask"_s).split(u',');
    const QJsonObject given = body.value("cluster"_L1).toObject();
    QJsonObject fields;
    for (const QString &field : mask) {
        if (field != field.trimmed() || field.contains(u'.'))
            throw ApiRefusal::invalidParameter(u"Invalid update_mask: '%1'."_s.arg(field));
        // What the mask names and the cluster does not have is taken off.
        fields.insert(field, given.contains(field) ? given.value(field) : QJsonValue::Null);
    }
    return applied(fleet, body, fields);
}

Http::Reply resize(ClusterFleet &fleet, const QJsonObject &body)
{
    const SampleCluster &cluster = meant(fleet, body);
    checkSize(body);
    QJsonObject size = body;
    size.remove("cluster_id"_L1);
    if (!fleet.resize(cluster.id(), size))
        throw unexpectedState(cluster);
    return answer({});
}

QJsonObject pypi(const QString &package)
{
    return {{u"pypi"_s, QJsonObject{{u"package"_s, package}}}};
}

/// Which libraries each cluster has.
class Shelf
{
public:
    explicit Shelf(const ClusterFleet &fleet)
        : m_fleet(fleet)
    {}

    QJsonObject status(const QString &clusterId)
    {
        requireCluster(m_fleet, clusterId);
        const QString state = m_fleet.find(clusterId)->state();
        QJsonArray statuses;
        QJsonArray &kept = shelf(clusterId);
        const qint64 started = startOf(m_fleet.find(clusterId)->facts);
        // What was marked went with the restart since.
        for (qsizetype i = kept.size() - 1; i >= 0; --i) {
            if (kept.at(i)["status"_L1] == "UNINSTALL_ON_RESTART"_L1 && kept.at(i)[Marked].toInteger() < started)
                kept.removeAt(i);
        }
        for (const QJsonValue one : std::as_const(kept)) {
            QJsonObject entry = one.toObject();
            entry.remove(Marked);
            // What was asked for is there as soon as somebody looks at a running cluster.
            if (entry.value("status"_L1) == "PENDING"_L1 && state == "RUNNING"_L1)
                entry.insert(u"status"_s, u"INSTALLED"_s);
            statuses.append(entry);
        }
        return {{u"cluster_id"_s, clusterId}, {u"library_statuses"_s, statuses}};
    }

    void mark(const QJsonObject &body, const QString &status)
    {
        const QString clusterId = requiredText(body, u"cluster_id"_s);
        requireCluster(m_fleet, clusterId);
        const QJsonArray libraries = body.value("libraries"_L1).toArray();
        if (libraries.isEmpty())
            throw ApiRefusal::missingField(u"libraries"_s);
        for (const QJsonValue library : libraries) {
            if (library.toObject().size() != 1)
                throw ApiRefusal::invalidParameter(u"Each library must have exactly one type."_s);
            put(clusterId, library, status);
        }
    }

private:
    QJsonArray &shelf(const QString &clusterId)
    {
        // Nobody has installed anything yet on what was just made.
        if (!m_shelves.contains(clusterId) && m_fleet.isMadeHere(clusterId))
            m_shelves.insert(clusterId, {});
        if (!m_shelves.contains(clusterId)) {
            m_shelves.insert(clusterId,
                             {entry(pypi(u"great-expectations==0.18.19"_s), u"INSTALLED"_s),
                              QJsonObject{{u"library"_s, pypi(u"prophet==1.1.5"_s)},
                                          {u"status"_s, u"FAILED"_s},
                                          {u"messages"_s, QJsonArray{u"Library installation failed: no matching "
                                                                     "distribution found for prophet==1.1.5"_s}},
                                          {u"is_library_for_all_clusters"_s, false}}});
        }
        return m_shelves[clusterId];
    }

    static QJsonObject entry(const QJsonValue &library, const QString &status)
    {
        return {{u"library"_s, library},
                {u"status"_s, status},
                {u"is_library_for_all_clusters"_s, false},
                {Marked, QDateTime::currentMSecsSinceEpoch()}};
    }

    static qint64 startOf(const QJsonObject &cluster)
    {
        return std::max(cluster.value("start_time"_L1).toInteger(),
                        cluster.value("last_restarted_time"_L1).toInteger());
    }

    /// When the status was given; not told.
    static constexpr auto Marked = "marked"_L1;

    void put(const QString &clusterId, const QJsonValue &library, const QString &status)
    {
        QJsonArray &entries = shelf(clusterId);
        for (QJsonValueRef known : entries) {
            if (known.toObject().value("library"_L1) == library) {
                known = entry(library, status);
                return;
            }
        }
        entries.append(entry(library, status));
    }

    const ClusterFleet &m_fleet;
    QHash<QString, QJsonArray> m_shelves;
};

} // namespace

QList<Route> clusterAdminRoutes(ClusterFleet &fleet)
{
    const auto edit = [&fleet](const ApiRequest &ask) {
        QJsonObject fields = ask.json;
        fields.remove("cluster_id"_L1);
        return applied(fleet, ask.json, fields);
    };
    const auto pin = [&fleet](const ApiRequest &ask, bool pinned) {
        fleet.pin(meant(fleet, ask.json).id(), pinned);
        return answer({});
    };
    const auto erase = [&fleet](const ApiRequest &ask) {
        const SampleCluster &cluster = meant(fleet, ask.json);
        if (cluster.facts.contains("pinned_by_user_name"_L1))
            throw ApiRefusal::invalidState(u"Cluster %1 is pinned; unpin it first."_s.arg(cluster.id()));
        fleet.erase(QString(cluster.id()));
        return answer({});
    };
    return {
        {"POST", u"/api/2.1/clusters/create"_s, [&fleet](const ApiRequest &ask) { return create(fleet, ask.json); }},
        {"POST", u"/api/2.1/clusters/edit"_s, edit},
        {"POST", u"/api/2.1/clusters/update"_s, [&fleet](const ApiRequest &ask) { return update(fleet, ask.json); }},
        {"POST", u"/api/2.1/clusters/resize"_s, [&fleet](const ApiRequest &ask) { return resize(fleet, ask.json); }},
        {"POST", u"/api/2.1/clusters/pin"_s, [pin](const ApiRequest &ask) { return pin(ask, true); }},
        {"POST", u"/api/2.1/clusters/unpin"_s, [pin](const ApiRequest &ask) { return pin(ask, false); }},
        {"POST", u"/api/2.1/clusters/permanent-delete"_s, erase},
    };
}

QList<Route> libraryRoutes(const ClusterFleet &fleet)
{
    const auto shelf = std::make_shared<Shelf>(fleet);
    const auto status = [shelf](const ApiRequest &ask) {
        return answer(shelf->status(requiredText(ask.query, u"cluster_id"_s)));
    };
    const auto marked = [shelf](const ApiRequest &ask, const QString &as) {
        shelf->mark(ask.json, as);
        return answer({});
    };
    return {
        {"GET", u"/api/2.0/libraries/cluster-status"_s, status},
        {"POST", u"/api/2.0/libraries/install"_s,
         [marked](const ApiRequest &ask) { return marked(ask, u"PENDING"_s); }},
        {"POST", u"/api/2.0/libraries/uninstall"_s,
         [marked](const ApiRequest &ask) { return marked(ask, u"UNINSTALL_ON_RESTART"_s); }},
    };
}

} // namespace Sample

#include "sample/compute/libraries.h"

#include "sample/compute/clusteradmin.h"
#include "sample/compute/clusterfleet.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonArray>

#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

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
        for (const QJsonValue kept : shelf(clusterId)) {
            QJsonObject entry = kept.toObject();
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
        return {{u"library"_s, library}, {u"status"_s, status}, {u"is_library_for_all_clusters"_s, false}};
    }

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

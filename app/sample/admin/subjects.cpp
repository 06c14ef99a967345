#include "sample/admin/subjects.h"

#include "sample/compute/clusterchoices.h"
#include "sample/compute/clusterfleet.h"
#include "sample/compute/warehouses.h"
#include "sample/files/workspacetree.h"
#include "sample/jobs/jobbook.h"
#include "sample/jobs/pipelinebook.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Owner = std::optional<QString>;
using Finder = Owner (*)(const SubjectSources &, const QString &);

Owner ofCluster(const SubjectSources &sources, const QString &id)
{
    const SampleCluster *cluster = sources.clusters.find(id);
    return cluster ? Owner(cluster->facts.value("creator_user_name"_L1).toString()) : std::nullopt;
}

Owner ofJob(const SubjectSources &sources, const QString &id)
{
    const SampleJob *job = sources.jobs.find(id.toLongLong());
    return job ? Owner(job->creator) : std::nullopt;
}

Owner ofPipeline(const SubjectSources &sources, const QString &id)
{
    const Pipeline *pipeline = sources.pipelines.find(id);
    return pipeline ? Owner(pipeline->creator) : std::nullopt;
}

Owner ofWarehouse(const SubjectSources &sources, const QString &id)
{
    const QJsonObject warehouse = sources.warehouses.find(id);
    return warehouse.isEmpty() ? std::nullopt : Owner(warehouse.value("creator_name"_L1).toString());
}

/// What stands in a user's folder is the user's; the rest is the platform's.
QString ownerAt(const QString &path)
{
    const QString name = path.section(u'/', 2, 2);
    return name.contains(u'@') ? name : u"svc-dataplatform@example.com"_s;
}

Owner ofNode(const SubjectSources &sources, const QString &id)
{
    const QString path = sources.tree.pathOf(id.toLongLong());
    return path.isEmpty() ? std::nullopt : Owner(ownerAt(path));
}

Owner ofPolicy(const SubjectSources &, const QString &id)
{
    const QJsonObject policy = samplePolicy(id);
    return policy.isEmpty() ? std::nullopt : Owner(policy.value("creator_user_name"_L1).toString());
}

Owner ofDashboard(const SubjectSources &sources, const QString &id)
{
    for (const QString &path : sources.tree.dashboards()) {
        if (dashboardId(path) == id)
            return ownerAt(path);
    }
    return std::nullopt;
}

} // namespace

PermissionSubjects permissionSubjects(const SubjectSources &sources)
{
    static const QHash<QString, Finder> finders{{u"clusters"_s, &ofCluster},
                                                {u"jobs"_s, &ofJob},
                                                {u"pipelines"_s, &ofPipeline},
                                                {u"warehouses"_s, &ofWarehouse},
                                                {u"notebooks"_s, &ofNode},
                                                {u"directories"_s, &ofNode},
                                                {u"files"_s, &ofNode},
                                                {u"dashboards"_s, &ofDashboard},
                                                {u"cluster-policies"_s, &ofPolicy}};
    // Of the other types the sample does not say who made them.
    return [sources](const QString &type, const QString &id) {
        const Finder find = finders.value(type);
        return find ? find(sources, id) : Owner(sources.user);
    };
}

} // namespace Sample

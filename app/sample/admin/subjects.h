#pragma once

#include "sample/admin/permissions.h"

namespace Sample {

class ClusterFleet;
class JobBook;
class PipelineBook;
class WarehouseFleet;
class WorkspaceTree;

/// Where the objects are that have permissions.
struct SubjectSources
{
    const ClusterFleet &clusters;
    const JobBook &jobs;
    const PipelineBook &pipelines;
    const WarehouseFleet &warehouses;
    const WorkspaceTree &tree;
    QString user; ///< who the sample's token belongs to
};

/// Finds who made what. The sources must outlive it.
PermissionSubjects permissionSubjects(const SubjectSources &sources);

} // namespace Sample

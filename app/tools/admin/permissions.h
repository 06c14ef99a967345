#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QStringList>

namespace Tools {

/// In place of a level: the principal loses the one it has. The API has no such level.
inline constexpr QLatin1StringView NoLevel("NONE");

/// The members of the permissions API by which an entry names whom it is about.
const QStringList &principalKeys();

/// What a call about permissions is about.
struct PermissionObject
{
    QString type; ///< as the API spells it: jobs
    QString id;
    QString path; ///< in the workspace, where the object was named by it

    /// "/api/2.0/permissions/jobs/123"
    QString apiPath() const;
    /// "jobs/123", with the workspace path where there is one.
    QString inWords() const;
};

/// The object of the arguments object_type and object_id: the type in whatever spelling, and what stands in the
/// workspace also by its path. Throws ApiError, for an unknown type with those there are.
QCoro::Task<PermissionObject> permissionObject(ToolCall call);

} // namespace Tools

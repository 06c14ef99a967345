#pragma once

#include "sample/server/router.h"

#include <QString>

namespace Sample {

/// SCIM's Users, Groups and ServicePrincipals (https://docs.databricks.com/api/workspace/users), to be read: everybody
/// whom the sample names. A filter is an equation: userName eq "a@example.com".
QList<Route> directoryRoutes();

/// Whether there is such a user, group or service principal, by name or application id, in any case.
bool isPrincipal(const QString &name);

/// The users of a group; none for one that does not exist.
QStringList groupMembers(const QString &group);

/// Who is in a family: "Groups".
QStringList directoryNames(const QString &family);

} // namespace Sample

#pragma once

#include "credentials/profile.h"

#include <QString>

namespace Credentials {

/// What the environment says (DATABRICKS_HOST, DATABRICKS_TOKEN, DATABRICKS_CLUSTER_ID, DATABRICKS_WAREHOUSE_ID), which
/// comes before the profile in the settings.
struct EnvironmentProfile
{
    Profile profile;
    QString token;
    QString problem; ///< why it can't be used; empty when complete or absent

    bool isComplete() const { return profile.isComplete() && !token.isEmpty() && problem.isEmpty(); }
};
EnvironmentProfile profileFromEnvironment();

/// Takes the token out of the environment, for this process alone: profileFromEnvironment() knows it still.
void takeTokenFromEnvironment();

} // namespace Credentials

#include "credentials/environment.h"

#include "common/secretvariable.h"
#include "credentials/hostinput.h"
#include "credentials/tokeninput.h"
#include "databricks/requesturl.h"

#include <QCoreApplication>

namespace Credentials {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)
};

constexpr auto TokenVariable = "DATABRICKS_TOKEN";

QString &takenToken()
{
    static QString token;
    return token;
}

QString variable(const char *name)
{
    return qEnvironmentVariable(name).trimmed();
}

} // namespace

EnvironmentProfile profileFromEnvironment()
{
    EnvironmentProfile found;
    const QString host = variable("DATABRICKS_HOST");
    const QString given = variable(TokenVariable);
    const QString token = given.isEmpty() ? takenToken() : given;
    if (host.isEmpty() && token.isEmpty())
        return found;
    found.profile.name = u"environment"_s;
    found.profile.defaultClusterId = variable("DATABRICKS_CLUSTER_ID");
    found.profile.defaultWarehouseId = variable("DATABRICKS_WAREHOUSE_ID");
    if (token.isEmpty()) {
        found.problem =
            Words::tr("DATABRICKS_HOST is set in the environment, but DATABRICKS_TOKEN is not. Set both or none.");
        return found;
    }
    if (host.isEmpty()) {
        found.problem =
            Words::tr("DATABRICKS_TOKEN is set in the environment, but DATABRICKS_HOST is not. Set both or none.");
        return found;
    }
    QString hostProblem;
    QString tokenProblem;
    found.profile.host = hostFromInput(host, &hostProblem);
    const QString workspaceId = variable("DATABRICKS_WORKSPACE_ID");
    if (hostProblem.isEmpty() && !workspaceId.isEmpty()) {
        QUrl numbered = found.profile.host;
        numbered.setQuery(u"o="_s + workspaceId);
        found.profile.host = hostFromInput(numbered.toString(QUrl::FullyEncoded), &hostProblem);
        if (Databricks::workspaceIdOf(numbered).isEmpty())
            found.problem = Words::tr("DATABRICKS_WORKSPACE_ID: That is not a workspace's number.");
    }
    found.token = tokenFromInput(token, &tokenProblem);
    if (found.problem.isEmpty() && !hostProblem.isEmpty())
        found.problem = u"DATABRICKS_HOST: "_s + hostProblem;
    else if (found.problem.isEmpty() && !tokenProblem.isEmpty())
        found.problem = u"DATABRICKS_TOKEN: "_s + tokenProblem;
    return found;
}

void takeTokenFromEnvironment()
{
    takenToken() = QString::fromLocal8Bit(takeSecretVariable(TokenVariable)).trimmed();
}

} // namespace Credentials

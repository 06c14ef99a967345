#include "credentials/workspaceaddress.h"

#include "databricks/hostconfig.h"
#include "databricks/requesturl.h"
#include "databricks/workspace.h"

#include <QCoreApplication>

namespace Credentials {

using namespace Qt::StringLiterals;
using Databricks::HostConfig;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)
};

QString problemWith(const QUrl &host, HostConfig::Serves serves)
{
    if (serves == HostConfig::Serves::Account)
        return Words::tr("%1 is the console of an account, not a workspace. Open your workspace from there and copy "
                         "its address from the browser's address bar.")
            .arg(host.authority());
    if (serves == HostConfig::Serves::ManyWorkspaces)
        return Words::tr("%1 serves many workspaces and needs to be told which one: give the address with the "
                         "workspace's number, as the browser shows it (https://%1/?o=1234567890123456), or set "
                         "DATABRICKS_WORKSPACE_ID beside DATABRICKS_HOST.")
            .arg(host.authority());
    return {};
}

} // namespace

bool saysItsWorkspace(const QUrl &host)
{
    return !Databricks::workspaceIdOf(host).isEmpty() || Databricks::isOneWorkspace(host);
}

QCoro::Task<WorkspaceAddress> findWorkspace(QUrl host, QNetworkAccessManager *network, std::stop_token stop)
{
    WorkspaceAddress address;
    address.host = host;
    if (saysItsWorkspace(host))
        co_return address;
    const QByteArray agent = Databricks::userAgent(QCoreApplication::applicationVersion());
    const HostConfig config = co_await Databricks::hostConfig(host, network, agent, stop);
    address.isFinal = config.isAnswer;
    // For requests alone. The profile stays as it was entered, and with it the token's place in the keychain: a host
    // that tells nothing today, or something else tomorrow, must not cost the token.
    if (!config.workspaceId.isEmpty())
        address.host.setQuery(u"o="_s + config.workspaceId);
    else
        address.problem = problemWith(host, config.serves);
    co_return address;
}

} // namespace Credentials

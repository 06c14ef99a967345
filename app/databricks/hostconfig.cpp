#include "databricks/hostconfig.h"

#include "databricks/apierror.h"
#include "databricks/requesturl.h"
#include "databricks/transport.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

using Serves = HostConfig::Serves;

constexpr qint64 LongestDocument = 64 * 1024;

/// The document's host_type begins with the word.
struct Type
{
    QLatin1StringView word;
    Serves serves;
};

constexpr std::array Types{
    Type{"workspace"_L1, Serves::Workspace},
    Type{"unified"_L1, Serves::ManyWorkspaces},
    Type{"account"_L1, Serves::Account},
};

/// What older documents, which have no host_type, say by naming an account: a workspace names one, too, but signs in
/// at an endpoint of its own.
Serves servesByAccount(const QJsonObject &document)
{
    const QString signIn = document.value("oidc_endpoint"_L1).toString();
    const bool namesAccount = !document.value("account_id"_L1).toString().isEmpty();
    const bool isAccounts = signIn.contains("/oidc/accounts/"_L1) || (namesAccount && signIn.isEmpty());
    return isAccounts ? Serves::ManyWorkspaces : Serves::Unknown;
}

Serves servesOf(const QJsonObject &document)
{
    const QString type = document.value("host_type"_L1).toString().toLower();
    const auto known = std::ranges::find_if(Types, [&type](const Type &row) { return type.startsWith(row.word); });
    return known == Types.end() ? servesByAccount(document) : known->serves;
}

HostConfig configOf(const QJsonObject &document)
{
    static const QRegularExpression number(u"^[1-9][0-9]{0,19}$"_s);
    const QString id = document.value("workspace_id"_L1).toVariant().toString();
    if (number.match(id).hasMatch())
        return {.serves = Serves::Workspace, .workspaceId = id, .isAnswer = true};
    return {.serves = servesOf(document), .isAnswer = true};
}

/// Hosts that do not know the question are known as such; what proxies and log-ins answer says nothing of the host.
HostConfig configOf(const HttpResponse &answer)
{
    HostConfig nothing;
    if (answer.failure != Failure::None)
        return nothing;
    nothing.isAnswer = answer.status == 404;
    if (answer.status != 200 || answer.body.trimmed().isEmpty())
        return nothing;
    try {
        return configOf(jsonOf(answer));
    } catch (const ApiError &) {
        return nothing;
    }
}

} // namespace

bool isOneWorkspace(const QUrl &host)
{
    static const QRegularExpression names(
        u"^adb-[0-9]+\\.[0-9]+\\.(azuredatabricks\\.net|databricks\\.azure\\.(us|cn))$|"
        "^[^.]+\\.cloud\\.databricks\\.(com|us)$|^[0-9]+\\.[0-9]+\\.gcp\\.databricks\\.com$"_s);
    return names.match(host.host()).hasMatch();
}

QCoro::Task<HostConfig> hostConfig(QUrl host, QPointer<QNetworkAccessManager> network, QByteArray userAgent,
                                   std::stop_token stop, std::chrono::milliseconds patience)
{
    if (!isAcceptableHost(host))
        co_return HostConfig();
    QNetworkRequest request =
        plainRequest(requestUrl(acceptedHost(host), u"/.well-known/databricks-config"_s, QUrlQuery()));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setDecompressedSafetyCheckThreshold(LongestDocument);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("User-Agent", userAgent);
    const Limits limits{patience, LongestDocument};
    const QByteArray noBody;
    const HttpResponse answer = co_await transport(network, "GET"_ba, request, noBody, limits, stop);
    co_return configOf(answer);
}

} // namespace Databricks

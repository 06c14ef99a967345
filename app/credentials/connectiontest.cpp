#include "credentials/connectiontest.h"

#include "credentials/tokeninput.h"
#include "credentials/tokensources.h"
#include "credentials/workspaceaddress.h"
#include "databricks/workspace.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

namespace Credentials {

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Kind = ApiError::Kind;

namespace {

constexpr auto TestPatience = std::chrono::seconds(15);
constexpr qint64 LongestAnswer = 1024 * 1024;

/// %1 is the workspace's host, %2 what the REST client says.
struct Row
{
    Kind kind;
    const char *words;
};

constexpr std::array Rows{
    Row{Kind::Unauthenticated,
        QT_TRANSLATE_NOOP("Credentials",
                          "%1 did not accept the token. It is mistyped, expired or revoked, or belongs to "
                          "another workspace. Make a new one in Databricks under Settings > Developer > "
                          "Access tokens.")},
    Row{Kind::PermissionDenied,
        QT_TRANSLATE_NOOP("Credentials",
                          "%1 knows the token but does not let it in (%2). Your user may lack access to "
                          "this workspace, or an administrator has switched tokens off or allows certain "
                          "networks only.")},
    Row{Kind::Unreachable,
        QT_TRANSLATE_NOOP("Credentials", "%1 can't be reached: %2. Check the address, the network, the VPN and the "
                                         "proxy.")},
    Row{Kind::Timeout,
        QT_TRANSLATE_NOOP("Credentials", "%1 did not answer in time. Check the network, the VPN and the proxy, and try "
                                         "again.")},
    Row{Kind::Tls,
        QT_TRANSLATE_NOOP("Credentials", "The connection to %1 is not safe, so the token was not sent: %2. Behind a "
                                         "company proxy, its certificate must be known to this computer.")},
    Row{Kind::NotFound,
        QT_TRANSLATE_NOOP("Credentials", "%1 answers, but it is not a Databricks workspace. Copy the address from the "
                                         "browser's address bar with your workspace open.")},
    Row{Kind::BadAnswer,
        QT_TRANSLATE_NOOP("Credentials", "%1 answers, but not like a Databricks workspace. Copy the address from the "
                                         "browser's address bar with your workspace open.")},
    Row{Kind::Redirected,
        QT_TRANSLATE_NOOP("Credentials",
                          "%1 sends requests to another address, so the token was not sent there. Either "
                          "it is not a Databricks workspace, or it is reached through a private link "
                          "only.")},
};

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)
};

QString words(const ApiError &error, const QUrl &host)
{
    const auto row =
        std::find_if(Rows.begin(), Rows.end(), [&error](const Row &row) { return row.kind == error.kind(); });
    QString text = row == Rows.end() ? Words::tr("%1 answered with an error: %2.") : Words::tr(row->words);
    QString reason = error.message();
    while (reason.endsWith(u'.'))
        reason.chop(1);
    return text.replace(u"%1"_s, host.authority()).replace(u"%2"_s, reason);
}

/// The name is the other side's text: one line, and not longer than an e-mail address can be.
QString shownName(const QString &name)
{
    QString shown;
    for (const QChar character : name) {
        if (character.isPrint())
            shown.append(character);
    }
    return shown.left(254);
}

} // namespace

ConnectionReport::ConnectionReport(bool ok, const QString &user, const QString &message)
    : m_ok(ok)
    , m_user(user)
    , m_message(message)
{}

QCoro::Task<ConnectionReport> testConnection(QUrl host, QString token, QNetworkAccessManager *network)
{
    QString problem;
    const QString cleanToken = tokenFromInput(token, &problem);
    if (!problem.isEmpty())
        co_return ConnectionReport(false, QString(), problem);
    const WorkspaceAddress address = co_await findWorkspace(host, network);
    if (!address.problem.isEmpty())
        co_return ConnectionReport(false, QString(), address.problem);
    try {
        Databricks::RetryPolicy retries;
        retries.requestTimeout = TestPatience;
        retries.retryBudget = std::chrono::milliseconds(0);
        retries.answerBytes = LongestAnswer;
        const QByteArray agent = Databricks::userAgent(QCoreApplication::applicationVersion());
        const auto fixedToken = std::make_shared<FixedToken>(cleanToken);
        const Databricks::Workspace workspace(address.host, fixedToken, network, agent, retries);
        const QString path = u"/api/2.0/preview/scim/v2/Me"_s;
        const QJsonObject me = co_await workspace.get(path);
        const QString user = shownName(me.value(u"userName"_s).toString());
        if (!user.isEmpty())
            co_return ConnectionReport(true, user, Words::tr("Signed in as %1").arg(user));
        const ApiError stranger(Kind::BadAnswer, QString());
        co_return ConnectionReport(false, QString(), words(stranger, host));
    } catch (const ApiError &error) {
        co_return ConnectionReport(false, QString(), words(error, host));
    }
}

} // namespace Credentials

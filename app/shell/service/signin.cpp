#include "signin.h"

#include "databricks/apierror.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace {

QCoro::Task<> askWhoIsSignedIn(QPointer<SignIn> signIn, int session, Databricks::Workspace workspace,
                               std::stop_token stop)
{
    try {
        const QJsonObject me = co_await workspace.get(u"/api/2.0/preview/scim/v2/Me"_s);
        if (signIn && !stop.stop_requested())
            Q_EMIT signIn->signedIn(session, me.value("userName"_L1).toString());
    } catch (const Databricks::ApiError &error) {
        using Kind = Databricks::ApiError::Kind;
        if (signIn && !stop.stop_requested())
            Q_EMIT signIn->failed(session, error.text(), error.kind() == Kind::Unauthenticated);
    }
}

} // namespace

SignIn::SignIn(QObject *parent)
    : QObject(parent)
{}

SignIn::~SignIn()
{
    stop();
}

void SignIn::ask(int session, const Databricks::Workspace &workspace)
{
    m_stop = std::stop_source();
    const std::stop_token stop = m_stop.get_token();
    askWhoIsSignedIn(this, session, workspace.forCall({}, stop), stop);
}

void SignIn::stop()
{
    m_stop.request_stop();
}

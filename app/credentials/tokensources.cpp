#include "credentials/tokensources.h"

#include "databricks/apierror.h"

#include <utility>

namespace Credentials {

FixedToken::FixedToken(QString token)
    : m_token(std::move(token))
{}

QCoro::Task<QString> FixedToken::token()
{
    // A copy: QCoro 0.8 moves from what co_return names, members too.
    const QString token = m_token;
    co_return token;
}

bool FixedToken::refused(const QString &)
{
    return false;
}

MissingToken::MissingToken(QString reason)
    : m_reason(std::move(reason))
{}

QCoro::Task<QString> MissingToken::token()
{
    throw Databricks::ApiError(Databricks::ApiError::Kind::NoCredentials, m_reason);
    co_return QString();
}

bool MissingToken::refused(const QString &)
{
    return false;
}

} // namespace Credentials

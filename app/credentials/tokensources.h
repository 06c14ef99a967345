#pragma once

#include "databricks/tokensource.h"

#include <QString>

namespace Credentials {

/// A token known from the start: the environment's, or the keychain's after it was read. After a 401 it has no other.
class FixedToken final : public Databricks::TokenSource
{
public:
    explicit FixedToken(QString token);
    QCoro::Task<QString> token() override;
    bool refused(const QString &token) override;

private:
    QString m_token;
};

/// No token, and the words why: none entered yet, keyring locked, waiting for the unlock prompt.
class MissingToken final : public Databricks::TokenSource
{
public:
    explicit MissingToken(QString reason);
    QCoro::Task<QString> token() override;
    bool refused(const QString &token) override;

private:
    QString m_reason;
};

} // namespace Credentials

#pragma once

#include <QCoroTask>
#include <QString>

namespace Databricks {

/// Where a workspace's bearer token comes from: the keychain, the environment, a sign-in, a command. Ask it for a
/// token, tell it that one was refused; the rest is its own affair.
class TokenSource
{
public:
    virtual ~TokenSource() = default;

    /// A token to send now. Throws ApiError of kind NoCredentials, with the person's words, when there is none.
    /// An implementation returns a const copy: QCoro 0.8 moves from what co_return names, a member, too.
    virtual QCoro::Task<QString> token() = 0;

    /// The workspace answered 401 to this token. Returns true if a later token() may give another one.
    virtual bool refused(const QString &token) = 0;
};

} // namespace Databricks

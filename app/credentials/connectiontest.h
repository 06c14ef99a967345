#pragma once

#include <QCoroTask>
#include <QNetworkAccessManager>
#include <QString>
#include <QUrl>

namespace Credentials {

/// What came of asking the workspace who the token belongs to.
class ConnectionReport
{
public:
    ConnectionReport() = default;
    ConnectionReport(bool ok, const QString &user, const QString &message);

    bool isOk() const { return m_ok; }
    const QString &user() const { return m_user; }       ///< "someone@example.com"
    const QString &message() const { return m_message; } ///< for a person: signed in as …, or the exact reason why not

private:
    bool m_ok = false;
    QString m_user;
    QString m_message;
};

/// Finds out which workspace the address leads to, as every session does (see findWorkspace()), then
/// GET /api/2.0/preview/scim/v2/Me with this token, no retries, 15 s at most.
QCoro::Task<ConnectionReport> testConnection(QUrl host, QString token, QNetworkAccessManager *network);

} // namespace Credentials

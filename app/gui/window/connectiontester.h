#pragma once

#include "credentials/connectiontest.h"
#include "credentials/keychain.h"

#include <QObject>

namespace Gui {

class KeychainTask;

/// Tests a host with a token that was entered, or with the one in the keychain.
class ConnectionTester : public QObject
{
    Q_OBJECT

public:
    ConnectionTester(Credentials::Keychain *keychain, QNetworkAccessManager *network, QObject *parent = nullptr);

    void test(const QUrl &host, const QString &token);
    void testStored(const QUrl &host, const QString &keychainKey);

Q_SIGNALS:
    void waitingForKeychain();
    void finished(bool ok, const QString &message);

private:
    KeychainTask *m_reading;
    QNetworkAccessManager *m_network;
    QUrl m_host;
    int m_generation = 0;
};

} // namespace Gui

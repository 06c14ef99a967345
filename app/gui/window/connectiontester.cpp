#include "gui/window/connectiontester.h"

#include "gui/window/keychaintask.h"

#include <QPointer>

namespace Gui {

ConnectionTester::ConnectionTester(Credentials::Keychain *keychain, QNetworkAccessManager *network, QObject *parent)
    : QObject(parent)
    , m_reading(new KeychainTask(keychain, this))
    , m_network(network)
{
    connect(m_reading, &KeychainTask::waiting, this, &ConnectionTester::waitingForKeychain);
    connect(m_reading, &KeychainTask::finished, this, [this](const Credentials::KeychainResult &result) {
        if (result.isOk())
            test(m_host, result.secret());
        else
            Q_EMIT finished(false, result.message());
    });
}

void ConnectionTester::test(const QUrl &host, const QString &token)
{
    const int generation = ++m_generation;
    m_reading->giveUp();
    Credentials::testConnection(host, token, m_network)
        .then([self = QPointer(this), generation](const Credentials::ConnectionReport &report) {
            if (self && generation == self->m_generation)
                Q_EMIT self->finished(report.isOk(), report.message());
        });
}

void ConnectionTester::testStored(const QUrl &host, const QString &keychainKey)
{
    ++m_generation;
    m_host = host;
    m_reading->read(keychainKey);
}

} // namespace Gui

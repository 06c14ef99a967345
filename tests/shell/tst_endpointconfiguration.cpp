#include "settings/settings.h"
#include "shell/commandline.h"
#include "shell/service/endpointconfiguration.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestEndpointConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loopbackAndTheSettingsPort();
    void theCommandLineComesFirst();
    void localhostIsOfBothFamilies();

private:
    QTemporaryDir m_dir;
};

void TestEndpointConfiguration::loopbackAndTheSettingsPort()
{
    Settings::Store settings(m_dir.path());
    settings.setValue(Settings::Key::Port, 9123);
    const EndpointConfiguration endpoint = endpointFrom(CommandLine(), settings);
    const QList<QHostAddress> loopback{QHostAddress(QHostAddress::LocalHost),
                                       QHostAddress(QHostAddress::LocalHostIPv6)};
    QCOMPARE(endpoint.addresses, loopback);
    QCOMPARE(endpoint.port, 9123);
    QVERIFY(endpoint.requiresKey);
    QVERIFY(endpoint.keys.isEmpty());
    QVERIFY(endpoint.isLoopbackOnly());
    QCOMPARE(endpoint.hostName(), u"localhost"_s);
}

void TestEndpointConfiguration::theCommandLineComesFirst()
{
    const Settings::Store settings(m_dir.path());
    CommandLine line;
    line.port = 4000;
    line.listenAddress = QHostAddress(u"192.0.2.7"_s);
    const EndpointConfiguration endpoint = endpointFrom(line, settings);
    QCOMPARE(endpoint.addresses, QList{line.listenAddress});
    QCOMPARE(endpoint.port, 4000);
    QVERIFY(!endpoint.isLoopbackOnly());
    QCOMPARE(endpoint.hostName(), u"192.0.2.7"_s);
}

void TestEndpointConfiguration::localhostIsOfBothFamilies()
{
    EndpointConfiguration endpoint;
    endpoint.addresses = {QHostAddress(QHostAddress::LocalHostIPv6)};
    QCOMPARE(endpoint.hostName(), u"localhost"_s);
    // Not every loopback address is called localhost.
    endpoint.addresses = {QHostAddress(u"127.0.0.2"_s)};
    QVERIFY(endpoint.isLoopbackOnly());
    QCOMPARE(endpoint.hostName(), u"127.0.0.2"_s);
}

QTEST_GUILESS_MAIN(TestEndpointConfiguration)
#include "tst_endpointconfiguration.moc"

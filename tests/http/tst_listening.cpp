#include "http/server.h"

#include "rawclient.h"

#include <QTcpServer>
#include <QTest>

#ifdef Q_OS_LINUX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace Http;
using namespace Qt::StringLiterals;

namespace {

const QList<QHostAddress> BothLoopbacks{QHostAddress(QHostAddress::LocalHost),
                                        QHostAddress(QHostAddress::LocalHostIPv6)};

std::optional<Refusal> admitAll(const RequestHead &)
{
    return std::nullopt;
}

void answer(const ExchangePtr &exchange)
{
    exchange->respond({});
}

bool machineHasIpv6()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHostIPv6);
}

} // namespace

class TestListening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesOnePortForBothFamilies();
    void namesThePortInUse();
    void namesTheUserWhoHoldsThePort();
    void saysWhyItCannotListen();
    void listensAgain();
    void closesInsideAHandler();
};

void TestListening::choosesOnePortForBothFamilies()
{
    if (!machineHasIpv6())
        QSKIP("This machine has no IPv6.");
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHostIPv6));
    Server server({}, admitAll, answer);
    QVERIFY(!server.listen(BothLoopbacks, taken.serverPort())); // all or nothing
    QVERIFY(!server.isListening());
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost, taken.serverPort()));
}

void TestListening::namesThePortInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Server server({}, admitAll, answer);
    QVERIFY(!server.listen(BothLoopbacks, other.serverPort()));
    QVERIFY(!server.isListening());
    QCOMPARE(server.port(), quint16(0));
    const QString error = server.errorString();
    QVERIFY2(error.startsWith(u"Port %1 is already in use by another program"_s.arg(other.serverPort())),
             qPrintable(error));
#ifdef Q_OS_LINUX
    QVERIFY2(error.contains(u"process %1)"_s.arg(QCoreApplication::applicationPid())), qPrintable(error));
    QVERIFY2(!error.contains(u"access key"_s), qPrintable(error));
#endif
}

void TestListening::namesTheUserWhoHoldsThePort()
{
#ifndef Q_OS_LINUX
    QSKIP("Only Linux tells whose a socket is.");
#else
    const passwd *nobody = getpwnam("nobody");
    if (geteuid() != 0 || !nobody)
        QSKIP("Only root can make a socket as another user.");
    const QString name = QString::fromLocal8Bit(nobody->pw_name);
    QTcpServer other;
    QCOMPARE(seteuid(nobody->pw_uid), 0);
    const bool isListening = other.listen(QHostAddress::LocalHost);
    QCOMPARE(seteuid(0), 0);
    QVERIFY(isListening);
    Server server({}, admitAll, answer);
    QVERIFY(!server.listen(BothLoopbacks, other.serverPort()));
    QVERIFY2(server.errorString().contains(u"of the user %1)"_s.arg(name)), qPrintable(server.errorString()));
    QVERIFY2(server.errorString().contains(u"replace the keys"_s), qPrintable(server.errorString()));
#endif
}

void TestListening::saysWhyItCannotListen()
{
    Server server({}, admitAll, answer);
    QVERIFY(!server.listen({}, 0));
    QVERIFY(!server.errorString().isEmpty());
    QVERIFY(!server.listen({QHostAddress(u"192.0.2.1"_s)}, 0));
    QVERIFY(server.errorString().contains(u"192.0.2.1 is not an address of this machine"_s));
    QVERIFY(server.listen(BothLoopbacks, 0));
    QCOMPARE(server.errorString(), QString());
}

void TestListening::listensAgain()
{
    Server server({}, admitAll, answer);
    QVERIFY(server.listen(BothLoopbacks, 0));
    const quint16 port = server.port();
    for (int i = 0; i < 3; ++i) {
        RawClient client(port);
        client.send(rawRequest("GET /"));
        QCOMPARE(client.nextAnswer().status, 200);
        server.close();
        QVERIFY(!server.isListening());
        QCOMPARE(server.connectionCount(), 0);
        {
            QTcpServer other; // the port is free at once
            QVERIFY2(other.listen(QHostAddress::LocalHost, port), qPrintable(other.errorString()));
        }
        QVERIFY2(server.listen(BothLoopbacks, port), qPrintable(server.errorString()));
        QVERIFY(client.waitForEnd());
    }
    server.close();
    server.close();
}

void TestListening::closesInsideAHandler()
{
    Server *running = nullptr;
    Server server({}, admitAll, [&running](const ExchangePtr &exchange) {
        running->close();
        exchange->respond({});
    });
    running = &server;
    QVERIFY(server.listen(BothLoopbacks, 0));
    RawClient client(server.port());
    client.send(rawRequest("GET /"));
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received, QByteArray());
}

QTEST_GUILESS_MAIN(TestListening)

#include "tst_listening.moc"

#include "mcp/methods/peers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

class TestKnownClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prefersTheConnection();
    void fallsBackToTheUserAgent();
    void callsTheUnknownSo();
    void cleansNames();
    void forgetsTheOldest();
};

void TestKnownClients::prefersTheConnection()
{
    KnownClients clients;
    clients.introduce({1, "node"}, {u"cursor"_s, u"1"_s});
    clients.introduce({2, "node"}, {u"other"_s, {}});
    QCOMPARE(clients.find({1, "node"}).displayName(), u"cursor 1"_s);
    QCOMPARE(clients.find({2, "node"}).displayName(), u"other"_s);
    QCOMPARE(clients.find({1, "curl/8"}).displayName(), u"curl/8"_s);
}

void TestKnownClients::fallsBackToTheUserAgent()
{
    KnownClients clients;
    clients.introduce({1, "node"}, {u"first"_s, {}});
    clients.introduce({2, "node"}, {u"latest"_s, {}});
    QCOMPARE(clients.find({3, "node"}).name, u"latest"_s);
    QCOMPARE(clients.find({3, "python-httpx/1"}).name, u"python-httpx/1"_s);
}

void TestKnownClients::callsTheUnknownSo()
{
    KnownClients clients;
    clients.introduce({1, ""}, {u"\u0007 "_s, {}});
    QCOMPARE(clients.find({1, ""}).displayName(), u"unknown client"_s);
}

void TestKnownClients::cleansNames()
{
    KnownClients clients;
    clients.introduce({1, "a"}, {u"ev\u202Eil\n\x1b[31m"_s + QString(200, u'x'), u"1\t2"_s});
    const Client client = clients.find({1, "a"});
    QCOMPARE(client.name.size(), 80);
    QVERIFY(client.name.startsWith(u"evil [31mxxx"_s));
    QCOMPARE(client.version, u"1 2"_s);
    QCOMPARE(clients.find({9, QByteArray(5000, 'y')}).name.size(), 80);

    const QString invisible = QString::fromUcs4(U"a\U000E0041b\U0001F600", 4); // a tag character, and a face
    clients.introduce({2, "b"}, {invisible + QChar(0xD800), {}});
    QCOMPARE(clients.find({2, "b"}).name,
             QString::fromUcs4(U"ab\U0001F600\uFFFD", 4)); // a lone surrogate is made whole
}

void TestKnownClients::forgetsTheOldest()
{
    KnownClients clients;
    for (quint64 i = 0; i <= KnownClients::MostRemembered; ++i)
        clients.introduce({i, QByteArray::number(i)}, {u"client %1"_s.arg(i), {}});
    QCOMPARE(clients.find({0, "0"}).name, u"0"_s);
    QCOMPARE(clients.find({1, "1"}).name, u"client 1"_s);
    QCOMPARE(clients.find({9999, "1"}).name, u"client 1"_s);
}

QTEST_GUILESS_MAIN(TestKnownClients)
#include "tst_knownclients.moc"

#include "common/bytes.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestRandomBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTimeOthers();
    void sameBytes_data();
    void sameBytes();
};

void TestRandomBytes::everyTimeOthers()
{
    for (const int count : {0, 1, 24, 32, 33})
        QCOMPARE(Bytes::random(count).size(), count);
    QVERIFY(Bytes::random(32) != Bytes::random(32));
    QCOMPARE(Bytes::base64Url(QByteArray::fromHex("fbff")), "-_8"_ba);
}

void TestRandomBytes::sameBytes_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("same") << "key"_ba << true;
    QTest::newRow("other") << "kex"_ba << false;
    QTest::newRow("beginning") << "ke"_ba << false;
    QTest::newRow("longer") << "keyk"_ba << false;
    QTest::newRow("twice") << "keykey"_ba << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TestRandomBytes::sameBytes()
{
    QFETCH(QByteArray, given);
    QTEST(Bytes::isSame(given, "key"_ba), "isSame");
    QVERIFY(Bytes::isSame({}, {}));
}

QTEST_GUILESS_MAIN(TestRandomBytes)
#include "tst_randombytes.moc"

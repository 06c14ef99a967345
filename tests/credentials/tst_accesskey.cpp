#include "credentials/accesskey.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

class TestAccessKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRecognisableAndFitsAHeader();
    void carries256Bits();
    void isNewEachTime();
};

void TestAccessKey::isRecognisableAndFitsAHeader()
{
    static const QRegularExpression form(u"\\Abricktray_[A-Za-z0-9_-]{43}\\z"_s);
    const QByteArray key = Credentials::newAccessKey();
    QVERIFY2(form.match(QString::fromLatin1(key)).hasMatch(), key.constData());
}

void TestAccessKey::carries256Bits()
{
    const QByteArray text = Credentials::newAccessKey().mid(10);
    QCOMPARE(QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding).size(), 32);
}

void TestAccessKey::isNewEachTime()
{
    QSet<QByteArray> keys;
    QSet<QByteArray> tails;
    for (int i = 0; i < 200; ++i) {
        const QByteArray key = Credentials::newAccessKey();
        keys.insert(key);
        tails.insert(key.right(8));
    }
    QCOMPARE(keys.size(), 200);
    QCOMPARE(tails.size(), 200);
}

QTEST_GUILESS_MAIN(TestAccessKey)
#include "tst_accesskey.moc"

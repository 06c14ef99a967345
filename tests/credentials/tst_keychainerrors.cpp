#include "credentials/keychainerrors.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Status = Credentials::KeychainResult::Status;

Q_DECLARE_METATYPE(QKeychain::Error)
Q_DECLARE_METATYPE(Status)

/// The states that a test can't bring a keyring into; those that it can are in tst_keychain.
class TestKeychainErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsBecomeWords_data();
    void errorsBecomeWords();
    void strangeTextIsShownShort();
};

void TestKeychainErrors::errorsBecomeWords_data()
{
    using namespace QKeychain;
    QTest::addColumn<QKeychain::Error>("error");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QString>("words");
    QTest::newRow("absent") << EntryNotFound << u"Entry not found"_s << Status::NotFound << u"no such entry"_s;
    QTest::newRow("person said no") << AccessDeniedByUser << QString() << Status::Refused << u"refused"_s;
    QTest::newRow("denied") << AccessDenied << u"Access to keychain denied"_s << Status::Refused << u"refused"_s;
    QTest::newRow("locked") << AccessDenied << u"Cannot create an item in a locked collection"_s << Status::Locked
                            << u"Unlock it"_s;
    QTest::newRow("no backend") << NoBackendAvailable << QString() << Status::NoService << u"gnome-keyring, KWallet"_s;
    QTest::newRow("prompt closed") << OtherError << u"The prompt was dismissed"_s << Status::Refused << u"refused"_s;
    QTest::newRow("bus is gone") << OtherError << u"Could not connect: No such file or directory"_s << Status::NoService
                                 << u"D-Bus session"_s;
    QTest::newRow("other") << OtherError << u"The disk is on fire"_s << Status::Failed << u"The disk is on fire"_s;
    QTest::newRow("no text") << CouldNotDeleteEntry << QString() << Status::Failed << u"error 2"_s;
}

void TestKeychainErrors::errorsBecomeWords()
{
    QFETCH(const QKeychain::Error, error);
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    const Credentials::KeychainResult result = Credentials::keychainFailure(error, text);
    QTEST(result.status(), "status");
    QVERIFY2(result.message().contains(words), qPrintable(result.message()));
    QVERIFY(!result.isOk());
}

void TestKeychainErrors::strangeTextIsShownShort()
{
    const QString text = QString(5000, u'x') + u"\nsecond line"_s;
    const QString message = Credentials::keychainFailure(QKeychain::OtherError, text).message();
    QVERIFY(message.size() < 400);
    QVERIFY(!message.contains(u"second line"));
}

QTEST_GUILESS_MAIN(TestKeychainErrors)
#include "tst_keychainerrors.moc"

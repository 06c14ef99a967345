#include "credentials/keychain.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <array>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using Credentials::KeychainResult;
using Credentials::SystemKeychain;
using Status = KeychainResult::Status;

// Each class is one state of the keyring; with_keyring MODE makes it and says which in KEYRING_MODE.

namespace {

const QString Stored = u"stored@adb-1.2.azuredatabricks.net"_s;
const QString Absent = u"absent@adb-1.2.azuredatabricks.net"_s;
const QString Secret = u"dapi0123456789abcdef-2"_s;

QCoro::Task<void> keep(QCoro::Task<KeychainResult> task, std::optional<KeychainResult> *result)
{
    *result = co_await task;
}

KeychainResult resultOf(QCoro::Task<KeychainResult> task)
{
    std::optional<KeychainResult> result;
    const QCoro::Task<void> keeping = keep(std::move(task), &result);
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 5000))
        qFatal("the keychain does not answer");
    return *result;
}

QString secretTool(const QStringList &arguments)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, arguments);
    return tool.waitForFinished(5000) ? QString::fromUtf8(tool.readAllStandardOutput()) : tool.errorString();
}

void verifyAllFail(Status status, const QString &words)
{
    SystemKeychain keychain;
    const std::array results{resultOf(keychain.read(Absent)), resultOf(keychain.write(Absent, Secret)),
                             resultOf(keychain.remove(Absent))};
    for (const KeychainResult &result : results) {
        QCOMPARE(result.status(), status);
        QVERIFY2(result.message().contains(words), qPrintable(result.message()));
        QCOMPARE(result.secret(), QString());
        QVERIFY(!result.message().contains(Secret));
    }
}

} // namespace

class Unlocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOverwritesAndForgets();
    void keepsEveryCharacter();
    void othersFindTheEntry();
    void servicesAreApart();
    void lostInterestHarmsNobody();
    void manyAtOnceAreAllAnswered();
};

void Unlocked::keepsOverwritesAndForgets()
{
    SystemKeychain keychain;
    QCOMPARE(resultOf(keychain.read(Absent)).status(), Status::NotFound);
    QVERIFY(resultOf(keychain.write(Stored, u"first"_s)).isOk());
    QCOMPARE(resultOf(keychain.read(Stored)).secret(), u"first"_s);
    QVERIFY(resultOf(keychain.write(Stored, Secret)).isOk());
    QCOMPARE(resultOf(keychain.read(Stored)).secret(), Secret);
    QVERIFY(resultOf(keychain.remove(Stored)).isOk());
    QCOMPARE(resultOf(keychain.read(Stored)).status(), Status::NotFound);
    QVERIFY(resultOf(keychain.remove(Stored)).isOk());
}

void Unlocked::keepsEveryCharacter()
{
    SystemKeychain keychain;
    const QString secret = u"grüß 🔑 \"'\\$% \n"_s + QString(4000, u'x');
    QVERIFY(resultOf(keychain.write(u"Büro / \"two\"@host"_s, secret)).isOk());
    QCOMPARE(resultOf(keychain.read(u"Büro / \"two\"@host"_s)).secret(), secret);
}

void Unlocked::othersFindTheEntry()
{
    QVERIFY(!QStandardPaths::findExecutable(u"secret-tool"_s).isEmpty());
    SystemKeychain keychain;
    QVERIFY(resultOf(keychain.write(Stored, Secret)).isOk());
    QCOMPARE(secretTool({u"lookup"_s, u"server"_s, u"Bricktray"_s, u"user"_s, Stored}), Secret);
}

void Unlocked::servicesAreApart()
{
    SystemKeychain keychain;
    SystemKeychain other(u"Bricktray test"_s);
    QVERIFY(resultOf(keychain.write(Stored, Secret)).isOk());
    QCOMPARE(resultOf(other.read(Stored)).status(), Status::NotFound);
    QVERIFY(resultOf(other.remove(Stored)).isOk());
    QCOMPARE(resultOf(keychain.read(Stored)).secret(), Secret);
}

void Unlocked::lostInterestHarmsNobody()
{
    {
        SystemKeychain gone;
        gone.write(u"late"_s, Secret);
        gone.read(u"late"_s);
        gone.remove(Absent);
    }
    SystemKeychain keychain;
    QCOMPARE(resultOf(keychain.read(u"late"_s)).secret(), Secret);
}

void Unlocked::manyAtOnceAreAllAnswered()
{
    SystemKeychain keychain;
    constexpr int Requests = 10;
    std::vector<std::optional<KeychainResult>> results(Requests);
    std::vector<QCoro::Task<void>> tasks;
    for (int i = 0; i < Requests; ++i)
        tasks.push_back(keep(keychain.write(u"many%1"_s.arg(i), QString::number(i)), &results[size_t(i)]));
    for (int i = 0; i < Requests; ++i) {
        QTRY_VERIFY(results[size_t(i)].has_value());
        QVERIFY(results[size_t(i)]->isOk());
        QCOMPARE(resultOf(keychain.read(u"many%1"_s.arg(i))).secret(), QString::number(i));
    }
}

/// Stored is in the keyring; there is no display for its prompt.
class Locked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLockedEntryIsNotAbsent();
    void nothingCanBeWritten();
    void aRemovalThatDidNothingIsNoSuccess();
};

void Locked::aLockedEntryIsNotAbsent()
{
    SystemKeychain keychain;
    const KeychainResult locked = resultOf(keychain.read(Stored));
    QCOMPARE(locked.status(), Status::Locked);
    QVERIFY2(locked.message().contains(u"Unlock it"), qPrintable(locked.message()));
    QCOMPARE(resultOf(keychain.read(Absent)).status(), Status::NotFound);
}

void Locked::nothingCanBeWritten()
{
    SystemKeychain keychain;
    QCOMPARE(resultOf(keychain.write(Absent, Secret)).status(), Status::Locked);
    QCOMPARE(resultOf(keychain.write(Stored, Secret)).status(), Status::Locked);
}

void Locked::aRemovalThatDidNothingIsNoSuccess()
{
    SystemKeychain keychain;
    QCOMPARE(resultOf(keychain.remove(Stored)).status(), Status::Locked);
}

class Uncreated : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasNothing();
    void takesNothing();
};

void Uncreated::hasNothing()
{
    SystemKeychain keychain;
    QCOMPARE(resultOf(keychain.read(Absent)).status(), Status::NotFound);
    QVERIFY(resultOf(keychain.remove(Absent)).isOk());
}

void Uncreated::takesNothing()
{
    SystemKeychain keychain;
    const KeychainResult result = resultOf(keychain.write(Absent, Secret));
    QCOMPARE(result.status(), Status::Locked);
    QVERIFY2(result.message().contains(u"no keyring yet"), qPrintable(result.message()));
}

class NoService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThePackages() { verifyAllFail(Status::NoService, u"gnome-keyring, KWallet or KeePassXC"_s); }
};

class NoBus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheSession() { verifyAllFail(Status::NoService, u"no D-Bus session"_s); }
};

class NoLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheLibrary() { verifyAllFail(Status::NoService, u"libsecret-1-0"_s); }
};

class NoGlib : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysSoInsteadOfHanging() { verifyAllFail(Status::Failed, u"QT_NO_GLIB"_s); }
};

namespace {

template<typename Test>
int run(int argc, char **argv)
{
    Test test;
    return QTest::qExec(&test, argc, argv);
}

struct Mode
{
    const char *name;
    int (*run)(int argc, char **argv);
};

constexpr std::array Modes{Mode{"unlocked", run<Unlocked>},   Mode{"locked", run<Locked>},
                           Mode{"uncreated", run<Uncreated>}, Mode{"no-service", run<NoService>},
                           Mode{"no-bus", run<NoBus>},        Mode{"no-library", run<NoLibrary>},
                           Mode{"no-glib", run<NoGlib>}};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(u"--store"_s))
        return resultOf(SystemKeychain().write(Stored, Secret)).isOk() ? 0 : 1;
    const QByteArray name = qgetenv("KEYRING_MODE");
    for (const Mode &mode : Modes) {
        if (name == mode.name)
            return mode.run(argc, argv);
    }
    qFatal("start me with with_keyring: I write into the keychain");
}
#include "tst_keychain.moc"

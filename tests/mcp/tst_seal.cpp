#include "mcp/methods/requeststate.h"
#include "mcp/protocol/pagecursor.h"
#include "mcp/protocol/seal.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

class TestSeal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealed();
    void refusesWhatWasChanged();
    void refusesWhatIsBoundToSomethingElse();
    void refusesWhatAnotherProcessSealed();
    void refusesNonsense_data();
    void refusesNonsense();
    void aCursorIsGoodForItsListAlone();
    void aListThatBecameShorterEnds();
    void aStateIsGoodForItsRequestAlone();
    void aStateEnds();
};

void TestSeal::opensWhatItSealed()
{
    const Seal seal;
    const QByteArray text("a\0b\xff.", 5);
    QCOMPARE(seal.open(seal.seal(text, "to"), "to"), text);
    QCOMPARE(seal.open(seal.seal({}, {}), {}), QByteArray(""));
}

void TestSeal::refusesWhatWasChanged()
{
    const Seal seal;
    const QString sealed = seal.seal("some text", "to");
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QString changed = sealed;
        changed[i] = changed[i] == u'A' ? u'B' : u'A';
        QVERIFY2(!seal.open(changed, "to"), qUtf8Printable(changed));
        QVERIFY(!seal.open(sealed.left(i), "to"));
    }
    QVERIFY(!seal.open(sealed + u"-TAMPERED"_s, "to"));
    QVERIFY(!seal.open(sealed + u"="_s, "to"));
}

void TestSeal::refusesWhatIsBoundToSomethingElse()
{
    const Seal seal;
    QVERIFY(!seal.open(seal.seal("text", "to"), "for"));
    QVERIFY(!seal.open(seal.seal("text", "to"), {}));
    // What it is bound to and the text must not run into each other.
    QVERIFY(!seal.open(seal.seal("btext", "a"), "ab"));
}

void TestSeal::refusesWhatAnotherProcessSealed()
{
    QVERIFY(!Seal().open(Seal().seal("text", "to"), "to"));
}

void TestSeal::refusesNonsense_data()
{
    QTest::addColumn<QString>("sealed");
    for (const char *sealed : {"", ".", "a", "a.", ".a", "*.*", "dGV4dA.", "dGV4dA.dGV4dA"})
        QTest::newRow(sealed) << QString::fromLatin1(sealed);
}

void TestSeal::refusesNonsense()
{
    QFETCH(QString, sealed);
    QVERIFY(!Seal().open(sealed, {}));
}

void TestSeal::aCursorIsGoodForItsListAlone()
{
    const Seal seal;
    QJsonArray entries;
    for (qsizetype i = 0; i <= EntriesPerPage; ++i)
        entries << int(i);
    const auto first = pageOf(u"tools"_s, entries, {}, seal);
    const QJsonObject next{{u"cursor"_s, first->value("nextCursor"_L1)}};
    const auto second = pageOf(u"tools"_s, entries, next, seal);
    QCOMPARE(second->value("tools"_L1).toArray().size(), 1);
    QVERIFY(!second->contains("nextCursor"_L1));
    QVERIFY(!pageOf(u"prompts"_s, entries, next, seal));
    QVERIFY(!pageOf(u"tools"_s, entries, next, Seal()));
}

void TestSeal::aListThatBecameShorterEnds()
{
    const Seal seal;
    QJsonArray entries;
    for (qsizetype i = 0; i <= EntriesPerPage; ++i)
        entries << int(i);
    const auto first = pageOf(u"tools"_s, entries, {}, seal);
    const QJsonObject next{{u"cursor"_s, first->value("nextCursor"_L1)}};
    const auto second = pageOf(u"tools"_s, {}, next, seal);
    QCOMPARE(second->value("tools"_L1).toArray().size(), 0);
    QVERIFY(!second->contains("nextCursor"_L1));
}

void TestSeal::aStateIsGoodForItsRequestAlone()
{
    const Seal seal;
    const QJsonObject state{{u"step"_s, 1}};
    Request request{.id = 1, .method = u"tools/call"_s, .params = {{u"name"_s, u"a"_s}}};
    const QByteArray binding = stateBinding(request, "me");
    QJsonObject retry{{u"requestState"_s, sealedState(state, seal, binding)}};
    QCOMPARE(openedState(retry, seal, binding), state);
    QCOMPARE(openedState({}, seal, binding), QJsonObject());

    request.params["inputResponses"_L1] = QJsonObject{{u"x"_s, QJsonObject()}};
    QCOMPARE(stateBinding(request, "me"), binding);
    QVERIFY(!openedState(retry, seal, stateBinding(request, "you")));
    request.params["arguments"_L1] = QJsonObject{{u"id"_s, u"other"_s}};
    QVERIFY(!openedState(retry, seal, stateBinding(request, "me")));
    retry["requestState"_L1] = 5;
    QVERIFY(!openedState(retry, seal, binding));
}

void TestSeal::aStateEnds()
{
    const Seal seal;
    const QByteArray over = R"({"end":1700000000000,"state":{"step":1}})";
    const QJsonObject retry{{u"requestState"_s, seal.seal(over, "to")}};
    QVERIFY(!openedState(retry, seal, "to"));
}

QTEST_GUILESS_MAIN(TestSeal)
#include "tst_seal.moc"

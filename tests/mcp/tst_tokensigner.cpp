#include "mcp/methods/clientinput.h"
#include "mcp/methods/pages.h"
#include "mcp/protocol/tokensigner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

class TestTokenSigner : public QObject
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

void TestTokenSigner::opensWhatItSealed()
{
    const TokenSigner signer;
    const QByteArray text("a\0b\xff.", 5);
    QCOMPARE(signer.verify(signer.sign(text, "to"), "to"), text);
    QCOMPARE(signer.verify(signer.sign({}, {}), {}), QByteArray(""));
}

void TestTokenSigner::refusesWhatWasChanged()
{
    const TokenSigner signer;
    const QString sealed = signer.sign("some text", "to");
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QString changed = sealed;
        changed[i] = changed[i] == u'A' ? u'B' : u'A';
        QVERIFY2(!signer.verify(changed, "to"), qUtf8Printable(changed));
        QVERIFY(!signer.verify(sealed.left(i), "to"));
    }
    QVERIFY(!signer.verify(sealed + u"-TAMPERED"_s, "to"));
    QVERIFY(!signer.verify(sealed + u"="_s, "to"));
}

void TestTokenSigner::refusesWhatIsBoundToSomethingElse()
{
    const TokenSigner signer;
    QVERIFY(!signer.verify(signer.sign("text", "to"), "for"));
    QVERIFY(!signer.verify(signer.sign("text", "to"), {}));
    // What it is bound to and the text must not run into each other.
    QVERIFY(!signer.verify(signer.sign("btext", "a"), "ab"));
}

void TestTokenSigner::refusesWhatAnotherProcessSealed()
{
    QVERIFY(!TokenSigner().verify(TokenSigner().sign("text", "to"), "to"));
}

void TestTokenSigner::refusesNonsense_data()
{
    QTest::addColumn<QString>("sealed");
    for (const char *sealed : {"", ".", "a", "a.", ".a", "*.*", "dGV4dA.", "dGV4dA.dGV4dA"})
        QTest::newRow(sealed) << QString::fromLatin1(sealed);
}

void TestTokenSigner::refusesNonsense()
{
    QFETCH(QString, sealed);
    QVERIFY(!TokenSigner().verify(sealed, {}));
}

void TestTokenSigner::aCursorIsGoodForItsListAlone()
{
    const TokenSigner signer;
    QJsonArray entries;
    for (qsizetype i = 0; i <= EntriesPerPage; ++i)
        entries << int(i);
    const auto first = pageOf(u"tools"_s, entries, {}, signer);
    const QJsonObject next{{u"cursor"_s, first->value("nextCursor"_L1)}};
    const auto second = pageOf(u"tools"_s, entries, next, signer);
    QCOMPARE(second->value("tools"_L1).toArray().size(), 1);
    QVERIFY(!second->contains("nextCursor"_L1));
    QVERIFY(!pageOf(u"prompts"_s, entries, next, signer));
    QVERIFY(!pageOf(u"tools"_s, entries, next, TokenSigner()));
}

void TestTokenSigner::aListThatBecameShorterEnds()
{
    const TokenSigner signer;
    QJsonArray entries;
    for (qsizetype i = 0; i <= EntriesPerPage; ++i)
        entries << int(i);
    const auto first = pageOf(u"tools"_s, entries, {}, signer);
    const QJsonObject next{{u"cursor"_s, first->value("nextCursor"_L1)}};
    const auto second = pageOf(u"tools"_s, {}, next, signer);
    QCOMPARE(second->value("tools"_L1).toArray().size(), 0);
    QVERIFY(!second->contains("nextCursor"_L1));
}

void TestTokenSigner::aStateIsGoodForItsRequestAlone()
{
    const TokenSigner signer;
    const QJsonObject state{{u"step"_s, 1}};
    Request request{.id = 1, .method = u"tools/call"_s, .params = {{u"name"_s, u"a"_s}}};
    const QByteArray binding = stateBinding(request, "me");
    QJsonObject retry{{u"requestState"_s, signedState(state, signer, binding)}};
    QCOMPARE(verifiedState(retry, signer, binding), state);
    QCOMPARE(verifiedState({}, signer, binding), QJsonObject());

    request.params["inputResponses"_L1] = QJsonObject{{u"x"_s, QJsonObject()}};
    QCOMPARE(stateBinding(request, "me"), binding);
    QVERIFY(!verifiedState(retry, signer, stateBinding(request, "you")));
    request.params["arguments"_L1] = QJsonObject{{u"id"_s, u"other"_s}};
    QVERIFY(!verifiedState(retry, signer, stateBinding(request, "me")));
    retry["requestState"_L1] = 5;
    QVERIFY(!verifiedState(retry, signer, binding));
}

void TestTokenSigner::aStateEnds()
{
    const TokenSigner signer;
    const QByteArray over = R"({"end":1700000000000,"state":{"step":1}})";
    const QJsonObject retry{{u"requestState"_s, signer.sign(over, "to")}};
    QVERIFY(!verifiedState(retry, signer, "to"));
}

QTEST_GUILESS_MAIN(TestTokenSigner)
#include "tst_tokensigner.moc"

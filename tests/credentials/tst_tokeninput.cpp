#include "credentials/tokeninput.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestTokenInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whiteSpaceAroundIsTakenOff();
    void whatCannotBeATokenIsRefused_data();
    void whatCannotBeATokenIsRefused();
};

void TestTokenInput::whiteSpaceAroundIsTakenOff()
{
    QString problem = u"old"_s;
    QCOMPARE(Credentials::tokenFromInput(u" \t\u00a0dapi0123456789abcdef-2\r\n"_s, &problem),
             u"dapi0123456789abcdef-2"_s);
    QCOMPARE(problem, QString());
}

void TestTokenInput::whatCannotBeATokenIsRefused_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("word");
    QTest::newRow("nothing") << QString() << u"Enter"_s;
    QTest::newRow("spaces") << u"  \n"_s << u"Enter"_s;
    QTest::newRow("two words") << u"dapi0123 dapi4567"_s << u"space"_s;
    QTest::newRow("header injection") << u"dapi0123\r\nX-Evil: 1"_s << u"space"_s;
    QTest::newRow("no-break space") << u"dapi0123\u00a0456"_s << u"space"_s;
    QTest::newRow("letters") << u"dapi0123é"_s << u"character"_s;
    QTest::newRow("zero width") << u"dapi\u200b0123"_s << u"character"_s;
    QTest::newRow("control") << u"dapi\u00010123"_s << u"character"_s;
    QTest::newRow("bullets") << u"••••••••"_s << u"character"_s;
}

void TestTokenInput::whatCannotBeATokenIsRefused()
{
    QFETCH(const QString, input);
    QFETCH(const QString, word);
    QString problem;
    QCOMPARE(Credentials::tokenFromInput(input, &problem), QString());
    QVERIFY2(problem.contains(word), qPrintable(problem));
    QVERIFY2(!problem.contains(u"dapi"), "the words must not hold the token");
}

QTEST_GUILESS_MAIN(TestTokenInput)
#include "tst_tokeninput.moc"

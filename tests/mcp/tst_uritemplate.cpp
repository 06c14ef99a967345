#include "mcp/methods/registries.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using Values = QMap<QString, QString>;

class TestUriTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void refuses_data();
    void refuses();
    void refusesVeryLongUris();
};

void TestUriTemplate::matches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("uri");
    QTest::addColumn<Values>("values");
    QTest::newRow("no variables") << u"x://a.b"_s << u"x://a.b"_s << Values();
    QTest::newRow("one") << u"x://c/{id}"_s << u"x://c/1-2"_s << Values{{u"id"_s, u"1-2"_s}};
    QTest::newRow("in the middle") << u"x://c/{id}/data"_s << u"x://c/7/data"_s << Values{{u"id"_s, u"7"_s}};
    QTest::newRow("two") << u"x://{a}/{b}"_s << u"x://1/2"_s << Values{{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}};
    QTest::newRow("with slashes") << u"x://n/{+path}"_s << u"x://n//Users/a b/c"_s
                                  << Values{{u"path"_s, u"/Users/a b/c"_s}};
    QTest::newRow("encoded") << u"x://n/{id}"_s << u"x://n/a%2Fb%20%C3%A9"_s << Values{{u"id"_s, u"a/b \u00e9"_s}};
}

void TestUriTemplate::matches()
{
    QFETCH(QString, text);
    QFETCH(QString, uri);
    QFETCH(Values, values);
    const auto match = UriTemplate(text).match(uri);
    QVERIFY(match);
    QCOMPARE(*match, values);
}

void TestUriTemplate::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("uri");
    QTest::newRow("another") << u"x://a"_s << u"x://b"_s;
    QTest::newRow("a dot is a dot") << u"x://a.b"_s << u"x://a-b"_s;
    QTest::newRow("more behind") << u"x://c/{id}"_s << u"x://c/1/2"_s;
    QTest::newRow("more before") << u"x://c/{id}"_s << u"yx://c/1"_s;
    QTest::newRow("nothing there") << u"x://c/{id}"_s << u"x://c/"_s;
    QTest::newRow("a query") << u"x://c/{id}"_s << u"x://c/1?a=b"_s;
    QTest::newRow("a line more") << u"x://c/{id}"_s << u"x://c/1\n/x://c/1"_s;
}

void TestUriTemplate::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, uri);
    QVERIFY(!UriTemplate(text).match(uri));
}

void TestUriTemplate::refusesVeryLongUris()
{
    QVERIFY(!UriTemplate(u"x://{+a}/{+b}"_s).match(u"x://"_s + QString(1'000'000, u'/')));
}

QTEST_GUILESS_MAIN(TestUriTemplate)
#include "tst_uritemplate.moc"

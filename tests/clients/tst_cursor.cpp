#include "clients/cursor.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

class TestCursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void configurationNamesTheEndpointAndCarriesTheKey();
    void configurationWithoutKeyHasNoHeaders();
    void linkSurvivesWhateverThePaddingIs_data();
    void linkSurvivesWhateverThePaddingIs();
};

namespace {

const QUrl Endpoint = QUrl(u"http://localhost:8080/mcp"_s);

QJsonObject server(const QByteArray &configuration)
{
    return QJsonDocument::fromJson(configuration).object()[u"mcpServers"_s][u"databricks"_s].toObject();
}

} // namespace

void TestCursor::configurationNamesTheEndpointAndCarriesTheKey()
{
    const QByteArray text = Clients::cursorConfiguration(Endpoint, "bricktray_abc");
    const QJsonObject expected{{u"url"_s, u"http://localhost:8080/mcp"_s},
                               {u"headers"_s, QJsonObject{{u"Authorization"_s, u"Bearer bricktray_abc"_s}}}};
    QCOMPARE(server(text), expected);
    QVERIFY2(text.contains("\n    "), "a person reads and edits it");
}

void TestCursor::configurationWithoutKeyHasNoHeaders()
{
    const QJsonObject expected{{u"url"_s, u"http://localhost:8080/mcp"_s}};
    QCOMPARE(server(Clients::cursorConfiguration(Endpoint, QByteArray())), expected);
}

void TestCursor::linkSurvivesWhateverThePaddingIs_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("no key") << QByteArray();
    QTest::newRow("a") << QByteArray("k1");
    QTest::newRow("b") << QByteArray("k12");
    QTest::newRow("c") << QByteArray("k123");
    QTest::newRow("base64 with + and /") << QByteArray("k>>>???~~~>>>???");
}

void TestCursor::linkSurvivesWhateverThePaddingIs()
{
    QFETCH(const QByteArray, key);
    const QByteArray link = Clients::cursorInstallLink(Endpoint, key).toEncoded();
    QVERIFY2(link.startsWith("cursor://anysphere.cursor-deeplink/mcp/install?name=databricks&config="),
             link.constData());
    const QByteArray encoded = link.mid(link.indexOf("&config=") + 8);
    for (const char special : QByteArrayLiteral("+/=&"))
        QVERIFY2(!encoded.contains(special), encoded.constData());
    const QByteArray entry =
        QByteArray::fromBase64(QByteArray::fromPercentEncoding(encoded), QByteArray::AbortOnBase64DecodingErrors);
    QCOMPARE(QJsonDocument::fromJson(entry).object(), server(Clients::cursorConfiguration(Endpoint, key)));
}

QTEST_GUILESS_MAIN(TestCursor)
#include "tst_cursor.moc"

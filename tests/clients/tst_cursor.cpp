#include "clients/cursor.h"

#include <QJsonArray>
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
    QTest::addColumn<QString>("program");
    QTest::newRow("a") << u"/opt/b"_s;
    QTest::newRow("b") << u"/opt/br"_s;
    QTest::newRow("c") << u"/opt/bri"_s;
    QTest::newRow("base64 with + and /") << u"/opt/>>>???~~~>>>???"_s;
    QTest::newRow("quotes and spaces") << u"/opt/a \"b\" ü&c=d"_s;
}

void TestCursor::linkSurvivesWhateverThePaddingIs()
{
    QFETCH(const QString, program);
    const Clients::Relay relay{
        program, {u"--stdio"_s, u"--data-dir"_s, u"/x y"_s}, {{u"XDG_RUNTIME_DIR"_s, u"/run"_s}}};
    const QByteArray link = Clients::cursorInstallLink(relay).toEncoded();
    QVERIFY2(link.startsWith("cursor://anysphere.cursor-deeplink/mcp/install?name=databricks&config="),
             link.constData());
    const QByteArray encoded = link.mid(link.indexOf("&config=") + 8);
    for (const char special : QByteArrayLiteral("+/=&"))
        QVERIFY2(!encoded.contains(special), encoded.constData());
    const QByteArray entry =
        QByteArray::fromBase64(QByteArray::fromPercentEncoding(encoded), QByteArray::AbortOnBase64DecodingErrors);
    const QJsonObject expected{{u"command"_s, program},
                               {u"args"_s, QJsonArray{u"--stdio"_s, u"--data-dir"_s, u"/x y"_s}},
                               {u"env"_s, QJsonObject{{u"XDG_RUNTIME_DIR"_s, u"/run"_s}}}};
    QCOMPARE(QJsonDocument::fromJson(entry).object(), expected);
}

QTEST_GUILESS_MAIN(TestCursor)
#include "tst_cursor.moc"

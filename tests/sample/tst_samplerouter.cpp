#include "sample/server/apianswers.h"
#include "sample/server/router.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using Sample::ApiRequest;

namespace {

Http::Reply echo(const ApiRequest &ask)
{
    QJsonObject seen{{u"json"_s, ask.json}, {u"bytes"_s, QString::fromLatin1(ask.body)}};
    for (auto it = ask.captures.cbegin(); it != ask.captures.cend(); ++it)
        seen.insert(it.key(), it.value());
    return Sample::answer(seen);
}

Http::Reply refuse(const ApiRequest &)
{
    throw Sample::ApiRefusal(409, u"ALREADY_EXISTS"_s, u"There is one."_s);
}

} // namespace

class tst_SampleRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsTheRoute_data();
    void findsTheRoute();
    void leavesBytesAlone();
    void givesTheRefusal();

private:
    Http::Reply ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {});

    Sample::Router m_router;
};

void tst_SampleRouter::initTestCase()
{
    m_router.add({{"GET", u"/api/2.0/sql/warehouses/{id}"_s, echo},
                  {"POST", u"/api/2.0/sql/warehouses/{id}/start"_s, echo},
                  {"POST", u"/api/2.0/refusing"_s, refuse}});
    m_router.add({{"PUT", u"/api/2.0/fs/files/{path+}"_s, echo, Sample::BodyKind::Bytes}});
}

Http::Reply tst_SampleRouter::ask(const QByteArray &method, const QByteArray &target, const QByteArray &body)
{
    Http::Request request;
    request.head.method = method;
    request.head.target = target;
    request.body = body;
    Http::Reply reply;
    m_router.answer(request, [&reply](const Http::Reply &given) { reply = given; });
    return reply;
}

void tst_SampleRouter::findsTheRoute_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("id");
    QTest::newRow("segment") << "GET"_ba
                             << "/api/2.0/sql/warehouses/ab12?x=1"_ba << 200 << u"ab12"_s;
    QTest::newRow("segment in the middle") << "POST"_ba
                                           << "/api/2.0/sql/warehouses/ab12/start"_ba << 200 << u"ab12"_s;
    QTest::newRow("encoded") << "GET"_ba
                             << "/api/2.0/sql/warehouses/a%20b"_ba << 200 << u"a b"_s;
    QTest::newRow("empty segment") << "GET"_ba
                                   << "/api/2.0/sql/warehouses/"_ba << 404 << QString();
    QTest::newRow("too short") << "GET"_ba
                               << "/api/2.0/sql/warehouses"_ba << 404 << QString();
    QTest::newRow("too long") << "GET"_ba
                              << "/api/2.0/sql/warehouses/ab12/stop"_ba << 404 << QString();
    QTest::newRow("other method") << "DELETE"_ba
                                  << "/api/2.0/sql/warehouses/ab12"_ba << 404 << QString();
    QTest::newRow("root") << "GET"_ba
                          << "/"_ba << 404 << QString();
}

void tst_SampleRouter::findsTheRoute()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    const Http::Reply reply = ask(method, target);
    QTEST(reply.status, "status");
    QTEST(QJsonDocument::fromJson(reply.body)["id"_L1].toString(), "id");
}

void tst_SampleRouter::leavesBytesAlone()
{
    const Http::Reply reply = ask("PUT", "/api/2.0/fs/files/Volumes/main/raw/a.csv", "not, json");
    const QJsonDocument seen = QJsonDocument::fromJson(reply.body);
    QCOMPARE(seen["path"_L1].toString(), u"Volumes/main/raw/a.csv"_s);
    QCOMPARE(seen["bytes"_L1].toString(), u"not, json"_s);
    QCOMPARE(ask("POST", "/api/2.0/sql/warehouses/ab12/start", "not, json").status, 400);
}

void tst_SampleRouter::givesTheRefusal()
{
    const Http::Reply reply = ask("POST", "/api/2.0/refusing");
    QCOMPARE(reply.status, 409);
    QCOMPARE(QJsonDocument::fromJson(reply.body).object(),
             (QJsonObject{{u"error_code"_s, u"ALREADY_EXISTS"_s}, {u"message"_s, u"There is one."_s}}));
}

QTEST_GUILESS_MAIN(tst_SampleRouter)
#include "tst_samplerouter.moc"

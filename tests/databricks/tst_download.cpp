#include "databricks/download.h"
#include "databricks/fixture.h"
#include "databricks/outcome.h"

#include <QBuffer>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Databricks;

namespace {

QUrl linkTo(const ScriptedServer &server, const QString &path = u"/bucket/part-0"_s)
{
    QUrl url = server.url();
    url.setPath(path);
    url.setQuery(u"X-Signature=verysecretsignature"_s);
    return url;
}

/// Takes pieces and keeps how large they were; fails after a number of bytes.
class CountingSink final : public QIODevice
{
public:
    explicit CountingSink(qint64 most = std::numeric_limits<qint64>::max())
        : m_most(most)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

    qint64 bytes = 0;
    qint64 largestPiece = 0;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        if (bytes + size > m_most) {
            setErrorString(u"the disk is full"_s);
            return -1;
        }
        bytes += size;
        largestPiece = std::max(largestPiece, size);
        return size;
    }

private:
    const qint64 m_most;
};

} // namespace

/// Signed links: fetched without the token, to a sink, as they come.
class TestDownload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamsWithoutTheToken();
    void comesInPieces();
    void linksThatAreNotFetched_data();
    void linksThatAreNotFetched();
    void redirectsAreFollowed();
    void redirectsThatAreNotFollowed_data();
    void redirectsThatAreNotFollowed();
    void headersStayWithTheFirstHost();
    void errorsAreTyped_data();
    void errorsAreTyped();
    void silenceEnds();
    void stopEnds();
    void endOfTheNetworkEnds();
    void sinkThatFails();
};

void TestDownload::streamsWithoutTheToken()
{
    Fixture fixture;
    Reply reply;
    reply.body = "id\n0\n1\n";
    fixture.server.then(reply);
    QBuffer sink;
    sink.open(QIODevice::WriteOnly);
    const QList<std::pair<QByteArray, QByteArray>> headers{
        {"x-ms-version", "2024-01-01"}, {"Authorization", "Bearer stolen"}, {"x-bad", "a\r\nEvil: yes"}};
    const auto outcome = outcomeOf(fixture.workspace.download(linkTo(fixture.server), headers, &sink, {}));
    QVERIFY(outcome.hasValue());
    QCOMPARE(outcome.value(), 7);
    QCOMPARE(sink.data(), reply.body);
    const Received received = fixture.server.received().first();
    QCOMPARE(received.target, QByteArray("/bucket/part-0?X-Signature=verysecretsignature"));
    QCOMPARE(received.header("x-ms-version"), QByteArray("2024-01-01"));
    QCOMPARE(received.header("Authorization"), QByteArray());
    QCOMPARE(received.header("Evil"), QByteArray());
    QCOMPARE(fixture.exchanges.size(), 1);
    QCOMPARE(fixture.exchanges.first().path, fixture.server.url().toString() + u"/bucket/part-0"_s);
    QCOMPARE(fixture.exchanges.first().status, 200);
    QCOMPARE(fixture.exchanges.first().bytesReceived, 7);
}

void TestDownload::comesInPieces()
{
    Fixture fixture;
    Reply reply;
    reply.body = QByteArray(8 * 1024 * 1024, 'x');
    fixture.server.then(reply);
    CountingSink sink;
    QList<qint64> told;
    const auto outcome = outcomeOf(
        fixture.workspace.download(linkTo(fixture.server), {}, &sink, [&told](qint64 bytes) { told.append(bytes); }));
    QCOMPARE(outcome.value(), reply.body.size());
    QCOMPARE(sink.bytes, reply.body.size());
    QVERIFY(sink.largestPiece <= 64 * 1024);
    QVERIFY(told.size() > 4 && std::is_sorted(told.begin(), told.end()));
    QCOMPARE(told.last(), reply.body.size());
}

void TestDownload::linksThatAreNotFetched_data()
{
    QTest::addColumn<QUrl>("link");
    for (const auto link : {"http://storage.example.com/x", "ftp://127.0.0.1/x", "file:///etc/passwd",
                            "https://me:pw@example.com/x", "", "/relative", "http://127.0.0.1.example.com/x"})
        QTest::newRow(link) << QUrl(QString::fromLatin1(link));
}

void TestDownload::linksThatAreNotFetched()
{
    QFETCH(QUrl, link);
    Fixture fixture;
    CountingSink sink;
    const auto outcome = outcomeOf(fixture.workspace.download(link, {}, &sink, {}));
    QVERIFY(outcome.hasError());
    QCOMPARE(outcome.error().kind(), ApiError::Kind::Redirected);
    QCOMPARE(sink.bytes, 0);
}

void TestDownload::redirectsAreFollowed()
{
    Fixture fixture;
    fixture.server.then(Reply::error(302, "go on").with("Location: /elsewhere?key=1"));
    Reply reply;
    reply.body = "rows";
    fixture.server.then(reply);
    QBuffer sink;
    sink.open(QIODevice::WriteOnly);
    QCOMPARE(outcomeOf(fixture.workspace.download(linkTo(fixture.server), {}, &sink, {})).value(), 4);
    QCOMPARE(sink.data(), QByteArray("rows"));
    QCOMPARE(fixture.server.received().last().target, QByteArray("/elsewhere?key=1"));
}

void TestDownload::redirectsThatAreNotFollowed_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("plain http") << QByteArray("http://storage.example.com/x");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("in a circle") << QByteArray("/bucket/part-0");
}

void TestDownload::redirectsThatAreNotFollowed()
{
    QFETCH(QByteArray, location);
    Fixture fixture;
    fixture.server.always(
        [location](const Received &) { return Reply::error(307, "go on").with("Location: " + location); });
    CountingSink sink;
    const auto outcome = outcomeOf(fixture.workspace.download(linkTo(fixture.server), {}, &sink, {}));
    QVERIFY(outcome.hasError());
    QCOMPARE(outcome.error().kind(), ApiError::Kind::Redirected);
    QVERIFY(fixture.server.count() <= 4);
    QCOMPARE(sink.bytes, 0);
}

void TestDownload::headersStayWithTheFirstHost()
{
    Fixture fixture;
    ScriptedServer other;
    fixture.server.then(Reply::error(302, {}).with("Location: " + linkTo(other).toEncoded()));
    CountingSink sink;
    const QList<std::pair<QByteArray, QByteArray>> headers{{"x-key", "secret"}};
    QVERIFY(outcomeOf(fixture.workspace.download(linkTo(fixture.server), headers, &sink, {})).hasValue());
    QCOMPARE(fixture.server.received().first().header("x-key"), QByteArray("secret"));
    QCOMPARE(other.received().first().header("x-key"), QByteArray());
}

void TestDownload::errorsAreTyped_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Reply::Manner>("manner");
    QTest::addColumn<ApiError::Kind>("kind");
    QTest::newRow("expired") << 403 << Reply::Manner::Whole << ApiError::Kind::PermissionDenied;
    QTest::newRow("gone") << 404 << Reply::Manner::Whole << ApiError::Kind::NotFound;
    QTest::newRow("busy") << 503 << Reply::Manner::Whole << ApiError::Kind::Unavailable;
    QTest::newRow("part") << 206 << Reply::Manner::Whole << ApiError::Kind::BadAnswer;
    QTest::newRow("cut short") << 200 << Reply::Manner::Truncated << ApiError::Kind::BadAnswer;
    QTest::newRow("reset") << 200 << Reply::Manner::Reset << ApiError::Kind::Unreachable;
}

void TestDownload::errorsAreTyped()
{
    QFETCH(int, status);
    QFETCH(Reply::Manner, manner);
    QFETCH(ApiError::Kind, kind);
    Fixture fixture;
    Reply reply =
        Reply::error(status, "<Error>X-Signature=verysecretsignature does not match</Error>", "application/xml");
    reply.manner = manner;
    fixture.server.always([reply](const Received &) { return reply; });
    CountingSink sink;
    const auto outcome = outcomeOf(fixture.workspace.download(linkTo(fixture.server), {}, &sink, {}));
    QVERIFY(outcome.hasError());
    QCOMPARE(outcome.error().kind(), kind);
    QVERIFY(!outcome.error().text().contains("verysecret"_L1));
    QVERIFY(!QString::fromUtf8(outcome.error().what()).contains("verysecret"_L1));
    QVERIFY(!fixture.exchanges.last().error.contains("verysecret"_L1));
    if (status != 200)
        QCOMPARE(sink.bytes, 0);
}

void TestDownload::silenceEnds()
{
    Fixture fixture;
    fixture.server.then(Reply::of(Reply::Manner::Stall));
    CountingSink sink;
    DownloadLimits limits;
    limits.silence = 100ms;
    const auto outcome = outcomeOf(
        download(&fixture.network, linkTo(fixture.server), {}, &sink, limits, std::stop_token(), DownloadWatch()));
    QCOMPARE(outcome.error().kind(), ApiError::Kind::Timeout);
}

void TestDownload::stopEnds()
{
    Fixture fixture;
    fixture.server.then(Reply::of(Reply::Manner::Trickle));
    CountingSink sink;
    Outcome outcome(fixture.workspace.download(linkTo(fixture.server), {}, &sink, {}));
    QTRY_VERIFY(sink.bytes > 3);
    fixture.stop.request_stop();
    outcome.wait();
    QCOMPARE(outcome.error().kind(), ApiError::Kind::Cancelled);
}

void TestDownload::endOfTheNetworkEnds()
{
    ScriptedServer server;
    server.then(Reply::of(Reply::Manner::Trickle));
    auto network = std::make_unique<QNetworkAccessManager>();
    CountingSink sink;
    Outcome outcome(
        download(network.get(), linkTo(server), {}, &sink, DownloadLimits(), std::stop_token(), DownloadWatch()));
    QTRY_VERIFY(sink.bytes > 3);
    network.reset();
    outcome.wait();
    QCOMPARE(outcome.error().kind(), ApiError::Kind::Cancelled);
}

void TestDownload::sinkThatFails()
{
    Fixture fixture;
    Reply reply;
    reply.body = QByteArray(1024 * 1024, 'x');
    fixture.server.then(reply);
    CountingSink sink(300'000);
    const auto outcome = outcomeOf(fixture.workspace.download(linkTo(fixture.server), {}, &sink, {}));
    QVERIFY(outcome.hasError());
    QVERIFY2(outcome.error().message().contains("the disk is full"_L1), qPrintable(outcome.error().message()));
    QVERIFY(sink.bytes <= 300'000);
}

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_download.moc"

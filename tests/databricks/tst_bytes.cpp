#include "databricks/fixture.h"
#include "databricks/outcome.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Databricks::Content;

namespace {

const QString File = u"/api/2.0/fs/files/Volumes/main/default/raw/a%20b.bin"_s;

Reply part(const QByteArray &bytes, const QByteArray &range, int status = 206)
{
    Reply reply = Reply().with("Content-Range: " + range);
    reply.status = status;
    reply.body = bytes;
    reply.contentType = "application/octet-stream";
    return reply;
}

QCoro::Task<bool> put(Databricks::Workspace workspace, QByteArray bytes)
{
    const QUrlQuery query{{u"overwrite"_s, u"false"_s}};
    co_await workspace.putBytes(File, query, bytes);
    co_return true;
}

} // namespace

/// Workspace's functions for what is not JSON: ranges of bytes, uploads, answers as they came.
class TestBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRangeIsAskedFor();
    void aServerThatIgnoresTheRange();
    void aRangeBehindTheEnd();
    void theSizeMayBeUnknown();
    void aLostReadIsRepeated();
    void refusalsAreErrors();
    void bytesAreSentAsTheyAre();
    void anUploadIsSentOnce();
    void anAnswerComesAsItIs();
};

void TestBytes::aRangeIsAskedFor()
{
    Fixture f;
    f.server.then(part(QByteArray("\x00\xff{", 3), "bytes 4-6/1000"));
    const Content content = outcomeOf(f.workspace.getBytes(File, {}, 4, 6)).value();
    QCOMPARE(content.bytes, QByteArray("\x00\xff{", 3));
    QCOMPARE(content.first, 4);
    QCOMPARE(content.total, 1000);
    QCOMPARE(f.server.received().first().header("Range"), QByteArray("bytes=4-6"));
    QCOMPARE(f.server.received().first().header("Accept-Encoding"), QByteArray("identity"));
    QCOMPARE(f.server.received().first().header("Authorization"), QByteArray("Bearer ") + secret);
    QCOMPARE(f.server.received().first().path(), File.toLatin1());
    QCOMPARE(f.exchanges.size(), 1);
    QCOMPARE(f.exchanges.first().bytesReceived, 3);
}

void TestBytes::aServerThatIgnoresTheRange()
{
    Fixture f;
    Reply whole;
    whole.body = "0123456789";
    f.server.then(whole);
    const Content content = outcomeOf(f.workspace.getBytes(File, {}, 4, 6)).value();
    QCOMPARE(content.bytes, QByteArray("456"));
    QCOMPARE(content.total, 10);
}

void TestBytes::aRangeBehindTheEnd()
{
    Fixture f;
    f.server.then(part("not to be read", "bytes */10", 416));
    const auto outcome = outcomeOf(f.workspace.getBytes(File, {}, 40, 60));
    QVERIFY(outcome.hasValue());
    QCOMPARE(outcome.value().bytes, QByteArray());
    QCOMPARE(outcome.value().total, 10);
}

void TestBytes::theSizeMayBeUnknown()
{
    Fixture f;
    f.server.then(part("abc", "bytes 0-2/*"));
    QCOMPARE(outcomeOf(f.workspace.getBytes(File, {}, 0, 2)).value().total, -1);
}

void TestBytes::aLostReadIsRepeated()
{
    Fixture f;
    f.server.then(Reply::of(Reply::Manner::Truncated));
    f.server.then(part("abc", "bytes 0-2/3"));
    QCOMPARE(outcomeOf(f.workspace.getBytes(File, {}, 0, 2)).value().bytes, QByteArray("abc"));
    QCOMPARE(f.exchanges.size(), 2);
}

void TestBytes::refusalsAreErrors()
{
    Fixture f;
    f.server.then(Reply::error(404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"Not here.\"}"));
    const ApiError error = outcomeOf(f.workspace.getBytes(File, {}, 0, 2)).error();
    QCOMPARE(error.kind(), ApiError::Kind::NotFound);
    QCOMPARE(error.request(), QString(u"GET "_s + File));
    f.server.then(Reply::error(409, "{\"error_code\":\"ALREADY_EXISTS\",\"message\":\"It is there.\"}"));
    QCOMPARE(outcomeOf(put(f.workspace, "x")).error().kind(), ApiError::Kind::Conflict);
}

void TestBytes::bytesAreSentAsTheyAre()
{
    Fixture f;
    Reply noContent;
    noContent.status = 204;
    noContent.body = "";
    f.server.always([noContent](const Received &) { return noContent; });
    const QByteArray bytes("\x00\r\n\xff binary", 11);
    QVERIFY(outcomeOf(put(f.workspace, bytes)).hasValue());
    QVERIFY(outcomeOf(put(f.workspace, QByteArray())).hasValue());
    QCOMPARE(f.server.received().at(0).method, QByteArray("PUT"));
    QCOMPARE(f.server.received().at(0).query(), QByteArray("overwrite=false"));
    QCOMPARE(f.server.received().at(0).body, bytes);
    QCOMPARE(f.server.received().at(0).header("Content-Type"), QByteArray("application/octet-stream"));
    QCOMPARE(f.server.received().at(1).header("Content-Length"), QByteArray("0"));
}

void TestBytes::anUploadIsSentOnce()
{
    Fixture f;
    f.server.then(Reply::of(Reply::Manner::CloseEarly));
    const auto outcome = outcomeOf(put(f.workspace, "x"));
    QVERIFY(outcome.hasError());
    QVERIFY(outcome.error().isInDoubt());
    QCOMPARE(f.server.count(), 1);
}

void TestBytes::anAnswerComesAsItIs()
{
    Fixture f;
    Reply list;
    list.status = 201;
    list.body = "[1, 2]";
    f.server.then(list);
    const Content content = outcomeOf(f.workspace.send("DELETE", u"/api/2.0/x"_s, {}, "{\"a\":1}")).value();
    QCOMPARE(content.bytes, QByteArray("[1, 2]"));
    QCOMPARE(content.status, 201);
    QCOMPARE(f.server.received().first().method, QByteArray("DELETE"));
    QCOMPARE(f.server.received().first().body, QByteArray("{\"a\":1}"));
    QCOMPARE(f.server.received().first().header("Content-Type"), QByteArray("application/json"));
}

QTEST_GUILESS_MAIN(TestBytes)
#include "tst_bytes.moc"

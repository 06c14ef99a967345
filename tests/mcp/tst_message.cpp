#include "mcp/protocol/message.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

class TestMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRequests_data();
    void readsRequests();
    void readsOtherKinds();
    void saysWhatIsMalformed_data();
    void saysWhatIsMalformed();
    void readsBatches();
    void refusesHugeBatches();
    void writesOnOneLine();
    void leavesOutAnUnreadableId();
};

void TestMessage::readsRequests_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("integer") << QByteArray("7");
    QTest::newRow("zero") << QByteArray("0");
    QTest::newRow("negative") << QByteArray("-3");
    QTest::newRow("64 bits") << QByteArray("9007199254740993");
    QTest::newRow("largest") << QByteArray("9223372036854775807");
    QTest::newRow("string") << QByteArray("\"a-1\"");
    QTest::newRow("empty string") << QByteArray("\"\"");
    QTest::newRow("unicode") << QByteArray("\"\xc3\xa9\"");
}

void TestMessage::readsRequests()
{
    QFETCH(QByteArray, id);
    const Payload payload = parse("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\",\"params\":{\"a\":1}}");
    QVERIFY(!payload.isBatch);
    QCOMPARE(payload.messages.size(), 1);
    const auto request = std::get<Request>(payload.messages.first());
    QCOMPARE(request.method, u"ping"_s);
    QCOMPARE(request.params[u"a"_s].toInt(), 1);
    const QByteArray echo = "\"id\":" + id + ',';
    QVERIFY(resultMessage(request.id, {}).contains(echo));
}

void TestMessage::readsOtherKinds()
{
    QVERIFY(std::holds_alternative<Notification>(parse(R"({"jsonrpc":"2.0","method":"x"})").messages.first()));
    QVERIFY(std::holds_alternative<Response>(parse(R"({"jsonrpc":"2.0","id":1,"result":{}})").messages.first()));
    QVERIFY(std::holds_alternative<Response>(parse(R"({"jsonrpc":"2.0","id":1,"error":{}})").messages.first()));
    QVERIFY(std::holds_alternative<Request>(
        parse(R"({"jsonrpc":"2.0","id":1,"method":"x","params":null})").messages.first()));
}

void TestMessage::saysWhatIsMalformed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<QVariant>("id");
    const QVariant none;
    QTest::newRow("nothing") << QByteArray() << ErrorCode::ParseError << none;
    QTest::newRow("no JSON") << QByteArray("{\"jsonrpc\":") << ErrorCode::ParseError << none;
    QTest::newRow("number") << QByteArray(" 42\n") << ErrorCode::InvalidRequest << none;
    QTest::newRow("string") << QByteArray("\"ping\"") << ErrorCode::InvalidRequest << none;
    QTest::newRow("null") << QByteArray("null") << ErrorCode::InvalidRequest << none;
    QTest::newRow("two numbers") << QByteArray("1,2") << ErrorCode::ParseError << none;
    QTest::newRow("words") << QByteArray("hello") << ErrorCode::ParseError << none;
    QTest::newRow("bad UTF-8") << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}")
                               << ErrorCode::ParseError << none;
    QTest::newRow("too deep") << QByteArray(5000, '[') + QByteArray(5000, ']') << ErrorCode::ParseError << none;
    QTest::newRow("empty batch") << QByteArray("[]") << ErrorCode::InvalidRequest << none;
    QTest::newRow("no version") << QByteArray(R"({"id":4,"method":"x"})") << ErrorCode::InvalidRequest << QVariant(4);
    QTest::newRow("version 1") << QByteArray(R"({"jsonrpc":"1.0","id":"s","method":"x"})") << ErrorCode::InvalidRequest
                               << QVariant(u"s"_s);
    QTest::newRow("null id") << QByteArray(R"({"jsonrpc":"2.0","id":null,"method":"x"})") << ErrorCode::InvalidRequest
                             << none;
    QTest::newRow("broken id") << QByteArray(R"({"jsonrpc":"2.0","id":1.5,"method":"x"})") << ErrorCode::InvalidRequest
                               << none;
    QTest::newRow("id beyond 64 bits") << QByteArray(R"({"jsonrpc":"2.0","id":18446744073709551616,"method":"x"})")
                                       << ErrorCode::InvalidRequest << none;
    QTest::newRow("object id") << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"x"})") << ErrorCode::InvalidRequest
                               << none;
    QTest::newRow("method is a number") << QByteArray(R"({"jsonrpc":"2.0","id":4,"method":1})")
                                        << ErrorCode::InvalidRequest << QVariant(4);
    QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":4})") << ErrorCode::InvalidRequest << QVariant(4);
    QTest::newRow("params in a list") << QByteArray(R"({"jsonrpc":"2.0","id":4,"method":"x","params":[1]})")
                                      << ErrorCode::InvalidRequest << QVariant(4);
}

void TestMessage::saysWhatIsMalformed()
{
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    QFETCH(QVariant, id);
    const Payload payload = parse(body);
    QCOMPARE(payload.messages.size(), 1);
    const auto malformed = std::get<Malformed>(payload.messages.first());
    QCOMPARE(malformed.error.code, code);
    QVERIFY(!malformed.error.message.isEmpty());
    QCOMPARE(malformed.id, id.isValid() ? QJsonValue::fromVariant(id) : QJsonValue(QJsonValue::Undefined));
}

void TestMessage::readsBatches()
{
    const Payload payload = parse(R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"n"},3])");
    QVERIFY(payload.isBatch);
    QCOMPARE(payload.messages.size(), 3);
    QVERIFY(std::holds_alternative<Request>(payload.messages.at(0)));
    QVERIFY(std::holds_alternative<Notification>(payload.messages.at(1)));
    QVERIFY(std::holds_alternative<Malformed>(payload.messages.at(2)));
}

void TestMessage::refusesHugeBatches()
{
    QByteArray body = "[1";
    for (int i = 0; i < 100; ++i)
        body += ",1";
    const Payload payload = parse(body + ']');
    QVERIFY(!payload.isBatch);
    QCOMPARE(std::get<Malformed>(payload.messages.first()).error.code, ErrorCode::InvalidRequest);
}

void TestMessage::writesOnOneLine()
{
    const QJsonObject data{{u"text"_s, u"two\nlines"_s}};
    QVERIFY(!resultMessage(1, data).contains('\n'));
    QVERIFY(!notificationMessage(u"n"_s, data).contains('\n'));
    const QJsonObject error = QJsonDocument::fromJson(errorMessage(u"a"_s, {-32602, u"no"_s, data})).object();
    QCOMPARE(error[u"id"_s].toString(), u"a"_s);
    QCOMPARE(error[u"error"_s][u"code"_s].toInt(), -32602);
    QCOMPARE(error[u"error"_s][u"data"_s].toObject(), data);
}

void TestMessage::leavesOutAnUnreadableId()
{
    const QByteArray message = errorMessage(QJsonValue::Undefined, {-32700, u"no"_s});
    QVERIFY(!QJsonDocument::fromJson(message).object().contains(u"id"_s));
}

QTEST_GUILESS_MAIN(TestMessage)
#include "tst_message.moc"

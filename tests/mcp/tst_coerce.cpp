#include "mcp/protocol/coerce.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

class TestCoerce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsRight_data();
    void putsRight();
    void leavesAlone_data();
    void leavesAlone();
};

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

const QByteArray Schema = R"({"type":"object","required":["id","must"],"properties":{
    "id":{"type":"string"}, "must":{"type":"string"}, "name":{"type":"string"}, "count":{"type":"integer"},
    "ratio":{"type":"number"}, "flag":{"type":"boolean"}, "ids":{"type":"array","items":{"type":"string"}},
    "numbers":{"type":"array","items":{"type":"integer"}}, "free":{},
    "settings":{"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"integer"}}},
    "map":{"type":"object","additionalProperties":{"type":"string"}},
    "rows":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"},
        "v":{"type":"string"}}}}}})";

} // namespace

void TestCoerce::putsRight_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("wanted");
    const auto row = [](const char *name, const char *sent, const char *wanted) {
        QTest::newRow(name) << QByteArray(sent) << QByteArray(wanted);
    };
    row("integer for a string", R"({"id":5})", R"({"id":"5"})");
    row("64-bit integer for a string", R"({"id":1234567890123456789})", R"({"id":"1234567890123456789"})");
    row("largest integer for a string", R"({"id":9223372036854775807})", R"({"id":"9223372036854775807"})");
    row("decimal for a string", R"({"id":0.1})", R"({"id":"0.1"})");
    row("string for an integer", R"({"count":"42"})", R"({"count":42})");
    row("64-bit string for an integer", R"({"count":" 1234567890123456789 "})", R"({"count":1234567890123456789})");
    row("whole decimal for an integer", R"({"count":"5.0"})", R"({"count":5})");
    row("string for a number", R"({"ratio":"-1.5e2"})", R"({"ratio":-150})");
    row("string for true", R"({"flag":"True"})", R"({"flag":true})");
    row("string for false", R"({"flag":"false"})", R"({"flag":false})");
    row("JSON for an object", R"({"settings":"{\"a\":1,\"b\":\"2\"}"})", R"({"settings":{"a":"1","b":2}})");
    row("JSON for a list", R"({"ids":"[\"a\",1]"})", R"({"ids":["a","1"]})");
    row("JSON for a list of numbers", R"({"numbers":"[1,\"2\"]"})", R"({"numbers":[1,2]})");
    row("one string for a list", R"({"ids":"a"})", R"({"ids":["a"]})");
    row("one number for a list of strings", R"({"ids":12})", R"({"ids":["12"]})");
    row("text with a bracket for a list", R"({"ids":"[a"})", R"({"ids":["[a"]})");
    row("empty for what is optional", R"({"id":"x","name":"","count":"","flag":null,"ids":""})", R"({"id":"x"})");
    row("empty inside an object", R"({"settings":{"a":"","b":null}})", R"({"settings":{"a":""}})");
    row("empty text in a list of objects", R"({"rows":[{"n":"","v":""}]})", R"({"rows":[{"v":""}]})");
    row("values of a map", R"({"map":{"x":1,"y":""}})", R"({"map":{"x":"1","y":""}})");
    row("objects in a list", R"({"rows":[{"n":"1"},{"n":2}]})", R"({"rows":[{"n":1},{"n":2}]})");
}

void TestCoerce::putsRight()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, wanted);
    const QJsonObject result = Mcp::coerced(object(sent), object(Schema));
    QCOMPARE(QJsonDocument(result).toJson(), QJsonDocument(object(wanted)).toJson());
}

void TestCoerce::leavesAlone_data()
{
    QTest::addColumn<QByteArray>("sent");
    const auto row = [](const char *name, const char *sent) { QTest::newRow(name) << QByteArray(sent); };
    row("empty for what is required", R"({"id":"","must":null})");
    row("words for a number", R"({"count":"many","ratio":"nan"})");
    row("hexadecimal", R"({"count":"0x10"})");
    row("infinity", R"({"ratio":"inf"})");
    row("yes for a boolean", R"({"flag":"yes"})");
    row("number for a boolean", R"({"flag":1})");
    row("number that lost digits", R"({"id":12345678901234567890})");
    row("broken JSON", R"({"settings":"{a"})");
    row("list for an object", R"({"settings":"[1]"})");
    row("one value for a list of numbers", R"({"numbers":5})");
    row("what has no type", R"({"free":"5"})");
    row("unknown arguments", R"({"other":"5","another":null})");
}

void TestCoerce::leavesAlone()
{
    QFETCH(QByteArray, sent);
    QCOMPARE(Mcp::coerced(object(sent), object(Schema)), object(sent));
}

QTEST_GUILESS_MAIN(TestCoerce)
#include "tst_coerce.moc"

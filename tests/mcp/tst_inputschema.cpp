#include "mcp/protocol/inputschema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using Mcp::InputSchema;

class TestInputSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void tellsThreeProblemsAtMost();
    void toolWithoutArguments();
    void openSchemaTakesUnknownArguments();
    void followsCombinedSchemas_data();
    void followsCombinedSchemas();
    void survivesLongStrings();
    void namesAFaultySchema();
    void noSpellingHidesAnother();
};

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

const QByteArray Schema = R"({"type":"object","required":["cluster_id"],"properties":{
    "cluster_id":{"type":"string","minLength":1,"maxLength":20,"pattern":"^[a-z0-9-]*$"},
    "limit":{"type":"integer","minimum":1,"maximum":9007199254740993},
    "ratio":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1},
    "state":{"type":"string","enum":["RUNNING","TERMINATED"]},
    "integer":{"type":"integer"}, "flag":{"type":"boolean"}, "default":{"type":"integer"},
    "ids":{"type":"array","minItems":1,"maxItems":3,"items":{"type":"string"}},
    "settings":{"type":"object","required":["a"],"additionalProperties":false,"properties":{"a":{"type":"integer"}}},
    "map":{"type":"object","additionalProperties":{"type":"string"}}}})";

} // namespace

void TestInputSchema::accepts_data()
{
    QTest::addColumn<QByteArray>("arguments");
    const auto row = [](const char *name, const char *arguments) {
        QTest::newRow(name) << QByteArray(R"({"cluster_id":"a-1")") + arguments + '}';
    };
    row("only what is required", "");
    row("31 bits and one", R"(,"limit":2147483648,"integer":2147483648,"default":2147483648)");
    row("53 bits and one", R"(,"limit":9007199254740993)");
    row("64 bits", R"(,"integer":-9223372036854775807)");
    row("whole decimal", R"(,"limit":5.0)");
    row("all the others",
        R"(,"ratio":0.5,"state":"RUNNING","flag":false,"ids":["a"],"settings":{"a":1},"map":{"k":"v"})");
}

void TestInputSchema::accepts()
{
    QFETCH(QByteArray, arguments);
    const InputSchema schema(object(Schema));
    QCOMPARE(schema.problem(), QString());
    QCOMPARE(schema.validate(object(arguments)), QString());
}

void TestInputSchema::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *arguments, const char *words) {
        QTest::newRow(name) << QByteArray(R"({"cluster_id":"a")") + arguments + '}' << QString::fromUtf8(words);
    };
    QTest::newRow("missing") << QByteArray("{}") << u"cluster_id: required, but missing"_s;
    QTest::newRow("not a string") << QByteArray(R"({"cluster_id":true})")
                                  << u"cluster_id: expected a string, got true or false"_s;
    QTest::newRow("null") << QByteArray(R"({"cluster_id":null})") << u"cluster_id: expected a string, got null"_s;
    QTest::newRow("too short") << QByteArray(R"({"cluster_id":""})")
                               << u"cluster_id: must have at least 1 character(s)"_s;
    QTest::newRow("too long") << QByteArray(R"({"cluster_id":"aaaaaaaaaaaaaaaaaaaaa"})")
                              << u"cluster_id: must have at most 20 character(s)"_s;
    QTest::newRow("pattern") << QByteArray(R"({"cluster_id":"A"})")
                             << u"cluster_id: must match the pattern ^[a-z0-9-]*$"_s;
    row("not whole", R"(,"limit":1.5)", "limit: expected a whole number, got a number");
    row("not whole by a property's name", R"(,"integer":1.5)", "integer: expected a whole number, got a number");
    row("beyond 64 bits", R"(,"limit":1e300)", "limit: expected a whole number, got a number");
    row("too small", R"(,"limit":0)", "limit: must be at least 1");
    row("at an open bound", R"(,"ratio":1)", "ratio: must be below 1");
    row("no choice", R"(,"state":"running")", "state: expected one of: RUNNING, TERMINATED");
    row("no boolean", R"(,"flag":"maybe")", "flag: expected true or false, got a string");
    row("no list", R"(,"ids":{})", "ids: expected a list, got an object");
    row("empty list", R"(,"ids":[])", "ids: must have at least 1 element(s)");
    row("wrong element", R"(,"ids":["a","b",{}])", "ids[2]: expected a string, got an object");
    row("wrong inside", R"(,"settings":{"a":"x"})", "settings.a: expected a whole number, got a string");
    row("missing inside", R"(,"settings":{})", "settings.a: required, but missing");
    row("unknown inside", R"(,"settings":{"a":1,"z":1})", "settings: unknown member 'z'; known are: a");
    row("wrong in a map", R"(,"map":{"k":1})", "map.k: expected a string, got a number");
    row("unknown", R"(,"clusterId":1)",
        "unknown argument 'clusterId'; this tool takes: cluster_id, default, flag, ids, integer, limit, map, ratio, "
        "settings, state");
}

void TestInputSchema::saysWhatIsWrong()
{
    QFETCH(QByteArray, arguments);
    QFETCH(QString, words);
    QCOMPARE(InputSchema(object(Schema)).validate(object(arguments)), words);
}

void TestInputSchema::tellsThreeProblemsAtMost()
{
    const InputSchema schema(object(Schema));
    QCOMPARE(
        schema.validate(object(R"({"flag":1,"limit":0,"ratio":2,"state":"x"})")),
        u"cluster_id: required, but missing; flag: expected true or false, got a number; limit: must be at least 1"_s);
}

void TestInputSchema::toolWithoutArguments()
{
    const InputSchema schema(object(R"({"type":"object","properties":{},"required":[]})"));
    QCOMPARE(schema.validate({}), QString());
    QCOMPARE(schema.validate(object(R"({"x":1})")), u"unknown argument 'x'; this tool takes no arguments"_s);
}

void TestInputSchema::openSchemaTakesUnknownArguments()
{
    const InputSchema schema(object(R"({"type":"object","additionalProperties":true})"));
    QCOMPARE(schema.validate(object(R"({"x":1})")), QString());
}

// Not for our own tools, but a schema may come from elsewhere.
void TestInputSchema::followsCombinedSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("bad");
    QTest::newRow("anyOf") << QByteArray(R"({"properties":{"a":{"anyOf":[{"type":"integer"},{"type":"boolean"}]}}})")
                           << QByteArray(R"({"a":3000000000})") << QByteArray(R"({"a":"x"})");
    QTest::newRow("type list") << QByteArray(R"({"properties":{"a":{"type":["integer","null"]}}})")
                               << QByteArray(R"({"a":3000000000})") << QByteArray(R"({"a":"x"})");
    QTest::newRow("$ref")
        << QByteArray(R"({"$defs":{"pattern":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/pattern"}}})")
        << QByteArray(R"({"a":"x"})") << QByteArray(R"({"a":1})");
    QTest::newRow("const") << QByteArray(R"({"properties":{"a":{"const":{"type":"integer"}}}})")
                           << QByteArray(R"({"a":{"type":"integer"}})") << QByteArray(R"({"a":{"type":"number"}})");
    QTest::newRow("if and then")
        << QByteArray(R"({"properties":{"a":{},"b":{}},"if":{"required":["a"]},"then":{"required":["b"]}})")
        << QByteArray(R"({"a":1,"b":1})") << QByteArray(R"({"a":1})");
    QTest::newRow("a property called pattern") << QByteArray(R"({"properties":{"pattern":{"const":1}}})")
                                               << QByteArray(R"({"pattern":1})") << QByteArray(R"({"pattern":2})");
}

void TestInputSchema::followsCombinedSchemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, bad);
    const InputSchema compiled(object(schema));
    QCOMPARE(compiled.problem(), QString());
    QCOMPARE(compiled.validate(object(good)), QString());
    QVERIFY(!compiled.validate(object(bad)).isEmpty());
}

void TestInputSchema::survivesLongStrings()
{
    const InputSchema schema(object(R"({"properties":{"a":{"type":"string","pattern":"^(a|b)+$"},
        "d":{"type":"string","format":"date"}}})"));
    const QString letters(1'000'000, u'a');
    const QString digits(1'000'000, u'1');
    const QString words = schema.validate({{u"a"_s, letters}, {u"d"_s, digits}});
    QVERIFY(words.isEmpty() || words.startsWith(u"a: "_s));
}

void TestInputSchema::namesAFaultySchema()
{
    const InputSchema schema(object(R"({"type":"object","required":[1]})"));
    QVERIFY(!schema.problem().isEmpty());
}

/// Two arguments for the same thing: neither may be taken for the other without a word.
void TestInputSchema::noSpellingHidesAnother()
{
    const InputSchema schema(object(R"({"type":"object","required":["statement"],"additionalProperties":false,
        "properties":{"statement":{"type":"string"}}})"));
    const QHash<QString, QString> spellings{{u"query"_s, u"statement"_s}, {u"sql"_s, u"statement"_s}};
    const QJsonObject both = schema.named(object(R"({"query":"SELECT 1","sql":"DROP TABLE t"})"), spellings);
    QVERIFY(!schema.validate(both).isEmpty());
    const QJsonObject one = schema.named(object(R"({"query":"SELECT 1"})"), spellings);
    QCOMPARE(one, object(R"({"statement":"SELECT 1"})"));
}

QTEST_GUILESS_MAIN(TestInputSchema)
#include "tst_inputschema.moc"

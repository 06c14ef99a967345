#include "common/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatQtSays_data();
    void saysWhatQtSays();
    void shortMembersComeFirst();
    void whatIsNoNumberIsNull();
};

void TestJson::saysWhatQtSays_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("empty object") << QJsonValue(QJsonObject());
    QTest::newRow("empty array") << QJsonValue(QJsonArray());
    QTest::newRow("escapes") << QJsonValue(QJsonArray{u"a\"b\\c\n\r\t\u0001\u001f/é😀\u2028"_s});
    QTest::newRow("64 bits") << QJsonValue(
        QJsonArray{std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min(), qint64(9007199254740993)});
    QTest::newRow("numbers") << QJsonValue(QJsonArray{0.1, -2.5e-300, 1e300, 3, -0.5});
    QTest::newRow("rest") << QJsonValue(QJsonArray{true, false, QJsonValue(), QJsonObject{{u"a"_s, QJsonArray{1}}}});
}

void TestJson::saysWhatQtSays()
{
    QFETCH(QJsonValue, value);
    QJsonParseError problem;
    const QJsonDocument read = QJsonDocument::fromJson(Json::compact(value), &problem);
    QCOMPARE(problem.error, QJsonParseError::NoError);
    QCOMPARE(read.isArray() ? QJsonValue(read.array()) : QJsonValue(read.object()), value);
}

void TestJson::shortMembersComeFirst()
{
    const QJsonObject object{{u"a"_s, QJsonArray{1}}, {u"b"_s, QJsonObject()}, {u"c"_s, 2}, {u"d"_s, u"x"_s}};
    QCOMPARE(Json::compact(object), QByteArray(R"({"c":2,"d":"x","a":[1],"b":{}})"));
}

void TestJson::whatIsNoNumberIsNull()
{
    const QJsonArray values{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()};
    QCOMPARE(Json::compact(values), QByteArray("[null,null]"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"

#include "serverbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Mcp;

using ExchangePtr = ServerBench::ExchangePtr;

namespace {

QCoro::Task<ToolResult> talk(ToolInvocation invocation)
{
    invocation.log(LogLevel::Debug, u"details"_s);
    invocation.log(LogLevel::Info, u"news"_s);
    invocation.log(LogLevel::Emergency, QJsonObject{{u"fire"_s, true}});
    co_return ToolResult(u"said"_s);
}

} // namespace

/// logging/setLevel and what follows from it.
class TestLogLevels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void declaresLogging();
    void sendsFromTheLevelOn_data();
    void sendsFromTheLevelOn();
    void levelIsTheClientsOwn();
    void refusesUnknownLevels();
    void sendsNothingWhenLoggingIsOff();

private:
    ExchangePtr call() { return m_bench->legacy(u"tools/call"_s, {{u"name"_s, u"talk"_s}}); }

    std::unique_ptr<ServerBench> m_bench;
};

void TestLogLevels::init()
{
    m_bench = std::make_unique<ServerBench>();
    m_bench->server.setLogging(true);
    m_bench->server.setTools({{.description = {.name = u"talk"_s}, .run = talk}});
}

void TestLogLevels::declaresLogging()
{
    const QJsonObject params{{u"protocolVersion"_s, u"2025-11-25"_s}};
    QVERIFY(
        ServerBench::resultOf(m_bench->legacy(u"initialize"_s, params))[u"capabilities"_s][u"logging"_s].isObject());
}

void TestLogLevels::sendsFromTheLevelOn_data()
{
    QTest::addColumn<QString>("level");
    QTest::addColumn<int>("messages");
    QTest::newRow("none set") << QString() << 2;
    QTest::newRow("debug") << u"debug"_s << 3;
    QTest::newRow("info") << u"info"_s << 2;
    QTest::newRow("notice") << u"notice"_s << 1;
    QTest::newRow("emergency") << u"emergency"_s << 1;
}

void TestLogLevels::sendsFromTheLevelOn()
{
    QFETCH(QString, level);
    QFETCH(int, messages);
    if (!level.isEmpty())
        QVERIFY(m_bench->legacy(u"logging/setLevel"_s, {{u"level"_s, level}})->json().contains(u"result"_s));
    const ExchangePtr exchange = call();
    QCOMPARE(exchange->events.size(), messages + 1);
    const QJsonObject last{{u"level"_s, u"emergency"_s}, {u"data"_s, QJsonObject{{u"fire"_s, true}}}};
    QCOMPARE(exchange->event(messages - 1)[u"params"_s].toObject(), last);
}

void TestLogLevels::levelIsTheClientsOwn()
{
    m_bench->legacy(u"logging/setLevel"_s, {{u"level"_s, u"emergency"_s}});
    m_bench->headers = {{"User-Agent", "other"}};
    QCOMPARE(call()->events.size(), 3);
}

void TestLogLevels::refusesUnknownLevels()
{
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"logging/setLevel"_s, {{u"level"_s, u"loud"_s}})), -32602);
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"logging/setLevel"_s)), -32602);
}

void TestLogLevels::sendsNothingWhenLoggingIsOff()
{
    m_bench->server.setLogging(false);
    QVERIFY(!call()->streaming);
    QCOMPARE(ServerBench::codeOf(m_bench->legacy(u"logging/setLevel"_s, {{u"level"_s, u"info"_s}})), -32601);
}

QTEST_GUILESS_MAIN(TestLogLevels)
#include "tst_loglevels.moc"

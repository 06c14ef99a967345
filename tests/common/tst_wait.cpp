#include "common/oneshot.h"
#include "common/wait.h"

#include <QCoroTask>
#include <QTest>

#include <vector>

using namespace std::chrono_literals;
using End = Async::Wait::End;

namespace {

QCoro::Task<> keep(Async::OneShot<int> result, std::vector<int> *into)
{
    const int value = co_await result;
    into->push_back(value);
}

QCoro::Task<> keepEnd(QObject *needed, QObject *named, std::chrono::milliseconds limit, std::stop_token stop,
                      std::optional<End> *into)
{
    const Async::Wait::Pointer wait = Async::Wait::create(needed, limit, stop);
    wait->wakeOn(named, &QObject::objectNameChanged);
    const End end = co_await wait->ended();
    *into = end;
}

} // namespace

class TestWait : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstResultCounts();
    void queuedResultsComeFromTheEventLoop();
    void whateverComesFirst_data();
    void whateverComesFirst();
};

void TestWait::theFirstResultCounts()
{
    std::vector<int> kept;
    const Async::OneShot<int> result;
    const QCoro::Task<> early = keep(result, &kept);
    QVERIFY(kept.empty());
    result.resolve(1);
    result.resolve(2);
    QCOMPARE(kept, std::vector{1});
    const QCoro::Task<> late = keep(result, &kept);
    QCOMPARE(kept, (std::vector{1, 1}));
}

void TestWait::queuedResultsComeFromTheEventLoop()
{
    std::vector<int> kept;
    const Async::OneShot<int> result;
    const QCoro::Task<> task = keep(result, &kept);
    result.resolveQueued(1);
    result.resolveQueued(2);
    QVERIFY(kept.empty());
    QTRY_COMPARE(kept, std::vector{1});
}

void TestWait::whateverComesFirst_data()
{
    QTest::addColumn<int>("end");
    QTest::newRow("signal") << int(End::Woken);
    QTest::newRow("time") << int(End::TimedOut);
    QTest::newRow("stop") << int(End::Stopped);
    QTest::newRow("object") << int(End::Gone);
}

void TestWait::whateverComesFirst()
{
    QFETCH(int, end);
    auto needed = std::make_unique<QObject>();
    QObject named;
    std::stop_source stop;
    std::optional<End> ended;
    const QCoro::Task<> task =
        keepEnd(needed.get(), &named, End(end) == End::TimedOut ? 1ms : 10s, stop.get_token(), &ended);
    QVERIFY(!ended);
    if (End(end) == End::Woken)
        named.setObjectName(QStringLiteral("x"));
    if (End(end) == End::Gone)
        needed.reset();
    if (End(end) == End::Stopped) {
        stop.request_stop();
        // Not inside the request.
        QVERIFY(!ended);
    }
    QTRY_VERIFY(ended);
    QCOMPARE(int(*ended), end);
}

QTEST_GUILESS_MAIN(TestWait)
#include "tst_wait.moc"

#include "gui/calls/callmodel.h"
#include "gui/calls/callproxy.h"
#include "gui/calls/exchangemodel.h"
#include "values.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Calls::Outcome;
using Gui::CallModel;
using Gui::CallProxy;
using Gui::ExchangeModel;

class TestCallModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNewestComesFirst();
    void aChangeTellsItsRowOnly();
    void theOldestGoesBeforeTheNewComes();
    void olderOnesAreAskedForOnce();
    void aLoadedRecordKeepsTheAnswerThatIsKnown();
    void aChangeOfWhatIsNotShownIsLeftAlone();
    void filters_data();
    void filters();
    void progressIsForWhatRuns();
    void exchangesGrowWithoutReset();
};

namespace {

QList<Calls::Record> page(qint64 newest, int count)
{
    QList<Calls::Record> records;
    for (qint64 id = newest; id > newest - count; --id)
        records << call(id, Outcome::Succeeded);
    return records;
}

} // namespace

void TestCallModel::theNewestComesFirst()
{
    CallModel model;
    const QAbstractItemModelTester tester(&model);
    model.put(call(1, Outcome::Running));
    model.put(call(3, Outcome::Running));
    model.put(call(2, Outcome::Running));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.rowOf(3), 0);
    QCOMPARE(model.rowOf(2), 1);
    QCOMPARE(model.rowOf(1), 2);
    QCOMPARE(model.rowOf(4), -1);
}

void TestCallModel::aChangeTellsItsRowOnly()
{
    CallModel model;
    const QAbstractItemModelTester tester(&model);
    model.put(call(1, Outcome::Running));
    model.put(call(2, Outcome::Running));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.put(call(1, Outcome::Failed));
    QCOMPARE(inserted.count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 1);
    QCOMPARE(model.index(1, CallModel::Outcome).data().toString(), Calls::outcomeName(Outcome::Failed));
}

void TestCallModel::theOldestGoesBeforeTheNewComes()
{
    CallModel model(3);
    const QAbstractItemModelTester tester(&model);
    model.append(page(3, 3));
    QStringList order;
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [&](const QModelIndex &, int first, int last) {
        order << u"removed %1-%2, %3 left"_s.arg(first).arg(last).arg(model.rowCount());
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [&](const QModelIndex &, int first, int last) { order << u"inserted %1-%2"_s.arg(first).arg(last); });
    model.put(call(4, Outcome::Running));
    QCOMPARE(order, QStringList({u"removed 2-2, 2 left"_s, u"inserted 0-0"_s}));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.rowOf(1), -1);
    QVERIFY(!model.canFetchMore({}));
}

void TestCallModel::olderOnesAreAskedForOnce()
{
    // No model tester here: it fetches more by itself.
    CallModel model;
    QSignalSpy needed(&model, &CallModel::pageNeeded);
    model.fetchMore({});
    model.fetchMore({});
    QCOMPARE(needed.count(), 1);
    QCOMPARE(needed.at(0).at(0).toLongLong(), 0);
    model.append(page(1000, CallModel::PageSize));
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    QCOMPARE(needed.count(), 2);
    QCOMPARE(needed.at(1).at(0).toLongLong(), 1000 - CallModel::PageSize + 1);
    model.append(page(1000 - CallModel::PageSize, 10));
    QVERIFY(!model.canFetchMore({}));
    QCOMPARE(model.rowCount(), CallModel::PageSize + 10);
}

void TestCallModel::aLoadedRecordKeepsTheAnswerThatIsKnown()
{
    CallModel model;
    const QAbstractItemModelTester tester(&model);
    Calls::Record known = call(5, Outcome::Succeeded);
    known.answer = u"130 clusters"_s;
    model.put(known);
    model.append(page(5, 3));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.record(model.rowOf(5)).answer, u"130 clusters"_s);
}

void TestCallModel::aChangeOfWhatIsNotShownIsLeftAlone()
{
    CallModel model;
    model.append(page(100, 5));
    model.put(call(3, Outcome::Failed));
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.rowOf(3), -1);
}

void TestCallModel::filters_data()
{
    QTest::addColumn<CallProxy::Show>("show");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::newRow("all") << CallProxy::Show::All << QString() << 5;
    QTest::newRow("failed") << CallProxy::Show::Failed << QString() << 1;
    QTest::newRow("refused") << CallProxy::Show::Refused << QString() << 1;
    QTest::newRow("running") << CallProxy::Show::Running << QString() << 2;
    QTest::newRow("text") << CallProxy::Show::All << u"SQL"_s << 1;
    QTest::newRow("client") << CallProxy::Show::All << u"cursor"_s << 5;
    QTest::newRow("both") << CallProxy::Show::Failed << u"sql"_s << 0;
}

void TestCallModel::filters()
{
    QFETCH(CallProxy::Show, show);
    QFETCH(QString, text);
    CallModel model;
    CallProxy proxy;
    proxy.setSourceModel(&model);
    const QAbstractItemModelTester tester(&proxy);
    model.put(call(1, Outcome::Succeeded, u"execute_sql"_s));
    model.put(call(2, Outcome::Failed));
    model.put(call(3, Outcome::Refused));
    model.put(call(4, Outcome::Running));
    model.put(call(5, Outcome::Waiting));
    proxy.setShow(show);
    proxy.setText(text);
    QTEST(proxy.rowCount(), "rows");
    QCOMPARE(proxy.hiddenCount(), 5 - proxy.rowCount());
}

void TestCallModel::progressIsForWhatRuns()
{
    CallModel model;
    Calls::Record record = call(1, Outcome::Running);
    model.put(record);
    const QModelIndex took = model.index(0, CallModel::Took);
    QVERIFY(took.data(CallModel::ProgressRole).toDouble() < 0);
    record.progress = 0.5;
    model.put(record);
    QCOMPARE(took.data(CallModel::ProgressRole).toDouble(), 0.5);
    record.outcome = Outcome::Failed;
    model.put(record);
    QVERIFY(took.data(CallModel::ProgressRole).toDouble() < 0);
}

void TestCallModel::exchangesGrowWithoutReset()
{
    ExchangeModel model;
    const QAbstractItemModelTester tester(&model);
    Calls::Record record = call(1, Outcome::Running);
    record.durationMs = 0;
    record.exchanges << exchange(record, 0, 100);
    model.setRecord(record);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    record.exchanges << exchange(record, 150, 50);
    record.exchanges.last().attempt = 2;
    record.exchanges.last().status = 503;
    record.exchanges.last().error = u"busy"_s;
    model.setRecord(record);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex last = model.index(1, ExchangeModel::Timeline);
    QCOMPARE(last.data(ExchangeModel::StartRole).toInt(), 150);
    QCOMPARE(last.data(ExchangeModel::TotalRole).toInt(), 200);
    QVERIFY(last.data(ExchangeModel::FailedRole).toBool());
    QVERIFY(!model.index(0, 0).data(ExchangeModel::FailedRole).toBool());
    QVERIFY(model.index(1, ExchangeModel::Request).data().toString().contains(u"attempt 2"_s));
    model.setRecord(call(2, Outcome::Succeeded));
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestCallModel)
#include "tst_callmodel.moc"

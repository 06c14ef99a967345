#include "gui/clusters/clustermodel.h"
#include "gui/clusters/clusterproxy.h"
#include "values.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Gui::ClusterModel;
using Gui::ClusterProxy;

class TestClusterModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEqualListChangesNothing();
    void onlyTheChangedRowIsTold();
    void comingAndGoingKeepsTheRest();
    void anIdThatComesTwiceIsOneRow();
    void ordersByStateThenName();
    void hidesAndSaysHowMany();
    void foreignTextStaysOnItsLine();
};

namespace {

QStringList names(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.index(row, ClusterModel::Name).data().toString();
    return names;
}

} // namespace

void TestClusterModel::anEqualListChangesNothing()
{
    ClusterModel model;
    const QAbstractItemModelTester tester(&model);
    const QList<Monitor::Cluster> list{cluster(u"1"_s, u"a"_s, u"RUNNING"_s), cluster(u"2"_s, u"b"_s, u"PENDING"_s)};
    model.setClusters(list);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setClusters(list);
    QCOMPARE(changed.count() + inserted.count() + removed.count() + reset.count(), 0);
}

void TestClusterModel::onlyTheChangedRowIsTold()
{
    ClusterModel model;
    const QAbstractItemModelTester tester(&model);
    QList<Monitor::Cluster> list{cluster(u"1"_s, u"a"_s, u"RUNNING"_s), cluster(u"2"_s, u"b"_s, u"PENDING"_s)};
    model.setClusters(list);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    list[1].state = u"RUNNING"_s;
    model.setClusters(list);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 1);
    QCOMPARE(model.index(1, ClusterModel::State).data(ClusterModel::StateRole).toString(), u"RUNNING"_s);
    QCOMPARE(model.index(1, ClusterModel::State).data(ClusterModel::IdRole).toString(), u"2"_s);
}

void TestClusterModel::comingAndGoingKeepsTheRest()
{
    ClusterModel model;
    const QAbstractItemModelTester tester(&model);
    QList<Monitor::Cluster> list;
    for (int i = 0; i < 6; ++i)
        list << cluster(QString::number(i), u"c%1"_s.arg(i), u"RUNNING"_s);
    model.setClusters(list);
    const QPersistentModelIndex kept(model.index(3, 0));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    list.remove(4, 2);
    list.remove(0, 3);
    list << cluster(u"8"_s, u"c8"_s, u"PENDING"_s) << cluster(u"9"_s, u"c9"_s, u"PENDING"_s);
    model.setClusters(list);
    QCOMPARE(removed.count(), 2);
    QCOMPARE(inserted.count(), 1);
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data().toString(), u"c3"_s);
    QCOMPARE(names(model), QStringList({u"c3"_s, u"c8"_s, u"c9"_s}));
}

void TestClusterModel::anIdThatComesTwiceIsOneRow()
{
    ClusterModel model;
    const QAbstractItemModelTester tester(&model);
    model.setClusters({cluster(u"1"_s, u"a"_s, u"RUNNING"_s), cluster(u"1"_s, u"a"_s, u"RUNNING"_s)});
    QCOMPARE(model.rowCount(), 1);
}

void TestClusterModel::ordersByStateThenName()
{
    ClusterModel model;
    ClusterProxy proxy;
    proxy.setSourceModel(&model);
    const QAbstractItemModelTester tester(&proxy);
    const QStringList states{u"UNKNOWN"_s,  u"ERROR"_s,      u"TERMINATED"_s, u"TERMINATING"_s,
                             u"RESIZING"_s, u"RESTARTING"_s, u"PENDING"_s,    u"RUNNING"_s};
    QList<Monitor::Cluster> list;
    for (const QString &state : states)
        list << cluster(state, state, state);
    list << cluster(u"x10"_s, u"node 10"_s, u"RUNNING"_s) << cluster(u"x9"_s, u"Node 9"_s, u"RUNNING"_s);
    model.setClusters(list);
    QCOMPARE(names(proxy), QStringList({u"Node 9"_s, u"node 10"_s, u"RUNNING"_s, u"PENDING"_s, u"RESTARTING"_s,
                                        u"RESIZING"_s, u"TERMINATING"_s, u"TERMINATED"_s, u"ERROR"_s, u"UNKNOWN"_s}));
    list[7].state = u"TERMINATED"_s;
    model.setClusters(list);
    QCOMPARE(names(proxy).indexOf(u"RUNNING"_s), 6);
}

void TestClusterModel::hidesAndSaysHowMany()
{
    ClusterModel model;
    ClusterProxy proxy;
    proxy.setSourceModel(&model);
    const QAbstractItemModelTester tester(&proxy);
    QList<Monitor::Cluster> list{cluster(u"1"_s, u"etl"_s, u"RUNNING"_s), cluster(u"2"_s, u"ml"_s, u"TERMINATED"_s),
                                 cluster(u"3"_s, u"bi"_s, u"PENDING"_s)};
    list[1].creator = u"bob@example.com"_s;
    model.setClusters(list);
    QCOMPARE(proxy.hiddenCount(), 0);
    proxy.setShow(ClusterProxy::Show::Running);
    QCOMPARE(names(proxy), QStringList({u"etl"_s}));
    QCOMPARE(proxy.hiddenCount(), 2);
    proxy.setShow(ClusterProxy::Show::Mine);
    proxy.setUser(u"Bob@example.com"_s);
    QCOMPARE(names(proxy), QStringList({u"ml"_s}));
    proxy.setShow(ClusterProxy::Show::All);
    proxy.setText(u"PEND"_s);
    QCOMPARE(names(proxy), QStringList({u"bi"_s}));
}

void TestClusterModel::foreignTextStaysOnItsLine()
{
    ClusterModel model;
    model.setClusters({cluster(u"1"_s, u"a\nb\u202Ec<b>"_s, u"RUNNING"_s)});
    QCOMPARE(model.index(0, ClusterModel::Name).data().toString(), u"a b\\u202ec<b>"_s);
    const QString toolTip = model.index(0, ClusterModel::Name).data(Qt::ToolTipRole).toString();
    QVERIFY2(!toolTip.contains(u"<b>"_s), qPrintable(toolTip));
}

QTEST_GUILESS_MAIN(TestClusterModel)
#include "tst_clustermodel.moc"

#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/sql/sqlcount.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The query that counts what a DELETE or UPDATE would change.
class TestSqlCount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsTheSameRows_data();
    void countsTheSameRows();
    void isNotMadeOfAnythingElse_data();
    void isNotMadeOfAnythingElse();
    void whatItWouldCallIsJudged();
};

void TestSqlCount::countsTheSameRows_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("query");
    const auto row = [](const QString &sql, const QString &rest) {
        QTest::newRow(qPrintable(sql)) << sql << u"SELECT count(*) FROM "_s + rest;
    };
    row(u"DELETE FROM t"_s, u"t"_s);
    row(u"delete from main.sales.orders where id = 7;"_s, u"main.sales.orders\nwhere id = 7"_s);
    row(u"DELETE FROM `odd.schema`.`t``1` WHERE a = 'x; WHERE y' -- all\n"_s,
        u"`odd.schema`.`t``1`\nWHERE a = 'x; WHERE y'"_s);
    row(u"DELETE FROM t AS o WHERE o.a IN (SELECT b FROM u WHERE c)"_s,
        u"t AS o\nWHERE o.a IN (SELECT b FROM u WHERE c)"_s);
    row(u"DELETE FROM t o WHERE o.a = :id"_s, u"t o\nWHERE o.a = :id"_s);
    row(u"UPDATE t SET a = 1"_s, u"t"_s);
    row(u"UPDATE a.b.t x SET x.a = (SELECT max(c) FROM u WHERE d), b = 'WHERE' WHERE x.e > 3 /* + 1 */"_s,
        u"a.b.t x\nWHERE x.e > 3"_s);
}

void TestSqlCount::countsTheSameRows()
{
    QFETCH(const QString, sql);
    QTEST(Tools::countingQuery(sql), "query");
    QVERIFY(Tools::sqlDeed(Tools::countingQuery(sql)).reads());
}

void TestSqlCount::isNotMadeOfAnythingElse_data()
{
    QTest::addColumn<QString>("sql");
    const auto row = [](const QString &sql) { QTest::newRow(qPrintable(sql)) << sql; };
    row({});
    row(u"SELECT 1"_s);
    row(u"DELETE FROM t WHERE a; DROP TABLE t"_s);
    row(u"DELETE FROM t WHERE a = 'open"_s);
    row(u"DELETE FROM t WHERE a = ${b}"_s);
    row(u"DELETE FROM IDENTIFIER(:t) WHERE a"_s);
    row(u"DELETE FROM t, u WHERE a"_s);
    row(u"DELETE FROM t JOIN u ON a WHERE b"_s);
    row(u"DELETE FROM t WHERE WHERE a"_s);
    row(u"DELETE FROM t AS where WHERE a"_s);
    row(u"DELETE FROM (SELECT 1) WHERE a"_s);
    row(u"DELETE FROM t WHERE (a"_s);
    row(u"DELETE FROM t WHERE a) OR (b"_s);
    row(u"UPDATE t SET where = 1 WHERE a"_s);
    row(u"UPDATE t WHERE a"_s);
    row(u"UPDATE t, u SET a = 1 WHERE b"_s);
    row(u"WITH x AS (SELECT 1) DELETE FROM t WHERE a"_s);
    row(u"BEGIN DELETE FROM t WHERE a; END"_s);
    row(u"MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE"_s);
}

void TestSqlCount::isNotMadeOfAnythingElse()
{
    QFETCH(const QString, sql);
    QCOMPARE(Tools::countingQuery(sql), QString());
}

void TestSqlCount::whatItWouldCallIsJudged()
{
    for (const QString &sql : {u"DELETE FROM t WHERE main.default.f(a)"_s, u"DELETE FROM t WHERE a = http_request(b)"_s,
                               u"UPDATE t SET a = 1 WHERE secret('a', 'b') = c"_s}) {
        QVERIFY(!Tools::countingQuery(sql).isEmpty());
        QVERIFY2(!Tools::sqlDeed(Tools::countingQuery(sql)).reads(), qPrintable(sql));
    }
}

QTEST_GUILESS_MAIN(TestSqlCount)
#include "tst_sqlcount.moc"

#include "tools/kit/answer.h"
#include "tools/toolbench.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// What an answer may hold beside its rows: headings, token, totals.
constexpr qsizetype AnswerOverhead = 4 * 1024;

/// Resident memory of this process, which is client and workspace in one, in KiB. -1 where the system does not tell.
qint64 residentKiB()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024;
}

} // namespace

/// A workspace with 10,000 clusters, 5,000 jobs and 20,000 tables.
class TestScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        bench = std::make_unique<ToolBench>();
        const QJsonObject every{{u"pattern"_s, u"%"_s}, {u"limit"_s, 1000}};
        otherTables = bench->call(u"search_tables"_s, every).structuredContent().value("tables"_L1).toArray().size();
        bench->scale({{u"clusters"_s, 10'000}, {u"jobs"_s, 5'000}, {u"tables"_s, 20'000}});
    }
    void cleanupTestCase() { bench.reset(); }

    void everyItemIsListedOnce_data();
    void everyItemIsListedOnce();
    void oneIsFoundAmongAll();

private:
    std::unique_ptr<ToolBench> bench;
    qsizetype otherTables = 0;
};

void TestScale::everyItemIsListedOnce_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("rowsKey");
    QTest::addColumn<QString>("idKey");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<qsizetype>("count");
    const QJsonObject all{{u"limit"_s, 1000}, {u"include_job_clusters"_s, true}};
    QTest::newRow("clusters") << u"list_clusters"_s << u"clusters"_s << u"cluster_id"_s << all << qsizetype(10'000);
    QTest::newRow("jobs") << u"list_jobs"_s << u"jobs"_s << u"job_id"_s << QJsonObject{{u"limit"_s, 1000}}
                          << qsizetype(5'000);
    const QJsonObject large{{u"catalog"_s, u"main"_s}, {u"schema"_s, u"large"_s}, {u"limit"_s, 1000}};
    // The others stand in the sample's other schemas.
    QTest::newRow("tables") << u"list_tables"_s << u"tables"_s << u"full_name"_s << large << 20'000 - otherTables;
}

void TestScale::everyItemIsListedOnce()
{
    QFETCH(QString, tool);
    QFETCH(QString, rowsKey);
    QFETCH(QString, idKey);
    QFETCH(QJsonObject, arguments);
    QFETCH(qsizetype, count);

    QSet<QString> ids;
    qsizetype rows = 0;
    qint64 warm = 0;
    for (int answers = 0;; ++answers) {
        const Mcp::ToolResult result = bench->call(tool, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        const QJsonObject structured = result.structuredContent();
        QVERIFY(result.text().toUtf8().size() <= Tools::AnswerBytes + AnswerOverhead);
        QVERIFY(QJsonDocument(structured).toJson(QJsonDocument::Compact).size() <= Tools::AnswerBytes + AnswerOverhead);
        const QJsonArray page = structured.value(rowsKey).toArray();
        QVERIFY(!page.isEmpty());
        for (const QJsonValue row : page)
            ids.insert(row[idKey].toString());
        rows += page.size();
        bench->requests(); // which would otherwise grow with every page
        if (answers == 4)
            warm = residentKiB();
        arguments.insert("page_token"_L1, structured.value("next_page_token"_L1));
        if (arguments.value("page_token"_L1).isUndefined())
            break;
    }
    QCOMPARE(rows, count);
    QCOMPARE(ids.size(), count);
#ifndef __SANITIZE_ADDRESS__ // which keeps what was freed
    const qint64 grown = residentKiB() - warm;
    QVERIFY2(grown < 8 * 1024, qPrintable(u"grew by %1 KiB"_s.arg(grown)));
#else
    Q_UNUSED(warm)
#endif
}

void TestScale::oneIsFoundAmongAll()
{
    const Mcp::ToolResult jobs = bench->call(u"list_jobs"_s, {{u"name_contains"_s, u"tenant_04711"_s}});
    QCOMPARE(jobs.structuredContent().value("total"_L1).toInteger(), 1);
    QCOMPARE(bench->requests().filter(u"/api/2.2/jobs/list"_s).size(), 50);
    const Mcp::ToolResult clusters = bench->call(u"list_clusters"_s, {{u"name_contains"_s, u"Tenant 009999"_s}});
    QCOMPARE(clusters.structuredContent().value("total"_L1).toInteger(), 1);
    const Mcp::ToolResult some = bench->call(u"list_jobs"_s, {{u"limit"_s, 10}});
    QVERIFY2(some.text().startsWith("Found at least 1000 jobs, 10 of them here:"_L1), qPrintable(some.text().left(60)));
    QVERIFY(some.structuredContent().contains("total_at_least"_L1));
}

QTEST_GUILESS_MAIN(TestScale)
#include "tst_scale.moc"

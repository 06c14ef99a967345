#include "tools/kit/local/newfile.h"
#include "tools/sql/export/exportname.h"
#include "tools/toolbench.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Shared = u"8f3b2c1d90e47a65"_s;
const QString Links = u"/sample/links/*"_s;
const QString Tricky =
    u"SELECT id, 'a,b' AS comma, 'say \"hi\"' AS quote, 'two\\nlines' AS line, NULL AS n, '' AS e, 'ü€😀\\\\' AS t FROM range(3)"_s;
const QByteArray TrickyCsv = "id,comma,quote,line,n,e,t\n"
                             "0,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",null,,ü€😀\\\n"
                             "1,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",null,,ü€😀\\\n"
                             "2,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",null,,ü€😀\\\n";

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Resident memory in KiB; 0 where the system does not tell. AddressSanitizer keeps what was freed.
qint64 residentMemory()
{
#ifdef __SANITIZE_ADDRESS__
    return 0;
#endif
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
}

} // namespace

/// export_query: files that are whole or not there.
class TestExportTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        bench = std::make_unique<ToolBench>();
        bench->requestTimeout = 20s;
        bench->reset();
    }
    void cleanup() { bench.reset(); }

    void fileNamesAreSafe_data();
    void fileNamesAreSafe();
    void resultIsWritten();
    void millionRowsTakeLittleMemory();
    void jsonIsTakenWhereCsvIsRefused();
    void aChangeIsNoQuery_data();
    void aChangeIsNoQuery();
    void aStatementOfOthersIsExplained();
    void earlierStatementIsWritten();
    void expiredAndBrokenLinksAreFetchedAnew_data();
    void expiredAndBrokenLinksAreFetchedAnew();
    void failureLeavesNoFile();
    void cancellationLeavesNoFile();
    void longExportIsAnsweredAndGoesOn();
    void answeredExportIsCancelledByThePerson();
    void answeredExportOutlivesItsClient();
    void answeredExportFails();
    void personCancelsBeforeTheAnswer();
    void applicationEndsDuringAnExport();
    void statementIsNotWrittenTwiceAtATime();
    void nothingIsOverwritten();
    void folderThatCannotBeMade();
    void filesAreTheOwnersAlone();
    void nameTakenMeanwhileIsNotOverwritten();
    void folderThatIsSwappedIsNotFollowed();
    void folderOpenToOthersIsNotUsed();
    void formulasAreEscapedWhenAsked();
    void formulasInCsvThatIsThereAreNotEscaped();
    void failedStatementIsAnError();
    void neitherOrBothIsAnError();
    void writesInAnyCase();

private:
    Mcp::ToolResult run(const QString &statement, QJsonObject more = {}, std::stop_token stop = {})
    {
        more.insert(u"statement"_s, statement);
        more.insert(u"warehouse_id"_s, Shared);
        return bench->call(u"export_query"_s, more, stop);
    }
    /// An export that is answered while its first link hangs for so long.
    Mcp::ToolResult runBeyondItsCall(std::chrono::milliseconds delay, std::stop_token stop = {})
    {
        bench->answerTime = 200ms;
        bench->reset();
        bench->fault({{u"path"_s, Links}, {u"fault"_s, u"delay"_s}, {u"milliseconds"_s, qint64(delay.count())}});
        return run(Tricky, {{u"file_name"_s, u"late"_s}}, stop);
    }
    Calls::Record last() const { return bench->log().latest(1).first(); }
    QStringList files() const { return QDir(bench->exportFolder()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

    std::unique_ptr<ToolBench> bench;
};

void TestExportTools::fileNamesAreSafe_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"trips"_s << u"trips.csv"_s;
    QTest::newRow("with ending") << u"trips.CSV"_s << u"trips.csv"_s;
    QTest::newRow("none") << u""_s << u"query.csv"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"passwd.csv"_s;
    QTest::newRow("windows path") << u"C:\\temp\\x"_s << u"x.csv"_s;
    QTest::newRow("only dots") << u".."_s << u"query.csv"_s;
    QTest::newRow("hidden") << u".bashrc"_s << u"bashrc.csv"_s;
    QTest::newRow("ends in a slash") << u"a/"_s << u"query.csv"_s;
    QTest::newRow("reserved") << u"CON"_s << u"_CON.csv"_s;
    QTest::newRow("reserved with ending") << u"lpt1.txt"_s << u"_lpt1.txt.csv"_s;
    QTest::newRow("forbidden") << u"a<b>:c?"_s << u"a_b__c_.csv"_s;
    QTest::newRow("stream") << u"x.csv:evil"_s << u"x.csv_evil.csv"_s;
    QTest::newRow("control and bidi") << u"a\u0000\u0007\u202egnp.b"_s << u"agnp.b.csv"_s;
    QTest::newRow("line") << u"a\nb"_s << u"a_b.csv"_s;
    QTest::newRow("trailing") << u" x . . "_s << u"x.csv"_s;
    QTest::newRow("long") << QString(500, u'a') << QString(100, u'a') + u".csv"_s;
}

void TestExportTools::fileNamesAreSafe()
{
    QFETCH(QString, wanted);
    QFETCH(QString, name);
    QCOMPARE(Tools::safeFileName(wanted, u"query"_s), name);
}

void TestExportTools::resultIsWritten()
{
    const Mcp::ToolResult result = run(Tricky, {{u"file_name"_s, u"../tricky"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("path"_L1).toString(), QString(bench->exportFolder() + u"/tricky.csv"_s));
    QCOMPARE(contents(facts.value("path"_L1).toString()), TrickyCsv);
    QCOMPARE(facts.value("rows"_L1).toInteger(), 3);
    QCOMPARE(facts.value("bytes"_L1).toInteger(), TrickyCsv.size());
    QCOMPARE(files(), QStringList{u"tricky.csv"_s});
    QVERIFY(!result.text().contains("already"_L1));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 2);
    QVERIFY2(requests.first().contains("\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"CSV\""_L1),
             qPrintable(requests.first()));
    QVERIFY(requests.last().startsWith("GET /sample/links/"_L1));
    // The link is a credential: the journal has it without its query.
    const QString path = bench->log().latest(1).first().exchanges.last().path;
    QVERIFY2(path.contains("/sample/links/"_L1) && !path.contains(u'?'), qPrintable(path));

    const Mcp::ToolResult second = run(Tricky, {{u"file_name"_s, u"tricky"_s}});
    QVERIFY2(second.text().contains("/tricky (2).csv. There was a tricky.csv already."_L1), qPrintable(second.text()));

    const Mcp::ToolResult empty = run(u"SELECT id FROM range(3) WHERE id > 5"_s);
    QCOMPARE(contents(empty.structuredContent().value("path"_L1).toString()), QByteArray("id\n"));
}

void TestExportTools::millionRowsTakeLittleMemory()
{
    run(u"SELECT * FROM range(1000)"_s);
    const qint64 before = residentMemory();
    qint64 most = before;
    QTimer watch;
    connect(&watch, &QTimer::timeout, this, [&most] { most = std::max(most, residentMemory()); });
    watch.start(20ms);
    const Mcp::ToolResult result =
        run(u"SELECT id, id * 2 AS twice FROM range(1000000)"_s, {{u"file_name"_s, u"million"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("rows"_L1).toInteger(), 1'000'000);
    QVERIFY(bench->progress.size() > 1);
    qInfo("resident memory: %lld KiB before, %lld KiB at most", before, most);
    QVERIFY2(most - before < 50 * 1024, qPrintable(QString::number(most - before)));
    QFile file(result.structuredContent().value("path"_L1).toString());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readLine(), QByteArray("id,twice\n"));
    qint64 lines = 0;
    for (; !file.atEnd(); ++lines) {
        const QByteArray line = file.readLine();
        if (lines % 9973 == 0 || lines % 50'000 == 0)
            QCOMPARE(line, QByteArray::number(lines) + ',' + QByteArray::number(2 * lines) + '\n');
    }
    QCOMPARE(lines, 1'000'000);
}

void TestExportTools::jsonIsTakenWhereCsvIsRefused()
{
    bench->control("POST", u"/sample/statements"_s, {{u"refuse_csv"_s, true}});
    const Mcp::ToolResult result = run(Tricky);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(contents(result.structuredContent().value("path"_L1).toString()), TrickyCsv);
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 3);
    QVERIFY(requests.at(1).contains("\"format\":\"JSON_ARRAY\""_L1));

    const Mcp::ToolResult long_ = run(u"SELECT id, 'ü' AS u FROM range(60000)"_s);
    QVERIFY2(!long_.isError(), qPrintable(long_.text()));
    const QByteArray text = contents(long_.structuredContent().value("path"_L1).toString());
    QCOMPARE(text.count('\n'), 60'001);
    QVERIFY(text.endsWith("59999,ü\n"));
}

void TestExportTools::aChangeIsNoQuery_data()
{
    QTest::addColumn<QString>("statement");
    for (const auto *statement : {"DELETE FROM main.default.sales_targets", "DROP TABLE main.default.manuals",
                                  "INSERT INTO main.default.sales_targets VALUES ('X', '2026-Q1', 1)",
                                  "GRANT SELECT ON TABLE t TO `a`", "SELECT 1; DROP TABLE main.default.manuals"})
        QTest::newRow(statement) << QString::fromLatin1(statement);
}

void TestExportTools::aChangeIsNoQuery()
{
    QFETCH(QString, statement);
    const Mcp::ToolResult result = run(statement);
    QVERIFY2(result.isError() && result.text().contains("use execute_sql. Nothing was done."_L1),
             qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
    QCOMPARE(files(), QStringList());
}

void TestExportTools::aStatementOfOthersIsExplained()
{
    const QJsonArray queries = bench->call(u"list_queries"_s, {{u"minutes"_s, 10080}, {u"slowest_first"_s, true}})
                                   .structuredContent()
                                   .value("queries"_L1)
                                   .toArray();
    const Mcp::ToolResult result = bench->call(u"export_query"_s, {{u"statement_id"_s, queries[0]["statement_id"_L1]}});
    QVERIFY2(result.isError() && result.text().contains("only this user's own statements can"_L1) &&
                 !result.text().contains("list_queries lists them"_L1),
             qPrintable(result.text()));
}

void TestExportTools::earlierStatementIsWritten()
{
    const Mcp::ToolResult executed = bench->call(
        u"execute_sql"_s,
        {{u"statement"_s, u"SELECT * FROM range(12000)"_s}, {u"warehouse_id"_s, Shared}, {u"row_limit"_s, 10000}});
    const QJsonValue id = executed.structuredContent().value("statement_id"_L1);
    bench->requests();
    const Mcp::ToolResult result =
        bench->call(u"export_query"_s, {{u"statement_id"_s, id}, {u"file_name"_s, u"again"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(result.structuredContent().value("truncated"_L1).toBool());
    const QByteArray text = contents(result.structuredContent().value("path"_L1).toString());
    QVERIFY(text.startsWith("id\n0\n1\n") && text.endsWith("\n9999\n"));
    QCOMPARE(text.count('\n'), 10'001);
    const QString path = u"GET /api/2.0/sql/statements/"_s + id.toString();
    QCOMPARE(bench->requests(), (QStringList{path, path + u"/result/chunks/1"_s}));
    QVERIFY(bench->call(u"export_query"_s, {{u"statement_id"_s, u"01ef-none"_s}}).isError());
}

void TestExportTools::expiredAndBrokenLinksAreFetchedAnew_data()
{
    QTest::addColumn<QString>("fault");
    for (const auto fault : {"forbidden", "reset", "truncated", "unavailable"})
        QTest::newRow(fault) << QString::fromLatin1(fault);
}

void TestExportTools::expiredAndBrokenLinksAreFetchedAnew()
{
    QFETCH(QString, fault);
    bench->fault({{u"path"_s, Links}, {u"fault"_s, fault}});
    const Mcp::ToolResult result = run(u"SELECT * FROM range(60000)"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QByteArray text = contents(result.structuredContent().value("path"_L1).toString());
    QCOMPARE(text.count('\n'), 60'001);
    QVERIFY(text.startsWith("id\n0\n") && text.endsWith("\n59999\n"));
    const QStringList requests = bench->requests();
    // Qt itself asks again when a connection ends without an answer.
    QVERIFY(requests.filter(u"/result/chunks/0"_s).size() <= 1);
    QVERIFY(requests.filter(u"/sample/links/"_s).size() >= 3);
    QCOMPARE(requests.filter(u"POST"_s).size(), 1);
}

void TestExportTools::failureLeavesNoFile()
{
    bench->fault({{u"path"_s, Links}, {u"fault"_s, u"forbidden"_s}, {u"times"_s, -1}});
    const Mcp::ToolResult result = run(Tricky);
    QVERIFY2(result.isError() && result.text().contains("No file was left behind"_L1), qPrintable(result.text()));
    QCOMPARE(files(), QStringList());
}

void TestExportTools::cancellationLeavesNoFile()
{
    bench->fault({{u"path"_s, Links}, {u"fault"_s, u"hang"_s}, {u"times"_s, -1}});
    std::stop_source stop;
    QTimer::singleShot(300ms, bench.get(), [&stop] { stop.request_stop(); });
    run(Tricky, {}, stop.get_token());
    QCOMPARE(bench->log().latest(1).first().outcome, Calls::Outcome::Cancelled);
    QTRY_COMPARE(files(), QStringList());
}

void TestExportTools::longExportIsAnsweredAndGoesOn()
{
    const Mcp::ToolResult result = runBeyondItsCall(1500ms);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"WRITING"_s);
    QCOMPARE(result.structuredContent().value("path"_L1).toString(),
             QString(bench->exportFolder() + u"/late.csv.part"_s));
    QCOMPARE(last().outcome, Calls::Outcome::Running);
    QCOMPARE(last().answer, result.text());
    QCOMPARE(last().message, u"0 of 3 rows written"_s);
    QCOMPARE(last().progress, 0.0);
    QCOMPARE(bench->log().running(), 1);
    const qsizetype told = bench->progress.size();
    QSignalSpy changed(&bench->log(), &Calls::CallLog::changed);
    QTRY_COMPARE(bench->log().running(), 0);
    QCOMPARE(bench->progress.size(), told);
    QCOMPARE(last().outcome, Calls::Outcome::Succeeded);
    QVERIFY2(last().message.startsWith("Wrote 3 rows"_L1) && last().message.contains("/late.csv"_L1),
             qPrintable(last().message));
    // The answer is kept in memory only, where the window has it from.
    QCOMPARE(changed.last().first().value<Calls::Record>().answer, result.text());
    QCOMPARE(contents(bench->exportFolder() + u"/late.csv"_s), TrickyCsv);
    QCOMPARE(files(), QStringList{u"late.csv"_s});
}

void TestExportTools::answeredExportIsCancelledByThePerson()
{
    QVERIFY(!runBeyondItsCall(20s).isError());
    QCOMPARE(files(), QStringList{u"late.csv.part"_s});
    bench->log().cancel(last().id);
    QTRY_COMPARE(bench->log().running(), 0);
    QCOMPARE(last().outcome, Calls::Outcome::Cancelled);
    QCOMPARE(last().message, u"Cancelled in Bricktray's window"_s);
    QCOMPARE(files(), QStringList());
}

void TestExportTools::answeredExportOutlivesItsClient()
{
    std::stop_source client;
    QVERIFY(!runBeyondItsCall(1000ms, client.get_token()).isError());
    client.request_stop();
    QTRY_COMPARE(bench->log().running(), 0);
    QCOMPARE(last().outcome, Calls::Outcome::Succeeded);
    QCOMPARE(files(), QStringList{u"late.csv"_s});
}

void TestExportTools::answeredExportFails()
{
    bench->answerTime = 200ms;
    bench->reset();
    bench->fault({{u"path"_s, Links}, {u"fault"_s, u"hang"_s}, {u"milliseconds"_s, 800}});
    bench->fault({{u"path"_s, Links}, {u"fault"_s, u"forbidden"_s}, {u"times"_s, -1}});
    const Mcp::ToolResult result = run(Tricky);
    QCOMPARE(result.structuredContent().value("state"_L1).toString(), u"WRITING"_s);
    QTRY_COMPARE(bench->log().running(), 0);
    QCOMPARE(last().outcome, Calls::Outcome::Failed);
    QVERIFY2(!last().message.isEmpty(), qPrintable(last().message));
    QCOMPARE(files(), QStringList());
}

void TestExportTools::personCancelsBeforeTheAnswer()
{
    bench->fault({{u"path"_s, Links}, {u"fault"_s, u"hang"_s}, {u"times"_s, -1}});
    connect(&bench->log(), &Calls::CallLog::changed, this, [this](const Calls::Record &record) {
        if (record.message.contains("rows written"_L1) && !Calls::isOver(record.outcome))
            bench->log().cancel(record.id);
    });
    const Mcp::ToolResult result = run(Tricky);
    QVERIFY2(result.isError() && result.text().contains("cancelled this call"_L1), qPrintable(result.text()));
    QCOMPARE(last().outcome, Calls::Outcome::Cancelled);
    QCOMPARE(files(), QStringList());
}

void TestExportTools::applicationEndsDuringAnExport()
{
    QVERIFY(!runBeyondItsCall(20s).isError());
    bench->log().stopAll();
    QTRY_COMPARE(bench->log().running(), 0);
    QCOMPARE(last().outcome, Calls::Outcome::Cancelled);
    QCOMPARE(last().message, u"Bricktray stopped before this call ended"_s);
    QCOMPARE(files(), QStringList());
}

void TestExportTools::statementIsNotWrittenTwiceAtATime()
{
    const QJsonValue id = runBeyondItsCall(1500ms).structuredContent().value("statement_id"_L1);
    const Mcp::ToolResult again = bench->call(u"export_query"_s, {{u"statement_id"_s, id}});
    QCOMPARE(again.structuredContent().value("state"_L1).toString(), u"WRITING"_s);
    QCOMPARE(again.structuredContent().value("path"_L1).toString(),
             QString(bench->exportFolder() + u"/late.csv.part"_s));
    const Mcp::ToolResult looked = bench->call(u"get_statement"_s, {{u"statement_id"_s, id}});
    QVERIFY2(looked.text().contains("/late.csv.part: 0 of 3 rows so far"_L1), qPrintable(looked.text()));
    QCOMPARE(files(), QStringList{u"late.csv.part"_s});
    QTRY_COMPARE(bench->log().running(), 0);
    const Mcp::ToolResult after = bench->call(u"export_query"_s, {{u"statement_id"_s, id}});
    QCOMPARE(after.structuredContent().value("state"_L1).toString(), u"WRITTEN"_s);
}

void TestExportTools::nothingIsOverwritten()
{
    QDir().mkpath(bench->exportFolder());
    QFile mine(bench->exportFolder() + u"/mine.csv"_s);
    QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("precious") == 8);
    mine.close();
    const QString outside = bench->exportFolder() + u"-outside"_s;
    QVERIFY(QFile::link(outside, bench->exportFolder() + u"/linked.csv.part"_s));
    run(Tricky, {{u"file_name"_s, u"mine"_s}});
    run(Tricky, {{u"file_name"_s, u"mine"_s}});
    QVERIFY(!run(Tricky, {{u"file_name"_s, u"linked"_s}}).isError());
    QCOMPARE(contents(mine.fileName()), QByteArray("precious"));
    QCOMPARE(contents(bench->exportFolder() + u"/mine (3).csv"_s), TrickyCsv);
    QVERIFY(!QFile::exists(outside));
}

void TestExportTools::folderThatCannotBeMade()
{
    QFile inTheWay(bench->exportFolder());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const Mcp::ToolResult result = run(Tricky);
    QVERIFY2(result.isError() && result.text().contains("cannot be used"_L1), qPrintable(result.text()));
}

void TestExportTools::filesAreTheOwnersAlone()
{
#ifdef Q_OS_UNIX
    const mode_t before = ::umask(0);
    const Mcp::ToolResult result = run(Tricky);
    ::umask(before);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    struct stat facts = {};
    QCOMPARE(::stat(qPrintable(result.structuredContent().value("path"_L1).toString()), &facts), 0);
    QCOMPARE(facts.st_mode & 07777, mode_t(0600));
    QCOMPARE(::stat(qPrintable(bench->exportFolder()), &facts), 0);
    QCOMPARE(facts.st_mode & 07777, mode_t(0700));
#endif
}

void TestExportTools::nameTakenMeanwhileIsNotOverwritten()
{
    Tools::NewFile file(
        std::make_shared<Tools::LocalFolder>(bench->exportFolder(), Tools::LocalFolder::Missing::IsMade),
        u"trips.csv"_s, Tools::NewFile::WhenTaken::Numbered);
    QVERIFY2(file.isOpen(), qPrintable(file.problem()));
    file.part().write("rows");
    QFile mine(bench->exportFolder() + u"/trips.csv"_s);
    QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("precious") == 8);
    mine.close();
    const QString outside = bench->exportFolder() + u"-outside"_s;
    QVERIFY(QFile::link(outside, bench->exportFolder() + u"/trips (2).csv"_s));
    const QString path = file.finish();
    QCOMPARE(path, QString(bench->exportFolder() + u"/trips (3).csv"_s));
    QCOMPARE(contents(path), QByteArray("rows"));
    QCOMPARE(contents(mine.fileName()), QByteArray("precious"));
    QVERIFY(!QFile::exists(outside));
}

void TestExportTools::folderThatIsSwappedIsNotFollowed()
{
#ifdef Q_OS_UNIX
    const QString folder = bench->exportFolder();
    Tools::NewFile file(std::make_shared<Tools::LocalFolder>(folder, Tools::LocalFolder::Missing::IsMade),
                        u"trips.csv"_s, Tools::NewFile::WhenTaken::Numbered);
    file.part().write("rows");
    const QString outside = folder + u"-outside"_s;
    QVERIFY(QDir().mkpath(outside) && QDir().rename(folder, folder + u"-moved"_s) && QFile::link(outside, folder));
    QVERIFY(!file.finish().isEmpty());
    QCOMPARE(contents(folder + u"-moved/trips.csv"_s), QByteArray("rows"));
    QVERIFY(QDir(outside).isEmpty());
#endif
}

void TestExportTools::folderOpenToOthersIsNotUsed()
{
#ifdef Q_OS_UNIX
    QVERIFY(QDir().mkpath(bench->exportFolder()));
    QCOMPARE(::chmod(qPrintable(bench->exportFolder()), 0777), 0);
    const Mcp::ToolResult result = run(Tricky);
    QVERIFY2(result.isError() && result.text().contains("other users can write to it"_L1), qPrintable(result.text()));
    QCOMPARE(files(), QStringList());
    QCOMPARE(::chmod(qPrintable(bench->exportFolder()), 01777), 0);
    QVERIFY(!run(Tricky).isError());
#endif
}

void TestExportTools::formulasAreEscapedWhenAsked()
{
    const QString statement =
        u"SELECT '=1+1' AS a, '+x' AS b, '-5' AS c, -5 AS d, '@x' AS e, '-1e3' AS f, '-2+3' AS g, "
        "'a=b' AS `=h`, NULL AS i"_s;
    const Mcp::ToolResult plain = run(statement);
    QCOMPARE(contents(plain.structuredContent().value("path"_L1).toString()),
             QByteArray("a,b,c,d,e,f,g,=h,i\n=1+1,+x,-5,-5,@x,-1e3,-2+3,a=b,null\n"));
    QVERIFY(!plain.text().contains("have a '"_L1));
    const Mcp::ToolResult escaped = run(statement, {{u"escape_formulas"_s, true}});
    QVERIFY2(escaped.text().contains("Cells that begin with = + - @ have a ' before them"_L1),
             qPrintable(escaped.text()));
    QCOMPARE(contents(escaped.structuredContent().value("path"_L1).toString()),
             QByteArray("a,b,c,d,e,f,g,'=h,i\n'=1+1,'+x,-5,-5,'@x,-1e3,'-2+3,a=b,null\n"));
}

void TestExportTools::formulasInCsvThatIsThereAreNotEscaped()
{
    const QString id = run(Tricky).structuredContent().value("statement_id"_L1).toString();
    const Mcp::ToolResult result =
        bench->call(u"export_query"_s, {{u"statement_id"_s, id}, {u"escape_formulas"_s, true}});
    QVERIFY2(result.isError() && result.text().contains("no formulas can be escaped"_L1), qPrintable(result.text()));
}

void TestExportTools::failedStatementIsAnError()
{
    const Mcp::ToolResult result = run(u"SELECT * FROM nowhere"_s);
    QVERIFY2(result.isError() && result.text().contains("TABLE_OR_VIEW_NOT_FOUND"_L1), qPrintable(result.text()));
    QCOMPARE(files(), QStringList());
}

void TestExportTools::neitherOrBothIsAnError()
{
    QVERIFY(bench->call(u"export_query"_s).isError());
    QVERIFY(run(Tricky, {{u"statement_id"_s, u"x"_s}}).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestExportTools::writesInAnyCase()
{
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    QVERIFY(!bench->offered().contains(u"export_query"_s));
    QVERIFY(bench->offered().contains(u"execute_sql"_s));
    bench->policy = ToolBench::rules(Calls::Decision::Deny, Calls::Decision::Allow);
    bench->reset();
    QVERIFY(run(Tricky).isError());
    bench->policy = ToolBench::rules(Calls::Decision::Allow, Calls::Decision::Deny);
    bench->reset();
    QVERIFY(run(u"DROP TABLE x"_s).isError());
    QCOMPARE(bench->requests(), QStringList());
    QVERIFY(!run(Tricky).isError());
}

QTEST_GUILESS_MAIN(TestExportTools)
#include "tst_exporttools.moc"

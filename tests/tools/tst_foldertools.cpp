#include "databricks/scriptedserver.h"
#include "tools/toolbench.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;
using Calls::Decision;

namespace {

const QString Raw = u"/Volumes/main/default/raw"_s;
const QByteArray Notebook = "# Databricks notebook source\nprint(1)\n";

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

QJsonObject fact(const Mcp::ToolResult &result)
{
    return result.structuredContent();
}

/// The names that an answer gives under a reason.
QString leftOut(const Mcp::ToolResult &result, const QString &why)
{
    for (const QJsonValue row : fact(result).value("left_out"_L1).toArray()) {
        if (row["why"_L1].toString().contains(why))
            return row["names"_L1].toString();
    }
    return {};
}

} // namespace

/// upload_folder and download_folder: what is within the shared folder, and nothing else.
class TestFolderTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void aFolderGoesToAVolumeAndBack();
    void aFolderGoesToTheWorkspaceAndBack();
    void whatIsThereStaysUnlessItIsOverwritten();
    void anUploadGoesOnAfterAFile();
    void secretsAndLinksStayHere();
    void pathsOutOfTheFolderAreRefused_data();
    void pathsOutOfTheFolderAreRefused();
    void withoutASharedFolderNothingIsDone();
    void nothingHereIsOverwritten();
    void linksHereAreNotWrittenThrough();
    void whatIsWrittenIsTheOwnersAlone();
    void hostileNamesAreNotWritten();
    void oneRefusalDoesNotTakeTheRest();
    void aLostAnswerIsNotSentAgain();
    void twoFilesDoNotBecomeOneNotebook();
    void theCardTellsWhatWouldLeave();

private:
    QString here(const QString &path) const { return bench->sharedFolder() + u'/' + path; }
    void put(const QString &path, const QByteArray &bytes)
    {
        QDir().mkpath(QFileInfo(here(path)).absolutePath());
        QFile file(here(path));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    Mcp::ToolResult upload(const QString &path, QJsonObject more = {})
    {
        more.insert("path"_L1, path);
        if (!more.contains("local_path"_L1))
            more.insert("local_path"_L1, u"up"_s);
        return bench->call(u"upload_folder"_s, more);
    }
    Mcp::ToolResult download(const QString &path, const QString &local = u"down"_s)
    {
        return bench->call(u"download_folder"_s, {{u"path"_s, path}, {u"local_path"_s, local}});
    }

    std::unique_ptr<ToolBench> bench;
};

void TestFolderTools::aFolderGoesToAVolumeAndBack()
{
    const QByteArray big(9'000'000, 'x');
    put(u"up/a.txt"_s, "one");
    put(u"up/sub/Übersicht 1.csv"_s, "a,b\n");
    put(u"up/sub/empty"_s, "");
    put(u"up/z.bin"_s, big);
    bench->requestTimeout = std::chrono::seconds(30);
    bench->reset();
    const Mcp::ToolResult sent = upload(Raw + u"/mine"_s);
    QVERIFY2(!sent.isError(), qPrintable(sent.text()));
    QCOMPARE(fact(sent).value("files"_L1).toInteger(), 4);
    QCOMPARE(fact(sent).value("bytes"_L1).toInteger(), big.size() + 7);
    QVERIFY2(bench->progress.size() >= 4, qPrintable(bench->progress.join(u'\n')));

    const Mcp::ToolResult back = download(Raw + u"/mine"_s);
    QVERIFY2(!back.isError(), qPrintable(back.text()));
    QCOMPARE(fact(back).value("files"_L1).toInteger(), 4);
    QCOMPARE(contents(here(u"down/a.txt"_s)), QByteArray("one"));
    QCOMPARE(contents(here(u"down/sub/Übersicht 1.csv"_s)), QByteArray("a,b\n"));
    QCOMPARE(contents(here(u"down/sub/empty"_s)), QByteArray());
    QVERIFY(contents(here(u"down/z.bin"_s)) == big);
}

void TestFolderTools::aFolderGoesToTheWorkspaceAndBack()
{
    put(u"up/etl.py"_s, Notebook);
    put(u"up/lib/plain.py"_s, "x = 1\n");
    const Mcp::ToolResult sent = upload(u"/Workspace/Shared/mine"_s);
    QVERIFY2(!sent.isError(), qPrintable(sent.text()));
    const Mcp::ToolResult object = bench->call(u"get_workspace_object"_s, {{u"path"_s, u"/Shared/mine/etl"_s}});
    QCOMPARE(fact(object).value("object_type"_L1).toString(), u"NOTEBOOK"_s);
    const Mcp::ToolResult back = download(u"/Workspace/Shared/mine"_s);
    QVERIFY2(!back.isError(), qPrintable(back.text()));
    QCOMPARE(contents(here(u"down/etl.py"_s)), Notebook);
    QCOMPARE(contents(here(u"down/lib/plain.py"_s)), QByteArray("x = 1\n"));
}

void TestFolderTools::whatIsThereStaysUnlessItIsOverwritten()
{
    put(u"up/a.txt"_s, "one");
    QVERIFY(!upload(Raw + u"/mine"_s).isError());
    put(u"up/a.txt"_s, "two!");
    put(u"up/b.txt"_s, "new");
    bench->requests();
    const Mcp::ToolResult again = upload(Raw + u"/mine"_s);
    QCOMPARE(fact(again).value("files"_L1).toInteger(), 1);
    QCOMPARE(leftOut(again, u"there already"_s), u"a.txt"_s);
    QCOMPARE(bench->requests().filter(u"PUT /api/2.0/fs/files"_s).size(), 1);
    const Mcp::ToolResult over = upload(Raw + u"/mine"_s, {{u"overwrite"_s, true}});
    QCOMPARE(fact(over).value("replaced"_L1).toInteger(), 2);
    QVERIFY(!download(Raw + u"/mine"_s).isError());
    QCOMPARE(contents(here(u"down/a.txt"_s)), QByteArray("two!"));
}

void TestFolderTools::anUploadGoesOnAfterAFile()
{
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        put(u"up/"_s + name, "x");
    const Mcp::ToolResult rest = upload(Raw + u"/mine"_s, {{u"after"_s, u"b"_s}});
    QCOMPARE(fact(rest).value("names"_L1).toString(), u"c"_s);
    QVERIFY(upload(Raw + u"/mine"_s, {{u"after"_s, u"nowhere"_s}}).isError());
}

void TestFolderTools::secretsAndLinksStayHere()
{
    for (const QString &name : {u".env"_s, u".git/config"_s, u".databrickscfg"_s})
        put(u"up/"_s + name, "secret");
    for (const QString &name : {u"id_rsa"_s, u"server.PEM"_s})
        put(u"up/"_s + name, "secret");
    put(u"up/notes.txt"_s, "-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n");
    put(u"up/good.txt"_s, "good");
    put(u"outside.txt"_s, "secret");
    QVERIFY(QFile::link(here(u"outside.txt"_s), here(u"up/link.txt"_s)));
    QVERIFY(QFile::link(bench->sharedFolder(), here(u"up/folder"_s)));
#ifdef Q_OS_UNIX
    QCOMPARE(::mkfifo(qPrintable(here(u"up/pipe"_s)), 0600), 0);
#endif
    const Mcp::ToolResult sent = upload(Raw + u"/mine"_s);
    QVERIFY2(!sent.isError(), qPrintable(sent.text()));
    QCOMPARE(fact(sent).value("names"_L1).toString(), u"good.txt"_s);
    QCOMPARE(leftOut(sent, u"hidden"_s), u".databrickscfg, .env, .git"_s);
    QCOMPARE(leftOut(sent, u"may hold a key"_s), u"id_rsa, server.PEM"_s);
    QCOMPARE(leftOut(sent, u"private key"_s), u"notes.txt"_s);
    QCOMPARE(leftOut(sent, u"is a link"_s), u"folder, link.txt"_s);
    QVERIFY2(!bench->requests().join(u'\n').contains("secret"_L1), "a secret was sent");
}

void TestFolderTools::pathsOutOfTheFolderAreRefused_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"..", "a/../..", "/etc", "~/../x", "a//b", "C:\\x", "a\\..\\b", ".git", "a/.ssh",
                             "x/id_rsa", "lnk", "up/lnk/x", "a\nb"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void TestFolderTools::pathsOutOfTheFolderAreRefused()
{
    QFETCH(QString, path);
    put(u"up/a.txt"_s, "one");
    QVERIFY(QFile::link(u"/"_s, here(u"lnk"_s)) && QFile::link(u"/tmp"_s, here(u"up/lnk"_s)));
    const Mcp::ToolResult sent = upload(Raw + u"/mine"_s, {{u"local_path"_s, path}});
    QVERIFY2(sent.isError() && sent.text().contains("Nothing was done"_L1), qPrintable(sent.text()));
    QCOMPARE(bench->requests(), QStringList());
    QVERIFY(download(Raw, path).isError());
    QVERIFY(bench->requests().filter(u"/fs/files/"_s).isEmpty());
}

void TestFolderTools::withoutASharedFolderNothingIsDone()
{
    QVERIFY(QDir(bench->sharedFolder()).removeRecursively());
    for (const Mcp::ToolResult &result : {upload(Raw), download(Raw)})
        QVERIFY2(result.isError() && result.text().contains("Only the person can choose"_L1),
                 qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
    QVERIFY(!QFile::exists(bench->sharedFolder()));
}

void TestFolderTools::nothingHereIsOverwritten()
{
    put(u"down/orders.csv"_s, "precious");
    const Mcp::ToolResult back = download(Raw);
    QVERIFY2(!back.isError(), qPrintable(back.text()));
    QCOMPARE(contents(here(u"down/orders.csv"_s)), QByteArray("precious"));
    QCOMPARE(leftOut(back, u"here already"_s), u"orders.csv"_s);
    const Mcp::ToolResult again = download(Raw);
    QCOMPARE(fact(again).value("files"_L1).toInteger(), 0);
}

void TestFolderTools::linksHereAreNotWrittenThrough()
{
    const QString outside = bench->sharedFolder() + u"-outside"_s;
    QVERIFY(QDir().mkpath(outside) && QDir().mkpath(here(u"down"_s)));
    QVERIFY(QFile::link(outside, here(u"down/logs"_s)));
    QVERIFY(QFile::link(outside + u"/new.csv"_s, here(u"down/orders.csv"_s)));
    const Mcp::ToolResult back = download(Raw);
    QVERIFY2(!back.isError(), qPrintable(back.text()));
    QVERIFY(QDir(outside).isEmpty());
    QCOMPARE(leftOut(back, u"here already"_s), u"orders.csv"_s);
    QVERIFY2(back.text().contains("logs/ingest.log"_L1) && back.text().contains("is a link"_L1),
             qPrintable(back.text()));
}

void TestFolderTools::whatIsWrittenIsTheOwnersAlone()
{
#ifdef Q_OS_UNIX
    const mode_t before = ::umask(0);
    const Mcp::ToolResult back = download(Raw);
    ::umask(before);
    QVERIFY2(!back.isError(), qPrintable(back.text()));
    struct stat facts = {};
    QCOMPARE(::stat(qPrintable(here(u"down/logs"_s)), &facts), 0);
    QCOMPARE(facts.st_mode & 07777, mode_t(0700));
    QCOMPARE(::stat(qPrintable(here(u"down/logs/ingest.log"_s)), &facts), 0);
    QCOMPARE(facts.st_mode & 07777, mode_t(0600));
#endif
}

void TestFolderTools::hostileNamesAreNotWritten()
{
    ScriptedServer server;
    QJsonArray rows;
    for (const QString &name : {u"../x"_s, u"a/b"_s, u"CON"_s, u"bell\a.txt"_s, u"right\u202Eleft"_s, u".git"_s,
                                u".env"_s, u".."_s, QString(), u"good.txt"_s})
        rows.append(QJsonObject{{"name"_L1, name}, {"path"_L1, QString(Raw + u'/' + name)}, {"file_size"_L1, 2}});
    server.always([rows](const Received &request) {
        Reply content;
        content.body = "ok";
        content.contentType = "application/octet-stream";
        return request.path().contains("/fs/directories/") ? Reply::json({{"contents"_L1, rows}}) : content;
    });
    bench->upstream = server.url();
    bench->reset();
    const Mcp::ToolResult back = download(Raw);
    QVERIFY2(!back.isError(), qPrintable(back.text()));
    QCOMPARE(QDir(here(u"down"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"good.txt"_s});
    QCOMPARE(QDir(bench->sharedFolder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"down"_s});
    QCOMPARE(server.count(), 2);
    QVERIFY2(leftOut(back, u"leads elsewhere"_s).contains("../x"_L1), qPrintable(back.text()));
    QCOMPARE(leftOut(back, u"not every computer"_s), u"CON"_s);
}

void TestFolderTools::oneRefusalDoesNotTakeTheRest()
{
    put(u"up/a.txt"_s, "one");
    put(u"up/b.txt"_s, "two");
    bench->fault({{u"path"_s, u"/api/2.0/fs/files/*"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult sent = upload(Raw + u"/mine"_s);
    QVERIFY2(!sent.isError(), qPrintable(sent.text()));
    QCOMPARE(fact(sent).value("names"_L1).toString(), u"b.txt"_s);
    QVERIFY2(sent.text().contains("a.txt"_L1), qPrintable(sent.text()));
}

void TestFolderTools::aLostAnswerIsNotSentAgain()
{
    put(u"up/a.txt"_s, "one");
    bench->fault({{u"path"_s, u"/api/2.0/fs/files/*"_s}, {u"fault"_s, u"reset"_s}});
    const Mcp::ToolResult sent = upload(Raw + u"/mine"_s);
    QVERIFY2(sent.isError() && sent.text().contains("may or may not"_L1), qPrintable(sent.text()));
    QCOMPARE(bench->requests().filter(u"PUT /api/2.0/fs/files"_s).size(), 1);
}

void TestFolderTools::twoFilesDoNotBecomeOneNotebook()
{
    put(u"up/etl.py"_s, Notebook);
    put(u"up/etl.sql"_s, "-- Databricks notebook source\nSELECT 1\n");
    const Mcp::ToolResult sent = upload(u"/Shared/mine"_s, {{u"overwrite"_s, true}});
    QCOMPARE(fact(sent).value("names"_L1).toString(), u"etl.py"_s);
    QCOMPARE(leftOut(sent, u"same notebook"_s), u"etl.sql"_s);
}

void TestFolderTools::theCardTellsWhatWouldLeave()
{
    put(u"up/orders.csv"_s, "1");
    put(u"up/new.csv"_s, "22");
    put(u"up/.env"_s, "secret");
    bench->policy = Calls::Policy();
    bench->reset();
    QStringList facts;
    connect(
        &bench->log().approvals(), &Calls::Approvals::requested, this,
        [&facts, this](const Calls::ApprovalRequest &card) {
            if (!card.isConsequenceKnown)
                return;
            facts = card.consequence.facts;
            bench->log().approvals().answer(card.callId, {});
        },
        Qt::QueuedConnection);
    const Mcp::ToolResult refused = upload(Raw, {{u"overwrite"_s, true}});
    QVERIFY(refused.isError());
    const QString said = facts.join(u'\n');
    QVERIFY2(said.contains("2 files (3 bytes)"_L1) && said.contains("new.csv, orders.csv"_L1), qPrintable(said));
    QVERIFY2(said.contains("1 of them replace"_L1) && said.contains(".env"_L1), qPrintable(said));
    QCOMPARE(bench->requests().filter(u"PUT "_s), QStringList());
}

QTEST_GUILESS_MAIN(TestFolderTools)
#include "tst_foldertools.moc"

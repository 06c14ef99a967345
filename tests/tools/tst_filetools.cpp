#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Raw = u"/Volumes/main/default/raw"_s;

QString raw(const QString &below)
{
    return Raw + below;
}

QJsonObject at(const QString &path)
{
    return {{u"path"_s, path}};
}

QJsonObject fact(const Mcp::ToolResult &result)
{
    return result.structuredContent();
}

} // namespace

/// The toolset files: the REST requests its tools make, ranges of bytes, and what stands for bytes that are no text.
class TestFileTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void volumeDirectoriesAreListedInPages();
    void smallFilesAreReadWhole();
    void longFilesAreReadPieceByPiece();
    void aRangeNeverTearsACharacter();
    void emptyFilesAndOffsetsBeyondTheEnd();
    void bytesThatAreNoTextComeAsBase64();
    void picturesComeAsPictures();
    void namesAreEncoded();
    void pathsOutsideVolumesAreRefused_data();
    void pathsOutsideVolumesAreRefused();
    void writeLeavesWhatExists();
    void writeTakesBase64();
    void writeIsSentOnce();
    void deleteRemovesAFile();
    void dbfsIsListed();
    void dbfsFilesAreReadInPieces();
    void whatIsNotThereGetsTheWordsOfTheApi_data();
    void whatIsNotThereGetsTheWordsOfTheApi();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestFileTools::volumeDirectoriesAreListedInPages()
{
    const Mcp::ToolResult first = bench->call(u"list_volume_files"_s, {{u"path"_s, raw(u"/"_s)}, {u"limit"_s, 4}});
    QVERIFY2(!first.isError(), qPrintable(first.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/fs/directories/Volumes/main/default/raw?page_size=1000"_s});
    QCOMPARE(fact(first).value("total"_L1).toInteger(), 7);
    QCOMPARE(fact(first).value("files"_L1).toArray().size(), 4);
    const Mcp::ToolResult rest =
        bench->call(u"list_volume_files"_s,
                    {{u"path"_s, Raw}, {u"limit"_s, 4}, {u"page_token"_s, fact(first).value("next_page_token"_L1)}});
    QCOMPARE(fact(rest).value("files"_L1).toArray().size(), 3);
    QVERIFY2(rest.text().contains("orders.csv"_L1), qPrintable(rest.text()));
}

void TestFileTools::smallFilesAreReadWhole()
{
    const Mcp::ToolResult result = bench->call(u"read_volume_file"_s, at(u"dbfs:"_s + raw(u"/orders.csv"_s)));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(fact(result).value("content"_L1).toString().startsWith("order_id,region,amount\n4001,south,37.50\n"_L1));
    QCOMPARE(fact(result).value("encoding"_L1).toString(), u"text"_s);
    QCOMPARE(fact(result).value("bytes"_L1), fact(result).value("total_bytes"_L1));
    QVERIFY(!fact(result).contains("next_offset"_L1));
    QVERIFY2(result.text().contains("whole"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/fs/files/Volumes/main/default/raw/orders.csv"_s});
}

void TestFileTools::longFilesAreReadPieceByPiece()
{
    QJsonObject arguments = at(raw(u"/logs/ingest.log"_s));
    QString whole;
    qint64 total = 0;
    int pieces = 0;
    while (true) {
        const Mcp::ToolResult result = bench->call(u"read_volume_file"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        whole += fact(result).value("content"_L1).toString();
        total = fact(result).value("total_bytes"_L1).toInteger();
        ++pieces;
        const QJsonValue next = fact(result).value("next_offset"_L1);
        if (next.isUndefined())
            break;
        QVERIFY(result.text().contains(u"call again with offset %1."_s.arg(next.toInteger())));
        arguments.insert("offset"_L1, next);
    }
    QCOMPARE(pieces, 3);
    QCOMPARE(whole.toUtf8().size(), total);
    QCOMPARE(whole.count(u'\n'), 2000);
    QVERIFY(!whole.contains(QChar::ReplacementCharacter));
}

void TestFileTools::aRangeNeverTearsACharacter()
{
    const QString file = raw(u"/logs/ingest.log"_s);
    for (int offset = 20; offset < 60; ++offset) {
        const Mcp::ToolResult result =
            bench->call(u"read_volume_file"_s, {{u"path"_s, file}, {u"offset"_s, offset}, {u"length"_s, 10}});
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        const QString content = fact(result).value("content"_L1).toString();
        QVERIFY(!content.contains(QChar::ReplacementCharacter));
        QCOMPARE(content.toUtf8().size(), fact(result).value("bytes"_L1).toInteger());
        QVERIFY(fact(result).value("offset"_L1).toInteger() - offset < 3);
    }
}

void TestFileTools::emptyFilesAndOffsetsBeyondTheEnd()
{
    const Mcp::ToolResult empty = bench->call(u"read_volume_file"_s, at(raw(u"/empty.txt"_s)));
    QVERIFY2(!empty.isError(), qPrintable(empty.text()));
    QCOMPARE(fact(empty).value("total_bytes"_L1).toInteger(-1), 0);
    QVERIFY2(empty.text().contains("is empty"_L1), qPrintable(empty.text()));

    const Mcp::ToolResult beyond =
        bench->call(u"read_volume_file"_s, {{u"path"_s, raw(u"/README.md"_s)}, {u"offset"_s, 100'000}});
    QVERIFY2(!beyond.isError(), qPrintable(beyond.text()));
    QVERIFY2(beyond.text().contains("there is nothing at byte 100000"_L1), qPrintable(beyond.text()));
}

void TestFileTools::bytesThatAreNoTextComeAsBase64()
{
    const Mcp::ToolResult result = bench->call(u"read_volume_file"_s, at(raw(u"/models/forecast.bin"_s)));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QByteArray bytes = QByteArray::fromBase64(fact(result).value("content"_L1).toString().toLatin1());
    QCOMPARE(fact(result).value("encoding"_L1).toString(), u"base64"_s);
    QCOMPARE(bytes.size(), 18 * 1024);
    QCOMPARE(fact(result).value("next_offset"_L1).toInteger(), 18 * 1024);
    const QJsonObject block = result.content().at(1).toObject();
    QCOMPARE(block.value("type"_L1).toString(), u"resource"_s);
    QCOMPARE(block.value("resource"_L1)["blob"_L1].toString(), fact(result).value("content"_L1).toString());
}

void TestFileTools::picturesComeAsPictures()
{
    const Mcp::ToolResult result = bench->call(u"read_volume_file"_s, at(raw(u"/images/logo.png"_s)));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject block = result.content().at(1).toObject();
    QCOMPARE(block.value("type"_L1).toString(), u"image"_s);
    QCOMPARE(block.value("mimeType"_L1).toString(), u"image/png"_s);
    QVERIFY(QByteArray::fromBase64(block.value("data"_L1).toString().toLatin1()).startsWith("\x89PNG"));
}

void TestFileTools::namesAreEncoded()
{
    const QString odd = raw(u"/Berichte 2026/100% Übersicht #1.txt"_s);
    const Mcp::ToolResult result = bench->call(u"read_volume_file"_s, at(odd));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(fact(result).value("content"_L1).toString(), u"Grüße aus der Musterfirma\n"_s);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/fs/files"_s + odd});
}

void TestFileTools::pathsOutsideVolumesAreRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("elsewhere") << u"/Workspace/x"_s;
    QTest::newRow("no volume") << u"/Volumes/main/default"_s;
    QTest::newRow("dots") << u"/Volumes/main/default/raw/../../../x"_s;
    QTest::newRow("empty segment") << u"/Volumes/main//raw/x"_s;
    QTest::newRow("relative") << u"Volumes/main/default/raw/x"_s;
}

void TestFileTools::pathsOutsideVolumesAreRefused()
{
    QFETCH(QString, path);
    for (const auto tool : {"list_volume_files"_L1, "read_volume_file"_L1, "delete_volume_file"_L1})
        QVERIFY2(bench->call(tool, at(path)).isError(), tool.data());
    QVERIFY(bench->call(u"write_volume_file"_s, {{u"path"_s, path}, {u"content"_s, u"x"_s}}).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestFileTools::writeLeavesWhatExists()
{
    const QString file = raw(u"/notes.txt"_s);
    const QJsonObject first{{u"path"_s, file}, {u"content"_s, u"erste Zeile ✓\n"_s}};
    const Mcp::ToolResult written = bench->call(u"write_volume_file"_s, first);
    QVERIFY2(!written.isError(), qPrintable(written.text()));
    QCOMPARE(fact(written).value("bytes"_L1).toInteger(), 16);
    QCOMPARE(bench->requests(),
             QStringList{u"PUT /api/2.0/fs/files/Volumes/main/default/raw/notes.txt?overwrite=false"_s});

    const Mcp::ToolResult again = bench->call(u"write_volume_file"_s, {{u"path"_s, file}, {u"content"_s, u"2"_s}});
    QVERIFY(again.isError());
    QVERIFY2(again.text().contains("set overwrite"_L1), qPrintable(again.text()));
    QCOMPARE(fact(bench->call(u"read_volume_file"_s, at(file))).value("content"_L1).toString(), u"erste Zeile ✓\n"_s);

    bench->requests();
    QVERIFY(!bench->call(u"write_volume_file"_s, {{u"path"_s, file}, {u"content"_s, u""_s}, {u"overwrite"_s, true}})
                 .isError());
    QCOMPARE(bench->requests(),
             QStringList{u"PUT /api/2.0/fs/files/Volumes/main/default/raw/notes.txt?overwrite=true"_s});
    QCOMPARE(fact(bench->call(u"read_volume_file"_s, at(file))).value("total_bytes"_L1).toInteger(-1), 0);
}

void TestFileTools::writeTakesBase64()
{
    const QString file = raw(u"/bytes.bin"_s);
    const QJsonObject good{{u"path"_s, file}, {u"content"_s, u"AAEC\n/w=="_s}, {u"encoding"_s, u"base64"_s}};
    QVERIFY(!bench->call(u"write_volume_file"_s, good).isError());
    QCOMPARE(fact(bench->call(u"read_volume_file"_s, at(file))).value("content"_L1).toString(), u"AAEC/w=="_s);
    bench->requests();
    const QJsonObject bad{{u"path"_s, file}, {u"content"_s, u"not base64!"_s}, {u"encoding"_s, u"base64"_s}};
    QVERIFY(bench->call(u"write_volume_file"_s, bad).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestFileTools::writeIsSentOnce()
{
    bench->fault({{u"path"_s, u"/api/2.0/fs/files/*"_s}, {u"fault"_s, u"reset"_s}});
    const Mcp::ToolResult result =
        bench->call(u"write_volume_file"_s, {{u"path"_s, raw(u"/once.txt"_s)}, {u"content"_s, u"x"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("may or may not"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests().size(), 1);
}

void TestFileTools::deleteRemovesAFile()
{
    const Mcp::ToolResult result = bench->call(u"delete_volume_file"_s, at(raw(u"/orders.csv"_s)));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"DELETE /api/2.0/fs/files/Volumes/main/default/raw/orders.csv"_s});
    QVERIFY(bench->call(u"read_volume_file"_s, at(raw(u"/orders.csv"_s))).isError());
}

void TestFileTools::dbfsIsListed()
{
    const Mcp::ToolResult result = bench->call(u"list_dbfs"_s, at(u"dbfs:/FileStore/tables"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/dbfs/list?path=/FileStore/tables"_s});
    QCOMPARE(fact(result).value("total"_L1).toInteger(), 2);
    QVERIFY2(result.text().contains("(1 of them directories)"_L1), qPrintable(result.text()));
}

void TestFileTools::dbfsFilesAreReadInPieces()
{
    const QString path = u"/FileStore/tables/old/ingest.log"_s;
    const Mcp::ToolResult result =
        bench->call(u"read_dbfs_file"_s, {{u"path"_s, path}, {u"offset"_s, 0}, {u"length"_s, 23}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(fact(result).value("content"_L1).toString(), u"2026-11-20 06:00:00 INF"_s);
    QCOMPARE(fact(result).value("next_offset"_L1).toInteger(), 23);
    QCOMPARE(bench->requests(), (QStringList{u"GET /api/2.0/dbfs/get-status?path="_s + path,
                                             u"GET /api/2.0/dbfs/read?path=%1&offset=0&length=23"_s.arg(path)}));
    const Mcp::ToolResult jar = bench->call(u"read_dbfs_file"_s, at(u"/dbfs/FileStore/jars/udfs.jar"_s));
    QCOMPARE(fact(jar).value("encoding"_L1).toString(), u"base64"_s);
    QVERIFY(!fact(jar).contains("next_offset"_L1));
}

void TestFileTools::whatIsNotThereGetsTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("words");
    QTest::newRow("list") << u"list_volume_files"_s << raw(u"/nowhere"_s) << u"directory being accessed is not found"_s;
    QTest::newRow("read") << u"read_volume_file"_s << raw(u"/nowhere"_s) << u"file being accessed is not found"_s;
    QTest::newRow("delete") << u"delete_volume_file"_s << raw(u"/nowhere"_s) << u"file being accessed is not found"_s;
    QTest::newRow("dbfs list") << u"list_dbfs"_s << u"/nowhere"_s << u"No file or directory exists"_s;
    QTest::newRow("dbfs read") << u"read_dbfs_file"_s << u"/nowhere"_s << u"No file or directory exists"_s;
    QTest::newRow("dbfs directory") << u"read_dbfs_file"_s << u"/FileStore"_s << u"is a directory"_s;
    QTest::newRow("dbfs relative") << u"list_dbfs"_s << u"nowhere"_s << u"not an absolute path"_s;
}

void TestFileTools::whatIsNotThereGetsTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    QFETCH(QString, path);
    QFETCH(QString, words);
    const Mcp::ToolResult result = bench->call(tool, at(path));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains(words), qPrintable(result.text()));
}

QTEST_GUILESS_MAIN(TestFileTools)
#include "tst_filetools.moc"

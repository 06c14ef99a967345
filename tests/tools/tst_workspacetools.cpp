#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Home = u"/Users/maria.santos@example.com"_s;
const QString Status = u"GET /api/2.0/workspace/get-status?path="_s;
const QString Export = u"GET /api/2.0/workspace/export?path="_s;

QJsonObject at(const QString &path)
{
    return {{u"path"_s, path}};
}

QStringList paths(const Mcp::ToolResult &result)
{
    QStringList found;
    for (const QJsonValue row : result.structuredContent().value("objects"_L1).toArray())
        found.append(row["path"_L1].toString());
    return found;
}

} // namespace

/// The tools of the toolsets workspace and workspace_admin.
class TestWorkspaceTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void listsTheHomeFolder();
    void listsPageByPage();
    void listsRecursivelyDepthFirst();
    void listSaysWhereItWasCut();
    void whatIsMissingGetsTheWordsOfTheApi_data();
    void whatIsMissingGetsTheWordsOfTheApi();
    void anObjectIdIsNoPath();
    void readsANotebook();
    void readsLineRanges();
    void readsALongNotebookInParts();
    void readsAFileAndRefusesABinaryOne();
    void readsAroundALineThatIsTooLong();
    void readsNoFolder();
    void readSaysThatANotebookIsTooLarge();
    void readLeavesOutHiddenCharacters();
    void searchesTheSourcesOfNotebooks();
    void searchSaysWhatWasNotSearched();
    void getsAnObject();
    void writesANotebookOnce();
    void writeWantsTheFolder();
    void approvalSaysWhatIsReplaced();
    void createsAFolder();
    void deletesOnlyWhatIsEmpty();
    void exportsTextAndArchives();
    void exportsInParts();
    void importsFilesAndNotebooks();
    void importChecksItsArguments_data();
    void importChecksItsArguments();
    void aLostAnswerIsNotSentAgain();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestWorkspaceTools::listsTheHomeFolder()
{
    const Mcp::ToolResult result = bench->call(u"list_workspace"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("path"_L1).toString(), Home);
    QVERIFY(paths(result).contains(Home + "/Taxi fares by hour"_L1));
    QCOMPARE(bench->requests(),
             (QStringList{u"GET /api/2.0/preview/scim/v2/Me"_s, u"GET /api/2.0/workspace/list?path="_s + Home}));
}

void TestWorkspaceTools::listsPageByPage()
{
    const QStringList all = paths(bench->call(u"list_workspace"_s, at(u"/Production/customers"_s)));
    QJsonObject arguments{{u"path"_s, u"/Production/customers"_s}, {u"limit"_s, 3}};
    const Mcp::ToolResult first = bench->call(u"list_workspace"_s, arguments);
    QCOMPARE(first.structuredContent().value("total"_L1).toInt(), 4);
    arguments.insert("page_token"_L1, first.structuredContent().value("next_page_token"_L1));
    const Mcp::ToolResult second = bench->call(u"list_workspace"_s, arguments);
    QCOMPARE(paths(first) + paths(second), all);
    QVERIFY(!second.structuredContent().contains("next_page_token"_L1));
}

void TestWorkspaceTools::listsRecursivelyDepthFirst()
{
    const Mcp::ToolResult result =
        bench->call(u"list_workspace"_s, {{u"path"_s, u"/Shared/etl"_s}, {u"recursive"_s, true}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(paths(result), (QStringList{u"/Shared/etl/archive"_s, u"/Shared/etl/config.yaml"_s, u"/Shared/etl/lib"_s,
                                         u"/Shared/etl/lib/helpers"_s, u"/Shared/etl/load_orders"_s,
                                         u"/Shared/etl/quality_checks"_s}));
    QCOMPARE(bench->requests(), (QStringList{u"GET /api/2.0/workspace/list?path=/Shared/etl"_s,
                                             u"GET /api/2.0/workspace/list?path=/Shared/etl/archive"_s,
                                             u"GET /api/2.0/workspace/list?path=/Shared/etl/lib"_s}));
    QVERIFY(!bench->progress.isEmpty());

    const Mcp::ToolResult users = bench->call(
        u"list_workspace"_s, {{u"path"_s, u"/Users"_s}, {u"recursive"_s, true}, {u"name_contains"_s, u"TRIPS"_s}});
    QCOMPARE(paths(users), QStringList{Home + "/explore/trips_overview"_L1});
    QCOMPARE(users.structuredContent().value("folders_refused"_L1).toArray(),
             QJsonArray{u"/Users/dana.ito@example.com"_s});
    QVERIFY2(users.text().contains("refused to list: /Users/dana.ito@example.com"_L1), qPrintable(users.text()));
}

void TestWorkspaceTools::listSaysWhereItWasCut()
{
    const Mcp::ToolResult result =
        bench->call(u"list_workspace"_s, {{u"path"_s, u"/Shared"_s}, {u"recursive"_s, true}, {u"limit"_s, 3}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(paths(result).size(), 3);
    QVERIFY(!result.structuredContent().contains("total"_L1));
    QCOMPARE(result.structuredContent().value("folders_not_listed"_L1).toArray(),
             (QJsonArray{u"/Shared/archive"_s, u"/Shared"_s, u"/Shared/etl"_s, u"/Shared/reports"_s}));
    QVERIFY2(result.text().contains("cut here"_L1), qPrintable(result.text()));
}

void TestWorkspaceTools::whatIsMissingGetsTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    for (const auto tool : {"list_workspace", "read_notebook", "get_workspace_object", "delete_workspace_object",
                            "export_workspace_object"})
        QTest::newRow(tool) << QString::fromLatin1(tool);
}

void TestWorkspaceTools::whatIsMissingGetsTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    const Mcp::ToolResult result = bench->call(tool, at(u"/Shared/not/here"_s));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Path (/Shared/not/here) doesn't exist"_L1), qPrintable(result.text()));
}

void TestWorkspaceTools::anObjectIdIsNoPath()
{
    const Mcp::ToolResult result = bench->call(u"read_notebook"_s, at(u"2418837201"_s));
    QVERIFY2(result.isError() && result.text().contains("2418837201 is an object id, not a path"_L1) &&
                 result.text().contains("/#notebook/2418837201"_L1),
             qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestWorkspaceTools::readsANotebook()
{
    const QString path = Home + "/Taxi fares by hour"_L1;
    const Mcp::ToolResult result = bench->call(u"read_notebook"_s, at(path));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject notebook = result.structuredContent();
    QCOMPARE(notebook.value("language"_L1).toString(), u"SQL"_s);
    const QString source = notebook.value("source"_L1).toString();
    QVERIFY2(source.startsWith("-- Databricks notebook source\n"_L1), qPrintable(source));
    QVERIFY(source.contains("-- COMMAND ----------"_L1));
    QCOMPARE(notebook.value("total_lines"_L1).toInt(), source.count(u'\n') + 1);
    QCOMPARE(notebook.value("last_line"_L1), notebook.value("total_lines"_L1));
    QVERIFY(result.text().contains(source));
    QCOMPARE(bench->requests(), (QStringList{Status + path, Export + path + "&format=SOURCE"_L1}));
}

void TestWorkspaceTools::readsLineRanges()
{
    const QJsonObject range{{u"path"_s, u"/Shared/etl/quality_checks"_s}, {u"first_line"_s, 4}, {u"line_count"_s, 3}};
    const Mcp::ToolResult result = bench->call(u"read_notebook"_s, range);
    QCOMPARE(result.structuredContent().value("source"_L1).toString(),
             u"-- COMMAND ----------\n\nSELECT o_orderkey FROM samples.tpch.orders WHERE o_totalprice < 0"_s);
    QCOMPARE(result.structuredContent().value("next_line"_L1).toInt(), 7);
    QVERIFY2(result.text().contains("lines 4 to 6 of 19"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("13 more lines follow: call again with first_line 7"_L1),
             qPrintable(result.text()));

    const Mcp::ToolResult beyond =
        bench->call(u"read_notebook"_s, {{u"path"_s, u"/Shared/etl/quality_checks"_s}, {u"first_line"_s, 20}});
    QVERIFY(beyond.isError());
    QVERIFY2(beyond.text().contains("has 19 lines"_L1), qPrintable(beyond.text()));
}

void TestWorkspaceTools::readsALongNotebookInParts()
{
    QJsonObject arguments = at(u"/Shared/archive/generated_checks"_s);
    qsizetype lines = 0;
    int answers = 0;
    do {
        const Mcp::ToolResult result = bench->call(u"read_notebook"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        const QJsonObject part = result.structuredContent();
        QCOMPARE(part.value("total_lines"_L1).toInt(), 6000);
        QVERIFY(part.value("source"_L1).toString().size() <= 32 * 1024);
        QCOMPARE(part.value("first_line"_L1).toInt(), lines + 1);
        lines += part.value("source"_L1).toString().count(u'\n') + 1;
        QCOMPARE(part.value("last_line"_L1).toInt(), lines);
        arguments.insert("first_line"_L1, part.value("next_line"_L1));
        ++answers;
    } while (!arguments.value("first_line"_L1).isUndefined());
    QCOMPARE(lines, 6000);
    QVERIFY(answers > 5);
}

void TestWorkspaceTools::readsAFileAndRefusesABinaryOne()
{
    const Mcp::ToolResult notes = bench->call(u"read_notebook"_s, at(Home + "/explore/notes.md"_L1));
    QVERIFY2(!notes.isError(), qPrintable(notes.text()));
    QVERIFY(notes.structuredContent().value("source"_L1).toString().contains("tolls are missing"_L1));
    QVERIFY(bench->requests().last().endsWith("&format=AUTO"_L1));

    const Mcp::ToolResult logo = bench->call(u"read_notebook"_s, at(Home + "/explore/logo.png"_L1));
    QVERIFY(logo.isError());
    QVERIFY2(logo.text().contains("binary file of 70 bytes"_L1), qPrintable(logo.text()));
}

void TestWorkspaceTools::readsAroundALineThatIsTooLong()
{
    const QString line = QString(100'000, u'x');
    bench->call(u"import_workspace_object"_s,
                {{u"path"_s, u"/Shared/data.json"_s}, {u"content"_s, QString(line + u"\nend\n")}});
    const Mcp::ToolResult cut = bench->call(u"read_notebook"_s, at(u"/Shared/data.json"_s));
    QVERIFY2(!cut.isError(), qPrintable(cut.text()));
    QCOMPARE(cut.structuredContent().value("cut_line_length"_L1).toInt(), 100'000);
    QVERIFY(cut.structuredContent().value("source"_L1).toString().size() < 48 * 1024);
    QVERIFY2(cut.text().contains("of 100000 characters; export_workspace_object gives all of it"_L1),
             qPrintable(cut.text().right(300)));
    const Mcp::ToolResult next =
        bench->call(u"read_notebook"_s, {{u"path"_s, u"/Shared/data.json"_s}, {u"first_line"_s, 2}});
    QCOMPARE(next.structuredContent().value("source"_L1).toString(), u"end"_s);
}

void TestWorkspaceTools::readsNoFolder()
{
    const Mcp::ToolResult folder = bench->call(u"read_notebook"_s, at(u"/Shared/etl"_s));
    QVERIFY(folder.isError());
    QVERIFY2(folder.text().contains("list_workspace"_L1), qPrintable(folder.text()));
    QCOMPARE(bench->requests(), QStringList{Status + "/Shared/etl"_L1});
}

void TestWorkspaceTools::readSaysThatANotebookIsTooLarge()
{
    const Mcp::ToolResult result = bench->call(u"read_notebook"_s, at(u"/Shared/archive/everything_2019"_s));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("MAX_NOTEBOOK_SIZE_EXCEEDED"_L1), qPrintable(result.text()));
}

void TestWorkspaceTools::readLeavesOutHiddenCharacters()
{
    const QString source = u"# Databricks notebook source\r\nallowed = \u202Etrue\u2066\n"_s;
    bench->call(u"write_notebook"_s,
                {{u"path"_s, u"/Shared/odd"_s}, {u"language"_s, u"PYTHON"_s}, {u"source"_s, source}});
    const Mcp::ToolResult result = bench->call(u"read_notebook"_s, at(u"/Shared/odd"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("source"_L1).toString(),
             u"# Databricks notebook source\nallowed = true"_s);
    QCOMPARE(result.structuredContent().value("hidden_characters_removed"_L1).toInt(), 2);
}

void TestWorkspaceTools::searchesTheSourcesOfNotebooks()
{
    const Mcp::ToolResult notebook = bench->call(u"read_notebook"_s, {{u"path"_s, u"/Shared/etl/load_orders"_s}});
    const QStringList lines = notebook.structuredContent().value("source"_L1).toString().split(u'\n');
    QVERIFY(lines.size() > 2);
    const QString wanted = lines.at(2).trimmed().left(20);
    const Mcp::ToolResult result =
        bench->call(u"search_notebooks"_s, {{u"text"_s, wanted.toUpper()}, {u"path"_s, u"/Shared/etl"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonValue first = result.structuredContent().value("matches"_L1)[0];
    QCOMPARE(first["path"_L1].toString(), u"/Shared/etl/load_orders"_s);
    QCOMPARE(first["line"_L1].toInteger(), 3);
    QVERIFY2(result.text().contains(first["text"_L1].toString()), qPrintable(result.text()));
    const Mcp::ToolResult nothing =
        bench->call(u"search_notebooks"_s, {{u"text"_s, u"no such words"_s}, {u"path"_s, u"/Shared/etl"_s}});
    QVERIFY2(nothing.text().contains("in 0 lines"_L1), qPrintable(nothing.text()));
}

void TestWorkspaceTools::searchSaysWhatWasNotSearched()
{
    const Mcp::ToolResult result =
        bench->call(u"search_notebooks"_s, {{u"text"_s, u"e"_s}, {u"path"_s, u"/Shared"_s}, {u"limit"_s, 1}});
    QCOMPARE(result.structuredContent().value("matches"_L1).toArray().size(), 1);
    QVERIFY2(result.structuredContent().value("next"_L1).toString().contains("path"_L1), qPrintable(result.text()));
    const Mcp::ToolResult missing =
        bench->call(u"search_notebooks"_s, {{u"text"_s, u"e"_s}, {u"path"_s, u"/Nowhere"_s}});
    QVERIFY(missing.isError());
}

void TestWorkspaceTools::getsAnObject()
{
    const Mcp::ToolResult result = bench->call(u"get_workspace_object"_s, at(u"/Shared/etl/load_orders"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("object_type"_L1).toString(), u"NOTEBOOK"_s);
    QVERIFY(result.structuredContent().value("object_id"_L1).isString());
    QCOMPARE(bench->requests(), QStringList{Status + "/Shared/etl/load_orders"_L1});
}

void TestWorkspaceTools::writesANotebookOnce()
{
    QJsonObject notebook{{u"path"_s, u"/Shared/etl/new"_s}, {u"language"_s, u"SQL"_s}, {u"source"_s, u"SELECT 1"_s}};
    const Mcp::ToolResult written = bench->call(u"write_notebook"_s, notebook);
    QVERIFY2(!written.isError(), qPrintable(written.text()));
    QCOMPARE(bench->requests(),
             QStringList{u"POST /api/2.0/workspace/import {\"content\":\"U0VMRUNUIDE=\",\"format\":\"SOURCE\","
                         "\"language\":\"SQL\",\"overwrite\":false,\"path\":\"/Shared/etl/new\"}"_s});

    const Mcp::ToolResult refused = bench->call(u"write_notebook"_s, notebook);
    QVERIFY(refused.isError());
    QVERIFY2(refused.text().contains("overwrite true"_L1), qPrintable(refused.text()));

    notebook.insert("overwrite"_L1, true);
    notebook.insert("source"_L1, u"SELECT 2"_s);
    QVERIFY(!bench->call(u"write_notebook"_s, notebook).isError());
    QCOMPARE(
        bench->call(u"read_notebook"_s, at(u"/Shared/etl/new"_s)).structuredContent().value("source"_L1).toString(),
        u"-- Databricks notebook source\nSELECT 2"_s);

    notebook.insert("path"_L1, u"/Shared/etl"_s);
    const Mcp::ToolResult folder = bench->call(u"write_notebook"_s, notebook);
    QVERIFY(folder.isError());
    QVERIFY2(folder.text().contains("another kind"_L1), qPrintable(folder.text()));
}

void TestWorkspaceTools::writeWantsTheFolder()
{
    const Mcp::ToolResult result =
        bench->call(u"write_notebook"_s,
                    {{u"path"_s, u"/Shared/not/here"_s}, {u"language"_s, u"SQL"_s}, {u"source"_s, u"SELECT 1"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("The parent folder (/Shared/not) does not exist"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("create_workspace_folder"_L1), qPrintable(result.text()));
}

void TestWorkspaceTools::approvalSaysWhatIsReplaced()
{
    bench->policy = ToolBench::rules(Calls::Decision::Ask, Calls::Decision::Ask);
    bench->reset();
    connect(&bench->log(), &Calls::CallLog::changed, bench.get(), [this](const Calls::Record &record) {
        if (record.outcome == Calls::Outcome::Waiting)
            bench->log().approvals().answer(record.id, Calls::ApprovalAnswer{});
    });
    QJsonObject notebook{
        {u"path"_s, u"/Shared/etl/load_orders"_s}, {u"language"_s, u"PYTHON"_s}, {u"source"_s, u"1"_s}};
    QVERIFY(bench->call(u"write_notebook"_s, notebook).isError());
    QCOMPARE(bench->log().latest(1).first().target, u"replaces NOTEBOOK /Shared/etl/load_orders (PYTHON)"_s);
    notebook.insert("path"_L1, u"/Shared/etl/other"_s);
    QVERIFY(bench->call(u"write_notebook"_s, notebook).isError());
    QCOMPARE(bench->log().latest(1).first().target, u"new /Shared/etl/other"_s);
    QVERIFY(bench->call(u"delete_workspace_object"_s, at(u"/Shared/etl"_s)).isError());
    QCOMPARE(bench->log().latest(1).first().target, u"DIRECTORY /Shared/etl"_s);
    for (const QString &request : bench->requests())
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
}

void TestWorkspaceTools::createsAFolder()
{
    const Mcp::ToolResult result = bench->call(u"create_workspace_folder"_s, at(u"/Shared/a/b"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"POST /api/2.0/workspace/mkdirs {\"path\":\"/Shared/a/b\"}"_s});
    QVERIFY(!bench->call(u"get_workspace_object"_s, at(u"/Shared/a/b"_s)).isError());

    const Mcp::ToolResult inFile = bench->call(u"create_workspace_folder"_s, at(u"/Shared/etl/config.yaml/x"_s));
    QVERIFY(inFile.isError());
    QVERIFY2(inFile.text().contains("is not a folder"_L1), qPrintable(inFile.text()));
}

void TestWorkspaceTools::deletesOnlyWhatIsEmpty()
{
    const Mcp::ToolResult full = bench->call(u"delete_workspace_object"_s, at(u"/Shared/etl"_s));
    QVERIFY(full.isError());
    QVERIFY2(full.text().contains("nothing was deleted"_L1), qPrintable(full.text()));
    QCOMPARE(bench->requests(),
             QStringList{u"POST /api/2.0/workspace/delete {\"path\":\"/Shared/etl\",\"recursive\":false}"_s});

    const Mcp::ToolResult all =
        bench->call(u"delete_workspace_object"_s, {{u"path"_s, u"/Shared/etl"_s}, {u"recursive"_s, true}});
    QVERIFY2(!all.isError(), qPrintable(all.text()));
    QVERIFY(bench->call(u"get_workspace_object"_s, at(u"/Shared/etl/load_orders"_s)).isError());
}

void TestWorkspaceTools::exportsTextAndArchives()
{
    const QString path = u"/Shared/etl/load_orders"_s;
    const Mcp::ToolResult jupyter =
        bench->call(u"export_workspace_object"_s, {{u"path"_s, path}, {u"format"_s, u"JUPYTER"_s}});
    QVERIFY2(!jupyter.isError(), qPrintable(jupyter.text()));
    QCOMPARE(jupyter.structuredContent().value("encoding"_L1).toString(), u"text"_s);
    QVERIFY(jupyter.structuredContent().value("content"_L1).toString().contains("nbformat"_L1));
    QCOMPARE(bench->requests(), QStringList{Export + path + "&format=JUPYTER"_L1});

    const Mcp::ToolResult archive =
        bench->call(u"export_workspace_object"_s, {{u"path"_s, path}, {u"format"_s, u"DBC"_s}});
    QCOMPARE(archive.structuredContent().value("encoding"_L1).toString(), u"base64"_s);
    const QByteArray bytes =
        QByteArray::fromBase64(archive.structuredContent().value("content"_L1).toString().toLatin1());
    QVERIFY(bytes.startsWith("PK"));
    QCOMPARE(archive.structuredContent().value("total_bytes"_L1).toInt(), bytes.size());
}

void TestWorkspaceTools::exportsInParts()
{
    QJsonObject arguments = at(u"/Shared/archive/generated_checks"_s);
    QString whole;
    do {
        const Mcp::ToolResult result = bench->call(u"export_workspace_object"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        whole += result.structuredContent().value("content"_L1).toString();
        arguments.insert("first_byte"_L1, result.structuredContent().value("next_byte"_L1));
    } while (!arguments.value("first_byte"_L1).isUndefined());
    QCOMPARE(whole.count(u'\n'), 6000);

    arguments.insert("first_byte"_L1, 100'000'000);
    QVERIFY(bench->call(u"export_workspace_object"_s, arguments).isError());
}

void TestWorkspaceTools::importsFilesAndNotebooks()
{
    const Mcp::ToolResult file = bench->call(
        u"import_workspace_object"_s, {{u"path"_s, u"/Shared/etl/data.bin"_s}, {u"content_base64"_s, u"AAEC"_s}});
    QVERIFY2(!file.isError(), qPrintable(file.text()));
    QCOMPARE(bench->requests(), QStringList{u"POST /api/2.0/workspace/import {\"content\":\"AAEC\",\"format\":\"AUTO\","
                                            "\"overwrite\":false,\"path\":\"/Shared/etl/data.bin\"}"_s});
    const Mcp::ToolResult status = bench->call(u"get_workspace_object"_s, at(u"/Shared/etl/data.bin"_s));
    QCOMPARE(status.structuredContent().value("size"_L1).toInt(), 3);

    const QString jupyter = u"{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"print(1)\\n\"]}],\"nbformat\":4}"_s;
    const Mcp::ToolResult notebook =
        bench->call(u"import_workspace_object"_s,
                    {{u"path"_s, u"/Shared/etl/imported"_s}, {u"content"_s, jupyter}, {u"format"_s, u"JUPYTER"_s}});
    QVERIFY2(!notebook.isError(), qPrintable(notebook.text()));
    QVERIFY(bench->call(u"read_notebook"_s, at(u"/Shared/etl/imported"_s)).text().contains("print(1)"_L1));
}

void TestWorkspaceTools::importChecksItsArguments_data()
{
    QTest::addColumn<QJsonObject>("content");
    QTest::newRow("neither") << QJsonObject{};
    QTest::newRow("both") << QJsonObject{{u"content"_s, u"x"_s}, {u"content_base64"_s, u"AAEC"_s}};
    QTest::newRow("not base64") << QJsonObject{{u"content_base64"_s, u"(x)"_s}};
    QTest::newRow("no language") << QJsonObject{{u"content"_s, u"x"_s}, {u"format"_s, u"SOURCE"_s}};
}

void TestWorkspaceTools::importChecksItsArguments()
{
    QFETCH(QJsonObject, content);
    content.insert("path"_L1, u"/Shared/x"_s);
    const Mcp::ToolResult result = bench->call(u"import_workspace_object"_s, content);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Nothing was written"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestWorkspaceTools::aLostAnswerIsNotSentAgain()
{
    bench->fault(
        {{u"path"_s, u"/api/2.0/workspace/*"_s}, {u"method"_s, u"POST"_s}, {u"fault"_s, u"reset"_s}, {u"times"_s, -1}});
    const Mcp::ToolResult result = bench->call(
        u"write_notebook"_s, {{u"path"_s, u"/Shared/once"_s}, {u"language"_s, u"R"_s}, {u"source"_s, u"1"_s}});
    QVERIFY(result.isError());
    QVERIFY(bench->call(u"create_workspace_folder"_s, at(u"/Shared/once"_s)).isError());
    QCOMPARE(bench->requests().size(), 2);
}

QTEST_GUILESS_MAIN(TestWorkspaceTools)
#include "tst_workspacetools.moc"

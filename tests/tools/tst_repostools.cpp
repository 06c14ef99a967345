#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// The tools of the toolset repos.
class TestRepoTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void listsAcrossTheApisPages();
    void listsBelowAPath();
    void getsOne();
    void createsWithTheHostsProvider();
    void createKeepsCredentialsOut();
    void createSaysWhatIsThere();
    void updateChecksOutABranchOrATag();
    void updateWantsExactlyOne();
    void deletes();
    void unknownAndOddIds_data();
    void unknownAndOddIds();

private:
    QString idOf(const QString &name);

    std::unique_ptr<ToolBench> bench;
};

QString TestRepoTools::idOf(const QString &name)
{
    const Mcp::ToolResult result = bench->call(u"list_repos"_s);
    bench->requests();
    for (const QJsonValue repo : result.structuredContent().value("repos"_L1).toArray()) {
        if (repo["path"_L1].toString().endsWith(u'/' + name))
            return repo["repo_id"_L1].toString();
    }
    return {};
}

void TestRepoTools::listsAcrossTheApisPages()
{
    const Mcp::ToolResult result = bench->call(u"list_repos"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("repos"_L1).toArray().size(), 7);
    QVERIFY2(result.text().startsWith("Found 7 Git folders:"_L1), qPrintable(result.text()));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.first(), u"GET /api/2.0/repos"_s);
    QVERIFY2(requests.last().startsWith("GET /api/2.0/repos?next_page_token="_L1), qPrintable(requests.last()));
}

void TestRepoTools::listsBelowAPath()
{
    const Mcp::ToolResult result = bench->call(u"list_repos"_s, {{u"path_prefix"_s, u"/Repos/ci"_s}, {u"limit"_s, 2}});
    QCOMPARE(result.structuredContent().value("total"_L1).toInt(), 5);
    QCOMPARE(result.structuredContent().value("repos"_L1).toArray().size(), 2);
    QCOMPARE(bench->requests().first(), u"GET /api/2.0/repos?path_prefix=/Repos/ci"_s);

    bench->fault({{u"path"_s, u"/api/2.0/repos"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_repos"_s).isError());
}

void TestRepoTools::getsOne()
{
    const QString id = idOf(u"route-planner"_s);
    const Mcp::ToolResult result = bench->call(u"get_repo"_s, {{u"repo_id"_s, id}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("branch"_L1).toString(), u"main"_s);
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/repos/"_s + id});
}

void TestRepoTools::createsWithTheHostsProvider()
{
    const Mcp::ToolResult result =
        bench->call(u"create_repo"_s, {{u"url"_s, u"https://github.com/example-org/new-things.git"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("path"_L1).toString(), u"/Repos/maria.santos@example.com/new-things"_s);
    QCOMPARE(bench->requests(),
             QStringList{u"POST /api/2.0/repos "
                         "{\"provider\":\"gitHub\",\"url\":\"https://github.com/example-org/new-things.git\"}"_s});

    const Mcp::ToolResult unknown =
        bench->call(u"create_repo"_s, {{u"url"_s, u"https://git.example.com/data/x.git"_s}});
    QVERIFY(unknown.isError());
    QVERIFY2(unknown.text().contains("gitLabEnterpriseEdition"_L1), qPrintable(unknown.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestRepoTools::createKeepsCredentialsOut()
{
    const Mcp::ToolResult result =
        bench->call(u"create_repo"_s, {{u"url"_s, u"https://maria:hunter2hunter2@github.com/example-org/x.git"_s}});
    QVERIFY(result.isError());
    QVERIFY2(!result.text().contains("hunter2"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestRepoTools::createSaysWhatIsThere()
{
    const Mcp::ToolResult result = bench->call(u"create_repo"_s, {{u"url"_s, u"https://github.com/example-org/x.git"_s},
                                                                  {u"path"_s, u"/Repos/ci/platform"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("/Repos/ci/platform already exists"_L1), qPrintable(result.text()));
}

void TestRepoTools::updateChecksOutABranchOrATag()
{
    const QString id = idOf(u"route-planner"_s);
    const Mcp::ToolResult branch = bench->call(u"update_repo"_s, {{u"repo_id"_s, id}, {u"branch"_s, u"develop"_s}});
    QVERIFY2(!branch.isError(), qPrintable(branch.text()));
    QCOMPARE(branch.structuredContent().value("branch"_L1).toString(), u"develop"_s);
    QCOMPARE(bench->requests(), (QStringList{u"PATCH /api/2.0/repos/"_s + id + " {\"branch\":\"develop\"}"_L1,
                                             u"GET /api/2.0/repos/"_s + id}));

    const Mcp::ToolResult tag = bench->call(u"update_repo"_s, {{u"repo_id"_s, id}, {u"tag"_s, u"v1.1"_s}});
    QVERIFY2(!tag.isError(), qPrintable(tag.text()));
    QVERIFY(!tag.structuredContent().contains("branch"_L1));

    const Mcp::ToolResult wrong = bench->call(u"update_repo"_s, {{u"repo_id"_s, id}, {u"branch"_s, u"nothere"_s}});
    QVERIFY(wrong.isError());
    QVERIFY2(wrong.text().contains("Branch 'nothere' was not found"_L1), qPrintable(wrong.text()));
}

void TestRepoTools::updateWantsExactlyOne()
{
    QVERIFY(bench->call(u"update_repo"_s, {{u"repo_id"_s, u"7"_s}}).isError());
    const Mcp::ToolResult both =
        bench->call(u"update_repo"_s, {{u"repo_id"_s, u"7"_s}, {u"branch"_s, u"main"_s}, {u"tag"_s, u"v1"_s}});
    QVERIFY(both.isError());
    QVERIFY2(both.text().contains("either branch or tag"_L1), qPrintable(both.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestRepoTools::deletes()
{
    const QString id = idOf(u"models"_s);
    const Mcp::ToolResult result = bench->call(u"delete_repo"_s, {{u"repo_id"_s, id}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"DELETE /api/2.0/repos/"_s + id});
    QVERIFY(bench->call(u"get_workspace_object"_s, {{u"path"_s, u"/Repos/ci/models"_s}}).isError());
}

void TestRepoTools::unknownAndOddIds_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("more");
    QTest::newRow("get") << u"get_repo"_s << QJsonObject{};
    QTest::newRow("update") << u"update_repo"_s << QJsonObject{{u"branch"_s, u"main"_s}};
    QTest::newRow("delete") << u"delete_repo"_s << QJsonObject{};
}

void TestRepoTools::unknownAndOddIds()
{
    QFETCH(QString, tool);
    QFETCH(QJsonObject, more);
    more.insert("repo_id"_L1, u"123"_s);
    const Mcp::ToolResult unknown = bench->call(tool, more);
    QVERIFY(unknown.isError());
    QVERIFY2(unknown.text().contains("Repo with id 123 could not be found"_L1), qPrintable(unknown.text()));
    bench->requests();

    more.insert("repo_id"_L1, u"../clusters"_s);
    const Mcp::ToolResult odd = bench->call(tool, more);
    QVERIFY(odd.isError());
    QVERIFY2(odd.text().contains("which is a number"_L1), qPrintable(odd.text()));
    QCOMPARE(bench->requests(), QStringList());
}

QTEST_GUILESS_MAIN(TestRepoTools)
#include "tst_repostools.moc"

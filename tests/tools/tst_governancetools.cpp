#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString PageViews = u"main.default.page_views"_s;
const QString Grants = u"/api/2.1/unity-catalog/permissions/table/main.default.page_views"_s;

QJsonObject about(const QString &type, const QString &name, QJsonObject more)
{
    more.insert(u"securable_type"_s, type);
    more.insert(u"full_name"_s, name);
    return more;
}

QJsonObject grants(const QJsonArray &changes)
{
    return about(u"table"_s, PageViews, {{u"changes"_s, changes}});
}

QJsonObject tags(const QJsonObject &values, const QJsonArray &remove = {})
{
    QJsonArray list;
    for (auto tag = values.begin(); tag != values.end(); ++tag)
        list.append(QJsonObject{{u"key"_s, tag.key()}, {u"value"_s, *tag}});
    return about(u"table"_s, PageViews, {{u"tags"_s, list}, {u"remove"_s, remove}});
}

} // namespace

/// Grants, tags and comments as tools, and lineage without a warehouse.
class TestGovernanceTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void grantsAndRevokes();
    void privilegesAreSpelledAsTheApiDoes();
    void changesThatSayNothingAreRefused_data();
    void changesThatSayNothingAreRefused();
    void cardSaysWhoGainsWhat();
    void tagsAreMadeChangedAndRemoved();
    void tagsSayWhatWasDoneBeforeAFailure();
    void tagThatASignInPageAnsweredIsNoSuccess();
    void commentsOfSchemasGoByRest();
    void commentsOfTablesAndColumnsGoBySql();
    void commentsCannotLeaveTheirQuotes_data();
    void commentsCannotLeaveTheirQuotes();
    void namesNeedTheirParts();
    void columnLineageShowsBothSides();
    void columnThatIsMissingIsSaid();
    void tableWithoutLineageIsNoMissingOne();
    void dependentsNameTablesAndWhatReads();
    void everyKindOfDependentIsNamedOnce();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestGovernanceTools::grantsAndRevokes()
{
    const QJsonArray changes{
        QJsonObject{{u"principal"_s, u"analysts"_s}, {u"add"_s, QJsonArray{u"SELECT"_s}}},
        QJsonObject{{u"principal"_s, u"maria.santos@example.com"_s}, {u"remove"_s, QJsonArray{u"MODIFY"_s}}}};
    const Mcp::ToolResult result = bench->call(u"update_grants"_s, grants(changes));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString words = u"analysts gains SELECT; maria.santos@example.com loses MODIFY"_s;
    QVERIFY2(result.text().contains(words), qPrintable(result.text()));
    QVERIFY(result.structuredContent().value("summary"_L1).toString().contains(words));
    QCOMPARE(
        result.structuredContent().value("grants"_L1).toArray(),
        (QJsonArray{QJsonObject{{u"principal"_s, u"analysts"_s}, {u"privileges"_s, u"SELECT"_s}},
                    QJsonObject{{u"principal"_s, u"maria.santos@example.com"_s}, {u"privileges"_s, u"SELECT"_s}}}));
    const QString body = uR"({"changes":[{"add":["SELECT"],"principal":"analysts"},)"_s
                         uR"({"principal":"maria.santos@example.com","remove":["MODIFY"]}]})"_s;
    QCOMPARE(bench->requests(), QStringList{u"PATCH %1 %2"_s.arg(Grants, body)});
}

void TestGovernanceTools::privilegesAreSpelledAsTheApiDoes()
{
    bench->call(u"update_grants"_s,
                grants({QJsonObject{{u"principal"_s, u"analysts"_s}, {u"add"_s, QJsonArray{u" apply  tag"_s}}}}));
    QVERIFY(bench->requests().first().contains("\"APPLY_TAG\""_L1));
}

void TestGovernanceTools::changesThatSayNothingAreRefused_data()
{
    QTest::addColumn<QJsonArray>("changes");
    QTest::newRow("none") << QJsonArray();
    QTest::newRow("nothing gained or lost") << QJsonArray{QJsonObject{{u"principal"_s, u"analysts"_s}}};
    QTest::newRow("nobody") << QJsonArray{QJsonObject{{u"principal"_s, u""_s}, {u"add"_s, QJsonArray{u"SELECT"_s}}}};
}

void TestGovernanceTools::changesThatSayNothingAreRefused()
{
    QFETCH(QJsonArray, changes);
    QVERIFY(bench->call(u"update_grants"_s, grants(changes)).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestGovernanceTools::cardSaysWhoGainsWhat()
{
    bench->policy = {};
    bench->reset();
    QStringList facts;
    connect(
        &bench->log().approvals(), &Calls::Approvals::requested, this,
        [&](const Calls::ApprovalRequest &request) {
            if (!request.isConsequenceKnown)
                return;
            facts = request.consequence.facts;
            bench->log().approvals().answer(request.callId, {});
        },
        Qt::QueuedConnection);
    const QJsonArray changes{
        QJsonObject{{u"principal"_s, u"account users"_s}, {u"add"_s, QJsonArray{u"SELECT"_s}}},
        QJsonObject{{u"principal"_s, u"Maria.Santos@example.com"_s}, {u"remove"_s, QJsonArray{u"SELECT"_s}}}};
    QVERIFY(bench->call(u"update_grants"_s, grants(changes)).isError());
    QCOMPARE(facts, (QStringList{u"account users gains SELECT on table main.default.page_views."_s,
                                 u"account users is everybody in the account, in all of its workspaces."_s,
                                 u"Maria.Santos@example.com loses SELECT on table main.default.page_views."_s,
                                 u"maria.santos@example.com holds SELECT, MODIFY directly already."_s}));
    for (const QString &request : bench->requests())
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
}

void TestGovernanceTools::tagsAreMadeChangedAndRemoved()
{
    const Mcp::ToolResult made =
        bench->call(u"set_tags"_s, tags({{u"domain"_s, u"web"_s}, {u"cost/center"_s, u"7"_s}}));
    QVERIFY2(!made.isError(), qPrintable(made.text()));
    QCOMPARE(made.structuredContent().value("tags"_L1).toString(), u"cost/center=7, domain=web"_s);
    bench->requests();
    const Mcp::ToolResult changed =
        bench->call(u"set_tags"_s, tags({{u"domain"_s, u"shop"_s}}, {u"cost/center"_s, u"unknown"_s}));
    QVERIFY2(!changed.isError(), qPrintable(changed.text()));
    QCOMPARE(changed.structuredContent().value("tags"_L1).toString(), u"domain=shop"_s);
    QVERIFY2(changed.text().contains("set domain; removed cost/center"_L1), qPrintable(changed.text()));
    QStringList methods;
    for (const QString &request : bench->requests())
        methods.append(request.section(u' ', 0, 0));
    QCOMPARE(methods, (QStringList{u"GET"_s, u"PATCH"_s, u"DELETE"_s}));
}

void TestGovernanceTools::tagsSayWhatWasDoneBeforeAFailure()
{
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/entity-tag-assignments"_s},
                  {u"method"_s, u"POST"_s},
                  {u"fault"_s, u"forbidden"_s},
                  {u"after"_s, 1}});
    const Mcp::ToolResult result = bench->call(u"set_tags"_s, tags({{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}}));
    QVERIFY2(result.isError() && result.text().contains("Done before it failed: set a."_L1), qPrintable(result.text()));
}

void TestGovernanceTools::tagThatASignInPageAnsweredIsNoSuccess()
{
    bench->call(u"set_tags"_s, tags({{u"domain"_s, u"web"_s}}));
    bench->fault(
        {{u"path"_s, u"/api/2.1/unity-catalog/*"_s}, {u"method"_s, u"PATCH"_s}, {u"fault"_s, u"login_page"_s}});
    const Mcp::ToolResult result = bench->call(u"set_tags"_s, tags({{u"domain"_s, u"shop"_s}}));
    QVERIFY2(result.isError() && result.text().contains("web page"_L1), qPrintable(result.text()));
}

void TestGovernanceTools::commentsOfSchemasGoByRest()
{
    const Mcp::ToolResult result =
        bench->call(u"set_comment"_s, about(u"schema"_s, u"`main`.default"_s, {{u"comment"_s, u"Shared."_s}}));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(),
             QStringList{u"PATCH /api/2.1/unity-catalog/schemas/main.default {\"comment\":\"Shared.\"}"_s});
}

void TestGovernanceTools::commentsOfTablesAndColumnsGoBySql()
{
    const QJsonObject running{{u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}, {u"comment"_s, u"Ann's \\ views"_s}};
    const Mcp::ToolResult table = bench->call(u"set_comment"_s, about(u"table"_s, PageViews, running));
    QVERIFY2(!table.isError(), qPrintable(table.text()));
    const Mcp::ToolResult column = bench->call(u"set_comment"_s, about(u"column"_s, PageViews + u".page"_s, running));
    QVERIFY2(!column.isError(), qPrintable(column.text()));
    const QJsonObject now = bench->call(u"get_table"_s, {{u"full_name"_s, PageViews}}).structuredContent();
    QCOMPARE(now.value("comment"_L1).toString(), u"Ann's \\ views"_s);
    bool found = false;
    for (const QJsonValue one : now.value("columns"_L1).toArray())
        found = found || (one["name"_L1] == "page"_L1 && one["comment"_L1] == "Ann's \\ views"_L1);
    QVERIFY(found);
}

void TestGovernanceTools::commentsCannotLeaveTheirQuotes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("comment");
    QTest::newRow("a quote") << PageViews << u"x'; DROP TABLE main.default.page_views; --"_s;
    QTest::newRow("a backslash and a quote") << PageViews << u"x\\'; DROP TABLE main.default.page_views; --"_s;
    QTest::newRow("a back quote in a name")
        << u"main.default.`x`` IS 'a'; DROP TABLE main.default.page_views; --`"_s << u"x"_s;
    QTest::newRow("a variable") << PageViews << u"${spark.x}"_s;
}

void TestGovernanceTools::commentsCannotLeaveTheirQuotes()
{
    QFETCH(QString, name);
    QFETCH(QString, comment);
    const Mcp::ToolResult result =
        bench->call(u"set_comment"_s,
                    about(u"table"_s, name, {{u"comment"_s, comment}, {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}}));
    const QJsonObject now = bench->call(u"get_table"_s, {{u"full_name"_s, PageViews}}).structuredContent();
    QCOMPARE(now.value("full_name"_L1).toString(), PageViews);
    if (!result.isError())
        QCOMPARE(now.value("comment"_L1).toString(), comment);
}

void TestGovernanceTools::namesNeedTheirParts()
{
    for (const QString &name :
         {u"page_views"_s, u"main.default.page_views.page"_s, u"main..page_views"_s, u"main.`default.page_views"_s}) {
        const Mcp::ToolResult result = bench->call(u"set_comment"_s, about(u"table"_s, name, {{u"comment"_s, u"x"_s}}));
        QVERIFY2(result.isError() && result.text().contains("has 3 parts"_L1), qPrintable(result.text()));
    }
    QCOMPARE(bench->requests(), QStringList());
}

void TestGovernanceTools::columnLineageShowsBothSides()
{
    const Mcp::ToolResult result = bench->call(
        u"get_column_lineage"_s, {{u"full_name"_s, u"Main.default.`sales_targets`"_s}, {u"column"_s, u"target"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("upstream"_L1)[0]["column"_L1].toString(), u"samples.tpch.orders.o_totalprice"_s);
    QCOMPARE(facts.value("downstream"_L1)[0]["column"_L1].toString(), u"finance.reporting.month_end.balance"_s);
    QVERIFY2(result.text().contains("samples.tpch.orders.o_totalprice | TABLE"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/lineage-tracking/column-lineage?"
                                            "table_name=main.default.sales_targets&column_name=target"_s});
}

void TestGovernanceTools::columnThatIsMissingIsSaid()
{
    const Mcp::ToolResult result = bench->call(
        u"get_column_lineage"_s, {{u"full_name"_s, u"main.default.sales_targets"_s}, {u"column"_s, u"targets"_s}});
    QVERIFY2(result.isError() && result.text().contains("Its columns: region, quarter, target"_L1),
             qPrintable(result.text()));
    const Mcp::ToolResult none =
        bench->call(u"get_column_lineage"_s, {{u"full_name"_s, u"main.default.nowhere"_s}, {u"column"_s, u"a"_s}});
    QVERIFY2(none.isError() && none.text().contains("does not exist"_L1), qPrintable(none.text()));
}

void TestGovernanceTools::tableWithoutLineageIsNoMissingOne()
{
    const Mcp::ToolResult result = bench->call(u"list_dependents"_s, {{u"full_name"_s, u"samples.tpch.region"_s}});
    QVERIFY2(!result.isError() && result.text().contains("none recorded"_L1), qPrintable(result.text()));
    QVERIFY(bench->call(u"list_dependents"_s, {{u"full_name"_s, u"main.default.nowhere"_s}}).isError());
}

void TestGovernanceTools::dependentsNameTablesAndWhatReads()
{
    const Mcp::ToolResult result =
        bench->call(u"list_dependents"_s, {{u"full_name"_s, u"main.default.sales_targets"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(
        result.structuredContent().value("dependents"_L1).toArray(),
        (QJsonArray{QJsonObject{{u"kind"_s, u"view"_s}, {u"name"_s, u"finance.reporting.month_end"_s}},
                    QJsonObject{{u"kind"_s, u"pipeline"_s}, {u"name"_s, u"69cebad9-93a4-3397-6974-279163d41a5c"_s}}}));
}

void TestGovernanceTools::everyKindOfDependentIsNamedOnce()
{
    const QJsonObject job{{u"workspace_id"_s, 1}, {u"job_id"_s, qint64(576952145895090)}};
    const QJsonObject entry{
        {u"jobInfos"_s, QJsonArray{job, job}},
        {u"notebookInfos"_s, QJsonArray{QJsonObject{{u"workspace_id"_s, 1}, {u"notebook_id"_s, 77}}}},
        {u"dashboardV3Infos"_s, QJsonArray{QJsonObject{{u"workspace_id"_s, 1}, {u"dashboardV3_id"_s, u"ab"_s}}}},
        {u"queryInfos"_s, QJsonArray{QJsonObject{{u"workspace_id"_s, 1}, {u"query_id"_s, u"cd"_s}}}}};
    bench->fault({{u"path"_s, u"/api/2.0/lineage-tracking/table-lineage"_s},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, QJsonObject{{u"downstreams"_s, QJsonArray{entry, entry}}}}});
    const Mcp::ToolResult result = bench->call(u"list_dependents"_s, {{u"full_name"_s, PageViews}});
    QStringList rows;
    for (const QJsonValue row : result.structuredContent().value("dependents"_L1).toArray())
        rows.append(row["kind"_L1].toString() + u' ' + row["name"_L1].toString());
    rows.sort();
    QCOMPARE(rows, (QStringList{u"dashboard ab"_s, u"job 576952145895090"_s, u"notebook 77"_s, u"query cd"_s}));
}

QTEST_GUILESS_MAIN(TestGovernanceTools)
#include "tst_governancetools.moc"
